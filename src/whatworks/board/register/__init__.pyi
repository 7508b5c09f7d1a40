from whatworks.board.register.agenda import Agenda as Agenda
from whatworks.board.register.agenda import draft_agenda as draft_agenda
from whatworks.board.register.decision_state import (
    DecisionState as DecisionState,
)
from whatworks.board.register.decision_state import (
    DelegationState as DelegationState,
)
from whatworks.board.register.decision_state import (
    decisions as decisions,
)
from whatworks.board.register.decision_state import (
    delegations as delegations,
)
from whatworks.board.register.document import StoredDocument as StoredDocument
from whatworks.board.register.document import stored_documents as stored_documents
from whatworks.board.register.forward_plan import Business as Business
from whatworks.board.register.forward_plan import forward_plan as forward_plan
from whatworks.board.register.ledger import history as history
from whatworks.board.register.membership import Seat as Seat
from whatworks.board.register.membership import members as members
from whatworks.board.register.membership import turnout as turnout
from whatworks.board.register.merging import NamedEntity as NamedEntity
from whatworks.board.register.merging import entities as entities
from whatworks.board.register.merging import roots as roots
from whatworks.board.register.priority import PriorityTimeline as PriorityTimeline
from whatworks.board.register.priority import timelines as timelines
from whatworks.board.register.recording import Recorded as Recorded
from whatworks.board.register.recording import record as record
from whatworks.board.register.standing import Standing as Standing
from whatworks.board.register.standing import promises as promises
from whatworks.records.register.entry import Author as Author
