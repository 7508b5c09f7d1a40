"""`whatworks sharing release` and `briefing`: what leaves for a party, and what left."""

from datetime import date
from pathlib import Path

import typer

from whatworks.cli.answer import View
from whatworks.cli.register import ON, Desk, RegisterHome, add_verbs
from whatworks.records.register.verb import Entity, Verb, VerbOption

HOME = RegisterHome(
    "whatworks.sharing.release:RELEASES",
    "nothing was released yet",
    "docs/sharing.md shows how: whatworks sharing release --to AGENCY --of AGENCY ...",
)
_SHARING = Entity("", "Releases.", "release", is_listed=False)
_FILE = VerbOption("file", "The briefing: its passages and readers, as TOML.", Path, required=True, argument=True)


def _asked(name: str, help: str, flag: str = "") -> VerbOption:
    return VerbOption(name, help, required=True, flags=(flag,) if flag else ())


def _releases(desk: Desk) -> View:
    from whatworks.sharing.release import list_releases

    rows = list_releases(desk.connection, desk.ledger, desk.on)
    return View(rows, [_line(row, desk.on) for row in rows] or ["Nothing was released yet."])


def _line(row: dict[str, object], on: date) -> str:
    day = row["expires_on"]
    until = f"EXPIRED on {day}" if isinstance(day, date) and day < on else f"until {day}"
    to = f"{row['reader']}, {row['receiver']}" if row["reader"] else row["receiver"]
    return f"{row['id']:>4}  {until}  {row['kind']} {row['what']} of {row['giver']} to {to}: {row['clauses']}"


def _leaked(desk: Desk, file: Path, text: str) -> View:
    from whatworks.sharing.briefing import leaked, load_briefing

    rows = leaked(desk.connection, desk.ledger, load_briefing(file, desk.partnership), text)
    return View(rows, [_line(row, desk.on) for row in rows] or ["No copy that was made holds that passage."])


VERBS = (
    Verb(
        _SHARING, "release", "Write permitted fields of permitted people to a numbered, expiring file, and log it.",
        "whatworks.sharing.release:release",
        (
            _asked("to", "The agency that gets it."),
            _asked("of", "The agency whose records they are."),
            _asked("see", "Fields of one table: TABLE.FIELD,TABLE.FIELD."),
            _asked("whose", "list:NAME, scheme:ID, area:CODE, under_18, adult, several joined by +, or AGENCY:NUMBER."),
            _asked("purpose", "The purpose, from the list in docs/sharing.md.", "--for"),
        ),
        why="Why; it is kept.", act="released", dated=False,
    ),
    Verb(_SHARING, "releases", "List what was released, what has expired first.", _releases, (ON,), signed=False),
    Verb(_SHARING, "briefing", "Write each reader's numbered copy of a text with passages by tier.",
         "whatworks.sharing.briefing:brief", (_FILE,), act="released", dated=False),
    Verb(_SHARING, "leaked", "Name the copies of a briefing that hold a leaked passage.", _leaked,
         (_FILE, VerbOption("text", "Words of the passage.", required=True, argument=True)), signed=False),
)  # fmt: skip


def register(group: typer.Typer) -> None:
    """Add the commands."""
    add_verbs(group, HOME, VERBS)
