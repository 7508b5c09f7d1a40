"""What would the contract pay? Terms as a TOML file, settlement line by line, and where terms break common sense.

`load_terms(name)` finds a ready-made contract or reads a file, `read_outcomes(path)` reads the counts, `settle(terms,
outcomes, leaving)` works out every payment with its working, exactly and to the penny, `settle_paths` does the same for
many simulated paths at once, and `findings(terms)` searches a contract for what its makers would not have meant.
`terms_schema()` is the JSON schema of terms, and ships as `terms.schema.json`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.outcome_file import read_outcomes
    from whatworks.money.contracts.searching import findings
    from whatworks.money.contracts.settling import settle
    from whatworks.money.contracts.terms import Terms, terms_schema
    from whatworks.money.contracts.vectorised import settle_paths

__all__ = ["Terms", "findings", "load_terms", "read_outcomes", "settle", "settle_paths", "terms_schema"]

_HOMES = {
    "Terms": "terms",
    "findings": "searching",
    "load_terms": "load",
    "read_outcomes": "outcome_file",
    "settle": "settling",
    "settle_paths": "vectorised",
    "terms_schema": "terms",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `whatworks --help` loads no heavy library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
