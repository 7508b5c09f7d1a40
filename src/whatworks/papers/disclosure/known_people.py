"""What the trail of losses, the files and the overlap disclose numbers of people."""

from itertools import combinations

from whatworks.evaluation.result import Result
from whatworks.evaluation.result.figure_names import analysed, before
from whatworks.evaluation.result.figure_names import step as step_name
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.records.tables.agency_tables import RECORD_TABLES

GROUPS = ("treated", "comparison")
ABOUT_PEOPLE = frozenset(
    {"flat", *(name for name, table in RECORD_TABLES.items() if "person_id" in table.column_names())}
)
"""Tables whose rows disclose a person each; areas, schemes and agencies are nobody's secret."""


def know_people(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add the steps, which never gain people, whoever is analysed, the rows of a flat file, deaths and the overlap."""
    n = result.n
    sizes = {
        "treated": (n.treated, n.treated + result.estimand.treated_dropped, release.n.treated, None),
        "comparison": (n.comparison, n.comparison_pool, release.n.comparison, release.n.comparison_pool),
    }
    for group, (inside, earlier, shown, pool) in sizes.items():
        steps = _steps(known, result, release, group)
        trail = [*steps, known.count(before(group), earlier), known.count(analysed(group), inside)]
        printed(known, group, analysed(group), shown)
        printed(known, group, before(group), pool)
        for earlier_step, later in combinations(trail, 2):
            known.at_most(later, earlier_step)
            known.guard(f"{earlier_step}, less {later}", {earlier_step: 1, later: -1})
        for step, same in zip(reversed(steps), (analysed(group), before(group)), strict=False):
            known.same({step: 1, same: -1})
        for step in trail:
            known.guard(step, {step: 1})
    _sets(known, result)
    _dropped(known, result, release)
    _files(known, result, release)
    _deaths(known, result, release)
    _overlap(known, result, release)


def printed(known: Knowledge, group: str, name: str, shown: Count | None) -> None:
    """State that a number of people is what is printed; the number is withheld wherever it stands, or nowhere."""
    known.printed(name, shown, Item("people", group, str(known.truth[name])))


def _steps(known: Knowledge, result: Result, release: PublishedResult, group: str) -> list[str]:
    shown: list[Count | None] = []
    for row in release.attrition:
        shown += [None] * len(row.withheld_steps) + [getattr(row, group)]
    names = []
    for at, (step, value) in enumerate(zip(result.attrition, shown, strict=True)):
        truth = getattr(step, group)
        if truth is None:
            continue
        names.append(known.count(step_name(group, at), truth))
        printed(known, group, names[-1], value)
    return names


def _sets(known: Knowledge, result: Result) -> None:
    """State that each person of the scheme has a comparison at least, and as many as asked where sets are whole."""
    ratio = result.matching.settings.get("ratio")
    if isinstance(ratio, int) and not result.matching.settings.get("replace"):
        known.at_most(analysed("treated"), analysed("comparison"))
        known.state({analysed("treated"): ratio, analysed("comparison"): -1}, 0)
        known.same({analysed("treated"): ratio, analysed("comparison"): -1})


def _dropped(known: Knowledge, result: Result, release: PublishedResult) -> None:
    dropped = known.count("treated without a comparison", result.estimand.treated_dropped)
    known.same({before("treated"): 1, analysed("treated"): -1, dropped: -1})
    item = Item("people", "treated", str(known.truth[before("treated")]))
    known.printed(dropped, release.estimand.treated_dropped, item)


def _files(known: Knowledge, result: Result, release: PublishedResult) -> None:
    for at, (source, shown) in enumerate(zip(result.data.sources, release.data.sources, strict=True)):
        names = {}
        for column in ("rows_in", "rows_kept", "rows_quarantined", "rows_excluded", "rows_dropped"):
            names[column] = known.count(f"{column} of file {at}", getattr(source, column))
            known.printed(names[column], getattr(shown, column), Item("file", str(at)))
        whole, kept, *apart = names.values()
        known.same({whole: 1, kept: -1, **dict.fromkeys(apart, -1)})
        for name in apart[:2] if source.table in ABOUT_PEOPLE else ():  # lines dropped are about nobody
            known.guard(name, {name: 1})
        if source.table == "flat" and "comparison after step 0" in known.truth:
            known.same({kept: 1, "treated after step 0": -1, "comparison after step 0": -1})


def _deaths(known: Knowledge, result: Result, release: PublishedResult) -> None:
    if result.deaths is None or release.deaths is None:
        return
    for group in GROUPS:
        died = known.count(f"{group} died", getattr(result.deaths, group))
        known.at_most(died, analysed(group))
        known.printed(died, getattr(release.deaths, group), Item("deaths", group))
        known.guard(died, {died: 1})
        known.guard(f"{group} alive", {analysed(group): 1, died: -1})


def _overlap(known: Knowledge, result: Result, release: PublishedResult) -> None:
    if result.scores is None or release.overlap is None:
        return
    whole, item = before("treated"), Item("outside", "treated")
    outside = known.count("treated outside the range of scores", result.scores.treated_outside)
    within = known.count("treated within the range of scores", known.truth[whole] - result.scores.treated_outside)
    known.same({whole: 1, outside: -1, within: -1})
    known.printed(outside, release.overlap.treated_outside, item)
    known.ratio(within, whole, release.overlap.overlap_share, 100, item)
    known.guard(outside, {outside: 1})
    known.guard(within, {within: 1})
