"""How does a number look? Charts from plain values, in one style; they know no result, no person and no paper."""
