"""A section of a paper, declared once: its rows, who guards them, its columns, and its words.

From one `ResultSection` come the rows of `summary.json`, the table on the page, the sheet of the spreadsheets, and what
the disclosure audit knows of its counts. `sections/declared.py` lists them all; a new one is a file and a line there.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from whatworks.evaluation.result import GroupResult, Kind, Result
from whatworks.papers.disclosure.groups import GROUPS, both_people, disclosure, group
from whatworks.papers.disclosure.nested import Nested, below_threshold
from whatworks.papers.disclosure.published import Group, Published
from whatworks.papers.disclosure.secondary import Secondary
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Table
from whatworks.papers.words import text, withheld_note

Value = Decimal | int | str | None


@dataclass(slots=True)
class Proposal:
    """A result on its way out: what is withheld of it, and what is published so far, by section.

    `hidden` names the outcomes withheld, `levels` the levels of subgroups, `shares` the rows of the balance table;
    `people` holds the scheme's and the comparisons' numbers of people that are shown.
    """

    result: Result
    more: Secondary
    people: tuple[Nested, Nested]
    hidden: frozenset[str]
    levels: dict[str, frozenset[str]]
    shares: frozenset[tuple[str, str]]
    published: dict[str, Any] = field(default_factory=dict)

    @property
    def minimum(self) -> int:
        """Return the smallest number of people that may be shown."""
        return self.result.minimum_count

    def small(self, count: float) -> bool:
        """Return whether so many people are too few to show, and more than none."""
        return self.people[0].sensitive(count)

    def primary(self) -> Published | None:
        """Return the primary outcome as it is published."""
        return next((outcome for outcome in self.published["outcomes"] if outcome.primary), None)


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


RowGuard = Callable[["ResultSection", Any, int, Proposal], Published | None]


def by_rule(section: "ResultSection", row: Any, at: int, proposal: Proposal) -> Published:
    """Return a row as published: by the rules of the outcomes, which look at both its groups, and at its counts.

    Either group's being below the threshold withholds all figures. Counts are published beside the numbers of people
    already shown.
    """
    result, minimum = proposal.result, proposal.minimum
    whole = {name: found for name in GROUPS if isinstance(found := getattr(row, name, None), GroupResult)}
    kind: Kind = getattr(row, "kind", "score")
    withheld = proposal.more.has("row", section.name, section.key(row, at))
    withheld |= any(below_threshold(found, kind, minimum) for found in whole.values())
    numbers = both_people(row, result.n, proposal.people, True, withheld) if whole else (0, None)
    how = disclosure(kind, numbers, minimum, withheld)
    given: dict[str, Any] = {
        name: group(whole[name], n or "c", how) for name, n in zip(GROUPS, numbers, strict=True) if name in whole
    }
    counts = section.counts(row)
    for name, count in counts.items():
        within = section.published.derived[name].shown.within
        trail = proposal.people[within == "comparison"]
        given[name] = "c" if withheld else trail.publish(count, keep=bool(within))
    secret = {count for name, count in counts.items() if given[name] == "c"}
    given |= {
        name: "" for name, source in section.sentences().items() if secret and names_any(getattr(row, source), secret)
    }
    if "withheld" in section.published.model_fields:
        given["withheld"] = withheld
    return section.published.of(row, how, **given)


def names_any(sentence: str, counts: set[int]) -> bool:
    """Return whether a sentence gives a count that is withheld.

    >>> names_any("Of 1,409 men 412 did.", {409}), names_any("All 1,409 did.", {1409})
    (False, True)
    """
    return any(int(number.replace(",", "")) in counts for number in re.findall(r"\d[\d,]*\b", sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table on the page and a sheet of the spreadsheets, from one list of columns.

    `name` names both; `lines` are their rows, of what is published. Columns, title and notes may depend on it.
    """

    name: str
    columns: Callable[[PublishedResult], Sequence[Column]] = lambda _: ()
    title: Callable[[PublishedResult], str] | str = ""
    sheet_title: str = ""
    notes: Callable[[PublishedResult], Iterable[str]] = lambda _: ()
    lines: Callable[[PublishedResult], Sequence[Any]] | None = None

    def shown(self, release: PublishedResult) -> Sequence[Any]:
        """Return the rows."""
        return self.lines(release) if self.lines else ()

    def table(self, release: PublishedResult, rows: Sequence[Any] | None = None) -> Table:
        """Return the table on the page, of all rows or of some."""
        columns = [column for column in self.columns(release) if column.page]
        rows = self.shown(release) if rows is None else rows
        cells = tuple(tuple(column.printed(row) for column in columns) for row in rows)
        return Table(
            name=self.name.replace("_", "-"),
            title=self.title if isinstance(self.title, str) else self.title(release),
            columns=tuple(column.heading if column.page is True else str(column.page) for column in columns),
            rows=cells,
            numeric=tuple(column.numeric for column in columns),
            widths=tuple(column.width for column in columns),
            notes=(*self.notes(release), *withheld_note(cells)),
        )

    def sheet(self, release: PublishedResult) -> Table:
        """Return the sheet, with numbers in its cells."""
        rows = self.shown(release)
        columns = [column for column in self.columns(release) if column.sheet] if rows else []
        headings = [column.heading if column.sheet is True else str(column.sheet) for column in columns]
        cells = [[column.value(row) for column in columns] for row in rows]
        return sheet(self.name.replace("_", " ").capitalize(), self.sheet_title, headings, cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSection(Listing):
    """A section of a paper: rows of the result, a guard, columns, and words around the table.

    `name` is the key in `summary.json` too; there it is a list, unless `single`. `rows` are those of a result that are
    published at all. `guard` is `by_rule` unless the section has its own; `whole` publishes all rows at once.
    `words` gives the blocks of the page; a section with a `heading` stands there by itself, before the doubts. What its
    rows disclose people goes to the audit, unless it is `audited` by its own rules (`disclosure/known_*`).
    """

    published: type[Published]
    rows: Callable[[Result], Sequence[Any]] = lambda _: ()
    guard: RowGuard = by_rule
    whole: Callable[[Proposal], Any] | None = None
    words: Callable[[PublishedResult, Table], list[Block]] = lambda _, table: [table]
    heading: str = ""
    single: bool = False
    audited: bool = False

    def __post_init__(self) -> None:
        """Refuse rows whose counts no rule would look at: of groups by other names, or within parts of a row."""
        parts = {name: one.part for name, one in self.published.derived.items() if one.part is not None}
        unseen = [
            name for name, part in parts.items() if part.holds_people() and not (part is Group and name in GROUPS)
        ]
        if unseen and not self.audited:
            where = ", ".join(unseen)
            raise TypeError(f"section {self.name}: counts in {where}; name groups {GROUPS}, or audit them (`known_*`)")

    def publish(self, proposal: Proposal) -> Any:
        """Return what `summary.json` holds of it."""
        if self.whole:
            return self.whole(proposal)
        made = tuple(self.guard(self, row, at, proposal) for at, row in enumerate(self.rows(proposal.result)))
        return (made[0] if made else None) if self.single else made

    def key(self, row: Any, at: int) -> str:
        """Return what tells a row from the others: its name, or its place."""
        return str(getattr(row, "name", at))

    def counts(self, row: Any) -> dict[str, int]:
        """Return a row's counts of people, by the names under which they may be published."""
        derived = self.published.derived
        found = {name: getattr(row, one.source) for name, one in derived.items() if one.shown.rule == "people"}
        return {name: count for name, count in found.items() if count is not None}

    def sentences(self) -> dict[str, str]:
        """Return the names of the published sentences, with those that they have in the result."""
        return {name: one.source for name, one in self.published.derived.items() if one.shown.rule == "sentence"}

    def released(self, release: PublishedResult) -> tuple[Any, ...]:
        """Return the rows that are published."""
        found = getattr(release, self.name)
        return found if isinstance(found, tuple) else () if found is None else (found,)

    def shown(self, release: PublishedResult) -> Sequence[Any]:
        """Return what the table and the sheet show: the rows, unless the section makes lines of them."""
        return self.lines(release) if self.lines else self.released(release)

    def blocks(self, release: PublishedResult) -> list[Block]:
        """Return what stands on the page; nothing where there are no rows."""
        return self.words(release, self.table(release)) if self.shown(release) else []
