"""Words that papers of places share."""

ITEM = "Places"
READER = "The board"
NOT_KNOWN = "not known"
"""What stands where an agency sent nothing: never zero."""
