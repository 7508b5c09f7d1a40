"""The same names? A list's retention with what chance and its rule would give, and first of all who is on it."""

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any, NamedTuple

import polars as pl

from whatworks.board.equality.impact import Stage, assess
from whatworks.board.equality.people import CHARACTERISTICS, age_band
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.board.equality_impact import (
    NOTICE,
    ClearedCharacteristic,
    beyond_chance_words,
    clear_part,
    part_section,
)
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.journeys.comparison import OUTSIDE, WITHHELD_NOTE
from whatworks.papers.journeys.words import about, days, per_cent, share_words, time_words
from whatworks.papers.paper import Bullets, Paragraph, Section
from whatworks.people.churn import STAYED, Retention, ShareOf
from whatworks.people.same_names import SameNames
from whatworks.records.audit.telling import Telling, part
from whatworks.statistics.power import smallest_detectable

STAGES = (
    Stage("met", "Met the rule, or was listed", None),
    Stage("listed", "On the list", 0),
    Stage("reviewed", "Reviewed since entry", 1),
    Stage("left", "Left within the year", 1),
)
SENTENCE = (
    "A name that stays says that somebody decided so; it does not say that the list worked, or failed. Intervals hold "
    "if such years recur."
)
APART = {
    "again": "Left in between and came back, among those who stayed",
    "overdue": "Listed on the later day though their review was overdue (they stay in every count)",
}
RULE = ("stayed, meets", "stayed, meets no longer", "left, meets", "left, meets no longer")


def same_names_answer(
    found: SameNames, boroughs: Mapping[str, str], minimum: int, told: Telling | None = None
) -> Answer:
    """Return the answer: who is on it and who goes, how many stay, why others left, against what, by borough."""
    told = Telling() if told is None else told
    people = _name(told, found)
    fates = _fates(found.retention, minimum, told)
    of_rule = _against(found, minimum, told)
    drift = _drift(found, boroughs, minimum, told)
    equality, open_parts = _equality(people, minimum, told)
    sentences = (*_sentences(found, fates, of_rule, minimum, told), SENTENCE, *filter(None, (told.beside,)))
    table: Rows[Any] = Rows(
        "Fates", "What became of those listed, a year later", list(fates.items()),
        (TableColumn("Fate", lambda row: row[0].replace("_", " "), width=2.0),
         TableColumn("People", lambda row: row[1], numeric=True)), notes=(WITHHELD_NOTE,),
    )  # fmt: skip
    tables = [table, *([drift] if drift else [])]
    drifted = (_drift_words(drift),) if drift else ()
    own = Section("names", "The same names", (Bullets((*sentences, *drifted)), *(each.on_page() for each in tables)))
    return Answer(
        title=f"The same names? {found.name}, {found.retention.on} to {found.retention.later}",
        sentences=(*sentences, *drifted),
        tables=tuple(tables),
        sections=(*equality, own),
        figures={
            "list": found.name, "on": str(found.retention.on), "later": str(found.retention.later), "fates": fates,
            "against_rule": of_rule, "sentences": [*sentences, *drifted],
            "equality": {each.name: {name: [*row] for name, row in each.counts.levels.items()} for each in open_parts},
            "boroughs": drift.document() if drift else None,
        },
        item="Lists of people",
        prepared_for="The board",
        notice=NOTICE,
    )  # fmt: skip


