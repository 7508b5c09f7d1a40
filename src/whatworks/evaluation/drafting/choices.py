"""Choose, from what a partnership's store holds, what the records can decide of a protocol; outcomes stay closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import polars as pl

from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.studied.clock import LONGEST_WAIT_DAYS
from whatworks.evaluation.studied.cohort import Cohort, find_cohort
from whatworks.evaluation.studied.partnership_sample import check_names
from whatworks.measures.covariates import COVARIATES
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine
from whatworks.records.follow_up import PROOF_MONTHS, window_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import PATHWAYS
from whatworks.statistics.regression.design_matrix import design_matrix
from whatworks.statistics.regression.score import propensity_score

PRIMARY, USUAL_MONTHS = "proven_reoffending_1y", 12
LEAST_KNOWN = 0.5
"""A covariate is proposed where at least this share of the people of both groups have it."""
USUAL = (
    "age", "sex", "age_first_sanction", "previous_sanctions", "previous_offences_2y", "custodial_sentences",
    "previous_custody_spells", "nights_in_custody_before_2y", "sentence_length_days", "breaches_before", "need_count",
    *(f"need_{pathway}" for pathway in PATHWAYS), "ethnicity",
)  # fmt: skip
"""The covariates that are proposed where the records hold them; the others are made of these, or name places."""

_KINDS = """
SELECT e.kind, count(DISTINCT e.linked_id) AS people
FROM index_event AS e
JOIN identity AS i ON i.linked_id = e.linked_id
JOIN participation AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id AND p.scheme_id = ?
WHERE e.index_date BETWEEN COALESCE(p.started_on, p.referred_on, p.eligible_on) - ?
  AND COALESCE(p.started_on, p.referred_on, p.eligible_on) + ?
GROUP BY e.kind
ORDER BY people DESC, e.kind
"""
_BY_THE_EVENT = """
WITH joining AS (
  SELECT i.linked_id, LEAST(p.eligible_on, p.referred_on, p.offered_on, p.started_on) AS joined_on, p.started_on
  FROM participation AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE p.scheme_id = ? AND COALESCE(p.referred_on, p.offered_on, p.started_on) IS NOT NULL
)
SELECT
  count(DISTINCT j.linked_id) FILTER (WHERE e.index_date BETWEEN j.joined_on AND j.joined_on + 365),
  count(DISTINCT j.linked_id) FILTER (WHERE e.index_date BETWEEN j.started_on - 365 AND j.started_on)
FROM joining AS j
JOIN index_event AS e ON e.linked_id = j.linked_id AND e.kind = ?
"""


@dataclass(frozen=True, slots=True)
class SchemeHeld:
    """A scheme of the store, and how many people its records hold as referred, offered or started."""

    id: str
    name: str
    organisation: str | None
    """The agency whose records say who took part; None where several do."""
    from_date: date
    to_date: date | None
    people: int
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the records decide of a protocol. `left_out` says of a covariate why it is not proposed."""

    scheme: SchemeHeld
    content: dict[str, Any]
    kinds: dict[str, int]
    left_out: dict[str, str]
    treated: int
    comparisons: int


def schemes_held(connection: Engine) -> tuple[SchemeHeld, ...]:
    """Return the schemes of the store in the order of their ids."""
    rows = connection.rows(
        "SELECT scheme_id, min(name), CASE WHEN count(*) = 1 THEN min(organisation_id) END, min(from_date), "
        "CASE WHEN count(to_date) = count(*) THEN max(to_date) END, (SELECT count(DISTINCT (p.organisation_id, "
        "p.person_id)) FROM participation AS p WHERE p.scheme_id = s.scheme_id AND p.organisation_id IN (SELECT "
        "organisation_id FROM scheme WHERE scheme_id = p.scheme_id) "
        "AND COALESCE(p.referred_on, p.offered_on, p.started_on) IS NOT NULL), (SELECT list(DISTINCT a.area_code "
        "ORDER BY a.area_code) FROM scheme_area AS a WHERE a.scheme_id = s.scheme_id) "
        "FROM scheme AS s GROUP BY scheme_id ORDER BY 1"
    )
    return tuple(
        SchemeHeld(name, label, agency, first, last, people, tuple(areas or ()))
        for name, label, agency, first, last, people, areas in rows
    )


def chosen_scheme(schemes: Sequence[SchemeHeld], asked: str | None) -> SchemeHeld:
    """Return the scheme of that id, or the only one; refuse an unknown id, and a choice among several, naming them."""
    names = [one.id for one in schemes]
    if not schemes:
        remedy = "add a [[scheme]] block to whatworks.toml, and import who took part in it"
        raise Refused(Fault("the records hold no scheme", remedy, field="scheme"))
    if asked is None and len(schemes) > 1:
        raise Refused(Fault("is not named", f"give --scheme, one of: {', '.join(names)}", field="scheme"))
    if asked is not None and asked not in names:
        near = get_close_matches(asked, names, 1)
        remedy = f'did you mean "{near[0]}"?' if near else f"name one of: {', '.join(names)}"
        raise Refused(Fault("is not a scheme in the records", remedy, field="scheme", value=asked))
    return next(one for one in schemes if asked in (None, one.id))


