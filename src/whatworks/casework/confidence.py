"""A fall in custody beside what it may cost: serious further offences on orders, and confidence in the courts."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.casework.compliance import check_periods, order_periods
from whatworks.casework.prepared import query
from whatworks.journeys.compare import Span
from whatworks.linkage.identities.lasting_name import lasting_names
from whatworks.measures import MeasureSettings, prepare
from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused
from whatworks.records.tables.standing import standing
from whatworks.statistics.groups.person_rates import RateChange, rate_change
from whatworks.surveys.wave import Wave


@dataclass(frozen=True, slots=True)
class CustodyBeside:
    """Two periods: days of sentence that gave custody, and serious further offences a person-month on an order.

    A serious further offence may be tried on indictment only, was committed while on an order, and was charged or
    proved by the last extract. `rows`, a row a person, are nobody's to print.
    """

    before: Span
    after: Span
    custody: RateChange
    serious: RateChange
    rows: pl.DataFrame


def custody_beside(store: Engine, settings: MeasureSettings, before: Span, after: Span) -> CustodyBeside:
    """Return the figures of courts and orders; confidence comes from `surveys.change` over the waves of the periods.

    Refused where nobody was sentenced, or nobody was on an order, in one of the periods: custody is never shown alone.
    """
    check_periods(before, after)
    standing(store, "appointment")
    prepare(store, settings)
    rows = order_periods(store, before, after).select("linked_id", "months_before", "months_after")
    derive(store, [query("serious_further")])
    for name in ("sentence_period", "serious_period"):
        found = store.fetch(query(name).text, _days(before, after))
        rows = rows.join(found, on="linked_id", how="full", coalesce=True)
    rows = rows.fill_null(0).sort("linked_id")
    rows = rows.with_columns(unit=lasting_names(store, rows["linked_id"]))
    missing = [
        f"{what} in {span.name}"
        for side, span in (("before", before), ("after", after))
        for what, column in (("sentences", "sentenced"), ("people on orders", "months"))
        if not rows[f"{column}_{side}"].sum()
    ]
    if missing:
        remedy = "import them, or take periods that have them: custody is never shown without the others"
        raise Refused(f"the records hold no {', and no '.join(missing)}", remedy)

    def changed(events: str, base: str) -> RateChange:
        columns = (f"{one}_{side}" for side in ("before", "after") for one in (events, base))
        return rate_change(*(rows[column].to_numpy() for column in columns))

    return CustodyBeside(before, after, changed("custody", "sentenced"), changed("serious", "months"), rows)


def waves_within(waves: Sequence[Wave], period: Span) -> str:
    """Return the waves of a survey that lie within a period, as `FIRST..LAST`; refused where there is none."""
    inside = [one.name for one in waves if one.first >= period.first and one.last <= period.last]
    if not inside:
        remedy = "take periods that hold a wave each: custody is never shown without what people think of the courts"
        raise Refused(f"no wave of the survey lies within {period.name}", remedy)
    return inside[0] if len(inside) == 1 else f"{inside[0]}..{inside[-1]}"


def _days(before: Span, after: Span) -> dict[str, object]:
    return {"before_first": before.first, "before_last": before.last,
            "after_first": after.first, "after_last": after.last}  # fmt: skip