def _name(told: Telling, found: SameNames) -> pl.DataFrame:
    """Name the people behind every count; return those of the equality assessment with their age."""
    people = found.people.with_columns(age_band=age_band())
    fate, against = found.retention.fate, found.against
    unit = {each: found.names.get(each, f"removed entry {-each}") for each in fate}
    rows = pl.DataFrame({"unit": [unit[each] for each in fate], "fate": [*fate.values()]},
                        schema={"unit": pl.String, "fate": pl.String})  # fmt: skip
    told.whole("listed", rows["unit"])
    told.parts("listed", rows, "fate")
    for name in APART:
        told.whole(name, [found.names.get(each, f"removed entry {-each}") for each in getattr(found.retention, name)])
    if against is not None:
        told.parts("listed", rows.with_columns(rule=pl.Series([_rule(found, each) for each in fate])), "rule")
    for stage in STAGES:
        own = people.filter(pl.col(stage.name))
        told.whole(stage.name, own["unit"])
        for name in CHARACTERISTICS:
            told.parts(stage.name, own.with_columns(pl.col(name).fill_null("not known")), name)
    if found.by_borough is not None:
        told.whole("counted", found.entries["unit"])
        told.parts("counted", found.entries, "borough")
    return people


def _rule(found: SameNames, unit: int) -> str:
    stayed = found.retention.fate[unit] == STAYED
    return RULE[2 * (not stayed) + (unit not in (found.against.met if found.against else ()))]


def _fates(found: Retention, minimum: int, told: Telling) -> dict[str, Count]:
    parts = {STAYED: found.everybody.events} | found.left()
    cleared = clear_parts(parts, minimum)
    return {name: told.count(part("listed", ("fate", name)), count) for name, count in cleared.items()}


def _against(found: SameNames, minimum: int, told: Telling) -> dict[str, Count] | None:
    if found.against is None:
        return None
    kinds = [_rule(found, unit) for unit in found.retention.fate]
    cleared = clear_parts({kind: kinds.count(kind) for kind in RULE}, minimum)
    return {kind: told.count(part("listed", ("rule", kind)), count) for kind, count in cleared.items()}


def _sentences(
    found: SameNames, fates: Mapping[str, Count], of_rule: Mapping[str, Count] | None, minimum: int, told: Telling
) -> Iterator[str]:
    kept, stay = found.retention, found.dwell
    if fates[STAYED] == "c" or kept.everybody.n < minimum or not told.tells("listed"):
        yield "How many stayed is withheld: too few people are behind it, or behind those who left."
        return
    yield f"Of {kept.everybody.n:,} people listed on {kept.on}, {_share(kept.everybody)} were listed on {kept.later}."
    if fates.get("died") != "c":
        yield f"Of those alive on {kept.later} it is {_share(kept.alive)}."
    if kept.over_links:
        low, high = (per_cent(end, 1) for end in kept.over_links)
        yield f"Allowing for links that may be wrong or missing, the share is {low} to {high}."
    for name, words in APART.items():
        count = told.count(name, len(getattr(kept, name)))
        yield f"{words}: {'withheld' if 0 < len(getattr(kept, name)) < minimum or count == 'c' else count}."
    change = smallest_detectable(sqrt(2 * max(_variance(kept.everybody), 1e-9)))
    yield f"A change of {per_cent(change, 1)} from one such year to the next would be found four times in five."
    if found.chance is not None:
        chance = found.chance
        yield (f"By chance alone {days(chance.expected, 1)} names ({chance.low} to {chance.high}) would be on both "
               f"lists, drawn from {chance.everybody:,} people who met every written condition on {kept.later} or were "
               "listed.")  # fmt: skip
    if found.against is not None and of_rule is not None and "c" not in of_rule.values():
        yield (f"By the rule alone {_share(found.against.meets)} would be kept: their records still met it. "
               f"{of_rule[RULE[1]]:,} were kept though it was met no longer, {of_rule[RULE[2]]:,} left though it was: "
               "these are two lists for the reviewer.")  # fmt: skip
    years = [(year, value) for year, value in zip(("a year", "two years"), stay.by_year, strict=True) if value]
    for year, removed in years:
        yield f"Of all entered, {share_words(*removed)} are removed within {year}, death competing."
    yield (f"Half of {stay.times:,} times on the list end within {time_words(stay.median)} days. Whoever was listed "
           "before the records begin is watched from then on, who is listed still up to the extracts; custody is not "
           "an exit.")  # fmt: skip


