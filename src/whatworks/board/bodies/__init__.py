"""Which bodies exist, who reports to whom, where do they overlap, and which could go?

`body_map(papers, entered)` reads the names of boards, groups and their like from papers, takes the spellings of each
together, adds what was entered by hand, and returns a `BodyMap`: bodies, counts by year, overlaps, candidates to merge
or close. Overlap is computed from what papers say, never drawn; what they do not say is not known, and said so.
"""

from collections.abc import Sequence

from whatworks.board.bodies.body import Body, BodyNaming, EnteredBody
from whatworks.board.bodies.candidates import Candidate
from whatworks.board.bodies.overlap import BodyOverlap
from whatworks.board.bodies.yearly import BodiesOfYear, BodyMap, mapped
from whatworks.board.contradictions.record import in_order
from whatworks.board.parsed import ParsedPaper
from whatworks.records.documents import Document

__all__ = ["BodiesOfYear", "Body", "BodyMap", "BodyNaming", "BodyOverlap", "Candidate", "EnteredBody", "body_map"]


def body_map(papers: Sequence[tuple[Document, ParsedPaper]], entered: Sequence[EnteredBody] = ()) -> BodyMap:
    """Return the map of the bodies that papers name; papers without a date are left out, and named in `undated`.

    >>> body_map([]).years
    ()
    """
    return mapped(in_order(papers), entered)
