"""Propose what is published of a result: withhold what is small, then round the rest. `disclosure` audits it."""

from typing import Any

from whatworks.evaluation.doubts.caveats import still_differ
from whatworks.evaluation.result import Result
from whatworks.evaluation.result.whole import NO_OVERLAP
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.published import Disclosure
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.disclosure.shares import withheld_rows
from whatworks.papers.disclosure.suppression import withheld_levels, withheld_outcomes
from whatworks.papers.evaluation.release import PublishedResult, release_model
from whatworks.papers.evaluation.section import Proposal
from whatworks.papers.evaluation.sections.balance import Balance
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.words import without_small_counts


def propose(result: Result, more: Secondary = NOTHING_MORE) -> PublishedResult:
    """Return what is published of `result` by the rules of each section, without what `more` withholds besides."""
    treated, comparison = (Nested(result.minimum_count, more.counts(group)) for group in ("treated", "comparison"))
    levels = withheld_levels(result, more)
    hidden, shares = withheld_outcomes(result, more), withheld_rows(result, levels, more)
    proposal = Proposal(result, more, (treated, comparison), hidden, levels, shares)
    for section in SECTIONS.values():
        proposal.published[section.name] = section.publish(proposal)
    balance = proposal.published["balance"]
    hidden_red = [
        before.band == "red" and after.band != "red" for before, after in zip(result.balance, balance, strict=True)
    ]
    named = warnings(result, balance, hidden=any(hidden_red))
    return release_model(SECTIONS.values()).of(
        result,
        Disclosure(result.minimum_count),
        **proposal.published,
        not_comparable=result.not_comparable or (NO_OVERLAP if result.unlike else ""),
        withheld_out_of_balance=sum(hidden_red),
        warnings=tuple(without_small_counts(warning, result.minimum_count) for warning in named),
    )


def warnings(result: Result, balance: tuple[Balance, ...], *, hidden: bool) -> list[str]:
    """Return the warnings; what is out of balance is not named where its row does not show it."""
    own = still_differ([row.covariate for row in result.balance if row.band == "red"])
    named = [row.covariate for row in balance if row.band == "red"]
    if hidden:
        named.append("a covariate whose row is withheld")
    return [still_differ(named) if warning == own else warning for warning in result.warnings]


def summary_schema() -> dict[str, Any]:
    """Return the JSON schema of `summary.json`.

    >>> summary_schema()["properties"]["schema_version"]["const"]
    '1.0'
    """
    return release_model(SECTIONS.values()).model_json_schema(mode="serialization")
