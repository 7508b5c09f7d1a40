"""The board's ten questions, and what an answer to one of them is. A room adds its answers by one `Answerer`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the board, and what it takes to answer it where no paper does yet."""

    name: str
    asks: str
    needs: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "large-enough",
        "Was the study large enough?",
        "An evaluation of a scheme: a protocol, and `whatworks evaluate`.",
    ),
    Question(
        "luck",
        "Are we paid for luck?",
        "The contract's terms and each partner's counts: `whatworks contract simulate`, with --out in papers/.",
    ),
    Question(
        "promises",
        "What became of what we promised?",
        "The board's minutes, read with `whatworks board contradictions` or kept in the register of decisions.",
    ),
    Question(
        "cut",
        "Whose budget gets my cut?",
        "A file of who pays for what, and what follows from less of it: `whatworks money cut`, with --out in papers/.",
    ),
    Question(
        "boards",
        "Which boards can close?",
        "Papers of all bodies, with who sits on them and what they are for: the map of bodies, in papers/.",
    ),
    Question(
        "pound",
        "Where did the pound go?",
        "A plan of funding and spending by year: `whatworks money exposure`, with --out in papers/.",
    ),
    Question(
        "stop",
        "What should we stop buying?",
        "Evaluations with a verdict, and what each scheme cost: `whatworks evaluate` and `money cost-per-outcome`.",
    ),
    Question(
        "lists",
        "Are the same people on everyone's list?",
        "People of two agencies or more, joined: `whatworks import`, `whatworks link`.",
    ),
    Question(
        "bill",
        "What is my borough's bill?",
        "A shared service's costs, and who used it: `whatworks recharge`, with --out in papers/.",
    ),
    Question(
        "moved",
        "Was it solved or moved?",
        "Counts of incidents by area and month, before and after, and terms decided beforehand: "
        "`whatworks places displacement`, with --out in papers/.",
    ),
)


@dataclass(frozen=True, slots=True)
class Published:
    """A paper that stands in the partnership's folder: its folder's name, and its figures as they were published."""

    folder: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackSource:
    """All that answers are drawn from: published figures, which disclosure control has been through, and no result.

    `lists` are the people whom the linked records hold and those of them whom two agencies or more know, as they may
    be shown; None where nothing is linked or either is a handful.
    """

    papers: tuple[Published, ...]
    lists: tuple[int, int] | None = None
    minimum_count: int = 10


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """An answer in a sentence, with its figure, how far to trust it, and the folder of the paper behind it, if any."""

    sentence: str
    figure: str
    trust: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Answerer:
    """What answers one question from the published figures; nothing where they hold no answer."""

    question: str
    answers: Callable[[PackSource], Sequence[PackAnswer]]


ANSWERERS: list[Answerer] = []
"""Every answerer, in the order in which answers to one question stand."""


def answered(source: PackSource) -> Iterator[tuple[Question, tuple[PackAnswer, ...]]]:
    """Yield each question with its answers, which may be none."""
    for question in QUESTIONS:
        found = [answer for one in ANSWERERS if one.question == question.name for answer in one.answers(source)]
        yield question, tuple(found)
