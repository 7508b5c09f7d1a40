"""The board's register as tables: what its papers say, line by line, and what its officers keep.

Popolo's terms stand where they exist (person, organisation, membership, post, event, motion). Rows drawn from a paper
carry it in `source_id` and its lines in `source_line` to `last_line`; rows that somebody entered carry `entered`. Every
later change of a kept row is a row of `board_change`, so that what stood before is never lost.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import dataframely as dy

from whatworks.records.register.columns import code_of, day_of, link_to, name_of, written
from whatworks.records.register.declared_row import Meaning
from whatworks.records.register.entry import ChangeTable, RegisterTable
from whatworks.records.tables.declaration import Table

ACTION_KINDS = ("action", "deliverable", "commitment")
ACTION_STATES = ("open", "closed", "dropped", "withdrawn")
DUE_KINDS = ("date", "window", "meeting", "event", "none")
EVENT_STATES = ("recorded", "referred_to", "announced", "expected", "cancelled")
CONDITION_STATES = ("none", "open", "met", "failed")
MOTION_STATES = ("stands", "reversed", "lapsed", "superseded", "proposed", "withdrawn")
MERGE_STATES = ("proposed", "accepted", "rejected", "split")
PROPOSAL_KINDS = ("close", "carry", "drop", "value")
PROPOSAL_STATES = ("proposed", "accepted", "declined", "withdrawn")
PRIORITY_STATES = ("suggested", "identified", "agreed", "removed")
PLAN_STATES = ("promised", "taken", "dropped", "withdrawn")
BLOCKAGE_STATES = ("open", "returned", "escalated", "unblocked")


class DocumentTable(Table):
    """A paper that was read. `source_id` is its number; the parse and the text are kept whole."""

    source_line = dy.Int64(nullable=True, min=1, description="Always null.")
    source_id = dy.String(primary_key=True, description="The first twelve digits of the paper's sha256.")
    sha256 = written("Hash of the file's bytes.", nullable=False)
    name = written("The file's name, without its folder.", nullable=False)
    kind = written("minutes or report.", nullable=False)
    body = written("The body as printed.")
    dated = day_of("The day that the paper is of.")
    event_id = link_to("board_event", "The meeting that it is the record of")
    read_on = day_of("The day of reading.", nullable=False)
    read_by = written("Who had it read.", nullable=False)
    replaced_by = written("The paper that stands in its place.")
    withdrawn_on = day_of("The day on which it was withdrawn; null while it stands.")
    partial = dy.Bool(description="Whether it is a draft, an extract or an agenda, and so no record of a meeting.")
    parsed = written("The parse, as the JSON that `whatworks board read FILE --json` prints.", nullable=False)


class LineTable(Table):
    """A line of a paper, so that whoever quotes it need not find the file again."""

    text = written("The line as it stood.", nullable=False)


class OrganisationTable(RegisterTable):
    """Popolo organisation: a board, a group or an agency. End dates are entered, never guessed."""

    name = written("Its name.", nullable=False)
    classification = written("board, group, task_and_finish, challenge_board or agency; null where not known.")
    parent_id = link_to("board_organisation", "The body that it reports to")
    founded_on = day_of("First day, where known.")
    dissolved_on = day_of("Last day, where known.")
    remit = written("What it is for.")
    finish_test = written("What must be so for it to end.")
    merged_into = link_to("board_organisation", "The row that it was accepted to be the same as")


class PersonTable(RegisterTable):
    """Popolo person: a public office holder named in the board's papers."""

    name = name_of("The fullest name printed, without titles.", nullable=False)
    merged_into = link_to("board_person", "The row that this was accepted to be the same as")


class NameTable(RegisterTable):
    """A name as printed somewhere, the row that it was taken to mean, and why: no recognition is silent."""

    kind = dy.Enum(("person", "organisation"), description="What is named.")
    printed = name_of("The name as printed, titles included.", nullable=False)
    entity_id = dy.Int64(nullable=True, min=1, description="The person or organisation; null where nobody matches.")
    told_by = written("Where it stands: attendance, owner, lead, prose, body or abbreviation.", nullable=False)
    reason = written("Why it was taken to mean that row.", nullable=False)


class MergeTable(RegisterTable):
    """A proposal that two rows are one, with its reason; accepted, rejected or split again by a person."""

    kind = dy.Enum(("person", "organisation"), description="What would be merged.")
    kept_id = dy.Int64(min=1, description="The row that stays.")
    merged_id = dy.Int64(min=1, description="The row that would be read as the other.")
    reason = written("Why they look like one.", nullable=False)
    state = code_of(MERGE_STATES, "Whether anybody decided.")


class ProposalTable(RegisterTable):
    """What a paper or a returned sheet says of a promise; it changes nothing until somebody accepts it."""

    kind = code_of(
        PROPOSAL_KINDS, "The promise was kept, is carried to another day, is dropped, or has another value in a sheet."
    )
    action_id = link_to("board_action", "The promise", nullable=False)
    field = written("Of a sheet: the column.")
    value = written("Of a sheet: what came back. Of a promise that is carried: the last day on which it is due now.")
    event_id = link_to("board_event", "The meeting to which it is carried")
    text = written("The words that show it.", nullable=False)
    reason = written("Why they were taken to speak of that promise.", nullable=False)
    state = code_of(PROPOSAL_STATES, "Whether anybody decided.")


