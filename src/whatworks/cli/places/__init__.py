"""The commands of places: a module a question, and the group that they stand in."""