def choose(
    connection: Engine,
    scheme: SchemeHeld,
    settings: MeasureSettings,
    given: dict[str, dict[str, Any]] | None = None,
) -> Choices:
    """Return what the store decides of a protocol on a scheme; `given` sections stand over it.

    `prepare` of room measures must have run on the connection. No outcome is measured. Raises `Refused` where nobody
    of a group is left.
    """
    wait = LONGEST_WAIT_DAYS
    kinds: dict[str, int] = dict(connection.rows(_KINDS, [scheme.id, wait, wait]))
    named = window_of((given or {}).get("outcomes", {}).get("primary", PRIMARY))
    content = _content(connection, scheme, settings.as_at, kinds, named[1] if named else USUAL_MONTHS)
    for section, keys in (given or {}).items():
        content[section] |= keys
    asked = check_protocol(content, "the draft")
    check_names(asked)
    cohort = find_cohort(connection, asked, settings)
    covariates, left_out = _covariates(cohort, _empty_tables(connection))
    if "covariates" not in (given or {}).get("comparison", {}):
        content["comparison"]["covariates"] = covariates
    treated = int(cohort.people["treated"].sum())
    return Choices(scheme, content, kinds, left_out, treated, cohort.people.height - treated)


def _content(connection: Engine, scheme: SchemeHeld, as_at: date, kinds: dict[str, int], months: int) -> dict[str, Any]:
    index = next(iter(kinds), "release")
    before, after = connection.rows(_BY_THE_EVENT, [scheme.id, index])[0]
    return {
        "scheme": {
            "id": scheme.id, "name": scheme.name,
            **({"organisation": scheme.organisation} if scheme.organisation else {}),
            "title": f"{scheme.name}: did it reduce reoffending?",
        },
        "cohort": {
            "index": index, "clock": "index_event" if before >= after else "scheme_start",
            "first_index": scheme.from_date, "last_index": _last_index(scheme, as_at, months),
            "exclusions": ["unknown_sex"],
        },
        "comparison": {"who": _who(connection, scheme), "covariates": ["age"], "missing": "indicator"},
        "outcomes": {"primary": PRIMARY, **({"follow_up_months": months} if months != USUAL_MONTHS else {})},
    }  # fmt: skip


def _last_index(scheme: SchemeHeld, as_at: date, months: int) -> date:
    """Return the last day from which the follow-up, and six months for proof, are over by the extracts' day."""
    mature: date = pl.Series([as_at]).dt.offset_by(f"-{months + PROOF_MONTHS}mo").item()
    return max(scheme.from_date, min(mature, scheme.to_date or mature))


def _who(connection: Engine, scheme: SchemeHeld) -> str:
    """Return whom the records can bring as comparisons, the best first."""
    inside, outside = connection.rows(
        "SELECT count(*) FILTER (WHERE list_contains(?, area_code) OR list_contains(?, borough)), count(*) "
        "FROM index_event WHERE area_code IS NOT NULL",
        [list(scheme.areas), list(scheme.areas)],
    )[0]
    return "other_areas" if 0 < inside < outside else "anyone_else"


def _empty_tables(connection: Engine) -> frozenset[str]:
    tables = sorted({table for name in USUAL for table in COVARIATES[name].records})
    return frozenset(t for t in tables if not connection.rows(f'SELECT 1 FROM "{t}" LIMIT 1'))


def _covariates(cohort: Cohort, empty: frozenset[str]) -> tuple[list[str], dict[str, str]]:
    """Return the usual covariates that the people of both groups really have, and of the others why not."""
    left_out: dict[str, str] = {}
    for name in USUAL:
        column = cohort.covariates[name]
        lacking = [table for table in COVARIATES[name].records if table in empty]
        share = column.drop_nulls().len() / column.len()
        if lacking and column.drop_nulls().n_unique() < 2:
            left_out[name] = f"table {lacking[0]} is empty"
        elif share < LEAST_KNOWN:
            left_out[name] = "the records do not hold it" if not share else f"known for {100 * share:.0f}% only"
        elif column.drop_nulls().n_unique() < 2:
            left_out[name] = "is the same for everybody"
    kept = [name for name in USUAL if name not in left_out]
    treated = cohort.people["treated"].to_numpy()
    while len(kept) > 1:
        design = design_matrix(cohort.covariates.select(kept), missing="indicator")
        try:
            propensity_score(design.matrix, design.names, treated, "linear.logit")
        except Refused as refused:
            faulty = {name: fault.problem for fault in refused.faults for name in kept if _names(fault.field, name)}
            if not faulty:
                return kept, left_out
            left_out |= faulty
            kept = [name for name in kept if name not in faulty]
            continue
        break
    return kept, left_out


def _names(field: str | None, covariate: str) -> bool:
    return field is not None and (field == covariate or field.split(" ")[0].rstrip(":=") == covariate)
