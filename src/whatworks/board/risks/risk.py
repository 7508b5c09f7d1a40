"""A risk or a dependency as the board reads it: how it stands, what nobody has said of it, what shows the response."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from whatworks.records.register.declared_row import Meaning

Kind = Literal["risk", "dependency"]
State = Literal["green", "amber", "red", "not known"]
"""`not known`: nothing is watched, or the number could not be had. It is never shown as green."""
WatchedNumber = Literal[
    "sample_size", "matched_share", "linked_share", "quarantined_share", "projected_people", "figure",
]  # fmt: skip
WORST_FIRST: tuple[State, ...] = ("red", "amber", "not known", "green")


@dataclass(frozen=True, slots=True)
class Watch:
    """A number that a risk or dependency watches, and from where on it turns amber and red."""

    id: int
    risk_id: Annotated[int, Meaning("The risk or dependency (`board_risk`).", least=1)]
    number: Annotated[WatchedNumber, Meaning("Which number.")]
    place: Annotated[
        str | None, Meaning("Where it is had: a file of the partnership, a source, a scheme, an organisation.")
    ]
    name: Annotated[str | None, Meaning("The figure's name, of a file with several.")]
    worse: Annotated[Literal["below", "above"], Meaning("On which side of its limits the number is worse.")]
    amber: Annotated[float | None, Meaning("Limit of amber.")]
    red: Annotated[float | None, Meaning("Limit of red.")]
    comparison_share: Annotated[
        float | None, Meaning("Of projected people: share with the outcome that is expected without the scheme.")
    ] = None
    smallest_effect: Annotated[
        float | None, Meaning("Of projected people: smallest effect worth finding, as a difference of shares.")
    ] = None
    ratio: Annotated[float | None, Meaning("Of projected people: effective comparisons for each treated person.")] = (
        None
    )
    design_effect: Annotated[
        float | None, Meaning("Of projected people: how much clustering inflates the variance.")
    ] = None
    share_matched: Annotated[float | None, Meaning("Of projected people: share that finds a comparison.")] = None
    share_linked: Annotated[float | None, Meaning("Of projected people: share linked to the conviction record.")] = None
    until: Annotated[
        date | None, Meaning("Of projected people: last day on which they can start; else the scheme's last day.")
    ] = None
    ends_on: Annotated[date | None, Meaning("Last day on which it is looked at.")] = None


@dataclass(frozen=True, slots=True)
class WatchReading:
    """How a watched number stood when it was looked at: a row where the number or the state had changed."""

    id: int
    watch_id: Annotated[int, Meaning("The watch (`board_watch`).", least=1)]
    read_on: Annotated[date, Meaning("When it was looked at.")]
    as_at: Annotated[date | None, Meaning("The day that the number is of.")]
    value: Annotated[
        float | None, Meaning("The number; null where it could not be had.", handling="official-sensitive")
    ]
    limit: Annotated[float | None, Meaning("The limit of red at that time.", handling="official-sensitive")]
    state: Annotated[State, Meaning("The state that follows.")]
    sentence: Annotated[str, Meaning("Why.")]


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that the response to a risk was done and works. Without one, no response is a mitigation."""

    id: int
    risk_id: Annotated[int, Meaning("The risk or dependency (`board_risk`).", least=1)]
    text: Annotated[str, Meaning("What it shows.")]
    evidence: Annotated[str, Meaning("Where it can be seen: a file, a result, a minute.")]
    linked_on: Annotated[date, Meaning("When it was linked.")]


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk, or something that the work depends on. What a paper does not say stays null: nothing is defaulted."""

    id: int
    kind: Annotated[Kind, Meaning("Risk or dependency.")]
    text: Annotated[str, Meaning("The risk or dependency.")]
    cause: Annotated[str | None, Meaning("What would bring it about.")]
    impact: Annotated[str | None, Meaning("What it would do; for a dependency, what follows if it fails.")]
    owner: Annotated[str | None, Meaning("Who answers for it.")]
    provider: Annotated[str | None, Meaning("Of a dependency: on whom it depends.")]
    response: Annotated[str | None, Meaning("What is said to be done about it.")]
    likelihood: Annotated[int | None, Meaning("Likelihood, 1 to 5; null where nobody scored it.", least=1, most=5)]
    severity: Annotated[int | None, Meaning("Severity, 1 to 5; null where nobody scored it.", least=1, most=5)]
    raised_on: Annotated[date | None, Meaning("Day on which it was raised; null where no day is given for it.")]
    review_on: Annotated[date | None, Meaning("Day of its next review.")]
    state: Annotated[State, Meaning("How it stands, by the number that it watches or as somebody set it.")]
    closed_on: Annotated[date | None, Meaning("Day of closure.")]
    source_id: str
    source_line: int | None
    last_line: int | None
    watches: tuple[Watch, ...] = ()
    readings: tuple[WatchReading, ...] = ()
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

    def last_reading(self, watch: Watch) -> WatchReading | None:
        """Return how a watched number stood last."""
        return next((reading for reading in reversed(self.readings) if reading.watch_id == watch.id), None)

    @property
    def why(self) -> str:
        """Return why it stands as it does, from the numbers that it watches."""
        if not self.watches:
            return "watches no number"
        found = [self.last_reading(watch) for watch in self.watches]
        return " ".join(one.sentence for one in found if one) or "not looked at yet"


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to whom about a scheme, tied to the risk that it answers. It is published after approval only."""

    id: int
    risk_id: Annotated[int | None, Meaning("The risk that it answers (`board_risk`).", least=1)]
    kind: Annotated[Literal["message", "event"], Meaning("Something said or written, or an event such as a launch.")]
    text: Annotated[str, Meaning("The message, or what happens at the event.")]
    audience: Annotated[str, Meaning("To whom.")]
    planned_on: Annotated[date | None, Meaning("When it is meant to go out, or happen.")]
    approved_on: Annotated[date | None, Meaning("Day of approval.")]
    approved_by: Annotated[str | None, Meaning("Who approved it.")]
    published_on: Annotated[date | None, Meaning("Day on which it went out, or happened.")]
