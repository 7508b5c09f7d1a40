"""Make up a town of people who come out of prison, are on orders and are offered homes, by rates that are known."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.days import NEVER, Days, Ints, dates
from whatworks.simulation.streams import stream

AS_AT, WATCHED = 20_269, 700
"""30 June 2025, and over how many days before it people come out, or are on orders."""
BOROUGHS = ("NB0", "NB1", "NB2", "NB3")
PROVIDERS = {"Northbank Probation": 0.05, "Greenway Trust": 0.05, "Eastway Partnership": 0.02}
"""The daily rate of a first kept contact after release, by who is to pick up: one is worse by a known amount."""
RECALL, DEATH = 0.02, 0.0005
STOPPED_ON = AS_AT - 365
"""From this day on one missed appointment in twenty is acted on, where before it were eight; as many are kept."""
ACTED_BEFORE, ACTED_AFTER, KEPT, EXCUSED = 0.40, 0.05, 0.75, 0.10
WEEKLY, SILENT_AFTER, SILENT_FOR = 7, 120.0, 40.0
"""Days between contacts, mean days until a person falls silent, and mean days of a silence beyond 29."""
REFUSED, ENDED = 0.20, 0.005
"""The share of offers refused, and the daily rate at which a home or job that was taken up ends."""


@dataclass(frozen=True, slots=True)
class Town:
    """Tables as agencies would send them, who each person is, and what is true."""

    frames: dict[str, pl.DataFrame]
    truth: dict[str, Any]


def town(seed: int, people: int = 1_200) -> Town:
    """Return a town: so many people released, as many on orders, a third of that watched weekly and offered homes."""
    rng = stream(seed, "casework")
    released, ordered, weekly = np.arange(people), people + np.arange(people), 2 * people + np.arange(people // 3)
    parts = (_released(rng, released), _ordered(rng, ordered), _weekly(rng, weekly), _placed(rng, weekly))
    names = dict.fromkeys(name for part in parts for name in part)
    frames = {name: pl.concat([part[name] for part in parts if name in part], how="diagonal") for name in names}
    everybody = np.arange(2 * people + people // 3)
    died = np.full(len(everybody), NEVER)
    died[released] = frames.pop("death")["day"].to_numpy()
    of_both = [
        pl.DataFrame({"organisation_id": agency, "person_id": _ids(agency, everybody), "died_on": dates(died, AS_AT)})
        for agency in ("prison", "probation")
    ]
    areas = {
        "organisation_id": "council",
        "area_code": BOROUGHS,
        "vintage": "2021",
        "name": BOROUGHS,
        "kind": "borough",
    }
    address = {
        "organisation_id": "probation", "address_id": _ids("A", everybody), "person_id": _ids("probation", everybody),
        "area_code": pl.Series(BOROUGHS).gather(everybody % len(BOROUGHS)),
        "from_date": dates(_days(everybody, 15_000)),
    }  # fmt: skip
    identity = [
        one.select(
            "organisation_id",
            "person_id",
            linked_id=pl.Series(_ids("L", everybody)),
            method=pl.lit("exact"),
            probability=pl.lit(1.0),
        )
        for one in of_both
    ]
    frames |= {"person": pl.concat(of_both), "area": pl.DataFrame(areas), "address": pl.DataFrame(address)}
    return Town(frames | {"identity": pl.concat(identity)}, town_truth())


def town_truth() -> dict[str, Any]:
    """Return what is true of any town, by arithmetic from its rates."""
    return {
        "gate": {name: _by_day(rate, 28) for name, rate in PROVIDERS.items()},
        "compliance": {"kept": KEPT, "acted_on_before": ACTED_BEFORE, "acted_on_after": ACTED_AFTER},
        "first_lost": {day: float(-np.expm1(-7 * ((day - 28) // 7 + 1) / SILENT_AFTER)) for day in (91, 182, 365)},
        "lost_per_month": _lost_per_month(),
        "found": {day: float(-np.expm1(-day / SILENT_FOR)) for day in (14, 28, 91)},
        "refused": REFUSED,
        "sustained": {weeks: float(np.exp(-ENDED * 7 * weeks)) for weeks in (4, 13, 26)},
    }


def _by_day(rate: float, day: int) -> dict[str, float]:
    every = rate + RECALL + DEATH
    out = -np.expm1(-every * day)
    ways = {"reached": rate, "returned": RECALL, "died": DEATH}
    return {way: float(one / every * out) for way, one in ways.items()} | {"unseen": float(1 - out)}


def _lost_per_month() -> float:
    """Return losses over months at risk in the time that people are watched, who are all seen on its first day.

    From a contact the last one follows after whole weeks, the loss 28 days later, and the next contact when silence is
    over; `seen` is how often somebody is seen anew on each day, on average.
    """
    last = np.arange(0, WATCHED, WEEKLY)
    chance = np.exp(-last / SILENT_AFTER) * -np.expm1(-WEEKLY / SILENT_AFTER)
    silent = np.exp(-np.arange(WATCHED) / SILENT_FOR) * -np.expm1(-1 / SILENT_FOR)
    again = np.zeros(WATCHED)
    for after, share in zip((last + 29).tolist(), chance.tolist(), strict=True):
        again[after:] += share * silent[: max(WATCHED - after, 0)]
    seen, losses, risk = np.zeros(WATCHED), 0.0, 0.0
    seen[0] = 1.0
    for day in range(WATCHED):
        seen[day] += float(seen[:day] @ again[day:0:-1])
        ahead = WATCHED - day
        losses += seen[day] * float(chance[last + 28 < ahead].sum())
        rest = 1 - chance.sum()
        risk += seen[day] * float(chance @ np.minimum(last + 28, ahead) + rest * ahead)
    return float(losses / (risk / 30.4375))


def _ids(mark: str, number: Ints) -> list[str]:
    return [f"{mark[0].upper()}{one:06d}" for one in number.tolist()]


def _days(like: Ints, day: int) -> Days:
    return np.full(len(like), day, dtype=np.int32)


def _released(rng: np.random.Generator, who: Ints) -> dict[str, pl.DataFrame]:
    """Each is released once, with a licence on which one provider is to pick up.

    The first of the ways out comes at the sum of their rates, and is each in proportion to its own; whole days, none of
    them zero.
    """
    out = (AS_AT - rng.integers(0, WATCHED, len(who))).astype(np.int32)
    provider = rng.integers(0, len(PROVIDERS), len(who))
    picked = np.array([*PROVIDERS.values()])[provider]
    rates = np.column_stack([picked, np.full(len(who), RECALL), np.full(len(who), DEATH)])
    every = rates.sum(axis=1)
    left = (out + np.ceil(rng.exponential(1 / every))).astype(np.int32)
    way = (rng.random(len(who))[:, None] * every[:, None] > np.cumsum(rates, axis=1)).sum(axis=1)
    contact, back, died = (np.where(way == place, left, NEVER).astype(np.int32) for place in range(3))
    spell = {
        "organisation_id": "prison", "person_id": _ids("prison", who), "status": "sentence",
        "establishment": pl.Series(("Holm", "Moor")).gather(who % 2),
    }  # fmt: skip
    spells = [
        pl.DataFrame(spell | {"spell_id": _ids("S", who), "received_on": dates(out - 200), "released_on": dates(out)}),
        pl.DataFrame(
            spell | {"spell_id": _ids("R", who), "received_on": dates(back, AS_AT), "status": "recall"},
            schema_overrides={"received_on": pl.Date},
        ).filter(pl.col("received_on").is_not_null()),
    ]
    names = pl.Series([*PROVIDERS]).gather(provider)
    return {
        "custody_spell": pl.concat(spells, how="diagonal"),
        "requirement": _orders("Q", who, names, out, out + 730),
        "contact": _contacts("C", who, contact, names),
        "death": pl.DataFrame({"day": died}),
    }


def _orders(mark: str, who: Ints, provider: pl.Series, first: Days, last: Days) -> pl.DataFrame:
    return pl.DataFrame(
        {"organisation_id": "probation", "requirement_id": _ids(mark, who), "person_id": _ids("probation", who),
         "kind": "supervision", "provider": provider, "from_date": dates(first), "to_date": dates(last)}
    )  # fmt: skip


def _contacts(mark: str, who: Ints, on: Days, provider: pl.Series) -> pl.DataFrame:
    rows: dict[str, Any] = {"contact_id": [f"{mark}{at:07d}" for at in range(len(who))], "provider": provider}
    rows["person_id"] = _ids("probation", who)
    frame = pl.DataFrame(rows | {"contacted_on": dates(on, AS_AT)}).drop_nulls("contacted_on")
    return frame.with_columns(organisation_id=pl.lit("probation"), how=pl.lit("in_person"), outcome=pl.lit("kept"))


def _ordered(rng: np.random.Generator, who: Ints) -> dict[str, pl.DataFrame]:
    """Each is on an order all the time, with an appointment a fortnight: kept as often before enforcement stopped."""
    names, size = pl.Series([*PROVIDERS]).gather(who % len(PROVIDERS)), WATCHED // 14
    at = np.repeat(np.arange(len(who)), size)
    due = (AS_AT - WATCHED + 14 * np.tile(np.arange(size), len(who)) + rng.integers(0, 14, len(at))).astype(np.int32)
    draw = rng.random(len(at))
    outcome = np.digitize(draw, [KEPT, KEPT + EXCUSED])
    acted = (outcome == 2) & (rng.random(len(at)) < np.where(due < STOPPED_ON, ACTED_BEFORE, ACTED_AFTER))
    orders = _orders("O", who, names, _days(who, AS_AT - WATCHED - 30), _days(who, AS_AT + 60))
    kept = pl.DataFrame(
        {"organisation_id": "probation", "appointment_id": [f"P{one:07d}" for one in range(len(at))],
         "requirement_id": orders["requirement_id"].gather(at), "due_on": dates(due),
         "outcome": pl.Series(("kept", "acceptable_absence", "unacceptable_absence")).gather(outcome)}
    )  # fmt: skip
    breach = kept.filter(pl.Series(acted)).select(
        "organisation_id", "requirement_id", breach_id="appointment_id", breached_on="due_on"
    )
    return {"requirement": orders, "appointment": kept, "breach": breach}


def _weekly(rng: np.random.Generator, who: Ints) -> dict[str, pl.DataFrame]:
    """Each is on an order and seen every week, until silent for more than four weeks; then seen again."""
    start = AS_AT - WATCHED
    people, days = [], []
    for person in who.tolist():
        at = float(start)
        while at <= AS_AT:
            until = at + rng.exponential(SILENT_AFTER)
            seen = np.arange(at, until, WEEKLY)
            people.append(np.full(len(seen), person))
            days.append(seen)
            at = float(seen[-1] + 29 + np.floor(rng.exponential(SILENT_FOR)))
    names = pl.Series(["Northbank Probation"] * len(who))
    orders = _orders("W", who, names, _days(who, start), _days(who, AS_AT + 60))
    on, of = np.concatenate(days).astype(np.int32), np.concatenate(people)
    return {"requirement": orders, "contact": _contacts("K", of, on, pl.Series(["Northbank Probation"] * len(of)))}


def _placed(rng: np.random.Generator, who: Ints) -> dict[str, pl.DataFrame]:
    """Each is offered a home, some in another borough; the last two, who may not meet, are offered one site."""
    offered = (AS_AT - rng.integers(0, WATCHED, len(who))).astype(np.int32)
    took = rng.random(len(who)) >= REFUSED
    started = np.where(took, offered + 3, NEVER).astype(np.int32)
    ended = np.where(took, started + np.ceil(rng.exponential(1 / ENDED, len(who))), NEVER).astype(np.int32)
    to = rng.integers(0, len(BOROUGHS), len(who))
    sites = [*(f"site {one}" for one in range(len(who) - 2)), "Ash House", "Ash House"]
    homes = {
        "organisation_id": "probation", "placement_id": _ids("H", who), "person_id": _ids("probation", who),
        "kind": "home", "offered_on": dates(offered), "answer": pl.Series(("refused", "accepted")).gather(took * 1),
        "started_on": dates(started, AS_AT), "ended_on": dates(ended, AS_AT), "site": sites,
        "from_borough": pl.Series(BOROUGHS).gather(who % len(BOROUGHS)), "to_borough": pl.Series(BOROUGHS).gather(to),
    }  # fmt: skip
    perpetrator, victim = _ids("probation", who)[-2:]
    apart = {
        "organisation_id": "probation", "condition_id": ["N1"], "person_id": perpetrator,
        "protected_person_id": victim, "kind": "victim", "from_date": dates(_days(who[:1], AS_AT - WATCHED - 30)),
    }  # fmt: skip
    return {"placement": pl.DataFrame(homes), "no_contact": pl.DataFrame(apart)}
