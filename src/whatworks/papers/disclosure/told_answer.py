"""Clear any room's paper beside earlier ones: withhold what would give back few, and remember what it tells of whom."""

from collections.abc import Callable
from typing import TypeVar

from whatworks.evaluation.result.crossing import EarlierPapers
from whatworks.evaluation.whom.people_told import RELEASED, PeopleTold, crossed
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_earlier import know_earlier
from whatworks.papers.disclosure.secondary import Item, Secondary
from whatworks.papers.disclosure.told_cells import BESIDE, clear_cells
from whatworks.papers.disclosure.withholding import next_to_withhold
from whatworks.records.audit.chain import Book
from whatworks.records.audit.telling import Telling

Paper = TypeVar("Paper")


def clear(make: Callable[[Telling], Paper], book: Book, minimum: int, words: str, at: str) -> Paper:
    """Return a paper with all withheld that would give back few units, by itself or beside earlier papers.

    `make` writes the paper: it names its sets, and asks before it shows a count. What it then tells is remembered in
    the book, with the `words` of its command. Asked again for the same of the same units, it says the same. A paper
    that names both sets and disjoint cells is a fault of ours (`ValueError`): only the sets would be cleared.

    >>> from whatworks.records.audit.store_book import StoreBook
    >>> from whatworks.records.store import scratch
    >>> def of(count):
    ...     def make(told):
    ...         told.whole("cases", map(str, range(count)))
    ...         return told.count("cases", count)
    ...     return make
    >>> book = StoreBook(scratch())
    >>> [clear(of(count), book, 10, "count", "2025-01-01") for count in (50, 53, 70, 53)]
    [50, 'c', 70, 'c']
    """
    told, telling = PeopleTold(book), Telling(book.key)
    paper = make(telling)
    if not telling.sets:
        return clear_cells(make, paper, telling, book, minimum, words, at) if telling.cells else paper
    if telling.cells:
        raise ValueError("a paper names sets of units or disjoint cells, not both")
    sets, asked = telling.sets, telling.fingerprint(minimum)
    for entry in book.entries(RELEASED):
        if entry.payload["protocol"] == asked:
            return make(telling.again(frozenset(entry.payload["withheld"]), entry.payload["beside"]))
    earlier = told.take(sets, asked, minimum, by_name=True)
    paper, telling = _cleared(make, telling, crossed(sets, (), minimum, by_name=True), minimum)
    if told.meeting:
        day, command = told.nearest()
        sentence = BESIDE.format(minimum=minimum, at=day, command=f"whatworks {command}")
        paper, telling = _cleared(make, telling, earlier, minimum, sentence)
    ranges = {name: (len(sets[name].keys),) * 2 for names in telling.shown.values() for name in names}
    more = {"withheld": sorted(telling.withheld), "beside": telling.beside, "words": words}
    told.remember(ranges, at, **more)
    return paper


def _cleared(
    make: Callable[[Telling], Paper], telling: Telling, earlier: EarlierPapers, minimum: int, beside: str = ""
) -> tuple[Paper, Telling]:
    """Return the paper when no small count can be narrowed down any more, and what it withholds."""
    paper = make(telling := telling.again(telling.withheld, telling.beside))
    while more := _more(telling, earlier, minimum):
        telling = telling.again(telling.withheld | more, beside)
        paper = make(telling)
    return paper, telling


def _more(telling: Telling, earlier: EarlierPapers, minimum: int) -> frozenset[str]:
    """Return the labels to withhold next: those that one earlier count alone takes apart, then what the audit says."""
    if apart := frozenset(label for label, names in telling.shown.items() if not set(earlier.few).isdisjoint(names)):
        return apart
    known = Knowledge(minimum)
    for name, one in telling.sets.items():
        known.count(name, len(one.keys))
    for label, names in telling.shown.items():
        for name in names:
            known.printed(name, known.truth[name], Item("row", label))
    know_earlier(known, earlier)

    def missed(item: Item) -> tuple[bool, int, str]:
        sets = [telling.sets[name] for name in telling.shown[item.name]]
        return any(one.whole is None for one in sets), max(len(one.keys) for one in sets), item.name

    withheld = Secondary(frozenset(Item("row", label) for label in telling.withheld))
    return frozenset(item.name for item in next_to_withhold(known, withheld, missed, anywhere=telling.anywhere))
