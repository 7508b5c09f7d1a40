"""All that can be done with the board's register, each verb declared once, for every face that offers it."""

from datetime import date
from pathlib import Path

from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption

_REGISTER, _RISKS = "whatworks.board.register", "whatworks.board.risks"

DAY = Entity("", "What an officer does in a day, verb first.")
ACTION = Entity("action", "Promises: add, close, assign, set when due.", is_listed=False)
DECISION = Entity("decision", "Decisions: add, settle a condition, end.", "motion", is_listed=False)
DELEGATION = Entity("delegation", "Authority given: limits, expiry, duty to report.")
MEMBER = Entity("member", "Memberships, and who came.", "membership")
MEETING = Entity("meeting", "Meetings: the next agenda, what to ask, minutes to fill in.", "event")
PLANNED = Entity("planned", "Business promised to a meeting: add, take, drop.", is_listed=False)
PROPOSAL = Entity("proposal", "What waits for your word: accept or decline.", is_kept=False)
PAPER = Entity("paper", "Papers read, corrected, withdrawn; the register as files.", is_kept=False)
PERSON = Entity("person", "People as papers name them, and who is read as one.")
BODY = Entity("body", "Boards and groups: names, remit, end.", "organisation")
PRIORITY = Entity("priority", "Priorities through the years.")
STRATEGY = Entity("strategy", "Documents on their way to sign-off.")
BLOCKAGE = Entity("blockage", "What is stuck, who owns it, which lever there is.")
RISK = Entity("risk", "Risks and dependencies, which watch numbers.")
MESSAGE = Entity("message", "What is said to whom, once it is approved.")
EVIDENCE = Entity("evidence", "What works: interventions and their evidence.", "intervention")

EVIDENCED = VerbOption("evidence", "What shows it: minutes, a paper, a letter, dated.", required=True)
AT_MEETING = VerbOption(
    "event_id", "Number of the meeting (`whatworks board meeting list`).", int, flags=("--meeting",)
)
BODY_NAMED = VerbOption("body", "The body; the one with most minutes if not given.")
OF_BODY = VerbOption("body", "Only this body's, by any of its names; all bodies' if not given.")
SCORES = ("likelihood", "severity")


def span(text: str) -> tuple[date, date] | None:
    """Return the first and last day of `2025-05-01..2025-06-30`, twice the day of `2025-06-30`, or None of `none`.

    >>> span("2025-06-30") == (date(2025, 6, 30), date(2025, 6, 30)), span("none")
    (True, None)
    """
    from whatworks.records.refusal import Refused

    if text == "none":
        return None
    first, _, last = text.partition("..")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise Refused(f"{text!r} is not a date", "write it as 2025-06-30, or 2025-05-01..2025-06-30") from None


def risk_number(reference: str) -> int:
    """Return the number of a risk or dependency from its reference.

    >>> risk_number("R3"), risk_number("d6")
    (3, 6)
    """
    from whatworks.records.refusal import Fault, Refused

    plain = reference.strip().upper().removeprefix("R").removeprefix("D")
    if not plain.isdecimal():
        raise Refused(Fault(f"{reference!r} is not a reference", "write it as R3 or D6"))
    return int(plain)


RISK_NUMBER = VerbOption("number", "Its reference, as R3 or D6.", risk_number, required=True, argument=True)


def _one(name: str, help: str, *flags: str, kind: type = str) -> VerbOption:
    return VerbOption(name, help, kind, required=True, flags=flags)


def _text(name: str, help: str) -> VerbOption:
    return VerbOption(name, help, required=True, argument=True)


_BLOCKAGE = (
    VerbOption("owner", "The agency that owns it."),
    VerbOption("lever", "The lever that the board has."),
    VerbOption("harm", "Evidence of harm."),
    VerbOption("escalation", "To whom it goes next."),
)
_RISK = (
    VerbOption("cause", "What would bring it about."),
    VerbOption("impact", "What it would do; of a dependency, what follows if it fails."),
    VerbOption("owner", "Who answers for it."),
    VerbOption("provider", "Of a dependency: on whom it depends."),
    VerbOption("response", "What is done about it."),
    VerbOption("review_on", "Day of the next review.", date, flags=("--review",)),
    *(VerbOption(name, "1 (least) to 5 (most).", int, least=1, most=5) for name in SCORES),
)
_INTERVENTION = (
    VerbOption("owner", "Who answers for it; `none` takes it away."),
    VerbOption("strand", "The strand or priority that it serves."),
    VerbOption("place", "Where it is meant for."),
    VerbOption("partners", "Agencies that take part, separated by semicolons."),
    VerbOption("theory", "How it is supposed to work."),
    VerbOption("scheme_id", "The scheme of that number in the records.", flags=("--scheme",)),
)
_WATCH = (
    VerbOption(
        "watched",
        "Which number is watched (docs/evaluation.md).",
        required=True,
        flags=("--number",),
        codes=("sample_size", "matched_share", "linked_share", "quarantined_share", "projected_people", "figure"),
    ),
    VerbOption("place", "Where it is had: a file, a source, a scheme, an agency.", flags=("--of",)),
    VerbOption("name", "The figure's name, in a file of figures."),
    VerbOption("below", "Red below this.", float),
    VerbOption("above", "Red above this.", float),
    VerbOption("amber", "Amber from here on.", float),
    VerbOption("comparison_share", "Share expected without the scheme.", float),
    VerbOption("smallest_effect", "Smallest effect to find, as -0.05.", float),
    VerbOption("ratio", "Comparisons for each treated person.", float),
    VerbOption("design_effect", "How much clustering inflates the variance.", float),
    VerbOption("share_matched", "Share that will find a comparison.", float),
    VerbOption("share_linked", "Share linked to the conviction record.", float),
    VerbOption("until", "Last day on which people can start, if the scheme has none.", date),
)


