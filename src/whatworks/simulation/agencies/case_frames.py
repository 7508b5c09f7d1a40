"""Write cases and their stays in stages as agencies hold them, whatever the journey."""

from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.agencies.numbering import numbered
from whatworks.simulation.days import Flags, Ints, dates, day
from whatworks.simulation.society.places import borough_codes
from whatworks.simulation.world import World


def wait(rng: np.random.Generator, mean: float, size: int) -> Ints:
    """Draw whole days of a constant rate, with `mean` the mean before they are cut to whole days."""
    return np.floor(rng.exponential(mean, size)).astype(np.int64)


def case_frame(world: World, people: Ints, agency: str, kind: str, mark: str, ref: str | None = None) -> pl.DataFrame:
    """Return table `casefile` of `people`, each with one case; `ref` begins the reference that agencies share."""
    number = world.people.number[people]
    homes = world.homes.borough_on(people, np.full(len(people), day(world.settings.as_at), np.int32))
    return pl.DataFrame(
        {
            "organisation_id": pl.repeat(agency, len(people), dtype=pl.String, eager=True),
            "case_id": numbered(mark, number, 9),
            "kind": pl.repeat(kind, len(people), dtype=pl.String, eager=True),
            "person_id": world.numbers.of[agency].gather(people),
            "borough": pl.Series(borough_codes(), dtype=pl.String).gather(homes),
            "offence_ref": numbered(ref, number, 9) if ref else None,
            "opening_rule_version": pl.repeat("1", len(people), dtype=pl.String, eager=True),
            "lead_organisation": pl.repeat(agency, len(people), dtype=pl.String, eager=True),
            "lawful_basis": pl.repeat("DPA 2018 Schedule 8 paragraph 1", len(people), dtype=pl.String, eager=True),
            "review_on": dates(np.full(len(people), day(world.settings.as_at) + 90, np.int32)),
        },
        schema_overrides={"offence_ref": pl.String},
    )


def stay_frame(
    cases: pl.DataFrame, stage: str, place: int, rows: Flags, entered: Ints, left: Ints, as_at: int, **said: Any
) -> pl.DataFrame:
    """Return stays in one stage of the cases `rows` that had entered it by `as_at`; what comes later is not known."""
    known = np.flatnonzero(rows & (entered <= as_at))
    gone = left[known] <= as_at
    part = cases[known]
    texts = {name: said[name].gather(known) if name in said else pl.Series([None] * len(known), dtype=pl.String)
             for name in ("outcome", "reason", "organisation")}  # fmt: skip
    return pl.DataFrame(
        {
            "organisation_id": part["organisation_id"],
            "case_stage_id": part["case_id"] + f"-{place}",
            "case_id": part["case_id"],
            "kind": part["kind"],
            "stage": pl.repeat(stage, len(known), dtype=pl.String, eager=True),
            "entered_on": dates(entered[known].astype(np.int32)),
            "left_on": dates(left[known].astype(np.int32), as_at),
            **{name: column.set(pl.Series(~gone), None) for name, column in texts.items() if name != "organisation"},
            "organisation": texts["organisation"],
        }
    )
