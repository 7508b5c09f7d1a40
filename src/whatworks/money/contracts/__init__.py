"""What would the contract pay? Terms as a TOML file, settlement line by line, and where terms break common sense.

`load_terms(name)` finds a ready-made contract or reads a file, `read_outcomes(path)` reads the counts, `settle(terms,
outcomes, leaving)` works out every payment with its working, exactly and to the penny, `settle_paths` does the same for
many simulated paths at once, and `findings(terms)` searches a contract for what its makers would not have meant.
`terms_schema()` is the JSON schema of terms, and ships as `terms.schema.json`.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
