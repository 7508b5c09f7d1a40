"""What does the board's record say in two ways that cannot both stand?

`contradictions(papers)` takes papers as read, `(Document, Parsed)` pairs of files or of the register, and returns each
contradiction with both sources quoted by file and line. One kind a file, named for the kind; `RULES` is their order.
What one line is the cause of is said once. A finding is a question for the secretary, never a judgement: the rules know
words, dates and numbers, not what happened. A kind that could not be sure is narrowed until it is. Claims to
test, the last kind, contradict nothing: `differing` leaves them out.
"""

from collections.abc import Callable, Iterator, Sequence

from whatworks.board.contradictions.absences import absences
from whatworks.board.contradictions.absent_leads import absent_leads
from whatworks.board.contradictions.bare_figures import bare_figures
from whatworks.board.contradictions.body_names import body_names
from whatworks.board.contradictions.claims import claims
from whatworks.board.contradictions.counts import counts
from whatworks.board.contradictions.dates import hours, last_meetings, weekdays
from whatworks.board.contradictions.extensions import extensions
from whatworks.board.contradictions.grouping import together
from whatworks.board.contradictions.growth import growth
from whatworks.board.contradictions.lost_promises import lost_promises
from whatworks.board.contradictions.numbering import numbering
from whatworks.board.contradictions.priorities import priorities
from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper, differing, in_order
from whatworks.board.contradictions.spellings import spellings
from whatworks.board.contradictions.sums import sums
from whatworks.board.parsed import ParsedPaper
from whatworks.records.documents import Document

Rule = Callable[[tuple[RecordPaper, ...]], Iterator[Contradiction]]
RULES: tuple[Rule, ...] = (
    lost_promises,
    weekdays,
    growth,
    priorities,
    absent_leads,
    bare_figures,
    sums,
    extensions,
    last_meetings,
    hours,
    absences,
    counts,
    numbering,
    spellings,
    body_names,
    claims,
)

__all__ = ["RULES", "Contradiction", "Quote", "contradictions", "differing", "findings"]


def contradictions(papers: Sequence[tuple[Document, ParsedPaper]]) -> tuple[Contradiction, ...]:
    """Return every contradiction of the record, in the order of `RULES`, then of the papers' dates.

    The order of `papers` does not matter, and a file that is given twice is read once.

    >>> contradictions([])
    ()
    """
    return together(findings(papers))


def findings(papers: Sequence[tuple[Document, ParsedPaper]]) -> tuple[Contradiction, ...]:
    """Return what each rule finds, before what has one cause is put together."""
    held = in_order(papers)
    return tuple(dict.fromkeys(finding for rule in RULES for finding in rule(held)))
