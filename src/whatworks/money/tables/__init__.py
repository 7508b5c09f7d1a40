"""Tables that check themselves: does a printed table add up, who pays for what, and what rests on uncommitted money?

`check_table` reports each row, column, sub-total and total that does not foot; `check_report` says beside these what
was checked, what was not and why, and which single change would mend everything. `exposure` says who spends, who funds
and what is not yet committed; `variance` sets plan against actual.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.money.tables.check import check_report, check_table
    from whatworks.money.tables.commitment import exposure, load_exposure
    from whatworks.money.tables.fault import CheckReport, TableFault
    from whatworks.money.tables.plan_actual import variance
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "check": ["check_report", "check_table"],
            "commitment": ["exposure", "load_exposure"],
            "fault": ["CheckReport", "TableFault"],
            "plan_actual": ["variance"],
        },
    )

__all__ = ["CheckReport", "TableFault", "check_report", "check_table", "exposure", "load_exposure", "variance"]
