"""Draft how an agency's file is read, for a person to check: the tables it fills, by which columns, what to ask."""

from whatworks.records.suggesting.choice import Undecided
from whatworks.records.suggesting.draft import ALONE, Beside, Draft, TableDraft, draft

__all__ = ["ALONE", "Beside", "Draft", "TableDraft", "Undecided", "draft"]
