"""Keep what the board's papers say over the years: people, meetings, promises, decisions, and every change to them.

`record` puts a paper that was read in, and `stored_documents` gives papers back, to be quoted by line. The others are
views as of a day (`promises`, `forward_plan`, `decisions`, `delegations`, `members`, `turnout`, `timelines`,
`draft_agenda`). People change the register by the functions that `board.verbs` names, each of which keeps who, when,
why and what stood before.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
