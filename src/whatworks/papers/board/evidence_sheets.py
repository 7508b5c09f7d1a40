"""The evidence as plain tables and as figures for `summary.json`: cleared and rounded like the paper itself."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from whatworks.board.evidence.values import Values
from whatworks.papers.board.clear_evidence import NAMES, ClearedProposal, ClearedStudy, caveat_words
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Table


def sheets(found: Sequence[ClearedProposal], minimum: int) -> tuple[Table, ...]:
    """Return proposals and studies as plain tables."""
    proposed_rows = [
        [one.advice.intervention.name, NAMES[one.advice.intervention.position], one.advice.intervention.strand,
         one.advice.intervention.ages, one.advice.owner, one.known, one.advice.action, one.reason,
         " ".join(one.advice.notes), one.net_a_year, one.gain, one.at_most, one.test_cost, one.worth]
        for one in found
    ]  # fmt: skip
    study_rows = [
        [one.advice.intervention.name, at.study.title, at.study.source, at.study.origin, at.study.design,
         at.study.maryland, at.study.outcome_label, "c" if at.withheld else at.effect, at.low, at.high, at.unit,
         at.treated, at.comparison, at.study.follow_up, at.study.population, caveat_words(at.study, minimum)]
        for one in found
        for at in one.findings
    ]  # fmt: skip
    loss_rows = [
        [one.advice.intervention.name, one.advice.action, at.place, at.provider, at.serves, at.people]
        for one in found
        for at in one.losses
    ]
    return (
        sheet("Proposals", "What to commission, continue, test or stop",
              ["Intervention", "Position", "Strand", "Ages", "Owner", "Known", "Proposal", "Why", "Notes",
               "Net worth a year", "Gain from knowing", "At most", "Cost of test", "Worth of test"], proposed_rows),
        sheet("Studies", "Studies held",
              ["Intervention", "Study", "Source", "Whose", "Design", "Maryland level", "Outcome", "Effect", "From",
               "To", "Unit", "People with", "People without", "Follow-up", "Who was studied", "Caveats"], study_rows),
        sheet("Losses", "Who would lose the service",
              ["Intervention", "Proposal", "Where", "Provider", "Who is served", "People a year"], loss_rows),
    )  # fmt: skip


def figures(found: Sequence[ClearedProposal], values: Values | None, as_at: date, minimum: int) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "evidence map",
        "as_at": as_at.isoformat(),
        "price_year": values.value[0].price_year if values else None,
        "interventions": [_figures(one, minimum) for one in found],
    }


def _figures(one: ClearedProposal, minimum: int) -> dict[str, Any]:
    advice, held = one.advice, one.advice.intervention
    tested = {"gain": one.gain, "at_most": one.at_most, "cost": one.test_cost, "worth": one.worth}
    tested["net_worth_a_year_now"] = one.net_a_year
    return {
        **{name: getattr(held, name) for name in ("short", "name", "position", "strand", "ages", "horizon_years")},
        "owner": advice.owner,
        "known": one.known,
        "proposal": advice.action,
        "why": one.reason,
        "notes": list(advice.notes),
        "loses": [
            {"place": at.place, "provider": at.provider, "serves": at.serves, "people_a_year": at.people}
            for at in one.losses
        ],
        "in_it_now": one.people_now,
        "also_serve": list(advice.also_serve),
        "studies": [_study(at, minimum) for at in one.findings],
        "worth_of_test": {name: _number(pounds) for name, pounds in tested.items()} if one.worth is not None else None,
        "no_worth": list(advice.no_worth),
    }


def _study(at: ClearedStudy, minimum: int) -> dict[str, Any]:
    return {
        **{name: getattr(at.study, name) for name in ("title", "source", "outcome", "maryland")},
        "effect": "c" if at.withheld else _number(at.effect),
        "low": _number(at.low),
        "high": _number(at.high),
        "unit": at.unit,
        "treated": at.treated,
        "comparison": at.comparison,
        "caveats": caveat_words(at.study, minimum),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
