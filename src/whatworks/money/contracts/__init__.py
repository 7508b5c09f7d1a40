"""What would the contract pay? Terms as a TOML file, settlement line by line, and where terms break common sense.

`load_terms(name)` finds a ready-made contract or reads a file, `read_outcomes(path)` reads the counts, `settle(terms,
outcomes, leaving)` works out every payment with its working, exactly and to the penny, `settle_paths` does the same for
many simulated paths at once, and `findings(terms)` searches a contract for what its makers would not have meant.
`terms_schema()` is the JSON schema of terms, and ships as `terms.schema.json`.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.outcome_file import read_outcomes
    from whatworks.money.contracts.searching import findings
    from whatworks.money.contracts.settling import settle, settle_paths
    from whatworks.money.contracts.terms import Terms, terms_schema
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "load": ["load_terms"],
            "outcome_file": ["read_outcomes"],
            "searching": ["findings"],
            "settling": ["settle", "settle_paths"],
            "terms": ["Terms", "terms_schema"],
        },
    )

__all__ = ["Terms", "findings", "load_terms", "read_outcomes", "settle", "settle_paths", "terms_schema"]
