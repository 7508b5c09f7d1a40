"""Do victims get contact or a leaflet: how far they were reached, small counts withheld."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from whatworks.journeys.victims import REACHES, VictimGroup, VictimReport
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import exact, withheld_groups
from whatworks.papers.journeys.told import name_victims, victim_names
from whatworks.papers.journeys.words import about, rate_words
from whatworks.papers.words import text
from whatworks.records.audit.telling import Telling

HEADINGS = {
    "understood": "Contact, understood",
    "contacted": "Contact, not confirmed",
    "informed": "Information only",
    "tried": "Tried in vain",
    "nobody": "Nothing tried",
}


def victims_answer(found: VictimReport, by: str, minimum: int = 10, told: Telling | None = None) -> Answer:
    """Return how far victims were reached, small counts withheld, in `told` beside earlier papers; not so `--json`."""
    if told is None:
        told = Telling()
    else:
        name_victims(told, found, by)
    return Answer(
        title="Victims: contact or a leaflet",
        sentences=tuple(_sentences(found, minimum, told)),
        tables=(_table(found, by.replace("_", " "), minimum, told),),
        restricted=exact(found),
        item="Victims",
        prepared_for="The board",
        as_at=found.last,
    )


def _counts(one: VictimGroup) -> tuple[int, ...]:
    return (*one.reached.values(), one.assessed, one.victims - one.assessed)


def _sentences(found: VictimReport, minimum: int, told: Telling) -> Iterator[str]:
    whole, small = found.everybody, Nested(minimum).sensitive
    few = any(map(small, _counts(whole)))
    if not told.tells(*(("victims",) if few else victim_names())):
        yield f"How far anybody came with the victims known from {found.first} to {found.last} is withheld."
    elif few:
        count = about(whole.victims, minimum).capitalize()
        yield f"{count} victims became known; too few had one of the answers to say."
    else:
        yield (
            f"Of {text(whole.victims)} victims who became known from {found.first} to {found.last} "
            f"{text(whole.contact.events)} had contact, {rate_words(whole.contact)}, of whom "
            f"{text(whole.reached['understood'])} confirmed that they had understood; "
            f"{text(whole.reached['informed'])} were sent information and no more, and with "
            f"{text(whole.reached['nobody'])} nothing was tried."
        )
        yield f"Needs were assessed of {text(whole.assessed)}, {rate_words(whole.coverage)}."
    few = small(found.unreported.events) or small(found.unreported.base - found.unreported.events)
    if not few and told.tells("victims", "victims, by reported: no", "victims, by reported: yes"):
        yield f"Without a report to the police came {text(found.unreported.events)}, {rate_words(found.unreported)}."
    yield f"People who are victims in several cases: {about(found.repeated, minimum)}."
    yield from filter(None, (told.beside,))
    yield (
        "How many victims no agency knows is not known from these records: it needs a survey whose own respondents say "
        "whether the police came to know, never the survey's incidents less those recorded."
    )


def _table(found: VictimReport, by: str, minimum: int, told: Telling) -> Rows[VictimGroup]:
    hidden = withheld_groups({one.name: _counts(one) for one in found.groups}, minimum)

    def shown(value: Any, one: VictimGroup) -> Any:
        whole = one is found.everybody
        few = any(map(Nested(minimum).sensitive, _counts(one))) if whole else one.name in hidden
        return value(one) if not few and told.tells(*victim_names("" if whole else one.name)) else "c"

    return Rows(
        name="Victims",
        title=f"How far anybody came with victims, by {by}",
        rows=(*found.groups, found.everybody),
        columns=(
            TableColumn(by.capitalize(), lambda one: one.name, width=1.4),
            TableColumn("Victims", partial(shown, lambda one: one.victims), numeric=True),
            *(TableColumn(HEADINGS[at], partial(shown, partial(_count, at)), numeric=True) for at in REACHES),
            TableColumn("Contact (95% limits)", partial(shown, lambda one: rate_words(one.contact)), width=1.6),
            TableColumn("Needs assessed", partial(shown, lambda one: rate_words(one.coverage)), width=1.6),
        ),
        notes=("Each victim stands where anybody came furthest. Those who live elsewhere are a row of their own.",),
    )


def _count(reach: str, one: VictimGroup) -> int:
    return one.reached[reach]
