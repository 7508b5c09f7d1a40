"""Tables that check themselves: does a printed table add up, who pays for what, and what rests on uncommitted money?

`check_table` reports each row, column, sub-total and total that does not foot; `check_report` says beside these what
was checked, what was not and why, and which single change would mend everything. `exposure` says who spends, who funds
and what is not yet committed; `variance` sets plan against actual.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
