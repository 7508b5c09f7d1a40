"""Keep what the board's papers say over the years: people, meetings, promises, decisions, and every change to them.

`record` puts a paper that was read in, and `stored_documents` gives papers back, to be quoted by line. The others are
views as of a day (`promises`, `forward_plan`, `decisions`, `delegations`, `members`, `turnout`, `timelines`,
`draft_agenda`). People change the register by the functions that `board.verbs` names, each of which keeps who, when,
why and what stood before.
"""

from whatworks.board.register.agenda import Agenda, draft_agenda
from whatworks.board.register.decision_state import DecisionState, DelegationState, decisions, delegations
from whatworks.board.register.document import StoredDocument, stored_documents
from whatworks.board.register.forward_plan import Business, forward_plan
from whatworks.board.register.ledger import history
from whatworks.board.register.membership import Seat, members, turnout
from whatworks.board.register.merging import NamedEntity, entities, roots
from whatworks.board.register.recording import Recorded, record
from whatworks.board.register.standing import Standing, promises
from whatworks.board.register.timeline import PriorityTimeline, timelines
from whatworks.records.register.entry import Author

__all__ = [
    "Agenda",
    "Author",
    "Business",
    "DecisionState",
    "DelegationState",
    "NamedEntity",
    "PriorityTimeline",
    "Recorded",
    "Seat",
    "Standing",
    "StoredDocument",
    "decisions",
    "delegations",
    "draft_agenda",
    "entities",
    "forward_plan",
    "history",
    "members",
    "promises",
    "record",
    "roots",
    "stored_documents",
    "timelines",
    "turnout",
]