class PostTable(RegisterTable):
    """Popolo post: an office such as Mayor of London, and who held it from when to when."""

    label = written("The office.", nullable=False)
    organisation_id = link_to("board_organisation", "The organisation that it belongs to")
    person_id = link_to("board_person", "Who held it")
    from_date = day_of("First day known.")
    to_date = day_of("Last day known.")


class MembershipTable(RegisterTable):
    """Popolo membership: entered from terms of reference or appointments; attendance is another table."""

    organisation_id = link_to("board_organisation", "The body", nullable=False)
    person_id = link_to("board_person", "The member; null where a seat is an organisation's")
    on_behalf_of_id = link_to("board_organisation", "The organisation that the seat belongs to")
    role = dy.Enum(("member", "adviser", "officer", "invitee", "chair"), description="In what capacity.")
    from_date = day_of("First day.")
    to_date = day_of("Last day.")


class EventTable(RegisterTable):
    """Popolo event: a meeting of which a record is held, or which papers only refer to, announce or expect."""

    body_id = link_to("board_organisation", "The body that meets")
    state = code_of(EVENT_STATES, "How it is known: `recorded` means that its minutes are held.")
    from_date = day_of("The day, or the first day of the window in which it was expected.", nullable=False)
    to_date = day_of("The day, or the last day of the window.", nullable=False)
    start_time = written("Start as HH:MM, 24 hours; null where the paper does not settle it.")
    time_text = written("Start as printed.")
    end_time = written("Finish as HH:MM.")
    place = written("Where.")
    said_by = written("The paper that refers to it, announces it or expects it.")


class AttendanceTable(RegisterTable):
    """A line of an attendee table: who was listed at a meeting, in what capacity, and for which organisation."""

    event_id = link_to("board_event", "The meeting", nullable=False)
    person_id = link_to("board_person", "Who", nullable=False)
    organisation_id = link_to("board_organisation", "The organisation beside the name")
    role = written("Office or rank as printed.")
    capacity = written("board, lead officer, presenting, officer, secretariat or apologies.", nullable=False)
    heading = written("The printed heading of the list: members in one year may be advisers in the next.")
    present = dy.Bool(description="False for apologies.")


class ItemTable(RegisterTable):
    """A top-level item that was taken at a meeting."""

    event_id = link_to("board_event", "The meeting", nullable=False)
    number = written("The number as printed.")
    title = written("The heading.", nullable=False)


class MotionTable(RegisterTable):
    """Popolo motion: a decision, its condition, who decided it, and what became of it."""

    event_id = link_to("board_event", "The meeting")
    body_id = link_to("board_organisation", "The body whose decision it is")
    text = written("The decision.", nullable=False)
    paragraph = written("The paragraph's printed number.")
    item = written("Number and heading of the item under which it was taken.")
    kind = dy.Enum(("approve", "agree", "note", "defer", "delegate", "other"), description="Sort of decision.")
    decider = written("Who decided, as printed; null where it is not said.")
    asked = dy.Bool(description="True for a report's recommendation: asked for, with no record that it was decided.")
    condition = written("What it waits for.")
    condition_state = code_of(CONDITION_STATES, "Whether the condition was met.")
    condition_evidence = written("What shows that state.")
    state = code_of(MOTION_STATES, "Whether it still stands.")
    changed_by_id = link_to("board_motion", "The decision that reversed or superseded it")


class DelegationTable(RegisterTable):
    """Authority that was given or asked for: scope, limit, expiry, the further report it required."""

    motion_id = link_to("board_motion", "The decision or recommendation")
    giver = written("Who delegates.")
    holder = written("To whom.", nullable=False)
    scope = written("What for.", nullable=False)
    limits = written("Up to what.")
    expires_on = day_of("Last day.")
    expiry_text = written("What ends it, as printed.")
    duty = written("What has to be reported, and when.")
    duty_evidence = written("The report that met the duty; null where none is held.")
    parties = written("Parties to the agreement.")


class ActionTable(RegisterTable):
    """A promise: a marked action, a key deliverable, or a commitment made in prose."""

    event_id = link_to("board_event", "The meeting at which it was made")
    kind = code_of(ACTION_KINDS, "`commitment` was promised in prose and never minuted as an action.")
    text = written("What was promised.", nullable=False)
    due_kind = code_of(DUE_KINDS, "What the due date hangs on.")
    due_text = written("Due as printed.")
    due_from = day_of("First day on which it is due.")
    due_to = day_of("Last day on which it is due.")
    due_event_id = link_to("board_event", "The meeting to which it was promised")
    marked = dy.Bool(description="Whether the paper marks it as an action.")
    number = written("The number that the paper gives it.")
    progress = written("What its owners last said of it.")
    paragraph = written("The paragraph's printed number.")
    state = code_of(ACTION_STATES, "`withdrawn`: a corrected version of the minutes no longer holds it.")
    closed_on = day_of("Day of closure.")
    evidence = written("What shows that it was done.")


