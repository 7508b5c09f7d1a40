"""Say before outcomes are opened what an evaluation would rest on: a drafted protocol, and what is still lacking."""
