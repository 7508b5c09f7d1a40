"""Write things down as badly as agencies do: typos, gaps, duplicates, disagreements, impossible dates."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.simulation.agencies.extract import Extract
from whatworks.simulation.days import Flags
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.people import ETHNICITIES

_CAREFUL = ("police", "prison")
"""Agencies that make fewer mistakes about who someone is."""
_GAPS = {
    ("address", "postcode"): 0.05,
    ("address", "area_code"): 0.01,
    ("address", "recorded_on"): 0.02,
    ("offence", "committed_to"): 0.10,
    ("offence", "area_code"): 0.02,
    ("custody_spell", "establishment"): 0.02,
    ("requirement", "provider"): 0.05,
    ("breach", "outcome"): 0.10,
    ("need", "recorded_on"): 0.02,
}
_NO_REFERENCE = 0.02
_TWICE_KNOWN = {"police": 0.01, "council": 0.01}
_SPOILED, _MISSING, _REPEATED = 0.0006, 0.0003, 0.0004


@dataclass(frozen=True, slots=True)
class Written:
    """One agency's tables as it holds them, and the second numbers of people whom it knows twice."""

    frames: dict[str, pl.DataFrame]
    second: pl.DataFrame


def written_down(
    frames: dict[str, pl.DataFrame],
    agency: str,
    rng: np.random.Generator,
    settings: SimulationSettings,
    split: Flags | None = None,
) -> Written:
    """Return the agency's tables with its mistakes; all draws are made whatever the settings are.

    `split` says of each person whether the agency knows them twice whatever is drawn.
    """
    found = {table: _gaps(frame, table, agency, rng, settings) for table, frame in frames.items()}
    found["person"] = _disagreeing(found["person"], agency, rng, settings)
    found["person"] = _mistyped(found["person"], agency, rng, settings)
    return _known_twice(found, agency, rng, settings, split)


def spoiled_lines(
    lines: pl.DataFrame, extract: Extract, rng: np.random.Generator, settings: SimulationSettings
) -> pl.DataFrame:
    """Return a file's lines with impossible dates, missing values and repeated lines where its description says so."""
    draws = rng.random((3, lines.height))
    if extract.spoiled and settings.typos:
        hit = pl.Series(draws[0] < _SPOILED) & lines[extract.spoiled].is_not_null()
        lines = lines.with_columns(_set(lines[extract.spoiled], hit, impossible(extract.dates)))
    if extract.required and settings.gaps:
        lines = lines.with_columns(_set(lines[extract.required], pl.Series(draws[1] < _MISSING), None))
    if extract.repeated and settings.duplicates:
        lines = pl.concat([lines, lines.filter(pl.Series(draws[2] < _REPEATED))])
    return lines


def impossible(form: str) -> str:
    """Return 31 February 2021 in a format.

    >>> impossible("%d/%m/%Y"), impossible("%d-%b-%Y")
    ('31/02/2021', '31-Feb-2021')
    """
    return form.replace("%d", "31").replace("%m", "02").replace("%b", "Feb").replace("%Y", "2021")


def _set(column: pl.Series, hit: pl.Series, value: str | None) -> pl.Series:
    return pl.select(pl.when(hit).then(pl.lit(value, column.dtype)).otherwise(column).alias(column.name)).to_series()


def _gaps(
    frame: pl.DataFrame, table: str, agency: str, rng: np.random.Generator, settings: SimulationSettings
) -> pl.DataFrame:
    """Leave out some values that an agency need not give; a reference is only left out by those who prove nothing."""
    shares = {column: share for (of, column), share in _GAPS.items() if of == table}
    if table == "offence" and agency == "probation":
        shares["offence_ref"] = _NO_REFERENCE
    if table == "person":
        shares = {"postcode": 0.06, "ethnicity": 0.05}
        if agency not in _CAREFUL:
            shares["date_of_birth"] = 0.02
    for column, share in shares.items():
        missing = rng.random(frame.height) < share
        if settings.gaps:
            frame = frame.with_columns(_set(frame[column], pl.Series(missing), None))
    return frame


