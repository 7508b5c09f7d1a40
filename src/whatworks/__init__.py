"""Answers for a crime-reduction board, from the extracts that its agencies already hold.

The rooms, from the ground up: `records` (what the agencies hold), `linkage` (who is the same person), `measures` (what
happened), `evaluation` (whether it worked), `papers` (how the board reads it). `simulation` makes up a partnership
whose truth is known. Nothing here touches a network.
"""

__version__ = "0.1.0"
