"""Breaches and compliance, never the one without the other: the paper."""

from collections.abc import Iterator, Sequence

import polars as pl

from whatworks.casework.compliance import Compliance, ComplianceReport
from whatworks.papers.answer import Answer
from whatworks.papers.casework.changes import ChangeRow, change_table
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import exact, withheld_groups
from whatworks.records.audit.telling import Telling, part

SIDES = ("before", "after")
EVENTS = ("breaches", "absences")
KEPT, BREACHES, ACTED = (
    "appointments kept", "breaches for 100 person-months", "breaches for 100 absences without excuse"
)  # fmt: skip


def compliance_answer(found: ComplianceReport, minimum: int, told: Telling) -> Answer:
    """Return compliance beside enforcement; a group is withheld whole where few of it were breached, or missed."""
    counts = {one.name: _named(told, found.rows.filter(group=one.name), one.name) for one in found.groups}
    everybody = found.groups[0].name
    hidden = withheld_groups({name: own for name, own in counts.items() if name != everybody}, minimum)
    hidden |= {everybody} if any(map(Nested(minimum).sensitive, counts[everybody])) else set()
    shown = {name for name in counts if name not in hidden and told.tells(*_names(name))}
    rows = [row for one in found.groups for row in _rows(one, _people(counts[one.name]), one.name in shown)]
    title = "Are people complying, or are breaches not acted on?"
    return Answer(
        title=title,
        sentences=(*_sentences(found, shown), *filter(None, (told.beside,))),
        tables=(change_table("Compliance", title, rows, found.before.name, found.after.name),),
        restricted=exact(found),
        item="Compliance",
        prepared_for="The board",
    )


def _whole(name: str, side: str) -> str:
    return f"on orders {side}, {name}"


def _names(name: str) -> list[str]:
    sides = [_whole(name, side) for side in SIDES]
    return [*sides, *(part(one, (event, "yes")) for one in sides for event in EVENTS)]


def _named(told: Telling, rows: pl.DataFrame, name: str) -> list[int]:
    """Name who was on an order in each period, who was breached and who missed; return how many did and did not."""
    found = []
    for side in SIDES:
        own, whole = rows.filter(pl.col(f"months_{side}") > 0), _whole(name, side)
        told.whole(whole, own["unit"])
        for event in EVENTS:
            yes = pl.when(pl.col(f"{event}_{side}") > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
            named = own.with_columns(yes.alias(event))
            told.parts(whole, named, event, among=True, divides=f"{whole}, {event}")
            found += [int((named[event] == answer).sum()) for answer in ("yes", "no")]
    return found


def _people(counts: Sequence[int]) -> tuple[int, int]:
    """Return how many were on an order in each period, of the counts of those who did and did not."""
    return counts[0] + counts[1], counts[4] + counts[5]


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def _rows(one: Compliance, people: tuple[int, int], shown: bool) -> Iterator[ChangeRow]:
    for what, change in ((KEPT, one.kept), (BREACHES, one.breaches), (ACTED, one.acted_on)):
        yield ChangeRow(one.name, what, change, people, shown, unit="%" if change is one.kept else "")


def _sentences(found: ComplianceReport, shown: set[str]) -> Iterator[str]:
    yield f"Orders in {found.before.name} and in {found.after.name} are held against each other."
    for one in found.groups:
        if one.name not in shown:
            yield f"{_begun(one.name)}: withheld, since few were breached or missed an appointment."
            continue
        kept, breaches, acted = _rows(one, (0, 0), True)
        yield (
            f"{_begun(one.name)}: {one.verdict}. Kept {kept.rate(one.kept.before)}, then "
            f"{kept.rate(one.kept.after)}; breaches for 100 person-months {breaches.rate(one.breaches.before)}, then "
            f"{breaches.rate(one.breaches.after)}."
        )
        if one.acted_on.direction == "fell":
            yield (
                f"{_begun(one.name)}: of 100 absences without excuse {acted.rate(one.acted_on.before)} were acted "
                f"on, then {acted.rate(one.acted_on.after)}: enforcement changed."
            )
        if one.kept.direction == "no change told" and one.kept.smallest is not None:
            least = kept.number(one.kept.smallest)
            yield f"{_begun(one.name)}: a change of compliance of {least} points would have been found."
