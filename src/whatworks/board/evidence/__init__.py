"""What works, what does not, what do we stop? The register of interventions and the evidence for each.

`add_result` takes an evaluation of our own, `add_file` and `add_studies` what people enter by hand; `read_register`
gives it all back, `judge` says what is known of each, `advise` whether to commission, continue, test or stop it and who
would lose, and `worth_of_testing` what another year's test would be worth. Standards of evidence are data
(`shipped_standards`, `read_standards`). Nothing known is never shown as not working.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.board.evidence.advice import advise
    from whatworks.board.evidence.entry import read_entries, read_studies
    from whatworks.board.evidence.judgement import judge
    from whatworks.board.evidence.register import add_file, add_result, add_studies, read_register
    from whatworks.board.evidence.standards import read_standards, shipped_standards
    from whatworks.board.evidence.values import read_values
    from whatworks.board.evidence.worth import worth_of_testing

__all__ = [
    "add_file",
    "add_result",
    "add_studies",
    "advise",
    "judge",
    "read_entries",
    "read_register",
    "read_standards",
    "read_studies",
    "read_values",
    "shipped_standards",
    "worth_of_testing",
]

_HOMES = {
    "add_file": "register",
    "add_result": "register",
    "add_studies": "register",
    "advise": "advice",
    "judge": "judgement",
    "read_entries": "entry",
    "read_register": "register",
    "read_standards": "standards",
    "read_studies": "entry",
    "read_values": "values",
    "shipped_standards": "standards",
    "worth_of_testing": "worth",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: the tables are declared before the ledger that keeps them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
