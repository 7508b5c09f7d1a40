"""What the team does with its cases in a day, each verb declared once."""

from datetime import date
from pathlib import Path
from typing import Any

from whatworks.records.register.verb import Entity, Verb, VerbOption
from whatworks.records.tables.codes import (
    APPOINTMENT_OUTCOMES,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    NEED_LEVELS,
    PATHWAYS,
    PLACEMENT_KINDS,
    PROTECTED_KINDS,
    RELATIONS,
    TIERS,
)
from whatworks.sharing.purposes import PURPOSES

TEAM = Entity("", "What the team records in a day.")
SHEET = Entity("sheet", "The cases as a spreadsheet that comes back.", is_kept=False)
_DOES = "whatworks.casework"


def _text(name: str, help: str, **more: Any) -> VerbOption:
    return VerbOption(name, help, **{"required": True, **more})


CASE = _text("case", "Number of the case, or AGENCY:NUMBER of an agency's own.", argument=True)
REVIEW = _text("review_on", "The day by which it is to be reviewed.", kind=date)
_PERSON = "somebody else, as AGENCY:NUMBER"
_OPENING = (
    _text("person", "Whose case, as AGENCY:NUMBER.", argument=True),
    _text("lead_organisation", "The agency that leads.", flags=("--lead",)),
    _text("opening_rule_version", "Edition of the rule by which it is opened.", flags=("--rule",)),
    _text("lawful_basis", "The law on which it is kept.", flags=("--basis",)),
    REVIEW,
    VerbOption("scheme_id", "The scheme that it is a part of.", flags=("--scheme",)),
    VerbOption("borough", "Code of the borough."),
    VerbOption("tier", "Who may see it; official-sensitive if not given.", codes=TIERS),
    VerbOption("kind", "Kind of case; casework if not given."),
)
_TO = _text("to_organisation", "The agency that is asked.", flags=("--to",))
_ENTERING: dict[str, tuple[str, tuple[VerbOption, ...]]] = {
    "need": ("Open a need on one of the seven pathways.", (
        _text("pathway", "The pathway.", codes=PATHWAYS), _text("level", "How great it is.", codes=NEED_LEVELS))),
    "action": ("Add an action to the plan.", (
        _text("action", "What is to be done.", flags=("--do",)), _text("due_on", "By when.", kind=date),
        VerbOption("owner_organisation", "The agency that is to do it.", flags=("--owner",)),
        VerbOption("need_id", "Number of the need that it is to meet.", flags=("--need",)))),
    "contact": ("Record a contact, kept or missed.", (
        _text("how", "In what way.", codes=CONTACT_WAYS), _text("outcome", "Whether kept.", codes=CONTACT_OUTCOMES),
        VerbOption("provider", "Who made it, where not the agency."))),
    "appoint": ("Make an appointment under a requirement of the person.", (
        _text("requirement_id", "The requirement, or AGENCY:NUMBER.", flags=("--requirement",)),
        _text("due_on", "The day.", kind=date))),
    "refer": ("Ask an agency to do something for the case.", (_TO,)),
    "transfer": ("Ask an agency to take the case over.", (_TO,)),
    "consent": ("Record consent to a purpose.", (_text("purpose", "The purpose.", codes=tuple(PURPOSES)),)),
    "relative": ("Record that there is a relative.", (
        _text("relation", "What they are to the person.", codes=RELATIONS),
        VerbOption("relative_person_id", f"Who, {_PERSON}, where an agreement allows it.", flags=("--person",)))),
    "forbid": ("Record a no-contact condition.", (
        _text("protected_person_id", f"Who is protected, {_PERSON}.", flags=("--person",)),
        _text("kind", "What they are in the case.", codes=PROTECTED_KINDS))),
    "offer": ("Offer a home or a job.", (
        _text("kind", "Home or job.", codes=PLACEMENT_KINDS), _text("site", "Where, as the agency names it."),
        VerbOption("from_borough", "Code of the borough they come from."),
        VerbOption("to_borough", "Code of the borough where it is."))),
}  # fmt: skip
_SETTLING: dict[str, tuple[str, str, str, tuple[VerbOption, ...]]] = {
    "meet": ("need", "Record that a service met a need.", "", (
        _text("met_by", "The service.", flags=("--service",)),)),
    "leave": ("need", "Close a need unmet.", "Why it was not met.", ()),
    "done": ("action", "Record that an action was done.", "", ()),
    "drop": ("action", "Drop an action.", "Why.", ()),
    "attend": ("appointment", "Record that an appointment was kept.", "", ()),
    "miss": ("appointment", "Record that an appointment was missed.", "", (
        _text("outcome", "Acceptable or not.", codes=APPOINTMENT_OUTCOMES[1:]),)),
    "withdraw": ("consent", "Record that consent was withdrawn.", "", ()),
    "lift": ("condition", "End a no-contact condition.", "By whose order.", ()),
    "settle-in": ("placement", "Record that an offer was taken up.", "", ()),
    "turn-down": ("placement", "Record that an offer was refused.", "Why.", ()),
    "move-out": ("placement", "Record the end of a placement.", "Why it ended.", ()),
}  # fmt: skip