def _merges(entity: Entity) -> tuple[Verb, ...]:
    """Return the verbs by which two rows are read as one, and parted again: of people, and of bodies."""
    at = f"{_REGISTER}.merging"
    kept = VerbOption("kept", "The row's number.", int, required=True, argument=True)
    merged = VerbOption("merged", "The row that is to be read as the first.", int, required=True, argument=True)
    names = VerbOption("names", "Number of a printed name to part from the row.", int, many=True, flags=("--name",))
    return (
        Verb(entity, "merge", "Read two rows as one from now on; `split` takes it back.", f"{at}:merge",
             (kept, merged), why="Why they are one."),
        Verb(entity, "split", "Take a merge back; or, with --name, give printed names of a row to a new one.",
             f"{at}:split", (replace_help(NUMBER, "The row's number."), names)),
    )  # fmt: skip


def replace_help(option: VerbOption, help: str) -> VerbOption:
    """Return an option with other words for help."""
    from dataclasses import replace

    return replace(option, help=help)


_REFERENCES = VerbOption(
    "references", "What is meant, as lists show it: P3, or M2 for a merge.", required=True, argument=True, many=True
)
VERBS: tuple[Verb, ...] = (
    Verb(DAY, "withdraw", "Take back a paper that should not have been read.", f"{_REGISTER}.withdrawal:withdraw", (
        VerbOption("file", "The file, or the paper's name or number in the register.", Path, required=True,
                   argument=True),
    ), why="Why it is withdrawn."),
    Verb(PROPOSAL, "accept", "Do what papers or sheets propose; the words that show it become the evidence.",
         f"{_REGISTER}.proposal:accept", (_REFERENCES,)),
    Verb(PROPOSAL, "decline", "Say that it is not so; the same line does not propose it again.",
         f"{_REGISTER}.proposal:decline", (_REFERENCES,)),
    Verb(ACTION, "add", "Enter a promise that no paper holds.", f"{_REGISTER}.promise:add_promise", (
        _text("text", "What was promised."),
        VerbOption("owners", "An owner; give it once for each.", many=True, flags=("--owner",)),
        VerbOption("due", "2025-06-30, 2025-05-01..2025-06-30, or none.", span),
        AT_MEETING,
    )),
    Verb(ACTION, "close", "Close a promise, with what shows that it was done.", f"{_REGISTER}.promise:close",
         (NUMBER, EVIDENCED)),
    Verb(ACTION, "reopen", "Open a promise again that was closed or dropped; what stood before stays in its history.",
         f"{_REGISTER}.promise:reopen", (NUMBER,)),
    Verb(ACTION, "drop", "Say that a promise is no longer to be kept, and why.", f"{_REGISTER}.promise:drop", (NUMBER,),
         why="Why it is no longer to be kept."),
    Verb(ACTION, "assign", "Give a promise other owners.", f"{_REGISTER}.promise:assign",
         (NUMBER, VerbOption("owners", "Its owners from now on.", required=True, argument=True, many=True))),
    Verb(ACTION, "due", "Set when a promise is due; the date before stays in its history.",
         f"{_REGISTER}.promise:set_due", (
        NUMBER,
        VerbOption("window", "2025-06-30, 2025-05-01..2025-06-30, or none.", span, argument=True),
        AT_MEETING,
        VerbOption("text", "What it waits for, in words, as in 'once the report is published'."),
    )),
    Verb(DECISION, "add", "Enter a decision that no paper holds.", f"{_REGISTER}.decision:add_decision", (
        _text("text", "What was decided."),
        _one("event_id", "Number of the meeting that decided it (`whatworks board meeting list`).", "--meeting",
             kind=int),
        VerbOption("decider", "Who decided, if it is known."),
        VerbOption("condition", "What it waits for, as 'subject to the audit'."),
    ), why="How it is known, since no paper holds it."),
    Verb(DECISION, "condition", "Record that a decision's condition was met, or failed, which lapses the decision.",
         f"{_REGISTER}.decision:settle_condition", (
        NUMBER,
        VerbOption("met", "Whether the condition was met, or failed.", bool, required=True, flags=("--met/--failed",)),
        EVIDENCED,
    )),
    Verb(DECISION, "given", "Record that what a report asked for was decided as asked.", f"{_REGISTER}.decision:decide",
         (NUMBER,), why="The minutes that show that it was decided."),
    Verb(DECISION, "end", "Record what ended a decision: a later one, or why it lapsed.",
         f"{_REGISTER}.decision:reverse", (
        NUMBER,
        VerbOption("state", "How it ended.", required=True, argument=True, codes=("reversed", "superseded", "lapsed")),
        VerbOption("by_decision", "Number of the later decision that ends it.", int, flags=("--later",)),
    )),
    Verb(DELEGATION, "add", "Enter authority that a decision gave, where no paper words it so.",
         f"{_REGISTER}.decision:add_delegation", (
        VerbOption("motion_id", "Number of the decision that gave it (`whatworks board decisions`).", int,
               required=True, argument=True),
        _one("holder", "Who may act.", "--to"),
        _one("scope", "What they may do."),
        VerbOption("giver", "On whose behalf.", flags=("--from",)),
        VerbOption("duty", "What has to be reported, and when."),
    )),
    Verb(DELEGATION, "set", "Enter a delegation's limits, expiry and parties, or the report that met its duty.",
         options=(
        NUMBER,
        VerbOption("limits", "Up to what."),
        VerbOption("expires_on", "Last day, as 2025-06-30.", date, flags=("--expires",)),
        VerbOption("parties", "Parties to the agreement."),
        VerbOption("duty_evidence", "The report that met its duty, with its date.", flags=("--report",)),
    )),
    Verb(MEMBER, "add", "Enter a membership, from terms of reference or an appointment.",
         f"{_REGISTER}.membership:add_membership", (
        VerbOption("person", "Number of the person (`whatworks board person list`).", int),
        VerbOption("organisation", "Number of the body whose seat it is.", int),
        VerbOption("role", "In what capacity.", codes=("member", "adviser", "officer", "invitee", "chair")),
        VerbOption("begins", "First day, as 2025-06-30.", date, flags=("--from",)),
        VerbOption("ends", "Last day.", date, flags=("--to",)),
        BODY_NAMED,
    )),
    Verb(MEMBER, "end", "End a membership on a day.", f"{_REGISTER}.membership:end_membership", (NUMBER,)),
    Verb(MEETING, "add", "Announce a meeting that no paper names.", f"{_REGISTER}.event:announce", (
        VerbOption("day", "Its day, as 2025-06-30.", date, required=True, argument=True),
        VerbOption("time", "Start, as 14:30."),
        VerbOption("place", "Where."),
        BODY_NAMED,
    )),
    Verb(MEETING, "cancel", "Record that a meeting was not held; what was promised to it is overdue from then on.",
         f"{_REGISTER}.event:cancel", (NUMBER,), why="What shows that it was not held."),
    Verb(PLANNED, "add", "Promise business to a meeting.", f"{_REGISTER}.forward_plan:plan", (
        _text("text", "What is promised."),
        _one("event_id", "Number of the meeting (`whatworks board meeting list`).", "--meeting", kind=int),
        VerbOption("owner", "Who brings it."),
    )),
    Verb(PLANNED, "take", "Record that a planned item was taken.", f"{_REGISTER}.forward_plan:take", (
        NUMBER,
        VerbOption("item_id", "Number of the item of a record under which it was taken.", int, flags=("--item",)),
    )),
    Verb(PLANNED, "drop", "Say that a planned item is no longer planned.", f"{_REGISTER}.forward_plan:drop", (NUMBER,),
         why="Why it is no longer planned."),
    *_merges(PERSON),
    Verb(BODY, "set", "Enter what is known of a body; the map takes it over what papers say, and counts its end.",
         "whatworks.board.bodies.entered:enter_body", (
        _text("name", "The body, as papers write it."),
        VerbOption("classification", "board, group, task_and_finish, challenge_board, ...", flags=("--kind",)),
        VerbOption("remit", "What it is for."),
        VerbOption("reports_to", "The body above it."),
        VerbOption("started", "First day, as 2025-06-30.", date),
        VerbOption("ended", "Last day, as 2025-06-30.", date),
        VerbOption("finish_test", "What must be so for it to end."),
    )),
    *_merges(BODY),
    Verb(PRIORITY, "end", "Record that a priority left on a day, by which criterion and with what oversight left.",
         f"{_REGISTER}.priority:end_priority", (
        _text("name", "The priority's name."),
        _one("criterion", "By which criterion it left."),
        VerbOption("oversight", "What oversight remains."),
    )),
    Verb(STRATEGY, "add", "Enter a document on its way to sign-off.", f"{_REGISTER}.strategy:add_strategy", (
        _text("name", "The document."),
        VerbOption("consultation", "The consultation that has to come first."),
        VerbOption("gate_text", "The meeting that is to sign it off, in words.", flags=("--gate",)),
    )),
    Verb(STRATEGY, "consulted", "Record that a document's consultation ended on a day.",
         f"{_REGISTER}.strategy:consulted", (NUMBER, EVIDENCED)),
    Verb(STRATEGY, "sign-off", "Record a sign-off; refused while a consultation that was promised is not recorded.",
         f"{_REGISTER}.strategy:sign_off", (NUMBER, EVIDENCED)),
    Verb(BLOCKAGE, "add", "Enter a blockage; nothing is taken from papers by itself.",
         f"{_REGISTER}.blockage:add_blockage", (_text("text", "What is stuck."), *_BLOCKAGE)),
    Verb(BLOCKAGE, "set", "Complete or correct a blockage.", options=(NUMBER, *_BLOCKAGE)),
    Verb(BLOCKAGE, "end", "Record that a blockage was unblocked, escalated or returned (one agency owns it alone).",
         f"{_REGISTER}.blockage:end_blockage", (
        NUMBER,
        VerbOption("state", "What became of it.", required=True, argument=True,
               codes=("unblocked", "escalated", "returned")),
        _one("result", "What came of it."),
    )),
    Verb(RISK, "add", "Enter a risk or dependency. What is not said stays missing, and is shown so.",
         f"{_RISKS}.register:raise_risk", (
        _text("text", "The risk, or what is depended on."),
        VerbOption("kind", "Risk or dependency.", codes=("risk", "dependency"), default="risk"),
        *_RISK,
    )),
    Verb(RISK, "set", "Change a risk or dependency: owner, scores, review. `none` takes a value away.",
         f"{_RISKS}.register:change_risk", (
        RISK_NUMBER,
        *_RISK,
        VerbOption("raised_on", "Day on which it was raised.", date, flags=("--raised",)),
        VerbOption("state", "If it watches no number.", codes=("green", "amber", "red", "not known")),
    )),
    Verb(RISK, "watch", "Let a risk or dependency watch a number, by which it changes its state from now on.",
         f"{_RISKS}.watching:watch", (RISK_NUMBER, *_WATCH)),
    Verb(RISK, "unwatch", "Stop watching a number; what it showed so far stays.", f"{_RISKS}.watching:end_watch",
         (replace_help(NUMBER, "The watch's number, as `whatworks board risk show` gives it."),)),
    Verb(RISK, "link", "Link what shows that the response to a risk works; without it no response is a mitigation.",
         f"{_RISKS}.register:link_proof", (
        RISK_NUMBER,
        _one("text", "What it shows.", "--shows"),
        _one("evidence", "Where it can be seen: a file, a result, a minute."),
    )),
    Verb(RISK, "close", "Close a risk or dependency, saying why.", f"{_RISKS}.register:close_risk", (RISK_NUMBER,),
         why="Why it is closed."),
    Verb(MESSAGE, "add", "Enter a message, or an event such as a launch.", f"{_RISKS}.register:add_message", (
        _text("text", "The message, or the event."),
        _one("audience", "To whom.", "--to"),
        VerbOption("risk_id", "The risk that it answers, as R5.", risk_number, flags=("--risk",)),
        VerbOption("kind", "A launch is an event.", codes=("message", "event"), default="message"),
        VerbOption("planned_on", "When it is meant to go out, or happen.", date, flags=("--planned",)),
    )),
    Verb(MESSAGE, "approve", "Write down who approved a message, and when.", f"{_RISKS}.register:approve", (NUMBER,)),
    Verb(MESSAGE, "publish", "Write down that a message went out, or an event took place; refused before approval.",
         f"{_RISKS}.register:publish", (NUMBER,)),
    Verb(EVIDENCE, "set", "Change what is held of an intervention: its owner, say. `none` takes a value away.",
         "whatworks.board.evidence.register:change_intervention",
         (_text("short", "The intervention's short name."), *_INTERVENTION)),
)  # fmt: skip
"""Every verb that changes the register; whoever does one gives who, when and why, which `perform` keeps."""
