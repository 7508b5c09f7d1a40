"""What can be done with a group's own register, each verb declared once."""

from datetime import date
from typing import Any

from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption
from whatworks.records.tables.codes import GROUP_ROLES, GROUP_STRANDS

_DOES = "whatworks.places.gangs_register"
GROUP = Entity("group", "A group's own register: open, review, close.", is_listed=False)
MEMBER = Entity("member", "Members, named in their group's own register alone.", is_listed=False)
_LOOK, _WHY = "Why you look; it is kept.", "Why; it is kept."
_REVIEW = VerbOption("review_on", "The day by which it is to be reviewed next.", date, required=True)
_EDITION = VerbOption("version", "The rule's new edition.")


def _text(name: str, help: str, **more: Any) -> VerbOption:
    return VerbOption(name, help, required=True, **more)


_OPENING = (
    _text("name", "Code of the group.", argument=True),
    _text("owner", "The agency that answers for it, by its id."),
    _text("purpose", "What it is kept for."),
    _text("lawful_basis", "The law that allows it."),
    _text("evidence_rule", "By what rule somebody is entered."),
    _text("version", "Edition of that rule."),
    _text("dpia", "Reference of the data protection impact assessment."),
    _text("equality_assessment", "Reference of the equality assessment."),
    _REVIEW,
    VerbOption("retain_until", "The day on which it is closed at the latest.", date, required=True),
)
_ENTRY = (
    VerbOption("group", "Number of the group.", int, required=True, argument=True),
    _text("person", "The owner's own number for the person."),
    _text("role", "In what part.", codes=GROUP_ROLES),
    _text("under_18", "Whether the person is a child.", codes=("yes", "no")),
    _text("evidence", "What the entry rests on."),
    VerbOption("strand", "What is done.", codes=GROUP_STRANDS),
)
VERBS = (
    Verb(GROUP, "open", "Open a group's register.", f"{_DOES}:open_group", _OPENING),
    Verb(GROUP, "review", "Record a review.", f"{_DOES}:review_group", (NUMBER, _REVIEW, _EDITION)),
    Verb(GROUP, "close", "Close a register.", f"{_DOES}:close_group", (NUMBER,), why=_WHY),
    Verb(GROUP, "list", "List the registers, overdue ones first.", f"{_DOES}:list_groups"),
    Verb(MEMBER, "enter", "Enter somebody.", f"{_DOES}:enter_member", _ENTRY),
    Verb(MEMBER, "remove", "Remove an entry; a tombstone stays.", f"{_DOES}:remove_member", (NUMBER,), why=_WHY,
         act="removed"),
    Verb(MEMBER, "list", "Name a group's members.", f"{_DOES}:list_members", (NUMBER,), why=_LOOK, act="consulted"),
    Verb(MEMBER, "show", "Show an entry with its history.", f"{_DOES}:show_member", (NUMBER,), why=_LOOK,
         act="consulted"),
    Verb(MEMBER, "call-in", "Name the fewest to call in.", f"{_DOES}:call_in_members", (NUMBER,), why=_LOOK,
         act="consulted"),
)  # fmt: skip
