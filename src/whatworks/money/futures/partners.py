"""Read what each partner brings to the contract: expected counts, people, outlay, and what differs from the others."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from whatworks.money.contracts.numbers import Pounds
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import assumption_fault
from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model

MOST = 100_000_000
"""More events or people than any partner has; their product can still be drawn by chance."""
OWN = ("reach", "trend", "overdispersion", "churn")


class Partner(HandWritten):
    """One partner. `expected` is by metric: events a year of an area; events a person, or share of people, of a cohort.

    `outlay` is what it spends on the scheme in each year of the contract; `benefit`, by metric, is what one event fewer
    is worth to it besides whatever the contract pays. What is not given is as for all partners.
    """

    expected: dict[str, Annotated[float, Field(le=MOST)]] = Field(min_length=1)
    people: int | None = Field(None, gt=0, le=MOST)
    comparison_people: int | None = Field(None, gt=0, le=MOST)
    outlay: tuple[Pounds, ...] = ()
    benefit: dict[str, Pounds] = Field(default_factory=dict)
    reach: float | None = None
    trend: float | None = None
    overdispersion: float | None = None
    churn: float | None = None

    @property
    def total_outlay(self) -> Decimal:
        """Return what it spends over all years, in pounds."""
        return sum(self.outlay, Decimal(0))


class Partners(HandWritten):
    """The partners' file: the price base of the outlays, and the partners by the names that the terms give them."""

    prices: str
    partner: dict[str, Partner] = Field(min_length=1)


def read_partners(path: Path, terms: Terms, only: tuple[str, ...] = ()) -> dict[str, Partner]:
    """Return the partners of a file in the order of the terms' payees, or `only` those named.

    All faults at once: what is not in the terms, what the terms need and the file lacks, other price bases.
    """
    found = load_model(Partners, path, "docs/money.md")
    faults = [*_faults(found, terms, path.name), *_unknown(only, terms, found)]
    if faults:
        raise Refused(faults)
    wanted = only or tuple(found.partner)
    return {name: found.partner[name] for name in terms.payees if name in wanted}


def _unknown(only: tuple[str, ...], terms: Terms, found: Partners) -> Iterator[Fault]:
    for name in only:
        if name not in terms.payees:
            yield Fault("is not a partner of these terms", _choose(terms), field="only", value=name)
        elif name not in found.partner:
            yield Fault("is not in the partners' file", f"add [partner.{name!r}]", field="only", value=name)


def _faults(found: Partners, terms: Terms, file: str) -> Iterator[Fault]:
    if found.prices != terms.prices:
        yield Fault(
            f"is another price base than the terms' {terms.prices!r}",
            "bring the outlays to the terms' price base first",
            file=file,
            field="prices",
            value=found.prices,
        )
    for name, partner in found.partner.items():
        where = f"partner.{name}"
        if name not in terms.payees:
            yield Fault("is not a partner of these terms", _choose(terms), file=file, field="partner", value=name)
        yield from _metric_faults(partner, terms, file, where)
        cohort = any(metric.of_people for metric in terms.metric.values())
        if cohort and partner.people is None:
            yield Fault("has no number of people", "add people = ..., the cohort's size", file=file, field=where)
        if cohort and terms.counterfactual.kind == "matched comparison" and partner.comparison_people is None:
            remedy = "add comparison_people = ..., the comparison group's size"
            yield Fault("has no comparison group", remedy, file=file, field=where)
        for key in OWN:
            value = getattr(partner, key)
            fault = assumption_fault(key, value, f"{where}.{key}") if value is not None else None
            if fault is not None:
                yield Fault(fault.problem, fault.remedy, file=file, field=fault.field, value=fault.value)


def _metric_faults(partner: Partner, terms: Terms, file: str, where: str) -> Iterator[Fault]:
    for key in terms.measured_metrics:
        if key not in partner.expected:
            yield Fault(
                "has no expected count", f"add it under expected: {key} = ...", file=file, field=f"{where}.{key}"
            )
    for key in partner.benefit:
        if key not in terms.metric:
            remedy = f"the terms have {', '.join(terms.measured_metrics)}"
            yield Fault("is not a metric of these terms", remedy, file=file, field=f"{where}.benefit.{key}")
    for key, value in partner.expected.items():
        field = f"{where}.expected.{key}"
        if key not in terms.metric:
            remedy = f"the terms have {', '.join(terms.measured_metrics)}"
            yield Fault("is not a metric of these terms", remedy, file=file, field=field)
        elif not 0 < value < float("inf"):
            remedy = "give the count that is expected without the scheme"
            yield Fault("is not above zero", remedy, file=file, field=field, value=f"{value:g}")
        elif terms.metric[key].kind == "binary" and value >= 1:
            yield Fault("is not a share of people", "write 0.475 for 47.5%", file=file, field=field, value=f"{value:g}")


def _choose(terms: Terms) -> str:
    return f"the terms name {', '.join(terms.payees)}"
