"""Say which rows (or columns) a total adds: by its words, by the headings above it, and only in doubt by arithmetic."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from whatworks.money.tables.label import ALL, CLOSING, OF_WHICH, Label

Signed = tuple[tuple[int, int], ...]
"""Places of the parts, each with its sign."""
Fit = Callable[[int, Signed], int]
"""How many of the sums foot if the line at a place adds these parts."""
MOST_NET_PARTS = 5


def plus(parts: Sequence[int]) -> Signed:
    """Return parts that are all added.

    >>> plus([3, 4])
    ((3, 1), (4, 1))
    """
    return tuple((at, 1) for at in parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column as the reading of totals sees it; `at` is its place, None for a heading without figures."""

    label: Label
    at: int | None
    indent: int = 0
    blank: bool = False


@dataclass(slots=True)
class Reading:
    """The lines not yet part of a total, and the totals found: each with the lines it adds."""

    fit: Fit
    whole: int
    """How many sums could foot."""
    open: list[Line] = field(default_factory=list)
    found: list[tuple[int, Signed]] = field(default_factory=list)
    first: Line | None = None
    """A total that stands above its parts."""
    inside: list[Line] = field(default_factory=list)
    """Lines with figures whose indented parts are being read."""
    listing: int | None = None
    """The indent of a heading such as "of which", whose lines are no part of any total."""
    doubtful: list[int] = field(default_factory=list)
    """Totals above their parts, and lines above indented ones, that foot nowhere: perhaps no sums at all."""


def read_totals(lines: Sequence[Line], fit: Fit, whole: int) -> Reading:
    """Return which lines are totals of which others, or what is left of one after others, as `found`.

    A total adds the lines since the heading that it names, else since the last heading or total; a total that follows
    another adds totals. Where words leave a choice, the one that foots most often is taken, else the nearest lines.
    """
    reading = Reading(fit, whole)
    for line in lines:
        _leave(reading, line.indent)
        if line.blank:
            continue
        if line.at is None:
            _heading(reading, line)
        elif line.label.rank or (ALL.match(line.label.text) and _sums_all(reading, line.at)):
            _total(reading, line)
        elif line.label.net or CLOSING.match(line.label.text):
            _net(reading, line)
        else:
            _item(reading, line)
    _leave(reading, 0)
    _close_first(reading)
    reading.found.sort()
    return reading


def _sums_all(reading: Reading, at: int) -> bool:
    """Tell whether a line named "all ..." stands above its parts, or is the sum of those above it in most columns."""
    nodes = _nodes(reading.open)
    return not nodes or 2 * reading.fit(at, plus(nodes)) >= reading.whole


def _heading(reading: Reading, line: Line) -> None:
    if OF_WHICH.match(line.label.text):
        reading.listing = line.indent
        return
    reading.listing = None
    if reading.first is not None and _nodes(reading.open):
        _close_first(reading)
    reading.open.append(line)


def _item(reading: Reading, line: Line) -> None:
    if OF_WHICH.match(line.label.text):
        reading.listing = line.indent
        return
    if reading.listing is not None:
        return
    last = reading.open[-1] if reading.open else None
    if last is not None and last.at is not None and not last.label.rank and line.indent > last.indent:
        reading.inside.append(last)
    reading.open.append(line)


def _leave(reading: Reading, indent: int) -> None:
    """Close the lines whose indented parts end here: each is the sum of its parts."""
    if reading.listing is not None and indent < reading.listing:
        reading.listing = None
    while reading.inside and indent <= reading.inside[-1].indent:
        parent = reading.inside.pop()
        start = reading.open.index(parent) + 1
        parts = _nodes(reading.open[start:])
        if parent.at is None or not parts:
            continue
        if not reading.fit(parent.at, plus(parts)):
            reading.doubtful.append(parent.at)
            continue
        reading.found.append((parent.at, plus(parts)))
        del reading.open[start:]


