"""What can be done with lists of people, each verb declared once."""

from datetime import date
from pathlib import Path

from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption
from whatworks.records.tables.codes import LEAVE_REASONS
from whatworks.sharing.purposes import PURPOSES

_DOES = "whatworks.people.register"
_LISTS = Entity("", "Lists of people, their rules and entries.", is_listed=False)
_WHY = "Why; it is kept, so do not name the person."
_REVIEW = VerbOption("review_on", "The day by which it is to be reviewed next.", date, required=True)
_UNTIL = VerbOption("retain_until", "The day on which it is removed at the latest.", date, required=True)
_LINKS = VerbOption("links", "That somebody looked at the links: all records are the same person's.", codes=("same",))
VERBS = (
    Verb(
        _LISTS, "propose", "Propose whoever meets a list's rule; the first time, open the list.",
        "whatworks.people.proposing:propose",
        (
            VerbOption("rule", "The rule: lists/NAME.toml.", Path, required=True, argument=True),
            VerbOption("review_on", "Record a review of the list itself, and the day of the next.", date),
        ),
    ),
    Verb(_LISTS, "enter", "Enter somebody who is proposed.", f"{_DOES}:enter", (NUMBER, _REVIEW, _UNTIL, _LINKS),
         why=_WHY),
    Verb(_LISTS, "decline", "Decline a proposal; a tombstone stays.", f"{_DOES}:decline", (NUMBER,), why=_WHY,
         act="removed"),
    Verb(_LISTS, "review", "Record that an entry was reviewed and stays.", f"{_DOES}:review",
         (NUMBER, _REVIEW, _LINKS), why=_WHY),
    Verb(
        _LISTS, "remove", "Remove an entry; a tombstone without identity stays.", f"{_DOES}:remove",
        (NUMBER, VerbOption("reason", "Why the person left.", required=True, codes=LEAVE_REASONS)), why=_WHY,
        act="removed",
    ),
    Verb(
        _LISTS, "list", "List the lists, or name one list's people for a purpose; who looked is kept.",
        f"{_DOES}:list_people",
        (
            VerbOption("name", "Name of a list.", argument=True),
            VerbOption("purpose", "What its people are named for.", codes=tuple(PURPOSES)),
            VerbOption("edition", "Also what is proven and what is alleged, weighed by this edition of severity."),
        ), act="consulted",
    ),
)  # fmt: skip
