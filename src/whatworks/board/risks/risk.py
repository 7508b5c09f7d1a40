"""A risk or a dependency as the board reads it: how it stands, what nobody has said of it, what shows the response."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["risk", "dependency"]
State = Literal["green", "amber", "red", "not known"]
WORST_FIRST: tuple[State, ...] = ("red", "amber", "not known", "green")


@dataclass(frozen=True, slots=True)
class Watch:
    """A number that is watched; the fields are those of table `board_watch`."""

    id: int
    risk_id: int
    number: str
    place: str | None
    name: str | None
    worse: Literal["below", "above"]
    amber: float | None
    red: float | None
    comparison_share: float | None = None
    smallest_effect: float | None = None
    ratio: float | None = None
    design_effect: float | None = None
    share_matched: float | None = None
    share_linked: float | None = None
    until: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a watched number stood; the fields are those of table `board_reading`."""

    id: int
    watch_id: int
    read_on: date
    as_at: date | None
    value: float | None
    limit: float | None
    state: State
    sentence: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a response was done and works; the fields are those of table `board_proof`."""

    id: int
    risk_id: int
    text: str
    evidence: str
    linked_on: date


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk or dependency with what belongs to it; `source_id` and `lines` are those of the paper it was read in."""

    id: int
    kind: Kind
    text: str
    cause: str | None
    impact: str | None
    owner: str | None
    provider: str | None
    response: str | None
    likelihood: int | None
    severity: int | None
    raised_on: date | None
    review_on: date | None
    state: State
    closed_on: date | None
    source_id: str
    source_line: int | None
    last_line: int | None
    watches: tuple[Watch, ...] = ()
    readings: tuple[Reading, ...] = ()
    proofs: tuple[Proof, ...] = ()
    paper: str | None = None
    """File name of the paper; None where it was entered by hand."""

    @property
    def score(self) -> int | None:
        """Likelihood times severity; None unless both were scored."""
        if self.likelihood is None or self.severity is None:
            return None
        return self.likelihood * self.severity

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody has said of it: reported, never defaulted."""
        wanted: dict[str, object] = {"owner": self.owner, "day raised": self.raised_on, "next review": self.review_on}
        if self.kind == "risk":
            wanted |= {"likelihood": self.likelihood, "severity": self.severity, "response": self.response}
        else:
            wanted |= {"provider": self.provider, "consequence": self.impact}
        return tuple(name for name, value in wanted.items() if value is None)

    @property
    def mitigation(self) -> str:
        """Whether anything shows that the response was done.

        >>> bare = (None,) * 8
        >>> said = (1, "risk", "Sites", None, None, None, None, "Mapping completed", *bare[:4])
        >>> Risk(*said, "not known", None, "entered", None, None).mitigation
        'claimed, no evidence linked'
        """
        if self.proofs:
            return "evidence linked"
        return "none" if self.response is None else "claimed, no evidence linked"

    def last_reading(self, watch: Watch) -> Reading | None:
        """Return how a watched number stood last."""
        return next((one for one in reversed(self.readings) if one.watch_id == watch.id), None)

    @property
    def why(self) -> str:
        """Return why it stands as it does, from the numbers that it watches."""
        if not self.watches:
            return "watches no number"
        found = [self.last_reading(watch) for watch in self.watches]
        return " ".join(one.sentence for one in found if one) or "not looked at yet"
