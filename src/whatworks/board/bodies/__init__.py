"""Which bodies exist, who reports to whom, where do they overlap, and which could go?

`body_map(papers, entered)` reads the names of boards, groups and their like from papers, takes the spellings of each
together, adds what was entered by hand, and returns a `BodyMap`: bodies, counts by year, overlaps, candidates to merge
or close. Overlap is computed from what papers say, never drawn; what they do not say is not known, and said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.bodies.body import Body, BodyNaming, EnteredBody
from whatworks.board.bodies.candidates import Candidate, candidates
from whatworks.board.bodies.overlap import BodyOverlap, overlaps
from whatworks.board.bodies.reading import read_bodies
from whatworks.board.contradictions.record import in_order
from whatworks.board.parsed import ParsedPaper
from whatworks.records.documents import Document

__all__ = ["BodiesOfYear", "Body", "BodyMap", "BodyNaming", "BodyOverlap", "Candidate", "EnteredBody", "body_map"]


@dataclass(frozen=True, slots=True)
class BodiesOfYear:
    """A year with papers: the bodies that they name, and those that stand if none closed but by a known end."""

    year: int
    named: tuple[str, ...]
    standing: tuple[str, ...]

    @property
    def carried(self) -> tuple[str, ...]:
        """Bodies of earlier years that this year's papers do not name, and whose end is not known."""
        return tuple(name for name in self.standing if name not in self.named)


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The bodies, the years, the overlaps and the candidates. `end_unknown` counts bodies without a known end."""

    bodies: tuple[Body, ...]
    years: tuple[BodiesOfYear, ...]
    overlaps: tuple[BodyOverlap, ...]
    candidates: tuple[Candidate, ...]
    end_unknown: int
    undated: tuple[str, ...] = ()

    def body(self, name: str) -> Body:
        """Return the body of a name."""
        return next(one for one in self.bodies if one.name == name)


def body_map(papers: Sequence[tuple[Document, ParsedPaper]], entered: Sequence[EnteredBody] = ()) -> BodyMap:
    """Return the map of the bodies that papers name; papers without a date are left out, and named in `undated`.

    >>> body_map([]).years
    ()
    """
    held = in_order(papers)
    bodies = read_bodies(held, entered)
    days = [paper.day for paper in held if paper.day]
    pairs = overlaps(bodies)
    return BodyMap(
        bodies=bodies,
        years=tuple(_year(number, bodies) for number in sorted({day.year for day in days})),
        overlaps=pairs,
        candidates=candidates(bodies, pairs, max(days)) if days else (),
        end_unknown=sum(body.ended is None for body in bodies),
        undated=tuple(paper.name for paper in held if not paper.day),
    )


def _year(number: int, bodies: Sequence[Body]) -> BodiesOfYear:
    standing = [
        body.name for body in bodies
        if body.first_named.year <= number and not (body.ended and body.ended.year < number)
    ]  # fmt: skip
    return BodiesOfYear(number, tuple(body.name for body in bodies if body.named_in(number)), tuple(standing))
