"""Figures in two periods side by side, each with its change and what could have been told: one table for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from whatworks.papers.answer import Rows, TableColumn
from whatworks.papers.disclosure.rounding import half_away
from whatworks.statistics.groups.person_rates import PersonRate, RateChange


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A figure of a group in two periods, `times` so many in the `unit`, and whether it may be shown.

    `people` are those whom it is of, in each period.
    """

    of: str
    what: str
    change: RateChange
    people: tuple[int, int]
    shown: bool = True
    times: int = 100
    unit: str = "%"

    def words(self, value: float | None, low: float | None, high: float | None, sign: str = "") -> str:
        """Return a value with its interval.

        >>> nobody = PersonRate(0, 0, 0, None, None, None)
        >>> row = ChangeRow("all", "kept", RateChange(nobody, nobody, *[None] * 7), (0, 0))
        >>> row.words(0.75, 0.7, 0.8), row.words(-0.021, -0.04, 0.001, "+"), row.words(None, None, None)
        ('75.0% (70.0 to 80.0)', '-2.1 points (-4.0 to +0.1)', 'none to count')
        """
        if value is None:
            return "none to count"
        ends = (
            "no interval" if low is None or high is None else f"{self.number(low, sign)} to {self.number(high, sign)}"
        )
        unit = " points" if sign and self.unit == "%" else self.unit
        return f"{self.number(value, sign)}{unit} ({ends})"

    def number(self, value: float, sign: str = "") -> str:
        """Return a value in its unit."""
        return f"{half_away(value, 1, self.times):{sign}}"

    def rate(self, found: PersonRate) -> str:
        """Return a period's rate; "c" where it is withheld."""
        return self.words(found.value, found.low, found.high) if self.shown else "c"


def change_table(name: str, title: str, rows: Iterable[ChangeRow], before: str, after: str) -> Rows[ChangeRow]:
    """Return the table of figures in two periods."""

    def ratio(row: ChangeRow) -> str:
        one = row.change
        if not row.shown or one.ratio is None or one.ratio_low is None or one.ratio_high is None:
            return "none" if row.shown else "c"
        return f"{one.ratio:.2f} ({one.ratio_low:.2f} to {one.ratio_high:.2f})"

    def smallest(row: ChangeRow) -> str:
        least = row.change.smallest
        return "c" if not row.shown else "none" if least is None else row.number(least)

    return Rows(
        name=name,
        title=title,
        rows=list(rows),
        columns=(
            TableColumn("Of", lambda row: row.of, width=1.2),
            TableColumn("What", lambda row: row.what, width=2.0),
            TableColumn("People", lambda row: f"{row.people[0]:,}; {row.people[1]:,}" if row.shown else "c"),
            TableColumn("Earlier (95% interval)", lambda row: row.rate(row.change.before), width=1.6),
            TableColumn("Later (95% interval)", lambda row: row.rate(row.change.after), width=1.6),
            TableColumn(
                "Change",
                lambda row: (
                    row.words(row.change.difference, row.change.low, row.change.high, "+") if row.shown else "c"
                ),
                width=1.6,
            ),
            TableColumn("Times", ratio, width=1.4),
            TableColumn("Least told", smallest, width=1.0),
        ),
        notes=(
            f"Earlier is {before}, later is {after}. People who stand in both periods are held against themselves. The "
            "last column is the smallest change that would be found four times in five.",
        ),
    )
