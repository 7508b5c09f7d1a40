"""Whom the papers name, and what was read as one, for `whatworks board person` and `body`."""

from typing import TYPE_CHECKING

from whatworks.board.verbs import BODY, PERSON
from whatworks.cli.register import ON, Desk, View
from whatworks.records.register.verb import Entity, Verb, VerbOption

if TYPE_CHECKING:
    from whatworks.board.register import NamedEntity


def office(desk: Desk, title: str) -> View:
    """Return who may be meant by an office on the desk's day, the likeliest first, with what shows it."""
    from whatworks.board.register.office import holders

    likely = holders(desk.connection, title, desk.on)
    lines = [f"  {each.person}: {each.says}" for each in likely]
    return View(likely, lines or [f"No paper up to {desk.on} lists anybody as {title}."])


def _names(entity: Entity) -> Verb:
    def names(desk: Desk, proposed: bool = False) -> View:
        from whatworks.board.register.merging import entities

        named = [each for each in entities(desk.connection, entity.rows) if each.proposals or not proposed]
        return View(named, [line for each in named for line in _lines(each, entity)] or ["Nobody is listed."])

    sentence = "Show each printed name, why it was taken to mean that row, and the merges that are proposed."
    only = VerbOption("proposed", "Only those with a proposed merge.", bool, default=False)
    return Verb(entity, "list", sentence, names, (only,), signed=False)


def _lines(named: "NamedEntity", entity: Entity) -> list[str]:
    lines = [f"{named.id:>4}  {named.name}"]
    for row in named.names:
        where = f"{row['told_by']}, line {row['source_line']}"
        lines.append(f"      name {row['id']}: “{row['printed']}” ({where}): {row['reason']}")
    for row in named.merged_from:
        back = f"whatworks board {entity.name} split {row['id']}"
        lines.append(f"      read as one with {row['id']}: {row['name']} (take it back: {back})")
    for row in named.proposals:
        lines.append(f"      proposed merge {row['id']} of {row['kept_id']} and {row['merged_id']}: {row['reason']}")
    return lines


_TITLE = VerbOption("title", "The office, as in 'the Mayor'.", required=True, argument=True)
VERBS = (
    _names(PERSON),
    _names(BODY),
    Verb(PERSON, "office", "Show who may be meant by an office on a day, the likeliest first, with what shows it.",
         office, (_TITLE, ON), signed=False),
)  # fmt: skip
