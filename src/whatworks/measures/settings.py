"""Fix what a measure depends on besides the records: the as-at date, who proves an offence, what does not count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from whatworks.measures.ogrs3 import Ogrs3Choices
from whatworks.measures.severity import SeverityTable


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """What measures need to know besides the records.

    `conviction_record` is the organisation_id whose records, with those of courts, prove an offence. `not_counted`
    lists offence groups that are not proven reoffences. `preferences` gives, for `sex`, `date_of_birth`, `ethnicity`,
    `need` and `address`, the agencies in order of trust; agencies not named come after, in alphabetical order.
    `severity_tables` are editions of weights beyond those that ship with the package.

    >>> MeasureSettings(date(2025, 6, 30), "police").not_counted
    ('breach',)
    """

    as_at: date
    conviction_record: str
    not_counted: tuple[str, ...] = ("breach",)
    severity_edition: str = "example"
    preferences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity_tables: tuple[SeverityTable, ...] = ()
    ogrs3: Ogrs3Choices = field(default_factory=Ogrs3Choices)
    people_per_reference: int = 20
    """A reference on the offences of more people than this names no case: nothing is merged by it."""
    outset_days: int = 31
    """A need counts as present at the outset if assessed by this many days after the index date."""
