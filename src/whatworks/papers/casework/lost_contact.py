"""Who is lost while an order is in force, how soon, and who is found again: the paper."""

from collections.abc import Iterator

from whatworks.casework.lost_contact import ENDED, FOUND, LOST, LostContacts
from whatworks.journeys.watch import UNSEEN
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.casework.by_day import day_rows, day_table
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import withheld_groups
from whatworks.papers.journeys.words import per_cent
from whatworks.records.audit.telling import Telling, part
from whatworks.statistics.groups.person_rates import PersonRate

LossRow = tuple[str, int, int, PersonRate, bool]


def lost_contact_answer(found: LostContacts, minimum: int, told: Telling) -> Answer:
    """Return how often people on orders are lost, first losses and recoveries, small counts withheld."""
    sizes = {one.name: (one.lost_people, one.people - one.lost_people) for one in found.groups[1:]}
    hidden, rows, first, again = withheld_groups(sizes, minimum), list[LossRow](), [], []
    for one in found.groups:
        whole, losses = f"on orders, {one.name}", f"losses, {one.name}"
        people = found.people.filter(provider=one.name)
        first += day_rows(told, one.name, whole, people, one.first, minimum)
        told.parts(whole, people, "lost", among=True, divides=f"{whole}, lost")
        few = one.name in hidden or any(map(Nested(minimum).sensitive, (one.lost_people, one.people - one.lost_people)))
        names = (whole, part(whole, ("lost", "yes")), part(whole, ("lost", "no")))
        rows.append((one.name, one.people, one.lost_people, one.rate, not few and told.tells(*names)))
        again += day_rows(told, one.name, losses, found.losses.filter(provider=one.name), one.recovery, minimum)
    ways = {LOST: "Lost", ENDED: "Out of the order first", UNSEEN: "Neither yet"}
    back = {FOUND: "Seen again", ENDED: "Order over, never seen", UNSEEN: "Still unseen"}
    return Answer(
        title="Who is lost while an order is in force?",
        sentences=(*_sentences(found, rows), *filter(None, (told.beside,))),
        tables=(
            _rates(rows),
            day_table("First lost", "First lost, by days on the order", first, ways),
            day_table("Found again", "Losses that ended, by days since the loss", again, back),
        ),
        restricted={"disclosure": "restricted", "after": found.after, "groups": plain(list(found.groups))},
        item="Lost contact",
        prepared_for="The board",
        as_at=found.as_at,
    )


def rate_words(rate: PersonRate) -> str:
    """Return losses for 100 person-months with their interval.

    >>> rate_words(PersonRate(40, 500.0, 60, 0.08, 0.0571, 0.1121))
    '8.0 (5.7 to 11.2)'
    """
    if rate.value is None:
        return "none to count"
    if rate.low is None or rate.high is None:
        return f"{100 * rate.value:.1f} (no interval)"
    return f"{100 * rate.value:.1f} ({100 * rate.low:.1f} to {100 * rate.high:.1f})"


def _sentences(found: LostContacts, rows: list[LossRow]) -> Iterator[str]:
    yield (
        f"Lost is who is on an order, at liberty and without a kept contact for more than {found.after} days; the loss "
        "falls on the last of them. Until the next kept contact nobody is at risk of being lost again."
    )
    _, people, lost, rate, shown = rows[0]
    if shown:
        yield (
            f"Of {people:,} people on orders {lost:,} were lost once or more ({per_cent(lost / people, 1)}): "
            f"{rate_words(rate)} losses for 100 person-months."
        )
    for other, _, _, own, told in rows[1:]:
        if told and shown and own.low is not None and rate.value is not None and own.low > rate.value:
            yield f"More often than all together: {other}, {rate_words(own)}."


def _rates(rows: list[LossRow]) -> Rows[LossRow]:
    return Rows(
        name="Losses",
        title="Losses for 100 person-months on an order and at liberty",
        rows=rows,
        columns=(
            TableColumn("Of", lambda row: row[0], width=1.4),
            TableColumn("People", lambda row: row[1] if row[4] else "c", numeric=True),
            TableColumn("Lost once or more", lambda row: row[2] if row[4] else "c", numeric=True),
            TableColumn("Losses (95% interval)", lambda row: rate_words(row[3]) if row[4] else "c", width=1.6),
        ),
    )