def _net(reading: Reading, line: Line) -> None:
    """Take a line that calls itself what is left, or moved, for that where most of its figures are; else for an item.

    It may be the difference of any two lines near above it, of two totals first, or one less several, or their sum.
    """
    nodes = [one.at for one in reading.open if one.at is not None]
    totals = [one.at for one in reading.open if one.at is not None and one.label.rank]
    closing = CLOSING.match(line.label.text) is not None
    ways = [way for some in (totals, nodes) for way in _ways(some[-MOST_NET_PARTS:], closing=closing)]
    fits = [reading.fit(line.at, way) if line.at is not None else 0 for way in ways]
    best = max(fits, default=0)
    if line.at is not None and 2 * best >= reading.whole and best:
        reading.found.append((line.at, ways[fits.index(best)]))
        reading.open.append(line)
    elif line.at is not None and line.label.net and len(totals) > 1:
        reading.doubtful.append(line.at)
        reading.open.append(line)
    else:
        _item(reading, Line(replace(line.label, net=False), line.at, line.indent))


def _ways(nodes: Sequence[int], *, closing: bool) -> Iterator[Signed]:
    """Yield how a line may rest on those above it: first on all from one on, then on two, the nearest first."""
    for start in range(len(nodes) - 2):
        first, *rest = nodes[start:]
        yield plus(nodes[start:])
        yield ((first, 1), *((at, -1) for at in rest))
    for other, one in combinations(reversed(nodes), 2):
        sum_first: tuple[Signed, ...] = (((one, 1), (other, 1)), ((one, 1), (other, -1)), ((other, 1), (one, -1)))
        yield from sum_first if closing else (*sum_first[1:], sum_first[0])


def _total(reading: Reading, line: Line) -> None:
    reading.listing = None
    if not _nodes(reading.open):
        if reading.first is None:
            reading.first = line
        else:
            reading.open.append(line)
        return
    scopes = _scopes(reading.open, line)
    at = line.at if line.at is not None else -1
    fits = [reading.fit(at, plus(_nodes(reading.open[start:]))) for start in scopes]
    start = scopes[fits.index(max(fits))]
    reading.found.append((at, plus(_nodes(reading.open[start:]))))
    if (
        start
        and reading.open[start - 1].at is None
        and (line.label.general or line.label.names(_above(reading, start)))
    ):
        start -= 1
    del reading.open[start:]
    reading.open.append(line)


def _above(reading: Reading, start: int) -> Label:
    return reading.open[start - 1].label


def _close_first(reading: Reading) -> None:
    parts = _nodes(reading.open)
    if reading.first is not None and reading.first.at is not None and parts:
        if reading.fit(reading.first.at, plus(parts)):
            reading.found.append((reading.first.at, plus(parts)))
            reading.open = [reading.first]
        else:
            reading.doubtful.append(reading.first.at)
    reading.first = None


def _nodes(lines: Sequence[Line]) -> list[int]:
    return [line.at for line in lines if line.at is not None and not line.label.net]


def _scopes(lines: Sequence[Line], total: Line) -> list[int]:
    """Return where the total's parts may begin, the likeliest first; one only where words decide."""
    totals = [at for at, line in enumerate(lines) if line.at is not None and line.label.rank]
    headings = [at for at, line in enumerate(lines) if line.at is None and _nodes(lines[at + 1 :])]
    after_total = totals[-1] + 1 if totals else 0
    tail = bool(_nodes(lines[after_total:]))
    rank = total.label.rank
    if rank == 3:
        return [0]
    named = [at for at in headings if total.label.names(lines[at].label)]
    if named:
        return [max(named, key=lambda at: (len(lines[at].label.words & total.label.words), at))]
    nearest = max([after_total, *(at for at in headings if at >= after_total)])
    if not tail:
        return sorted({0, *totals[:-1]})
    if rank == 1:
        return [nearest]
    if nearest in headings:
        if not total.label.general:
            return [nearest]
        return [0, nearest] if len(headings) > 1 and not totals else [nearest, 0] if totals else [nearest]
    if not totals:
        return [nearest]
    lower = total.label.general and any(lines[at].label.rank < rank or not lines[at].label.general for at in totals)
    return [0, after_total] if lower else [after_total, 0]
