"""What the Justice Data Lab's form tells, which may lie beside the board's paper on one table."""

from decimal import Decimal

from whatworks.evaluation.question.data_lab_list import CUSTODY, FIRST_TIER, OF_TIER
from whatworks.evaluation.result import DataLab, GroupResult, Result
from whatworks.evaluation.result.figure_names import analysed, events, people
from whatworks.papers.data_lab.clearance import LabGroup, LabRow, PublishedLab
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_people import GROUPS, printed
from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.disclosure.secondary import Item

WITHIN = (("proven_reoffending", "frequency"), (CUSTODY[0], "proven_reoffending"), (CUSTODY[0], CUSTODY[1]),
          (CUSTODY[1], "frequency"), *zip(FIRST_TIER, OF_TIER, strict=True))  # fmt: skip
"""Counts that lie within others: whoever reoffended has a reoffence at least."""


def know_lab(known: Knowledge, result: Result, lab: PublishedLab) -> None:
    """Add each row: of everybody, or of reoffenders, how many people, and how many had the outcome."""
    for row, shown in zip(result.data_lab, lab.rows, strict=True):
        for group in GROUPS:
            _row(known, row, shown, group)
    for suffix in dict.fromkeys(row.name.rpartition("_")[2] for row in result.data_lab):
        for group in GROUPS:
            _structure(known, group, suffix)


def _row(known: Knowledge, row: DataLab, shown: LabRow, group: str) -> None:
    whole: GroupResult = getattr(row, group)
    described: LabGroup = getattr(shown, group)
    item = Item("outcome", row.name)
    reoffended = f"proven_reoffending_{row.name.rpartition('_')[2]}"
    n = events(reoffended, group) if row.among_reoffenders else people(row.name, group)
    if n not in known.truth:
        known.count(n, whole.n)
        known.at_most(n, analysed(group))
        known.guard(n, {n: 1})
    if known.truth[n] != whole.n:
        return
    if row.among_reoffenders:
        known.printed(n, described.n, Item("outcome", reoffended))
    else:
        printed(known, group, n, described.n)
    if whole.value is None or row.kind not in ("yes_no", "frequency"):
        return
    name = events(row.name, group)
    if name not in known.truth:
        known.count(name, round(whole.value * whole.n))
        known.guard(name, {name: 1}, none_tells=whole.n > 0)
        if row.kind == "yes_no":
            known.at_most(name, n)
            known.guard(f"{n}, without {name}", {n: 1, name: -1}, none_tells=whole.n > 0)
    scale = SCALES[row.kind]
    known.ratio(name, n, described.value, scale.factor, item)
    _middle(known, (name, n), described, scale.factor * 10**scale.end_places, item)


def _middle(known: Knowledge, names: tuple[str, str], described: LabGroup, scale: int, item: Item) -> None:
    """Welch's interval has the mean in its middle: two ends to one place give it to half a place."""
    if not (isinstance(described.ci_low, Decimal) and isinstance(described.ci_high, Decimal)):
        return
    places = 10 ** max(0, -int(described.ci_low.as_tuple().exponent))
    part, whole = names
    both = int((described.ci_low + described.ci_high) * places)
    known.state({part: 2 * scale, whole: -(both - 1)}, 0, item=item)
    known.state({part: -2 * scale, whole: both + 1}, 0, item=item)


def _structure(known: Knowledge, group: str, suffix: str) -> None:
    """State how counts hang together: tiers, and what is of no known tier, add up to reoffenders and to reoffences."""
    for part, whole in WITHIN:
        names = events(f"{part}_{suffix}", group), events(f"{whole}_{suffix}", group)
        if set(names) <= known.truth.keys():
            known.at_most(*names)
    for whole, parts in (("proven_reoffending", FIRST_TIER), ("frequency", OF_TIER)):
        total, tiers = events(f"{whole}_{suffix}", group), [events(f"{part}_{suffix}", group) for part in parts]
        if {total, *tiers} <= known.truth.keys():
            left = known.truth[total] - sum(known.truth[one] for one in tiers)
            rest = known.count(f"{total}, of no known tier", left)
            known.same({total: 1, rest: -1, **dict.fromkeys(tiers, -1)})
            known.guard(rest, {rest: 1})
