"""Choose, for one table, which headings fill which of our columns, and what only a person can tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import dataframely as dy
import polars as pl

from whatworks.records.imports.rules import DAY_OF
from whatworks.records.mappings.mapping import FILLED_BY_IMPORT, SOURCE, SOURCE_LINE, Part
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.headings import PERSON_NUMBERS, nearness, rank_of
from whatworks.records.suggesting.person_number import find_number_of_rows, find_person_number
from whatworks.records.suggesting.sense import is_number, objection, out_of_order, share_before
from whatworks.records.suggesting.words import PERSON, heading_words, words_in_order
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.declaration import DATED
from whatworks.records.tables.references import own_key

SEVERAL = "several columns may be it"
NEAR = 0.6
"""A heading with this share of words in common is worth a question."""
_NAMES = frozenset({frozenset({"name"}), frozenset({"full", "name"}), frozenset({"surname", "forename"})})


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a person has to tell. While a `needed` column is not told, an import of the draft is refused."""

    table: str
    column: str
    question: str
    candidates: tuple[str, ...] = ()
    """Headings of the file among which the answer may be."""
    needed: bool = False


@dataclass
class Choice:
    """What was chosen for one table. `columns` and `split` are sure; `remarks` are to be checked all the same."""

    table: str
    columns: dict[str, str] = field(default_factory=dict)
    split: dict[str, Part] = field(default_factory=dict)
    key: dict[str, tuple[str, ...]] = field(default_factory=dict)
    distinct: bool = False
    only_new: bool = False
    remarks: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)
    """Columns that a heading named and that values, its own or others', speak against."""

    @property
    def ours(self) -> dict[str, dy.Column]:
        """The columns of the table that a mapping fills."""
        return fillable(self.table)

    @property
    def filled(self) -> frozenset[str]:
        """Our columns that something fills."""
        return frozenset({*self.columns, *self.split, *self.key})

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns that have to be filled and are not."""
        return tuple(name for name, kind in self.ours.items() if not kind.nullable and name not in self.filled)

    def stand_beside(self, *, late: bool) -> None:
        """Allow for other files of the agency that fill this table too: `late` leaves out people whom they bring."""
        self.only_new = late and self.table == "person"
        for name, parts in self.key.items():
            if parts == (SOURCE_LINE,):
                self.key[name] = (SOURCE, SOURCE_LINE)

    def ask(self, column: str, question: str, candidates: tuple[str, ...] = ()) -> None:
        """Leave a column out, and ask a person about it."""
        if self.columns.pop(column, None) or self.split.pop(column, None):
            self.contradicted.add(column)
        needed = not self.ours[column].nullable
        self.undecided[column] = Undecided(self.table, column, question, candidates, needed)


def fillable(table: str) -> dict[str, dy.Column]:
    """Return the columns of a table that a mapping fills from a file.

    >>> list(fillable("scheme_area"))
    ['scheme_id', 'area_code', 'area_vintage']
    """
    left_out = FILLED_BY_IMPORT if table == "organisation" else FILLED_BY_IMPORT | {"organisation_id"}
    return {name: kind for name, kind in RECORD_TABLES[table].columns().items() if name not in left_out}


def choose(table: str, contents: Mapping[str, Content], organisation: str | None = None) -> Choice:
    """Return what fills a table: headings that the dictionary knows and values bear out; the rest is asked."""
    choice = Choice(table)
    for column in choice.ours:
        if column == "person_id":
            _choose_person(choice, contents, organisation)
        else:
            _choose_column(choice, column, contents)
    _refuse_shared_headings(choice)
    if table == "person":
        _split_names(choice, contents)
    _choose_key(choice, contents)
    _hold_to_order(choice, contents)
    _hold_to_codes(choice)
    for column in choice.missing:
        if column not in choice.undecided:
            near = _near(choice, column, contents) or _unused_days(choice, column, contents)
            choice.ask(column, "no heading is known to hold it", near)
    return choice


def _choose_person(choice: Choice, contents: Mapping[str, Content], organisation: str | None) -> None:
    headings, remark = find_person_number(contents, organisation)
    if not headings and choice.table == "person":
        headings, remark = find_number_of_rows(contents)
    if len(headings) == 1:
        choice.columns["person_id"] = headings[0]
        if remark:
            choice.remarks["person_id"] = remark
        return
    question = "several columns may be it" if headings else "no number of a person is known"
    numbers = [
        heading
        for heading, content in contents.items()
        for column in ("person_id", *PERSON_NUMBERS)
        if rank_of(heading, "person", column) is not None and objection("person", column, content) is None
    ]
    numbers += [h for h, content in contents.items() if heading_words(h) == {"number"} and is_number(content)]
    choice.ask("person_id", question, tuple(dict.fromkeys(headings or numbers)))


def _choose_column(choice: Choice, column: str, contents: Mapping[str, Content]) -> None:
    named = {heading: rank_of(heading, choice.table, column) for heading in contents}
    ranks = {heading: rank for heading, rank in named.items() if rank is not None}
    if isinstance(choice.ours[column], DATED):
        ranks = {h: rank for h, rank in ranks.items() if _may_be_days(h, contents[h])}
    problems = {heading: objection(choice.table, column, contents[heading]) for heading in ranks}
    if column == "prison_number":
        ranks = {h: rank for h, rank in ranks.items() if rank < 3 or contents[h].share_like("prison_number") >= 0.95}
    sound = [heading for heading in ranks if problems[heading] is None]
    if column == "area_code":
        sound = [h for h in sound if contents[h].share_like("with_digit") >= 0.8] or sound
    best = [heading for heading in sound if ranks[heading] == min(ranks[one] for one in sound)]
    if len(best) == 1:
        choice.columns[column] = best[0]
        if column == "area_code" and contents[best[0]].share_like("with_digit") < 0.8:
            choice.remarks[column] = "CHECK: names, not codes; write the areas of a scheme in the same way"
    elif best:
        choice.ask(column, SEVERAL, tuple(best))
    elif (ranks := {heading: rank for heading, rank in ranks.items() if rank < 3}) and column != own_key(choice.table):
        problem = "; ".join(dict.fromkeys(f"{problems[heading]}" for heading in ranks))
        choice.ask(column, f"the column called so {problem}", tuple(ranks))
        choice.contradicted.add(column)
    elif near := _near(choice, column, contents):
        choice.ask(column, "is one of these columns it?", near)


def _may_be_days(heading: str, content: Content) -> bool:
    """Return whether a heading speaks of days: "Offence" over a column of texts does not, "Offence Date" does."""
    return bool(content.formats) or not content.filled.len() or "date" in heading_words(heading)


def _near(choice: Choice, column: str, contents: Mapping[str, Content]) -> tuple[str, ...]:
    table = choice.table
    near = [heading for heading in contents if nearness(heading, table, column) >= NEAR]
    used = {*choice.columns.values(), *(part.column for part in choice.split.values())}
    return tuple(h for h in near if h not in used and not objection(table, column, contents[h], codes_known=False))


def _unused_days(choice: Choice, column: str, contents: Mapping[str, Content]) -> tuple[str, ...]:
    """Return the headings over days that the table has no other use for, and that are no births or deaths."""
    if not isinstance(choice.ours[column], DATED):
        return ()
    lives = ("date_of_birth", "died_on")
    return tuple(
        heading
        for heading, content in contents.items()
        if heading not in choice.columns.values()
        and content.is_dated
        and objection(choice.table, column, content) is None
        and not any(rank_of(heading, "person", life) is not None for life in lives)
    )


def _refuse_shared_headings(choice: Choice) -> None:
    """Ask about columns that one heading would fill both, except a person's number that is a national one too."""
    by_heading: dict[str, list[str]] = {}
    for column, heading in choice.columns.items():
        if column not in ("person_id", *PERSON_NUMBERS):
            by_heading.setdefault(heading, []).append(column)
    for heading, columns in by_heading.items():
        for column in columns if len(columns) > 1 else ():
            choice.ask(column, f"{' and '.join(columns)} would both be this column", (heading,))


