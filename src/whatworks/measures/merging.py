"""What became of agencies' records of offences: merged by what, left apart, and where nobody could tell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgencyPair:
    """What two agencies' records of offences made together (numbers of offences).

    `by_code` of the `merged` met without a case, by person, day and code. `doubtful`: an agency holds several such
    records, so which met which cannot be told. `other_day`: one agency's alone, though both have the person's case.
    `other_case`: one agency's alone, though both have an offence of the person's on that day and in that group under
    another reference. They may be one offence counted twice.
    """

    first: str
    second: str
    merged: int
    by_code: int
    doubtful: int
    other_day: int
    other_case: int


@dataclass(frozen=True, slots=True)
class Merging:
    """How many offences the agencies' records are of."""

    records: int
    offences: int
    pairs: tuple[AgencyPair, ...]
    without_case: dict[str, tuple[int, int]]
    """For each agency: records whose reference names no case, and all its records."""
