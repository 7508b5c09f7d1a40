"""Tables that check themselves: does a printed table add up, who pays for what, and what rests on uncommitted money?

`check_table` reports each row, column, sub-total and total that does not foot; `check_report` says beside these what
was checked, what was not and why, and which single change would mend everything. `exposure` says who spends, who funds
and what is not yet committed; `variance` sets plan against actual.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.money.tables.check import check_report, check_table
    from whatworks.money.tables.commitment import exposure, load_exposure
    from whatworks.money.tables.fault import CheckReport, TableFault
    from whatworks.money.tables.plan_actual import variance

__all__ = ["CheckReport", "TableFault", "check_report", "check_table", "exposure", "load_exposure", "variance"]

_HOMES = {
    "CheckReport": "fault",
    "TableFault": "fault",
    "check_report": "check",
    "check_table": "check",
    "exposure": "commitment",
    "load_exposure": "commitment",
    "variance": "plan_actual",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
