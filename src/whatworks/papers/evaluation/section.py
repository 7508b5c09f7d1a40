"""A section of a paper, declared once: its rows, who guards them, its columns, and its words.

From one `ResultSection` come the rows of `summary.json`, the table on the page, the sheet of the spreadsheets, and what
the disclosure audit knows of its counts. `sections/declared.py` lists them all; a new one is a file and a line there.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from whatworks.evaluation.result import GroupResult, Kind, Result
from whatworks.papers.disclosure.groups import GROUPS, both_people, disclosure, group
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.published import Published
from whatworks.papers.disclosure.secondary import Secondary
from whatworks.papers.disclosure.thin import thin
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Table
from whatworks.papers.words import text, withheld_note

if TYPE_CHECKING:
    from whatworks.papers.evaluation.release import Outcome, Release

Value = Decimal | int | str | None


@dataclass(slots=True)
class Proposal:
    """A result on its way out: what is withheld of it so far, and which numbers of people stand in the paper already.

    `hidden` names the outcomes withheld, `levels` the levels of subgroups, `people` holds the scheme's and the
    comparisons' numbers of people that are shown.
    """

    result: Result
    more: Secondary
    people: tuple[Nested, Nested]
    hidden: frozenset[str] = frozenset()
    levels: dict[str, frozenset[str]] = field(default_factory=dict)
    outcomes: "tuple[Outcome, ...]" = ()

    def primary(self) -> "Outcome | None":
        """Return the primary outcome as it is published."""
        return next((outcome for outcome in self.outcomes if outcome.primary), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what a row holds there, by the name of a field ("treated.n") or by a function.

    `page` and `sheet` say whether it stands on the page and in the sheet, or give the heading that it has there. The
    page prints `words` of the row, or else the value. `numeric` columns are set to the right; `width` is relative.
    """

    heading: str
    of: str | Callable[[Any], Value] = ""
    width: float = 1.0
    words: Callable[[Any], str] | None = None
    page: bool | str = True
    sheet: bool | str = True
    numeric: bool = True

    def value(self, row: object) -> Value:
        """Return what the sheet holds."""
        if callable(self.of):
            return self.of(row)
        found: Any = row
        for name in self.of.split("."):
            found = None if found is None else getattr(found, name)
        return found  # type: ignore[no-any-return]

    def printed(self, row: object) -> str:
        """Return what the page prints."""
        return self.words(row) if self.words else text(self.value(row))


Guard = Callable[["ResultSection", Any, int, Proposal], Published]


def by_rule(section: "ResultSection", row: Any, at: int, proposal: Proposal) -> Published:
    """Return a row as it may leave: by the rules of the outcomes, which look at both its groups, and at its counts.

    Either group's being thin withholds all figures. Counts are admitted beside the numbers of people already shown.
    """
    minimum, result = proposal.result.minimum_count, proposal.result
    whole = {name: found for name in GROUPS if isinstance(found := getattr(row, name, None), GroupResult)}
    kind: Kind = getattr(row, "kind", "score")
    withheld = proposal.more.has("row", section.name, section.key(row, at))
    withheld |= any(thin(found, kind, minimum) for found in whole.values())
    numbers = both_people(row, result.n, proposal.people, True, withheld) if whole else (0, None)
    how = disclosure(kind, numbers, minimum, withheld)
    given: dict[str, Any] = {
        name: group(whole[name], n or "c", how) for name, n in zip(GROUPS, numbers, strict=True) if name in whole
    }
    counts = section.counts(row)
    for name, count in counts.items():
        within = section.published.derived[name].shown.within
        trail = proposal.people[within == "comparison"]
        given[name] = "c" if withheld else trail.admit(count, keep=bool(within))
    secret = {count for name, count in counts.items() if given[name] == "c"}
    given |= {
        name: "" for name, source in section.sentences().items() if secret and names_any(getattr(row, source), secret)
    }
    if "withheld" in section.published.model_fields:
        given["withheld"] = withheld
    return section.published.of(row, how, **given)


