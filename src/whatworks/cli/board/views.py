"""All that `whatworks board` shows of its register and its papers: each view declared once, imported when it is run."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from whatworks.board.verbs import (
    ACTION,
    BLOCKAGE,
    BODY,
    BODY_NAMED,
    DAY,
    DECISION,
    DELEGATION,
    EVIDENCE,
    MEETING,
    MEMBER,
    MESSAGE,
    OF_BODY,
    PAPER,
    PERSON,
    PRIORITY,
    PROPOSAL,
    RISK,
    RISK_NUMBER,
    STRATEGY,
)  # fmt: skip
from whatworks.cli.register import BY, ON, OUT, WHY
from whatworks.records.register.verb import NUMBER, Entity, Verb, VerbOption

SHEET = Entity("sheet", "The action log as a workbook that goes out and comes back.", is_kept=False)
ASSESSMENT = Entity("assessment", "Equality: who is treated differently, and which schemes were assessed.")
ALIGNMENT = Entity("alignment", "Projects set against the objectives that they claim.")
STATES = ("overdue", "unresolved", "due", "waits", "no date", "closed", "dropped", "withdrawn")

_FOR = VerbOption("prepared_for", "The body that the paper is prepared for.", flags=("--for",))
_ITEM = VerbOption("item", "The paper's place on the agenda.", default="For discussion")
_FILES = VerbOption(
    "files", "Papers: text, HTML, Word or PDF. Without any, the papers of the register.", Path, argument=True, many=True
)
_OF_PAPERS = (_FILES, OUT, _FOR, ON, OF_BODY)
_VALUES = VerbOption("values", "What outcomes are worth and tests cost, a TOML file (docs/evaluation.md).", Path)
_STANDARDS = VerbOption("standards", "Your own standards of evidence, instead of those that ship.", Path)


def _given(name: str, help: str, kind: Any = str, *, many: bool = False) -> VerbOption:
    return VerbOption(name, help, kind, required=True, argument=True, many=many)


def _view(
    entity: Entity, name: str, help: str, does: str, *options: VerbOption, opens: bool = True, writes: bool = False
) -> Verb:
    """Return a verb that shows something; `does` is the module beside this one and its function."""
    return Verb(entity, name, help, f"{__package__}.{does}", options, signed=False, opens=opens, writes=writes)


_SHORT = _given("short", "The intervention's short name.")
_PROPOSED = VerbOption("proposed", "Only those with a proposed merge.", bool, default=False)
_NAMES = "Show each printed name, why it was taken to mean that row, and the merges that are proposed."
_MAKE = (
    VerbOption("scheme", "The scheme, of the partnership's records."),
    VerbOption("data", "Or a file with a row a person.", Path),
    VerbOption("characteristics", "The file's columns, separated by commas.", default="sex,ethnicity,age_band"),
    VerbOption("stages", "The file's columns for eligible, selected, started and completed.",
               default="eligible,selected,started,completed"),
    VerbOption("outcome", "A yes/no outcome: of the protocol, or a column of the file."),
    VerbOption("protocol", "The protocol that measures the outcome.", Path),
    VerbOption("area", "Only this area of the scheme."),
    VerbOption("by_area", "Areas as one more characteristic.", bool, default=False),
    VerbOption("launch", "Day of the launch; the scheme's first day if not given.", date),
    replace(BY, help="Who assesses: enters it in the register of assessments.", required=False),
    WHY,
    ON,
    OUT,
    _ITEM,
)  # fmt: skip
VIEWS = (
    _view(DAY, "check", "What a careful secretary would doubt, and what was read from where.", "reading:check",
          _given("files", "Minutes or reports, before they go out or are read.", Path, many=True), ON, opens=False),
    _view(PAPER, "list", "Show the papers that were read, and which were replaced or withdrawn.", "reading:papers",
          OF_BODY),
    _view(PAPER, "show", "Show what was read from a paper, each thing beside its words, and the paper's history.",
          "reading:paper", _given("name", "Its number or name, as the list shows it.")),
    _view(DAY, "contradictions", "What the record says in two ways.", "contradictions:contradictions", *_OF_PAPERS,
          opens=False),
    _view(DAY, "bodies", "Boards and groups by year: what overlaps, what could close.", "contradictions:bodies",
          *_OF_PAPERS, opens=False),
    _view(MEETING, "challenge",
          "Show, for an item, what was promised, what differs, which figures lack a base, and what to ask.",
          "contradictions:challenge", _given("item", "What the challenge is about, as the papers call it."),
          *_OF_PAPERS,
          VerbOption("watch", "Figures to hold against what is expected: a TOML file (docs/board.md).", Path),
          opens=False),
    _view(MEETING, "template", "Write minutes to fill in as a Word file that `whatworks board read` reads back.",
          "contradictions:minutes_template",
          VerbOption("to", "The Word file to write.", Path, required=True, flags=("--out",), writes=".docx"),
          VerbOption("after", "Minutes of the last meeting, to begin from.", Path),
          VerbOption("body", "The board's name, where there are no last minutes."), opens=False),
    _view(DAY, "actions", "Who owes what by when, as it stands today.", "promises:actions", ON,
          VerbOption("state", "Only those in this state.", codes=STATES),
          VerbOption("kind", "Only this kind.", codes=("action", "deliverable", "commitment")),
          VerbOption("owner", "Only those of this owner, by any known name; `none` for those that nobody owns."),
          VerbOption("within", "Only what is overdue, or due within so many days.", int, least=0), OF_BODY, OUT),
    _view(ACTION, "show", "Show one promise with its source and its whole history.", "promises:show", NUMBER, ON),
    _view(MEETING, "agenda", "Draft the agenda of the next meeting from what the record leaves open.", "plan:agenda",
          ON, BODY_NAMED, OUT),
    _view(DAY, "plan", "What is promised to which meeting, and what slipped.", "plan:plan", ON, OF_BODY, OUT),
    _view(MEETING, "list", "Show every meeting that the papers know of, and whether its record is held.",
          "plan:meetings", OF_BODY),
    _view(SHEET, "export", "Write the action log to a workbook that owners can fill in.", "sheet:export_sheet",
          replace(_given("file", "The workbook to write, ending in .xlsx.", Path), writes=".xlsx"), ON, OF_BODY),
    Verb(SHEET, "import", "Take a returned workbook's good rows in, and name the bad ones and the conflicts.",
         f"{__package__}.sheet:import_sheet",
         (_given("file", "A workbook that `whatworks board sheet export` made, filled in.", Path),)),
    _view(PAPER, "export",
          "Hand the register over: Popolo JSON, a CSV of each table, a calendar of meetings and what is due.",
          "sheet:export", VerbOption("to", "The folder to write to.", Path, required=True, writes=""), ON),
    _view(DAY, "decisions", "What was decided, by whom, and what it waits for.", "decisions:decisions", ON,
          VerbOption("elsewhere", "Also what other bodies decided, as the papers report it.", bool,
                     flags=("--elsewhere/--no-elsewhere",), default=True), OF_BODY, OUT),
    _view(DECISION, "show", "Show one decision with its whole history.", "decisions:show", NUMBER),
    _view(DELEGATION, "list", "Show authority given or asked for: scope, limit, expiry, the report that it requires.",
          "decisions:delegations", ON, OF_BODY),
    _view(MEMBER, "list",
          "Show who was a member, adviser or officer on a day, and what shows it: appointment, or list.",
          "members:members", ON, BODY_NAMED),
    _view(MEMBER, "attendance", "Show attendance by organisation.", "members:attendance", BODY_NAMED),
    _view(PROPOSAL, "list", "Show what waits for your word, with the words that show it.", "people:waiting", OF_BODY),
    _view(PERSON, "list", _NAMES, "people:people", _PROPOSED),
    _view(BODY, "list", _NAMES, "people:bodies", _PROPOSED),
    _view(PERSON, "office", "Show who may be meant by an office on a day, the likeliest first, with what shows it.",
          "people:office", _given("title", "The office, as in 'the Mayor'."), ON),
    _view(PRIORITY, "list",
          "Show each priority through the years: who named it, who led, how it left and what the record leaves unsaid.",
          "priorities:priorities", OF_BODY),
    _view(STRATEGY, "list",
          "Show documents on their way to sign-off, with the consultation that was promised before it.",
          "priorities:strategies"),
    _view(BLOCKAGE, "list", "Show what is stuck, first what the board could act on today, and what each entry lacks.",
          "priorities:blockages"),
    _view(RISK, "list", "Look at every watched number, and show risks and dependencies as they stand, the worst first.",
          "risks:risks", VerbOption("kind", "Only risks, or only dependencies.", codes=("risk", "dependency")),
          VerbOption("closed", "The closed ones too.", bool, default=False), ON, OUT, _ITEM, writes=True),
    _view(RISK, "show", "Show one risk with its watches, what their numbers showed, and every change.", "risks:show",
          RISK_NUMBER),
    _view(MESSAGE, "list", "Show what is said to whom, and whether it was approved and is out.", "risks:messages"),
    _view(EVIDENCE, "list",
          "Say what to commission, continue, test or stop, who would lose, and what another year's test would be "
          "worth.", "evidence:interventions", _VALUES, _STANDARDS, ON, OUT, _ITEM),
    Verb(EVIDENCE, "add", "Enter interventions and published studies from a file, or a result of your own.",
         f"{__package__}.evidence:add", (
        VerbOption("file", "Interventions (TOML), or published studies of them (CSV, Excel).", Path),
        VerbOption("result", "The result.json of an evaluation of your own.", Path),
        VerbOption("intervention", "The intervention that the result is about.", flags=("--of",)),
        VerbOption("maryland", "Another level than the design's; say --why.", int, least=1, most=5),
        VerbOption("differs", "What differs between where it was studied and here."),
        VerbOption("caveats", "What else has to be said with it."),
        VerbOption("higher_is_better", "An outcome of which more is wanted.", many=True),
        _STANDARDS,
    )),
    _view(EVIDENCE, "show", "Show who changed an intervention and its deliveries, when, why, and what stood before.",
          "evidence:show", _SHORT),
    _view(EVIDENCE, "worth", "Say what another year's test of an intervention would be worth, at your values.",
          "evidence:worth", _SHORT, _VALUES, _STANDARDS),
    _view(ASSESSMENT, "make",
          "Break a scheme down by protected characteristics at each stage, with intervals; small counts are withheld.",
          "equality:make", *_MAKE, opens=False),
    _view(ASSESSMENT, "list",
          "Show which schemes were assessed, whether before their launch, and which never were.",
          "equality:assessments"),
    _view(ALIGNMENT, "show", "Set projects against the objectives that they claim, with orphans on both sides.",
          "alignment:alignment",
          _given("file", "Objectives, projects and links (TOML; docs/evaluation.md shows the keys).", Path), OUT, _FOR,
          ON, opens=False),
)  # fmt: skip
"""What is shown, and what is taken in from a file; `whatworks.board.verbs` has what else changes the register."""
