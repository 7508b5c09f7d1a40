"""How far people who meet a rule fall back without any help: what a list's offending would have done anyway."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources import files
from math import exp, log, sqrt

import numpy as np
import polars as pl

from whatworks.people.contacts import KINDS, contacts
from whatworks.people.history import list_history, units
from whatworks.people.joinings import Joinings, joinings
from whatworks.people.meeting import meeting
from whatworks.people.rule import ListRule, months_after
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.limits.regression_to_mean import expected_next

YEAR = 365.25
LAG, EVERY, MONTHS, YEAR_MONTHS = 6, 3, 12, 12
ACCUSED = ("offender", "suspect")
DRAWS, SEED = 400, 1


@dataclass(frozen=True, slots=True)
class Fall:
    """Offences a year at liberty before and after people were picked, each at the first look at which they were.

    `fall` is one minus the ratio of the two, with its 95% interval; None where nobody offended after, or nobody was at
    liberty. `rows` are the people: `unit`, `on` (the look), events and years of both windows.
    """

    people: int
    before: float
    after: float
    fall: float | None
    interval: tuple[float, float] | None
    looks: tuple[date, ...]
    rows: pl.DataFrame = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedFall:
    """What a rule's people do anyway. `seen` is of everybody who met it at looks before the list; None where the list
    has always existed: then `model` alone answers, from `a` and `b` fitted to everybody's counts of a year. `listed`
    is what those entered on the list did, which says nothing of a cause. A rule may be a number of offences in a year.
    """

    rule: ListRule | int
    list_from: date
    months: int
    every: int
    lag: int
    seen: Fall | None
    model: Fall | None = None
    prior: tuple[float, float] | None = None
    everybody: int = 0
    listed: Fall | None = None

    @property
    def words(self) -> str:
        """The rule in words."""
        return (
            f"{self.rule} offences or more within {YEAR_MONTHS} months"
            if isinstance(self.rule, int)
            else self.rule.in_words()
        )


def expected_fall(
    engine: Engine, rule: ListRule | int, as_at: date, list_from: date | None = None,
    *, every: int = EVERY, months: int = MONTHS, lag: int = LAG,
) -> ExpectedFall:  # fmt: skip
    """Return the fall of everybody who met the rule before the list existed, picked or not, looked at as it is looked.

    Looks are `every` so many months, and each window has `months`; the last ends where the list began (`list_from`, the
    rule's own day if not given). An offence counts in a window if it was known `lag` months after the window's end; the
    days in custody, and after death, are no time at liberty.
    """
    own = rule if isinstance(rule, ListRule) else None
    start = list_from or (own.from_date if own else as_at)
    if months_after(start, lag) > as_at:
        problem = f"was {lag} months after the extracts' day or later: nothing before it is known in full"
        raise Refused(Fault(problem, "name the day on which the list began", field="list-from", value=str(start)))
    first, window = _first_day(engine), max(months, own.window_months if own else YEAR_MONTHS)
    looks, on = [], months_after(start, -months)
    while first is not None and months_after(on, -window) >= first:
        looks.append(on)
        on = months_after(start, -months - every * len(looks))
    links = joinings(engine, draws=0)
    found = ExpectedFall(rule, start, months, every, lag, None)
    found = replace(
        found, listed=_listed(engine, own, months_after(as_at, -months - lag), found, links) if own else None
    )
    if not looks:
        return _by_model(engine, found, links)
    met = [_met(engine, rule, look, links).with_columns(on=look) for look in reversed(looks)]
    picked = pl.concat(met).unique("unit", keep="first", maintain_order=True)
    if picked.is_empty():
        raise Refused(Fault("nobody met the rule before the list", "ask for fewer agencies", field="rule",
                            value=str(found.words)))  # fmt: skip
    return replace(found, seen=fall_after(engine, picked, months, lag))


def fall_after(engine: Engine, picked: pl.DataFrame, months: int = MONTHS, lag: int = LAG) -> Fall:
    """Return the fall of people (`unit`) picked on a day (`on`), each once, by the records."""
    offences = []
    for on in picked["on"].unique().sort():
        for name, first, last in (("before", months_after(on, -months), on), ("after", on, months_after(on, months))):
            known = contacts(engine, ["offence"], first + timedelta(1), months_after(last, lag))
            known = known.filter(pl.col("contact_on") <= last, pl.col("role").is_in(ACCUSED)).unique(
                ["linked_id", "event"]
            )
            offences.append(known.group_by(unit="linked_id").len("events").with_columns(on=on, window=pl.lit(name)))
    away = engine.fetch((files("whatworks.people") / "sql/away_spell.sql").read_text("utf-8"))
    return fall_of(picked, pl.concat(offences), away.rename({"linked_id": "unit"}), months)


def fall_of(picked: pl.DataFrame, offences: pl.DataFrame, away: pl.DataFrame, months: int = MONTHS) -> Fall:
    """Return the same of frames: `offences` (unit, on, window, events) and `away` (unit, away_from, away_to).

    >>> picked = pl.DataFrame({"unit": ["a", "b"], "on": [date(2022, 1, 1)] * 2})
    >>> counts = [("a", "before", 6), ("b", "before", 4), ("a", "after", 3), ("b", "after", 4)]
    >>> rows = pl.DataFrame(counts, schema=["unit", "window", "events"], orient="row").with_columns(on=date(2022, 1, 1))
    >>> nobody = pl.DataFrame(schema={"unit": pl.String, "away_from": pl.Date, "away_to": pl.Date})
    >>> round(fall_of(picked, rows, nobody).fall, 3)
    0.3
    """
    rows = picked
    for name, sign in (("before", -1), ("after", 1)):
        own = offences.filter(window=name).select("unit", "on", pl.col("events").cast(pl.Int64).alias(name))
        rows = rows.join(own, on=["unit", "on"], how="left", maintain_order="left")
        rows = rows.with_columns(
            pl.col(name).fill_null(0), _at_liberty(picked, away, sign * months).alias(f"{name}_years")
        )
    counts, years = (rows.select(f"{name}{end}" for name in ("before", "after")).to_numpy().astype(np.float64)
                     for end in ("", "_years"))  # fmt: skip
    looks = tuple(picked["on"].unique().sort())
    rates = [float(count / of) if of else 0.0 for count, of in zip(counts.sum(axis=0), years.sum(axis=0), strict=True)]
    if not counts.sum(axis=0).all() or not all(rates) or len(rows) < 2:
        return Fall(rows.height, rates[0], rates[1], None, None, looks, rows)
    moved = (counts - np.array(rates) * years) / counts.sum(axis=0)
    spread = quantile(0.975) * sqrt(float(((moved[:, 1] - moved[:, 0]) ** 2).sum()) * len(rows) / (len(rows) - 1))
    ratio = log(rates[1] / rates[0])
    ends = 1 - exp(ratio + spread), 1 - exp(ratio - spread)
    return Fall(rows.height, rates[0], rates[1], 1 - exp(ratio), ends, looks, rows)


def _at_liberty(picked: pl.DataFrame, away: pl.DataFrame, months: int) -> pl.Series:
    """Return each person's years at liberty in the months before (below zero) or after the look; spells may overlap."""
    other = {on: months_after(on, months) for on in picked["on"].unique()}
    edge = pl.col("on").replace_strict(other, return_dtype=pl.Date)
    spans = picked.select("unit", start=pl.min_horizontal("on", edge), end=pl.max_horizontal("on", edge))
    until = pl.min_horizontal("end", pl.col("away_to").fill_null(date.max))
    spells = spans.join(away, on="unit").with_columns(low=pl.max_horizontal("start", "away_from"), high=until)
    spells = spells.filter(pl.col("low") < pl.col("high")).sort("unit", "low", "high")
    reached = pl.max_horizontal("low", pl.col("high").cum_max().shift().over("unit"))
    gone = (
        spells.with_columns(days=(pl.col("high") - reached).dt.total_days().clip(0))
        .group_by("unit")
        .agg(pl.sum("days"))
    )
    spans = spans.join(gone, on="unit", how="left", maintain_order="left")
    whole = (pl.col("end") - pl.col("start")).dt.total_days()
    return spans.select(years=(whole - pl.col("days").fill_null(0)) / YEAR)["years"]


def _met(engine: Engine, rule: ListRule | int, on: date, links: Joinings) -> pl.DataFrame:
    if isinstance(rule, ListRule):
        return meeting(engine, rule, on, links).select(unit="linked_id")
    offences = contacts(engine, ["offence"], months_after(on, -YEAR_MONTHS) + timedelta(1), on)
    counts = offences.filter(pl.col("role").is_in(ACCUSED)).group_by(unit="linked_id").agg(n=pl.col("event").n_unique())
    return counts.filter(pl.col("n") >= rule).select("unit").sort("unit")


def _listed(engine: Engine, rule: ListRule, last: date, found: ExpectedFall, links: Joinings) -> Fall | None:
    """Return what people did who were entered on the list, each at the first time; None where nobody was by `last`."""
    try:
        history = list_history(engine, rule.name)
    except Refused:
        return None
    own = units(history, links, links.in_force).filter(pl.col("unit") >= 0, pl.col("entered_on") <= last)
    own = own.sort("entered_on").unique("unit", keep="first", maintain_order=True)
    person = pl.Series(links.linked_id[own["unit"].to_numpy()], dtype=pl.String)
    picked = own.select(unit=person, on="entered_on")
    return fall_after(engine, picked, found.months, found.lag) if len(picked) else None


def _by_model(engine: Engine, found: ExpectedFall, links: Joinings) -> ExpectedFall:
    """Return the model's answer: whoever meets the rule on its first day, and what their counts lead one to expect."""
    on, kinds = found.list_from, found.rule.kinds if isinstance(found.rule, ListRule) else KINDS
    known = contacts(engine, kinds, months_after(on, -found.months) + timedelta(1), months_after(on, found.lag))
    known = known.filter(pl.col("contact_on") <= on, pl.col("kind") != "victim", pl.col("role") != "cleared")
    offence = (pl.col("kind") == "offence") & pl.col("role").is_in(ACCUSED)
    counts = known.group_by(unit="linked_id").agg(events=pl.col("event").filter(offence).n_unique())
    picked = (
        _met(engine, found.rule, on, links)
        .join(counts, on="unit", how="left", maintain_order="left")
        .with_columns(pl.col("events").fill_null(0))
    )
    model, prior = model_fall(counts["events"].to_numpy(), picked.with_columns(on=on))
    return replace(found, model=model, prior=prior, everybody=counts.height)


def model_fall(everybody: Floats, picked: pl.DataFrame) -> tuple[Fall, tuple[float, float]]:
    """Return the model's fall of people `picked` (unit, on, events), and a and b fitted to `everybody`'s counts.

    The interval draws everybody, and those picked, anew.
    """
    own, rng = picked["events"].to_numpy(), np.random.default_rng(SEED)
    if not len(own) or not own.sum():
        raise Refused("nobody who meets the rule had an offence in the year before", "take a longer window")
    a, b, before, after = expected_next(everybody * 1.0, own * 1.0)
    drawn = []
    for _ in range(DRAWS):
        again = (rng.choice(of, len(of)) * 1.0 for of in (everybody, own))
        _, _, was, will = expected_next(*again)
        drawn.append(1 - will / was)
    low, high = (float(end) for end in np.quantile(drawn, [0.025, 0.975]))
    looks = tuple(picked["on"].unique().sort())
    return Fall(picked.height, before, after, 1 - after / before, (low, high), looks, picked), (a, b)


def _first_day(engine: Engine) -> date | None:
    first: date | None
    [(first,)] = engine.rows("SELECT MIN(committed_from) FROM offence")
    return first
