"""Keep what training learnt as numbers of our own, bound to no library and no database."""

from typing import Self

import pydantic
from pydantic import BaseModel, ConfigDict

from whatworks.records.refusal import Refused


class LevelNumbers(BaseModel):
    """How often pairs come to one level of agreement."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str
    m: float = pydantic.Field(gt=0, le=1)
    """Share of pairs of one person that come to this level, of those that can be compared."""
    u: float = pydantic.Field(gt=0, le=1)
    """Share of pairs of two people that do."""


class LinkageModel(BaseModel):
    """What was learnt of how records of one person agree, and of how chance makes records of two people agree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    comparisons: dict[str, tuple[LevelNumbers, ...]]
    """Levels by comparison, without the level at which something is missing: that tells nothing."""
    untaught: tuple[str, ...] = ()
    """Comparisons about which the records taught nothing: their m is what is usual elsewhere."""
    prior: float = pydantic.Field(gt=0, lt=1)
    """Probability that two records drawn at random are of one person, where it was trained."""
    records: int
    """Records that it was trained on."""
    sharing: int
    """Pairs that shared a number where it was trained; 0 where too few did to tell how many pairs match."""
    chance_from: dict[str, str]
    """By comparison, the agency within whose records u was learnt."""
    seed: int
    data_sha256: str
    """Hash of the standardised records that it was trained on."""
    versions: dict[str, str]
    """Versions of the programs that trained it."""

    def to_json(self) -> str:
        """Return the model as JSON text that `from_json` reads."""
        return self.model_dump_json(indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model; refuse what is not one.

        >>> from whatworks.records.refusal import Refused
        >>> try:
        ...     LinkageModel.from_json("{}")
        ... except Refused as refused:
        ...     print(refused.faults[0].problem)
        the saved linkage model cannot be read (comparisons: Field required)
        """
        try:
            return cls.model_validate_json(text)
        except pydantic.ValidationError as fault:
            first = fault.errors()[0]
            what = f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
            raise Refused(
                f"the saved linkage model cannot be read ({what})",
                remedy="run `whatworks link --train` to train another",
            ) from None