def _split_names(choice: Choice, contents: Mapping[str, Content]) -> None:
    """Fill surname and forename from one column that holds both with a comma between them; ask about any other."""
    if {"surname", "forename"} & choice.filled:
        return
    named = [heading for heading, content in contents.items() if _holds_names(heading, content)]
    whole = [heading for heading in named if contents[heading].share_like("two_names") >= 0.95]
    if len(whole) == 1:
        named_order = [word for word in words_in_order(whole[0]) if word in ("surname", "forename")]
        first, second = named_order or ("surname", "forename")
        choice.split[first] = Part(column=whole[0], by=",", part=1)
        choice.split[second] = Part(column=whole[0], by=",", part=2)
        choice.undecided = {n: asked for n, asked in choice.undecided.items() if n not in choice.split}
        return
    for column in ("surname", "forename") if named else ():
        choice.ask(column, "one column holds the whole name, and no comma says where to split it", tuple(named))


def _holds_names(heading: str, content: Content) -> bool:
    """Return whether a column is called a name, or is called after the person and holds names."""
    words = heading_words(heading)
    if not words - {PERSON, "prison"}:
        return PERSON in words and content.share_like("two_names") + content.share_like("name") >= 0.95
    return words - {PERSON, "prison"} in _NAMES


def _choose_key(choice: Choice, contents: Mapping[str, Content]) -> None:
    """Keep a record's own number only if each row has one of its own; else the line's number stands in for it."""
    own = own_key(choice.table)
    if choice.table == "person":
        if own in choice.columns and not contents[choice.columns[own]].is_unique:
            _keep_each_person_once(choice, contents)
        return
    if [name for name, kind in choice.ours.items() if kind.primary_key] != [own]:
        return
    heading = choice.columns.get(own)
    if heading is None or not contents[heading].is_unique:
        choice.columns.pop(own, None)
        choice.undecided.pop(own, None)
        choice.key[own] = (SOURCE_LINE,)
        why = f"{heading!r} stands on several rows" if heading else "no column is known to be its number"
        choice.remarks[own] = f"the line's number stands in: {why}"


