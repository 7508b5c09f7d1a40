"""Turn judgements into decisions about records, where a person says so: what all judges of a pair say, and no more."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from whatworks.linkage.checking.judged_sample import JudgedSample
from whatworks.linkage.checking.samples import ENDS
from whatworks.linkage.identities.decisions import Kind, decide
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused

JUDGES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class JudgedDecisions:
    """Decisions made of judgements: the pairs that must be joined, that cannot be, and those that were not decided.

    `contradicted` counts pairs on which decisions in force say otherwise; `why` says so, once for each.
    """

    must: int
    cannot: int
    contradicted: int
    why: tuple[str, ...]


def decide_as_judged(connection: Store, sample: JudgedSample, *, by: str, on: date) -> JudgedDecisions:
    """Decide each pair of which two judges or more say the same, at once or after settling it, against the links.

    So what is joined now and judged to be two people cannot be joined, and what is not joined and judged to be one
    person must be. Nobody's judgement of a pair that the links have right becomes a decision. Who decides is named, and
    the judges with the sample stand in the reason. Refused is a decision without who.
    """
    if not by.strip():
        raise Refused(Fault("is empty", "say who decides, with --by", field="by"))
    linked = _linked(connection)
    made: dict[Kind, int] = {"must": 0, "cannot": 0}
    against: list[str] = []
    reason = f"judged alike by {' and '.join(sample.judges)} (sample {sample.sample.sample})"
    alike = (pl.col("answers") == 1) | pl.col("settled").is_not_null()
    rows = sample.pairs.filter((pl.col("judges") >= JUDGES_NEEDED) & alike)
    with connection.transaction():
        for left_agency, left_number, right_agency, right_number, same in rows.select(*ENDS, "same").iter_rows():
            left, right = (left_agency, left_number), (right_agency, right_number)
            if left not in linked or right not in linked or same == 0.5:
                continue
            joined = linked[left] == linked[right]
            if joined == (same == 1):
                continue
            kind: Kind = "cannot" if joined else "must"
            try:
                decide(connection, kind, left, right, by=by, on=on, reason=reason)
                made[kind] += 1
            except Refused as refused:
                against += [str(fault) for fault in refused.faults]
    return JudgedDecisions(made["must"], made["cannot"], len(against), tuple(dict.fromkeys(against)))


def _linked(connection: Engine) -> dict[tuple[str, str], str]:
    rows = connection.rows("SELECT organisation_id, person_id, linked_id FROM identity")
    return {(organisation, person): linked_id for organisation, person, linked_id in rows}