def _number(word: str) -> VerbOption:
    return _text("number", f"Number of the {word}, or AGENCY:NUMBER.", argument=True)


def _enters(name: str) -> Verb:
    help, options = _ENTERING[name]
    why = "Why they are asked." if name in ("refer", "transfer") else ""
    return Verb(TEAM, name, help, f"{_DOES}.plan:enter", (CASE, *options), why=why)


def _settles(name: str) -> Verb:
    word, help, why, options = _SETTLING[name]
    return Verb(TEAM, name, help, f"{_DOES}.plan:settle", (_number(word), *options), why=why)


_HANDOVER = _text("handover", "Number of the handover.", argument=True)
_CORRECTING = (
    _text("what", "What it is.", argument=True, codes=(
        "case", "need", "action", "contact", "appointment", "handover", "consent", "relative", "condition",
        "placement")),
    _number("record"),
    _text("set_to", "COLUMN=VALUE; `none` takes a value away.", many=True, flags=("--set",)),
)  # fmt: skip
_SHEET = "whatworks.cli.casework.sheet"
_FILE = _text("file", "The workbook.", kind=Path, argument=True)
_PURPOSE = _text("purpose", "For what people are named.", codes=tuple(PURPOSES))
_LOOK = "Why you look; it is kept."
VERBS = (
    Verb(TEAM, "open", "Open a case.", f"{_DOES}.handing_over:start_case", _OPENING),
    Verb(TEAM, "review", "Record a review.", f"{_DOES}.handing_over:review_case", (CASE, REVIEW)),
    *map(_enters, _ENTERING),
    *map(_settles, _SETTLING),
    Verb(TEAM, "accept", "Accept a referral or transfer.", f"{_DOES}.handing_over:answer_handover", (_HANDOVER,)),
    Verb(TEAM, "refuse", "Refuse one.", f"{_DOES}.handing_over:answer_handover", (_HANDOVER,), why="Why."),
    Verb(
        TEAM, "correct", "Correct a record; what stood stays.", f"{_DOES}.correcting:correct", _CORRECTING, why="Why."
    ),
    Verb(TEAM, "list", "The open cases, overdue for review first.", f"{_DOES}.looking:list_cases", (
        _PURPOSE, VerbOption("agency", "Only those that this agency leads.")), why=_LOOK, act="consulted"),
    Verb(TEAM, "due", "What is due, overdue and without anybody.", f"{_DOES}.looking:show_due", (
        _PURPOSE, VerbOption("agency", "Only this agency's.")), why=_LOOK, act="consulted"),
    Verb(TEAM, "unseen", "Who came out and was seen by nobody, by name: the team's own list.",
         f"{_DOES}.gate_list:show_unseen", (
             _PURPOSE,
             VerbOption("after", "Without a kept contact for so many days.", int, default=28, least=1),
             VerbOption("within", "Out in the last so many days.", int, default=182, least=1)),
         why=_LOOK, act="consulted"),
    Verb(TEAM, "show", "One case from start to exit, and who saw it.", f"{_DOES}.looking:show_case", (CASE, _PURPOSE),
         why=_LOOK, act="consulted"),
    Verb(SHEET, "export", "Write the cases to a workbook.", f"{_SHEET}:export_sheet", (
        _text("file", "The workbook to write.", kind=Path, argument=True, writes=".xlsx"), _PURPOSE,
        _text("expires_on", "The last day on which it is taken back.", kind=date)),
         why=_LOOK, act="exported"),
    Verb(SHEET, "import", "Take a returned workbook in.", f"{_SHEET}:import_sheet", (_FILE,)),
    Verb(TEAM, "close", "Close a case.", f"{_DOES}.handing_over:close_case", (CASE,), why="Why it ends."),
)  # fmt: skip
"""What the team's commands do."""
