"""A made-up scheme that changes nothing, and that people start late: whoever sees an effect has counted time wrongly.

Everyone is released once. The day of the first reoffence is drawn before anybody is referred. People who would start
`wait` days after release start only if they have not reoffended by then.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from police_number import police_number
from whatworks.linkage import link
from whatworks.measures import MeasureSettings, prepare
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.store import DuckDBStore

SETTINGS = MeasureSettings(date(2025, 6, 30), "police")


@dataclass(frozen=True)
class NoEffect:
    """The records' frames, and what is true of each person: referred, started, reoffended within the year."""

    frames: dict[str, pl.DataFrame]
    referred: np.ndarray
    started: np.ndarray
    reoffended: np.ndarray

    def store(self) -> Store:
        """Return a store in memory that holds the records, linked and derived."""
        connection = DuckDBStore(None)
        load_frames(connection, self.frames, as_at=SETTINGS.as_at)
        link(connection)
        prepare(connection, SETTINGS)
        return connection


def no_effect(n: int, *, share: float, longest_wait: int = 150, referral_known: bool = True, seed: int = 1) -> NoEffect:
    """Return `n` people of whom a `share` would start; `referral_known` says whether records hold the referral too."""
    rng = np.random.default_rng(seed)
    released = [date(2021, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 180, n)]
    age = rng.integers(20, 50, n)
    until = rng.exponential(500, n).astype(int) + 1  # about 52% within a year
    referred = rng.random(n) < share
    wait = rng.integers(0, longest_wait + 1, n)
    started = referred & (wait < until)
    return NoEffect(
        _frames(released, age, until, referred, started, wait, referral_known), referred, started, until < 365
    )


def _frames(
    released: list[date],
    age: np.ndarray,
    until: np.ndarray,
    referred: np.ndarray,
    started: np.ndarray,
    wait: np.ndarray,
    referral_known: bool,
) -> dict[str, pl.DataFrame]:
    n = len(released)
    ids = [f"{i:06d}" for i in range(n)]
    born = [day.replace(year=day.year - int(years), month=1, day=1) for day, years in zip(released, age, strict=True)]
    reoffence = [day + timedelta(days=int(d)) for day, d in zip(released, until, strict=True)]
    held = [i for i in range(n) if reoffence[i] < date(2024, 6, 30)]
    joins = [i for i in range(n) if (referred[i] if referral_known else started[i])]
    one = {
        "organisation_id": ["police"] * n,
        "person_id": ids,
        "pnc_id": [police_number(2001, int(i) + 1) for i in ids],
        "date_of_birth": born,
    }
    person = pl.DataFrame({**one, "sex": ["male"] * n})
    prison = person.with_columns(organisation_id=pl.lit("prison"))
    probation = person.with_columns(organisation_id=pl.lit("probation"))
    return {
        "organisation": pl.DataFrame(
            {
                "organisation_id": ["police", "prison", "probation"],
                "name": ["police", "prison", "probation"],
                "kind": ["police", "prison", "probation"],
            }
        ),
        "person": pl.concat([person, prison, probation]),
        "custody_spell": pl.DataFrame(
            {
                "organisation_id": ["prison"] * n,
                "spell_id": ids,
                "person_id": ids,
                "received_on": [day - timedelta(days=60) for day in released],
                "released_on": released,
                "status": ["sentence"] * n,
            }
        ),
        "offence": pl.DataFrame(
            {
                "organisation_id": ["police"] * len(held),
                "offence_id": [ids[i] for i in held],
                "person_id": [ids[i] for i in held],
                "offence_group": ["theft"] * len(held),
                "committed_from": [reoffence[i] for i in held],
                "recorded_on": [reoffence[i] for i in held],
                "sanctioned_on": [reoffence[i] + timedelta(days=30) for i in held],
                "sanction": ["conviction"] * len(held),
            }
        ),
        "scheme": pl.DataFrame(
            {"organisation_id": ["probation"], "scheme_id": ["LATE"], "name": ["Late"], "from_date": [date(2021, 1, 1)]}
        ),
        "participation": pl.DataFrame(
            {
                "organisation_id": ["probation"] * len(joins),
                "participation_id": [ids[i] for i in joins],
                "person_id": [ids[i] for i in joins],
                "scheme_id": ["LATE"] * len(joins),
                "referred_on": [released[i] if referral_known else None for i in joins],
                "started_on": [released[i] + timedelta(days=int(wait[i])) if started[i] else None for i in joins],
            },
            schema_overrides={"referred_on": pl.Date, "started_on": pl.Date},
        ),
    }
