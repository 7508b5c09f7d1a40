"""Several sites' or waves' results as one answer: check that they ask the same, then combine their primary outcomes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.evaluation.result import Kind, Outcome, Result
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.meta_analysis import Combined, combine


@dataclass(frozen=True, slots=True)
class Site:
    """One evaluation among several: its primary outcome, and the standard error that its interval implies."""

    name: str
    result: Result
    outcome: Outcome
    se: float


@dataclass(frozen=True, slots=True)
class Combination:
    """Several evaluations and their one answer; `mixed` where some protocols were locked beforehand and some not.

    `by_area` where a scheme was given by area: its interval is the one of its areas, and more areas would tell more.
    `shared` names the sites that rest on a file on which another rests too, so that the same people may be in both.
    """

    sites: tuple[Site, ...]
    label: str
    kind: Kind
    unit: str
    window: str
    combined: Combined
    mixed: bool
    by_area: bool
    shared: tuple[str, ...] = ()


def combine_results(results: Sequence[tuple[str, Result]]) -> Combination:
    """Return one answer from the primary outcomes of several results, each with the name of its file.

    Refused, all faults at once: another outcome, unit or window than the first result's, a design without verdicts, a
    primary outcome without an interval, the same protocol on the same data twice, and fewer than two results.
    """
    if len(results) < 2:
        raise Refused("one answer is not several", "bring the results of at least two sites or waves")
    faults = [fault for name, result in results for fault in _unfit(name, result)]
    if faults:
        raise Refused(faults)
    first = _primary(results[0][1])
    faults = [fault for name, result in results[1:] for fault in _unlike(name, result, first, results[0][0])]
    faults += _twice(results)
    if faults:
        raise Refused(faults)
    sites = tuple(_site(name, result, [one.paper.title for _, one in results]) for name, result in results)
    found = combine([site.outcome.difference or 0.0 for site in sites], [site.se for site in sites])
    by_area = any(site.outcome.areas is not None for site in sites)
    statuses = {site.result.protocol.status for site in sites}
    return Combination(
        sites, first.label, first.kind, first.unit, first.window, found, len(statuses) > 1, by_area, _sharing(sites)
    )


def _primary(result: Result) -> Outcome:
    for one in result.outcomes:
        if one.primary:
            return one
    raise Refused("a result has no primary outcome", "run whatworks evaluate again")


def _unfit(name: str, result: Result) -> list[Fault]:
    outcome = _primary(result)
    if not result.protocol.causal:
        return [Fault("describes, and estimates no effect", "leave it out: it has nothing to combine", name)]
    if outcome.ci_low is None or outcome.ci_high is None or outcome.difference is None:
        return [Fault("has no interval for its primary outcome", "leave it out, and say so", name, field=outcome.name)]
    if result.unlike:
        return [Fault("failed on overlap or balance: its groups are too unlike", "leave it out, and say so", name)]
    return []


def _unlike(name: str, result: Result, first: Outcome, other: str) -> list[Fault]:
    outcome = _primary(result)
    pairs = [(what, getattr(outcome, what), getattr(first, what)) for what in ("name", "kind", "unit", "window")]
    return [
        Fault(
            f'differs from that of {other}, which is "{wanted}"',
            "combine evaluations of the same outcome, in the same unit, over the same time",
            name,
            field=f"outcome.{what}",
            value=str(given),
        )
        for what, given, wanted in pairs
        if given != wanted
    ]


def _twice(results: Sequence[tuple[str, Result]]) -> list[Fault]:
    seen: dict[tuple[object, ...], str] = {}
    faults = []
    for name, result in results:
        hashes = tuple(sorted(source.sha256 for source in result.data.sources))
        key = (result.protocol.sha256, hashes, result.n.treated, _primary(result))
        if key in seen:
            faults.append(Fault(f"is the same evaluation as {seen[key]}", "bring each once", name))
        seen.setdefault(key, name)
    return faults


def _sharing(sites: Sequence[Site]) -> tuple[str, ...]:
    files = [{source.sha256 for source in site.result.data.sources} for site in sites]
    counts = Counter(sha for content in files for sha in content)
    return tuple(site.name for site, own in zip(sites, files, strict=True) if any(counts[sha] > 1 for sha in own))


def _site(name: str, result: Result, titles: Sequence[str]) -> Site:
    """Return a site; its standard error is half its interval's width by the quantile of a normal distribution."""
    outcome = _primary(result)
    width = (outcome.ci_high or 0.0) - (outcome.ci_low or 0.0)
    title = result.paper.title
    called = title if titles.count(title) == 1 else f"{title} ({result.protocol.id}, {result.data.as_at})"
    return Site(called, result, outcome, width / (2 * quantile(0.975)))
