"""Propose what may leave of a result: withhold what is small by itself, then round the rest. `disclosure` audits it."""

from dataclasses import asdict
from decimal import Decimal

from whatworks.evaluation import result as inside
from whatworks.evaluation.doubts.caveats import still_differ
from whatworks.evaluation.result.whole import NO_OVERLAP
from whatworks.measures.merging import Merging
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.reoffenders_told import without_reoffenders
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.disclosure.suppression import withheld_levels, withheld_outcomes
from whatworks.papers.evaluation import release as outside
from whatworks.papers.evaluation.clear_attrition import clear_attrition
from whatworks.papers.evaluation.clear_balance import clear_balance, clear_dropped, clear_overlap, clear_prognosis
from whatworks.papers.evaluation.clear_hidden_bias import clear_hidden_bias
from whatworks.papers.evaluation.clear_links import clear_links
from whatworks.papers.evaluation.clear_outcomes import clear_outcome, clear_subgroups
from whatworks.papers.evaluation.clear_search import clear_search
from whatworks.papers.evaluation.clear_time import clear_deaths
from whatworks.papers.evaluation.release_doubts import TrialRow
from whatworks.papers.evaluation.section import Proposal
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.words import without_small_counts


def propose(result: inside.Result, more: Secondary = NOTHING_MORE) -> outside.Release:
    """Return what may leave of `result` by the rules of each table, without what `more` withholds besides."""
    treated, comparison = (Nested(result.minimum_count, more.counts(group)) for group in ("treated", "comparison"))
    people = outside.People(
        treated=(ours := treated.admit(result.n.treated)),
        comparison=(shown := comparison.admit(result.n.comparison)),
        comparison_pool=(pool := comparison.admit(result.n.comparison_pool)),
        effective_comparison="c" if "c" in (ours, shown, pool) else int(half_away(result.n.effective_comparison, 0)),
    )
    attrition = clear_attrition(result, treated, comparison)
    dropped = clear_dropped(result, treated)
    hidden = withheld_outcomes(result, more)
    levels = withheld_levels(result, more)
    balance, out_of_balance = clear_balance(result, levels, more)
    outcomes = without_reoffenders(
        tuple(clear_outcome(outcome, result, hidden, (treated, comparison), more) for outcome in result.outcomes)
    )
    proposal = Proposal(result, more, (treated, comparison), hidden, levels, outcomes)
    found = {name: section.publish(proposal) for name, section in SECTIONS.items()}
    return outside.release_model(SECTIONS.values())(
        minimum_count=result.minimum_count,
        paper=result.paper,
        protocol=result.protocol,
        data=clear_data(result, attrition, more),
        attrition=attrition,
        deaths=clear_deaths(result, more),
        n=people,
        estimand=dropped,
        matching=clear_matching(result, hidden, outcomes),
        balance=balance,
        not_comparable=result.not_comparable or (NO_OVERLAP if result.unlike else ""),
        withheld_out_of_balance=out_of_balance,
        overlap=clear_overlap(result, dropped, more),
        prognosis=clear_prognosis(result, next((one for one in outcomes if one.primary), None)),
        outcomes=outcomes,
        subgroups=clear_subgroups(result, levels, hidden) if result.protocol.causal else (),
        search=clear_search(result, hidden, more),
        **found,
        hidden_bias=clear_hidden_bias(result.hidden_bias, outcomes, result.minimum_count)
        if result.protocol.causal
        else None,
        links=clear_links(result, outcomes, (treated, comparison)),
        target_trial=tuple(
            TrialRow(
                component=row.component,
                ideal=without_small_counts(row.ideal, result.minimum_count),
                done=without_small_counts(row.done, result.minimum_count),
            )
            for row in result.target_trial
        ),
        warnings=tuple(
            without_small_counts(warning, result.minimum_count) for warning in clear_warnings(result, balance)
        ),
    )