class _Borough(NamedTuple):
    """A borough's entries, and where the share of them that met the rule lies, as far as it may be shown."""

    name: str
    entries: Count
    outside: str


def _drift(found: SameNames, names: Mapping[str, str], minimum: int, told: Telling) -> "Rows[_Borough] | None":
    """Return by borough whether entries met the rule on their day less often than in all: where, never how many."""
    if found.by_borough is None:
        return None
    units = found.by_borough.units
    cleared = clear_parts({unit.name: unit.n for unit in units}, minimum)
    rows = []
    for unit in units:
        entries = told.count(part("counted", ("borough", unit.name)), cleared[unit.name])
        rows.append(
            _Borough(names.get(unit.name, unit.name), entries, "c" if entries == "c" else OUTSIDE[unit.outside])
        )
    note = "The share that met the rule is not shown: too few did not. On a limit is inside."
    if found.without_borough:
        note += f" {about(found.without_borough, minimum).capitalize()} more entries name no borough."
    return Rows(
        "Boroughs", "Entries that met the rule on their day, each borough against all", rows,
        (TableColumn("Borough", lambda row: row.name, width=1.6),
         TableColumn("Entries", lambda row: row.entries, numeric=True),
         TableColumn("Outside the limits", lambda row: row.outside, width=1.6)), notes=(WITHHELD_NOTE, note),
    )  # fmt: skip


def _drift_words(drift: "Rows[_Borough]") -> str:
    shown = [row for row in drift.rows if row.outside != "c"]
    below = [row.name for row in shown if row.outside == OUTSIDE["below"]]
    by_chance = half_away(0.001 * len(shown), 2)
    if not below:
        return f"Applied alike: in none of {len(shown)} boroughs fewer entries met the rule than chance allows."
    return (f"The rule is not applied alike: in {', '.join(below)} fewer entries met it on their day than the 99.8% "
            f"limits allow; chance puts {by_chance} of {len(shown)} boroughs there.")  # fmt: skip


def _variance(share: ShareOf) -> float:
    value = share.value or 0.0
    return value * (1 - value) / max(share.n, 1)


def _share(share: ShareOf) -> str:
    return f"{share.events:,}: {share_words(share.value, *(share.interval or (None, None)))}"


def _equality(
    people: pl.DataFrame, minimum: int, told: Telling
) -> tuple[tuple[Section, ...], list[ClearedCharacteristic]]:
    """Return who is entered, reviewed and leaves, by protected characteristic: the list's first page."""
    wanted = STAGES if people["reviewed"].any() else (*STAGES[:2], STAGES[3])
    stages, breakdowns = assess(people, CHARACTERISTICS, wanted)
    open_parts, sections = [], []
    for breakdown in breakdowns:
        cleared = clear_part(breakdown, stages, minimum)
        counts = [(stage.name, level, row[at]) for level, row in cleared.counts.levels.items()
                  for at, stage in enumerate(stages)]  # fmt: skip
        shown = [part(stage, (breakdown.name, level)) for stage, level, count in counts if count not in ("c", 0)]
        totals = [stage.name for at, stage in enumerate(stages) if cleared.counts.totals[at] not in ("c", 0)]
        if told.tells(*totals, *shown, label=breakdown.name):
            open_parts.append(cleared)
            sections.append(part_section(stages, cleared))
        else:
            heading = Paragraph(f"{breakdown.label}: withheld, since it would give back few beside another figure.")
            sections.append(Section(breakdown.name.replace("_", "-"), breakdown.label, (heading,)))
    tried = [share for each in open_parts for share in each.shares if share.share is not None and not share.mirror]
    words = beyond_chance_words(sum(share.beyond_chance for share in tried), len(tried))
    first = Section("equality", "Who is on it, and who goes", (Paragraph(words, "lead"),))
    return (first, *(each for each in sections if each is not None)), open_parts
