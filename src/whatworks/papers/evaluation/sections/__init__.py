"""The sections of a paper, in the order in which boards read them."""
