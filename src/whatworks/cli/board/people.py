"""Whom the papers name, and what waits for a word: `whatworks board person`, `body`, `proposal`."""

from whatworks.board.register import NamedEntity
from whatworks.board.register.merging import entities
from whatworks.board.register.office import body_asked, holders
from whatworks.board.register.proposal import proposals
from whatworks.board.verbs import BODY, PERSON
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.records.register.verb import Entity
from whatworks.records.showing.counted import counted


def office(desk: Desk, title: str) -> View:
    """Return who may be meant by an office on the desk's day, the likeliest first, with what shows it."""
    likely = holders(desk.connection, title, desk.on)
    lines = [f"  {each.person}: {each.says}" for each in likely]
    return View(likely, lines or [f"No paper up to {desk.on} lists anybody as {title}."])


def waiting(desk: Desk, body: str | None = None) -> View:
    """Return what waits for somebody's word: what papers say became of promises, conflicts of sheets, merges."""
    entries = proposals(desk.connection, body_asked(desk.connection, body))
    lines = []
    for each in entries:
        where = f"({each.document or 'entered'}{f', line {each.lines[0]}' if each.lines[0] else ''})"
        lines += [f"{each.reference:>4}  {each.says}", f"      {f'“{each.shown_by}” ' if each.shown_by else ''}{where}"]
    head = "Nothing waits for your word." if not entries else f"{counted(len(entries), 'proposal')} for your word."
    return View(entries, lines, head=[head])


def people(desk: Desk, proposed: bool = False) -> View:
    """Return each person with their printed names, why each was taken to mean them, and proposed merges."""
    return _named(desk, PERSON, proposed)


def bodies(desk: Desk, proposed: bool = False) -> View:
    """Return each body with its printed names, why each was taken to mean it, and proposed merges."""
    return _named(desk, BODY, proposed)


def _named(desk: Desk, entity: Entity, proposed: bool) -> View:
    named = [each for each in entities(desk.connection, entity.rows) if each.proposals or not proposed]
    return View(named, [line for each in named for line in _lines(each, entity)] or ["Nobody is listed."])


def _lines(named: NamedEntity, entity: Entity) -> list[str]:
    lines = [f"{named.id:>4}  {named.name}"]
    for row in named.names:
        where = f"{row['told_by']}, line {row['source_line']}"
        lines.append(f"      name {row['id']}: “{row['printed']}” ({where}): {row['reason']}")
    for row in named.merged_from:
        back = f"whatworks board {entity.name} split {row['id']}"
        lines.append(f"      read as one with {row['id']}: {row['name']} (take it back: {back})")
    for row in named.proposals:
        lines.append(f"      proposed merge M{row['id']} of {row['kept_id']} and {row['merged_id']}: {row['reason']}")
    return lines