def _keep_each_person_once(choice: Choice, contents: Mapping[str, Content]) -> None:
    """Make the block distinct, and leave out what differs between the rows of one person."""
    choice.distinct = True
    person = contents[choice.columns["person_id"]].texts.alias("person")
    for column, heading in [*choice.columns.items(), *((n, part.column) for n, part in choice.split.items())]:
        frame = pl.DataFrame({"person": person, "value": contents[heading].texts.fill_null("")})
        differs = frame.group_by("person").agg((pl.col("value").n_unique() > 1).alias("differs"))["differs"]
        if column != "person_id" and float(differs.mean() or 0.0) > 0.01:  # type: ignore[arg-type]
            choice.ask(column, "differs between rows of one person, so no row says which is right", (heading,))


def _days(choice: Choice, contents: Mapping[str, Content]) -> dict[str, pl.Series]:
    return {n: contents[h].days for n, h in choice.columns.items() if isinstance(choice.ours[n], DATED)}


def _hold_to_order(choice: Choice, contents: Mapping[str, Content]) -> None:
    for first, second, share in out_of_order(choice.table, _days(choice, contents)):
        headings = tuple(choice.columns[column] for column in (first, second) if column in choice.columns)
        for column in (first, second):
            choice.ask(column, f"{second} lies before {first} in {share:.0%} of the rows", headings)


def _hold_to_codes(choice: Choice) -> None:
    """Ask about the day of a result where no column says which result it was, unless its own heading does."""
    for (table, day), code in DAY_OF.items():
        heading = choice.columns.get(day)
        if table == choice.table and heading is not None and code not in choice.columns:
            ours = [str(one) for one in choice.ours[code].categories]  # type: ignore[attr-defined]
            if heading != day and not heading_words(heading) & heading_words(" ".join(ours)):
                question = f"no column is known to say which rows end in {' or '.join(ours)}, and days of others prove"
                choice.ask(day, f"{question} what was never proved", (heading,))


def hold_to_lives(choices: Mapping[str, Choice], contents: Mapping[str, Content]) -> None:
    """Ask about a birth that lies after events of the same row, and about a death that lies before them."""
    person = choices.get("person")
    if person is None:
        return
    for event in dict.fromkeys(_events(choices)):
        days = contents[event].days
        for column, wrong in (("date_of_birth", False), ("died_on", True)):
            heading = person.columns.get(column)
            if heading is None:
                continue
            lived = contents[heading].days
            share = share_before(lived, days) if wrong else share_before(days, lived)
            if share > (0.05 if wrong else 0.02):
                problem = f"lies {'before' if wrong else 'after'} {event!r} in {share:.0%} of the rows"
                person.ask(column, f"the column called so {problem}", (heading,))


def _events(choices: Mapping[str, Choice]) -> Iterator[str]:
    for choice in choices.values():
        for column, heading in choice.columns.items() if choice.table != "person" else ():
            if isinstance(choice.ours[column], DATED) and (choice.ours[column].metadata or {}).get("event"):
                yield heading