def clear_warnings(result: inside.Result, balance: tuple[outside.Balance, ...]) -> list[str]:
    """Return the warnings; what is out of balance is not named where its row does not show it."""
    own = still_differ([row.covariate for row in result.balance if row.band == "red"])
    named = [row.covariate for row in balance if row.band == "red"]
    if any(before.band == "red" and after.band != "red" for before, after in zip(result.balance, balance, strict=True)):
        named.append("a covariate whose row is withheld")
    return [still_differ(named) if warning == own else warning for warning in result.warnings]


def clear_data(result: inside.Result, attrition: tuple[outside.Step, ...], more: Secondary) -> outside.Data:
    """Return the provenance; a flat file's rows are people, so they go where the first step's counts go."""
    first_hidden = bool(attrition) and "c" in (attrition[0].treated, attrition[0].comparison)
    minimum = result.minimum_count
    return outside.Data(
        as_at=result.data.as_at,
        sources=tuple(
            clear_source(source, minimum, first_hidden, all_hidden=more.has("file", str(at)))
            for at, source in enumerate(result.data.sources)
        ),
        code_version=result.data.code_version,
        seed=result.data.seed,
        severity_edition=result.data.severity_edition,
        offences=clear_merging(result.data.merging, result.minimum_count),
    )


def clear_merging(merging: Merging | None, minimum: int) -> tuple[outside.OffencePair, ...]:
    """Return the counts of offences by pair of agencies, in tens; fewer than `minimum` are withheld."""

    def tens(count: int) -> Count:
        return "c" if 0 < count < minimum else int(half_away(count / 10, 0)) * 10

    pairs = merging.pairs if merging else ()
    return tuple(
        outside.OffencePair.model_validate({k: tens(v) if isinstance(v, int) else v for k, v in asdict(pair).items()})
        for pair in pairs
    )


def clear_source(
    source: inside.SourceStamp, minimum: int, people_hidden: bool, *, all_hidden: bool = False
) -> outside.Source:
    """Return a source's stamp with small numbers of rows, and what would give them back, withheld.

    Lines that are no records, such as a report's last one, are about nobody.
    """
    small = Nested(minimum).sensitive
    apart = [source.rows_quarantined, source.rows_excluded, source.rows_dropped]
    few = [small(source.rows_quarantined), small(source.rows_excluded), False]
    flat = source.table == "flat"
    everything = all_hidden or (flat and (people_hidden or any(few)))
    hide = [everything, everything or any(few), *(everything or one for one in few)]
    rows = [source.rows_in, source.rows_kept, *apart]
    shown: list[Count] = ["c" if hidden else count for hidden, count in zip(hide, rows, strict=True)]
    return outside.Source(
        organisation_id=source.organisation_id,
        table=source.table,
        name=source.name,
        sha256=source.sha256,
        as_at=source.as_at,
        rows_in=shown[0],
        rows_kept=shown[1],
        rows_quarantined=shown[2],
        rows_excluded=shown[3],
        rows_dropped=shown[4],
    )


def clear_matching(
    result: inside.Result, hidden: frozenset[str], outcomes: tuple[outside.Outcome, ...]
) -> outside.Matching:
    """Return how comparisons were found, with the range over ties in the primary outcome's unit, rounded as it is."""
    ties = result.matching.tie_sensitivity
    primary = next((outcome for outcome in result.outcomes if outcome.primary), None)
    own = next((one for one in outcomes if one.primary), None)
    coarse = own is not None and "c" in (own.treated.n, own.comparison.n if own.comparison else None)
    scale = rounding(primary.kind if primary else "score", coarse=coarse)
    shown = ties is not None and result.protocol.causal and not (primary and primary.name in hidden)

    def rounded(end: float | None) -> Decimal | None:
        return half_away(end, scale.end_places, scale.factor) if shown and end is not None else None

    return outside.Matching(
        method=result.matching.method,
        settings=result.matching.settings,
        ties_low=rounded(ties.low if ties else None),
        ties_high=rounded(ties.high if ties else None),
        ties_plain_low=rounded(ties.plain_low if ties else None),
        ties_plain_high=rounded(ties.plain_high if ties else None),
        ties_ways=ties.ways if ties and shown else None,
    )
