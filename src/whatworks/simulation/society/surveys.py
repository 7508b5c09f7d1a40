"""Ask a made-up public how confident it is: one true change, one change of question, and crimes that few reported."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.days import Floats, Ints
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.places import BOROUGHS, VINTAGE, WARDS_EACH, area_frame, borough_codes, ward_codes
from whatworks.simulation.streams import stream

SURVEY = "Northbank public attitudes survey (made up)"
WAVES = 12
"""Quarters, the last of which ends by the day of the extracts."""
RISES_FROM, REWORDED_FROM = 4, 8
"""Confidence truly rises from one wave on, and from a later one on the question has other words."""
BASE, RISE, BY_WORDS = 0.55, 0.09, -0.08
WARDS_DRAWN, EACH = 4, 8
WORDS = (
    "How confident are you that the police and the council deal with crime in this area?",
    "Taking everything into account, how confident are you in the police in this area?",
)
INCIDENTS_A_YEAR, KNOWN = 0.25, 0.42
"""Crimes a person and year, and the share that police came to know."""
_ANSWERS = np.array(["very", "fairly", "not very", "not at all"])


def chances(seed: int) -> Floats:
    """Return the true share of confident people by wave and ward, as those asked in that wave's words would say it."""
    wards = stream(seed, "surveys").normal(0.0, 0.03, (len(BOROUGHS), WARDS_EACH))
    boroughs = np.linspace(-0.06, 0.06, len(BOROUGHS))[:, None]
    wave = np.arange(WAVES)
    level = BASE + RISE * (wave >= RISES_FROM) + BY_WORDS * (wave >= REWORDED_FROM)
    shares: Floats = level[:, None, None] + (boroughs + wards)[None]
    return shares


def quarters(as_at: date) -> list[tuple[date, date]]:
    """Return the first and last day of each wave.

    >>> quarters(date(2025, 6, 30))[-1]
    (datetime.date(2025, 4, 1), datetime.date(2025, 6, 30))
    """
    after = np.datetime64(as_at, "D") + 1
    ends = after.astype("datetime64[M]") - (after.astype("datetime64[M]").astype(int) % 3)
    starts = [ends - 3 * back for back in range(WAVES, -1, -1)]
    days = [start.astype("datetime64[D]").astype(date) for start in starts]
    last = [(start.astype("datetime64[D]") - 1).astype(date) for start in starts]
    return list(zip(days[:-1], last[1:], strict=True))


def wave_name(first: date) -> str:
    """Return a wave's short name.

    >>> wave_name(date(2025, 4, 1))
    '2025-Q2'
    """
    return f"{first.year}-Q{(first.month + 2) // 3}"


def survey_frames(settings: SimulationSettings, seed: int) -> dict[str, pl.DataFrame]:
    """Return tables `survey_wave` and `survey_response`, as police hold them.

    In every wave four of a borough's eight wards are drawn afresh, and in each of them eight people, who stand for
    more or fewer as they were harder or easier to reach.
    """
    rng, shares, days = stream(seed, "surveys", 1), chances(seed), quarters(settings.as_at)
    names = [wave_name(first) for first, _ in days]
    waves = pl.DataFrame(
        {
            "organisation_id": ["police"] * WAVES,
            "wave_id": names,
            "survey": [SURVEY] * WAVES,
            "from_date": [first for first, _ in days],
            "to_date": [last for _, last in days],
            "mode": ["face to face"] * WAVES,
            "population": ["residents of 16 and over"] * WAVES,
            "panel": [None] * WAVES,
        },
        schema_overrides={"panel": pl.String},
    )
    answers = pl.concat(_wave(rng, wave, name, shares[wave]) for wave, name in enumerate(names))
    return {"survey_wave": waves, "survey_response": answers}


def _wave(rng: np.random.Generator, wave: int, name: str, shares: Floats) -> pl.DataFrame:
    each = WARDS_DRAWN * EACH
    borough = np.repeat(np.arange(len(BOROUGHS)), each)
    drawn = np.stack([rng.permutation(WARDS_EACH)[:WARDS_DRAWN] for _ in BOROUGHS])
    ward = np.repeat(drawn.reshape(-1), EACH)
    pull = rng.lognormal(0.0, 0.3, (len(BOROUGHS), each))
    weight = np.round(_residents()[:, None] * pull / pull.sum(axis=1, keepdims=True), 1).reshape(-1)
    confident = rng.random(len(ward)) < shares[borough, ward]
    answer = _ANSWERS[np.where(confident, 0, 2) + (rng.random(len(ward)) < 0.7)]
    incidents = rng.poisson(INCIDENTS_A_YEAR, len(ward))
    came_to_know = rng.binomial(incidents, KNOWN)
    people = pl.DataFrame(
        {
            "organisation_id": ["police"] * len(ward),
            "wave_id": [name] * len(ward),
            "respondent_id": [f"R{wave + 1:02d}{number:05d}" for number in range(len(ward))],
            "weight": weight,
            "stratum": pl.Series(borough_codes()).gather(borough),
            "cluster": pl.Series(ward_codes()).gather(borough * WARDS_EACH + ward),
            "fpc": [None] * len(ward),
            "area_code": pl.Series(ward_codes()).gather(borough * WARDS_EACH + ward),
            "area_vintage": [VINTAGE] * len(ward),
        },
        schema_overrides={"fpc": pl.Float64},
    )
    return pl.concat(
        [
            _asked(people, "confidence", WORDS[wave >= REWORDED_FROM], answer),
            _asked(
                people, "incidents", "How many crimes happened to you in the last 12 months?", incidents.astype(str)
            ),
            _asked(people, "police_know", "Of how many did the police come to know?", came_to_know.astype(str)).filter(
                pl.Series(incidents > 0)
            ),
        ]
    )


def _asked(people: pl.DataFrame, question: str, wording: str, answer: Any) -> pl.DataFrame:
    return people.with_columns(question=pl.lit(question), wording=pl.lit(wording), answer=pl.Series(answer))


def _residents() -> Ints:
    boroughs: Ints = area_frame()["population"].head(len(BOROUGHS)).to_numpy()
    return boroughs


def survey_truth(settings: SimulationSettings, seed: int) -> dict[str, Any]:
    """Return what is true of the public: confidence by wave, where it changed, and crimes that police do not know."""
    residents = _residents()
    by_wave = (chances(seed).mean(axis=2) * residents).sum(axis=1) / residents.sum()
    names = [wave_name(first) for first, _ in quarters(settings.as_at)]
    return {
        "question": "confidence",
        "confident_answers": ["very", "fairly"],
        "share_by_wave": dict(zip(names, (round(float(share), 8) for share in by_wave), strict=True)),
        "true_change": {"from": names[RISES_FROM], "points": RISE},
        "change_of_question": {"from": names[REWORDED_FROM], "points_by_words_alone": BY_WORDS},
        "incidents_a_year": round(float(residents.sum() * INCIDENTS_A_YEAR), 8),
        "not_known_to_police_a_year": round(float(residents.sum() * INCIDENTS_A_YEAR * (1 - KNOWN)), 8),
    }
