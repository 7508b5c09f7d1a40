"""What would the contract pay? Terms as a TOML file, settlement line by line, and where terms break common sense.

`load_terms(name)` finds a ready-made contract or reads a file, `settle(terms, outcomes, leaving)` works out every
payment with its working, in exact arithmetic and to the penny, `settle_paths` does the same for many simulated paths
at once, and `findings(terms)` searches a contract for what its makers would not have meant.
"""
