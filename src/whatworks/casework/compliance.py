"""Are breaches falling because people comply, or because nobody acts? Never the one rate without the other."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from whatworks.casework.prepared import EVERYBODY, ORDERS_OF, order_groups, prepared, query
from whatworks.journeys.compare import Span
from whatworks.linkage.identities.lasting_name import lasting_names
from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.person_rates import RateChange, rate_change


@dataclass(frozen=True, slots=True)
class Compliance:
    """Of a group on orders in two periods: appointments kept of those due, breaches a person-month on an order, and
    breaches for each appointment missed without an acceptable reason, each with its change."""

    name: str
    kept: RateChange
    breaches: RateChange
    acted_on: RateChange
    in_json: ClassVar = ("verdict",)

    @property
    def verdict(self) -> str:
        """What the two rates say together; a fall in breaches is a success only where compliance rose."""
        breaches, kept = self.breaches.direction, self.kept.direction
        if breaches == "fell":
            if kept == "rose":
                return "breaches fell and compliance rose"
            return f"breaches fell and compliance {'fell' if kept == 'fell' else 'did not rise'}: not a success"
        if breaches == "rose":
            return f"breaches rose and compliance {kept if kept in ('rose', 'fell') else 'shows no change'}"
        return f"breaches show no change and compliance {kept if kept in ('rose', 'fell') else 'shows none'}"


@dataclass(frozen=True, slots=True)
class ComplianceReport:
    """Everybody and each provider, over two periods; `rows` (a row a person and group) are nobody's to print."""

    before: Span
    after: Span
    groups: tuple[Compliance, ...]
    rows: pl.DataFrame


def compliance(store: Engine, before: Span, after: Span, *, by_provider: bool = False) -> ComplianceReport:
    """Return compliance beside enforcement in two periods, counted by the queries of `measures`.

    Refused where the periods meet, run past what was sent, or nobody was on an order in both of them.
    """
    as_at = prepared(store, "requirement", "appointment")
    check_periods(before, after)
    if after.last > as_at:
        problem = f"ends after {as_at}, the last day of which all was sent"
        raise Refused(Fault(problem, "take a period that is over", field="period", value=after.name))
    derive(store, [query("held_order")])
    store.derive("asked_order", ORDERS_OF, [EVERYBODY, EVERYBODY])
    store.derive("requirement_record", "SELECT q.* FROM asked_order AS q", view=True)
    parts = []
    for name in order_groups(store, by_provider=by_provider):
        store.derive("asked_order", ORDERS_OF, [name, EVERYBODY])
        rows = order_periods(store, before, after)
        parts.append(rows.with_columns(group=pl.lit(name)))
    rows = pl.concat(parts)
    if rows.is_empty() or not all(rows[f"due_{side}"].sum() for side in ("before", "after")):
        raise Refused("no appointment was due in one of the periods", "take periods in which people were on orders")
    rows = rows.with_columns(unit=lasting_names(store, rows["linked_id"]))
    kept = [name for name in rows["group"].unique(maintain_order=True) if rows.filter(group=name)["due_after"].sum()]
    return ComplianceReport(before, after, tuple(_group(name, rows.filter(group=name)) for name in kept), rows)


def order_periods(store: Engine, before: Span, after: Span) -> pl.DataFrame:
    """Return the columns of `sql/order_period.sql` for the orders of `requirement_record`."""
    spans = [(side, one.first, one.last) for side, one in (("before", before), ("after", after))]
    with store.lent("asked_span", pl.DataFrame(spans, ["span", "first", "last"], orient="row")):
        store.derive(
            "measure_window",
            "SELECT DISTINCT r.linked_id AS unit, r.linked_id, p.span, p.first AS starts, "
            "CAST(p.last + INTERVAL '1' DAY AS DATE) AS ends FROM requirement_record AS r CROSS JOIN asked_span AS p",
        )
    derive(store, ["under_requirement", "breaches", "appointments", "compliance", query("absence")])
    return store.fetch(query("order_period").text)


def check_periods(before: Span, after: Span) -> None:
    """Refuse two periods of which the earlier does not end before the later begins."""
    if before.last >= after.first:
        problem = f"is not over when {after.name} begins"
        raise Refused(Fault(problem, "name the earlier period", field="against", value=before.name))


def _group(name: str, rows: pl.DataFrame) -> Compliance:
    def changed(events: str, base: str) -> RateChange:
        columns = (f"{one}_{side}" for side in ("before", "after") for one in (events, base))
        return rate_change(*(rows[column].to_numpy() for column in columns))

    pairs = (("kept", "due"), ("breaches", "months"), ("breaches", "absences"))
    return Compliance(name, *(changed(*pair) for pair in pairs))