class ActionOwnerTable(RegisterTable):
    """An owner of a promise, as printed, and the person or organisation that it was taken to mean."""

    action_id = link_to("board_action", "The promise", nullable=False)
    printed = name_of("The owner as printed.", nullable=False)
    person_id = link_to("board_person", "The person")
    organisation_id = link_to("board_organisation", "The organisation")


class PriorityTable(RegisterTable):
    """A priority from entry to exit. Dates of exit and criteria are entered unless a paper states them."""

    name = written("The priority.", nullable=False)
    body_id = link_to("board_organisation", "The body whose priority it is")
    standing = code_of(
        PRIORITY_STATES, "`identified` by another body, `agreed` in a decision of the board, `removed` from its list."
    )
    agreed_by = written("Who agreed it, as printed; the board never minuted adopting those of 2012.")
    lead = name_of("The lead as printed.")
    interim = dy.Bool(description="Whether the lead is an interim one.")
    from_date = day_of("The meeting at which it first stands.", nullable=False)
    to_date = day_of("The meeting at which it left.")
    entry_criterion = written("Why it came in.")
    exit_criterion = written("Why it went out.")
    oversight = written("What oversight remains.")


class PlannedTable(RegisterTable):
    """Business that was promised to a meeting, and whether that meeting took it."""

    text = written("What was promised.", nullable=False)
    made_at_id = link_to("board_event", "The meeting that promised it")
    to_event_id = link_to("board_event", "The meeting to which it was promised", nullable=False)
    owner = written("Who brings it.")
    action_id = link_to("board_action", "The promise behind it")
    item_id = link_to("board_item", "The item under which it was taken")
    state = code_of(PLAN_STATES, "Whether it was taken.")


class StrategyTable(RegisterTable):
    """A document on its way to sign-off: who is to be consulted, and the meeting that signs it off."""

    name = written("The document.", nullable=False)
    version = written("Which version.")
    owner = written("Who writes it.")
    consultation = written("The consultation that was promised.")
    consulted_on = day_of("Day on which consultation ended.")
    consultation_evidence = written("What shows it.")
    gate_event_id = link_to("board_event", "The meeting that is to sign it off")
    gate_text = written("The gate as printed.")
    signed_off_on = day_of("Day of sign-off.")
    sign_off_evidence = written("What shows it.")
    objectives = written("The strands and objectives that it serves.")


class BlockageTable(RegisterTable):
    """What is stuck that only the board can move: owner, lever, escalation."""

    text = written("What is stuck.", nullable=False)
    owner = written("The agency that owns it.")
    harm = written("Evidence of harm.")
    lever = written("The lever that the board has.")
    escalation = written("To whom it goes next.")
    raised_at_id = link_to("board_event", "The meeting that raised it")
    state = code_of(BLOCKAGE_STATES, "`returned`: one agency owns it alone.")
    result = written("What came of it.")
    ended_on = day_of("Day on which it was unblocked or returned.")


class CorrectionTable(RegisterTable):
    """A correction to the minutes of an earlier meeting, kept against that meeting."""

    event_id = link_to("board_event", "The meeting whose minutes were corrected")
    made_at_id = link_to("board_event", "The meeting that corrected them")
    paragraph = written("Which paragraph.")
    change = written("What was done to it.", nullable=False)
    text = written("The sentence as printed.")


@dataclass(frozen=True, slots=True)
class Assessed:
    """One equality impact assessment. Its figures are in its paper; here stands that it was done, and when."""

    id: int
    name: Annotated[str, Meaning("The scheme or cohort.")]
    place: Annotated[str | None, Meaning("The area it was limited to; null for all.")]
    done_on: Annotated[date, Meaning("Day of the assessment.")]
    launch_on: Annotated[date | None, Meaning("Day of the launch, where known.")]
    before_launch: Annotated[bool | None, Meaning("Whether it was done before the launch; null where not known.")]
    paper: Annotated[str | None, Meaning("Where its paper lies.")]


_TABLES: tuple[type[Table], ...] = (
    DocumentTable, LineTable, OrganisationTable, PersonTable, NameTable, MergeTable, ProposalTable, PostTable,
    MembershipTable, EventTable, AttendanceTable, ItemTable, MotionTable, DelegationTable, ActionTable,
    ActionOwnerTable, PriorityTable, PlannedTable, StrategyTable, BlockageTable, CorrectionTable, ChangeTable,
)  # fmt: skip
BOARD_TABLES = {
    f"board_{re.sub('(?<=[a-z])(?=[A-Z])', '_', kind.__name__.removesuffix('Table')).lower()}": kind for kind in _TABLES
}
"""The store's tables of the board, made on demand with `create_tables(connection, BOARD_TABLES)`."""
