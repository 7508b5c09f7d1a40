"""What outcomes, placebos and subgroups disclose people, and of those who did or did not have an outcome."""

from decimal import Decimal

from whatworks.evaluation.result import GroupResult, Kind, Outcome, Result
from whatworks.evaluation.result.figure_names import analysed, events, people, without
from whatworks.papers.disclosure.groups import OF_REOFFENDERS, Compared
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_people import GROUPS, printed
from whatworks.papers.disclosure.published import Group
from whatworks.papers.disclosure.rounding import SCALES, half_away
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.statistics.groups.intervals import wilson

COUNTED: tuple[Kind, ...] = ("yes_no", "frequency")
"""Kinds of outcome whose value is a count over a number of people."""


def know_outcomes(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add every outcome and placebo, how many are not known, and those about reoffenders only."""
    for outcome, shown in zip(result.outcomes, release.outcomes, strict=True):
        know_groups(known, outcome, (shown.treated, shown.comparison), Item("outcome", outcome.name))
        if outcome.bounds and shown.bounds:
            for group in GROUPS:
                lost = known.count(
                    f"{group} with {outcome.name} not known", getattr(outcome.bounds, f"not_known_{group}")
                )
                known.printed(lost, getattr(shown.bounds, f"not_known_{group}"), Item("unknown", outcome.name))
                known.state({analysed(group): 1, lost: -1, people(outcome.name, group): -1}, 0)
                known.guard(lost, {lost: 1})
    _of_reoffenders(known, result)


def know_groups(known: Knowledge, outcome: Compared, shown: tuple[Group, Group | None], item: Item) -> None:
    """Add the people of both groups of a row, and those of them who had what it counts."""
    groups = (outcome.treated, outcome.comparison)
    for group, whole, described in zip(GROUPS, groups, shown, strict=True):
        if whole is None:
            continue
        changed = isinstance(outcome, Outcome) and outcome.design == "difference_in_differences"
        with_it = None if changed else _counted(whole, outcome.kind)  # a change from before to after counts nobody
        n = known.count(people(outcome.name, group), whole.n)
        known.at_most(n, analysed(group))
        known.guard(f"{analysed(group)}, less {n}", {analysed(group): 1, n: -1})
        known.guard(n, {n: 1})
        if described is not None:
            printed(known, group, n, described.n)
        if with_it is not None:
            know_events(known, (n, known.count(events(outcome.name, group), with_it)), outcome.kind, described, item)


def know_events(known: Knowledge, names: tuple[str, str], kind: Kind, shown: Group | None, item: Item) -> None:
    """Add what a group's figures disclose its events.

    Where the number of people is printed, the ends of the interval are turned into the numbers of events that they
    allow; where it is not, a share ties the two together.
    """
    n, with_it = names
    known.guard(with_it, {with_it: 1}, none_tells=known.truth[n] > 0)
    if kind == "yes_no":
        known.at_most(with_it, n)
        known.same({n: 1, with_it: -1, known.count(without(with_it), known.truth[n] - known.truth[with_it]): -1})
        known.guard(f"{n}, without it", {n: 1, with_it: -1}, none_tells=known.truth[n] > 0)
    if shown is None or not isinstance(shown.value, Decimal):
        return
    scale = SCALES[kind]
    if isinstance(shown.n, int) and kind == "yes_no":
        known.one_of(with_it, allowed(shown, known.truth[with_it]), item)
    known.ratio(with_it, n, shown.value, scale.factor, item)


def allowed(shown: Group, truth: int) -> list[int]:
    """Return the numbers of events that a printed share and Wilson's interval allow, of a printed number of people.

    Where the true number is not among them the figures are of another kind (adjusted, weighted); how much they tell
    then nobody has worked out, so they are taken to tell everything.

    >>> allowed(Group(n=100, value=Decimal(43), ci_low=Decimal("33.7"), ci_high=Decimal("52.8")), 43)
    [43]
    >>> len(allowed(Group(n=9_000, value=Decimal(43), ci_low=Decimal("42.0"), ci_high=Decimal("44.0")), 3870))
    5
    """
    n = int(shown.n)
    middle = float(shown.value) / 100 * n
    near = range(max(0, int(middle - n / 100) - 1), min(n, int(middle + n / 100) + 1) + 1)
    fits = [
        k
        for k in near
        if half_away(k / n, 0, 100) == shown.value
        and all(
            not isinstance(described, Decimal) or half_away(end, 1, 100) == described
            for end, described in zip(wilson(k, n), (shown.ci_low, shown.ci_high), strict=True)
        )
    ]
    return fits if truth in fits else [truth]


def _of_reoffenders(known: Knowledge, result: Result) -> None:
    """Whoever is timed to a first reoffence is a reoffender: their number is the events of another outcome."""
    for outcome in result.outcomes:
        stem, _, suffix = outcome.name.rpartition("_")
        for group in GROUPS:
            whole = events(f"proven_reoffending_{suffix}", group)
            if stem in OF_REOFFENDERS and whole in known.truth and people(outcome.name, group) in known.truth:
                known.same({people(outcome.name, group): 1, whole: -1})


def _counted(group: GroupResult, kind: Kind) -> int | None:
    if kind not in COUNTED:
        return None
    if group.events is not None and kind == "yes_no":
        return group.events
    return None if group.value is None else round(group.value * group.n)