def names_any(sentence: str, counts: set[int]) -> bool:
    """Say whether a sentence gives a count that is withheld.

    >>> names_any("Of 1,409 men 412 did.", {409}), names_any("All 1,409 did.", {1409})
    (False, True)
    """
    return any(int(number.replace(",", "")) in counts for number in re.findall(r"\d[\d,]*\b", sentence))


@dataclass(frozen=True, slots=True)
class ResultSection:
    """A section of a paper: rows of the result, a guard, columns, and words around the table.

    `name` is the key in `summary.json` and names the table; there it is a list, unless `single`. `rows` are those of a
    result that are published at all. `guard` is `by_rule` unless the section has its own. `columns` may depend on what
    is published. `words` gives the blocks of the page; a section with a `heading` stands there by itself, before the
    doubts. What its rows tell of people goes to the audit, unless it is `audited` by its own rules (`known_*`).
    """

    name: str
    rows: Callable[[Result], Sequence[Any]]
    published: type[Published]
    columns: "Callable[[Release], Sequence[Column]]"
    title: "Callable[[Release], str] | str"
    sheet_title: str
    guard: Guard = by_rule
    notes: "Callable[[Release], Iterable[str]]" = lambda _: ()
    words: "Callable[[Release, Table], list[Block]]" = lambda _, table: [table]
    heading: str = ""
    single: bool = False
    audited: bool = False

    def publish(self, proposal: Proposal) -> Any:
        """Return what `summary.json` holds of it."""
        rows = tuple(self.guard(self, row, at, proposal) for at, row in enumerate(self.rows(proposal.result)))
        return (rows[0] if rows else None) if self.single else rows

    def key(self, row: Any, at: int) -> str:
        """Return what tells a row from the others: its name, or its place."""
        return str(getattr(row, "name", at))

    def counts(self, row: Any) -> dict[str, int]:
        """Return a row's counts of people, by the names under which they may leave."""
        derived = self.published.derived
        found = {name: getattr(row, one.source) for name, one in derived.items() if one.shown.rule == "people"}
        return {name: count for name, count in found.items() if count is not None}

    def sentences(self) -> dict[str, str]:
        """Return the names of the published sentences, with those that they have in the result."""
        return {name: one.source for name, one in self.published.derived.items() if one.shown.rule == "sentence"}

    def shown(self, release: "Release") -> tuple[Any, ...]:
        """Return the rows that are published."""
        found = getattr(release, self.name)
        return found if isinstance(found, tuple) else () if found is None else (found,)

    def table(self, release: "Release") -> Table:
        """Return the table on the page."""
        columns = [column for column in self.columns(release) if column.page]
        rows = tuple(tuple(column.printed(row) for column in columns) for row in self.shown(release))
        return Table(
            name=self.name.replace("_", "-"),
            title=self.title if isinstance(self.title, str) else self.title(release),
            columns=tuple(column.heading if column.page is True else str(column.page) for column in columns),
            rows=rows,
            numeric=tuple(column.numeric for column in columns),
            widths=tuple(column.width for column in columns),
            notes=(*self.notes(release), *withheld_note(rows)),
        )

    def sheet(self, release: "Release") -> Table:
        """Return the sheet, with numbers in its cells."""
        shown = self.shown(release)
        columns = [column for column in self.columns(release) if column.sheet] if shown else []
        headings = [column.heading if column.sheet is True else str(column.sheet) for column in columns]
        rows = [[column.value(row) for column in columns] for row in shown]
        return sheet(self.name.replace("_", " ").capitalize(), self.sheet_title, headings, rows)

    def blocks(self, release: "Release") -> list[Block]:
        """Return what stands on the page; nothing where there are no rows."""
        return self.words(release, self.table(release)) if self.shown(release) else []