def _disagreeing(
    frame: pl.DataFrame, agency: str, rng: np.random.Generator, settings: SimulationSettings
) -> pl.DataFrame:
    """Record some people's sex, date of birth and ethnic group otherwise than they are."""
    share = 0.002 if agency in _CAREFUL else 0.012
    draws = rng.random((5, frame.height))
    other = pl.Series(ETHNICITIES).gather((draws[3] * len(ETHNICITIES)).astype(np.int64))
    if not settings.disagreements:
        return frame
    sex, unknown = pl.Series(draws[0] < share), pl.Series(draws[4] < (0.0 if agency in _CAREFUL else 0.01))
    swapped = pl.col("sex").replace({"male": "female", "female": "male"})
    return frame.with_columns(
        pl.when(unknown).then(pl.lit("unknown")).when(sex).then(swapped).otherwise("sex").alias("sex"),
        pl.when(pl.Series(draws[1] < share))
        .then(pl.col("date_of_birth").dt.offset_by("1y"))
        .otherwise("date_of_birth")
        .alias("date_of_birth"),
        pl.when(pl.Series(draws[2] < 4 * share) & pl.col("ethnicity").is_not_null())
        .then(other)
        .otherwise("ethnicity")
        .alias("ethnicity"),
    )


def _mistyped(frame: pl.DataFrame, agency: str, rng: np.random.Generator, settings: SimulationSettings) -> pl.DataFrame:
    """Drop a letter of some names, shout others, and write the shared number with spaces or in small letters."""
    share = 0.01 if agency in _CAREFUL else 0.04
    draws = rng.random((5, frame.height))
    if not settings.typos:
        return frame
    return frame.with_columns(
        *(_name(name, draws[at] < share, draws[2] < 0.05) for at, name in enumerate(("forename", "surname"))),
        pl.when(pl.Series(draws[3] < 0.03))
        .then(pl.col("pnc_id").str.to_lowercase())
        .when(pl.Series(draws[4] < 0.03))
        .then(pl.col("pnc_id").str.replace("/", " / ", literal=True))
        .otherwise("pnc_id")
        .alias("pnc_id"),
    )


def _name(column: str, hit: Flags, shout: Flags) -> pl.Expr:
    name = pl.col(column)
    shorter = name.str.slice(0, 2) + name.str.slice(3)
    return (
        pl.when(pl.Series(hit)).then(shorter).when(pl.Series(shout)).then(name.str.to_uppercase()).otherwise(name)
    ).alias(column)


def _known_twice(
    frames: dict[str, pl.DataFrame],
    agency: str,
    rng: np.random.Generator,
    settings: SimulationSettings,
    split: Flags | None,
) -> Written:
    """Give some people a second number, under which some of their records stand."""
    person = frames["person"]
    twice = rng.random(person.height) < _TWICE_KNOWN.get(agency, 0.0)
    moves = {table: rng.random(frame.height) < 0.4 for table, frame in frames.items() if table != "person"}
    twice &= settings.duplicates
    if split is not None:
        twice |= split
    if not twice.any():
        return Written(frames, pl.DataFrame(schema={"person_id": pl.String, "first_id": pl.String}))
    again = person.filter(pl.Series(twice)).with_columns(pl.col("person_id").alias("first_id"))
    again = again.with_columns(second_number("person_id"))
    found = {"person": pl.concat([person, again.drop("first_id")])}
    numbers = again.select("person_id", "first_id")
    for table, moved in moves.items():
        frame = frames[table]
        if "person_id" in frame.columns:
            hit = pl.Series(moved) & frame["person_id"].is_in(numbers["first_id"].implode())
            frame = frame.with_columns(
                pl.when(hit).then(second_number("person_id")).otherwise("person_id").alias("person_id")
            )
        found[table] = frame
    return Written(found, numbers)


def second_number(column: str) -> pl.Expr:
    """Return an agency's second number for a person: first numbers have 1 as their first digit, these have 9.

    >>> pl.DataFrame({"n": ["NB100012"]}).select(second_number("n")).item()
    'NB900012'
    """
    return pl.col(column).str.replace("1", "9", literal=True)
