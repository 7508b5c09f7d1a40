"""Supervise orders and licences: requirements, appointments kept and missed, breaches."""

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.tables.agency_tables import APPOINTMENT_OUTCOMES
from whatworks.simulation.agencies.numbering import numbered
from whatworks.simulation.agencies.offence_records import offence_numbers, sentence_numbers
from whatworks.simulation.days import Days, Flags, Ints, dates, day
from whatworks.simulation.society.custody import Blocks
from whatworks.simulation.society.sentencing import COMMUNITY, CUSTODY, SUSPENDED
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

KINDS = ("supervision", "unpaid_work", "programme", "licence")
SUPERVISION, UNPAID_WORK, PROGRAMME, LICENCE = range(4)
PROVIDERS = ("Northbank Probation", "Greenway Trust", "Northbank Works")
_EVERY_DAYS = 70
_MOST_APPOINTMENTS = 8
_LICENCE_FROM_DAYS = 365


def supervision_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `requirement`, `appointment` and `breach`, which probation keeps."""
    rng = stream(world.seed, "supervision", world.people.first)
    rows, kind, start, end = _requirements(world, rng)
    number = offence_numbers(world, rows) * len(KINDS) + kind
    requirement_id = numbered("Q", number, 10)
    requirement = pl.DataFrame(
        {
            "requirement_id": requirement_id,
            "person_id": world.numbers.of["probation"].gather(world.offences.person[rows]),
            "sentence_id": sentence_numbers(world, rows),
            "kind": pl.Series(KINDS).gather(kind),
            "provider": pl.Series(PROVIDERS).gather(np.array([0, 2, 1, 0])[kind]),
            "from_date": dates(start),
            "to_date": dates(end),
        }
    )
    due, of, outcome = _appointments(world, rng, rows, kind, start, end)
    appointment = pl.DataFrame(
        {
            "appointment_id": numbered("", number[of] * 32 + _nth(of), 11),
            "requirement_id": requirement_id.gather(of),
            "due_on": dates(due),
            "outcome": pl.Series([*APPOINTMENT_OUTCOMES, None]).gather(outcome),
        }
    )
    frames = {
        "requirement": requirement,
        "appointment": appointment,
        "breach": _breaches(world, rng, requirement_id, number, of, due, outcome),
    }
    return {name: frame.with_columns(organisation_id=pl.lit("probation")) for name, frame in frames.items()}


def _requirements(world: World, rng: np.random.Generator) -> tuple[Ints, Ints, Days, Days]:
    """Return offences and kinds, first and last days: parts of orders, and licences after twelve months or more."""
    offences, sentences, as_at = world.offences, world.sentences, day(world.settings.as_at)
    happened = world.life.committed & (offences.sanctioned <= as_at)
    order = np.flatnonzero(happened & np.isin(sentences.kind, (COMMUNITY, SUSPENDED)))
    draws = rng.random((2, len(order)))
    released = np.flatnonzero(
        happened & (sentences.kind == CUSTODY) & (sentences.length >= _LICENCE_FROM_DAYS)
        & (sentences.inside_until <= as_at)
    )  # fmt: skip
    unpaid, programme = order[draws[0] < 0.4], order[draws[1] < 0.2]
    rows = np.concatenate([order, unpaid, programme, released])
    kind = np.repeat(
        [SUPERVISION, UNPAID_WORK, PROGRAMME, LICENCE], [len(order), len(unpaid), len(programme), len(released)]
    )
    start = np.where(kind == LICENCE, sentences.inside_until[rows], offences.sanctioned[rows])
    end = offences.sanctioned[rows] + sentences.length[rows]
    in_force = end > start
    return rows[in_force], kind[in_force], start[in_force].astype(np.int32), end[in_force].astype(np.int32)


def _appointments(
    world: World, rng: np.random.Generator, rows: Ints, kind: Ints, start: Days, end: Days
) -> tuple[Days, Ints, Ints]:
    """Return the day, requirement and outcome (3: not yet known) of each appointment; none while in custody."""
    as_at = day(world.settings.as_at)
    many = np.where(kind == PROGRAMME, 0, np.minimum((end - start) // _EVERY_DAYS, _MOST_APPOINTMENTS))
    of = np.repeat(np.arange(len(rows)), many)
    due = (start[of] + 7 + _nth(of) * _EVERY_DAYS + rng.integers(0, 7, len(of))).astype(np.int32)
    keeps = 0.62 + 0.3 * rng.beta(4, 2, len(world.people))[world.offences.person[rows[of]]]
    draw = rng.random(len(of))
    outcome = np.select([due > as_at, draw < keeps, draw < keeps + (1 - keeps) * 0.5], [3, 0, 1], 2)
    meant = (due <= end[of]) & (due <= as_at + 60) & ~inside(world.life.blocks, world.offences.person[rows[of]], due)
    return due[meant], of[meant], outcome[meant]


def inside(blocks: Blocks, person: Ints, on: Days) -> Flags:
    """Return whether each person is in custody on the night of a day."""
    if len(blocks.person) == 0:
        return np.zeros(len(person), dtype=np.bool_)
    at = np.searchsorted(blocks.person * 2**32 + blocks.start, person * 2**32 + on, side="right") - 1
    last = np.maximum(at, 0)
    result: Flags = (at >= 0) & (blocks.person[last] == person) & (on < blocks.end[last])
    return result


def _breaches(
    world: World,
    rng: np.random.Generator,
    requirement_id: pl.Series,
    number: Ints,
    of: Ints,
    due: Days,
    outcome: Ints,
) -> pl.DataFrame:
    """Return table `breach`: a quarter of the absences without excuse are acted on as breaches."""
    acted = (outcome == 2) & (rng.random(len(of)) < 0.25) & (due + 4 <= day(world.settings.as_at))
    which, of = np.flatnonzero(acted), of[acted]
    action = rng.integers(0, 2, len(of))
    upheld = rng.integers(0, 3, len(of))
    return pl.DataFrame(
        {
            "breach_id": numbered("B", number[of] * 32 + _nth(of), 11),
            "requirement_id": requirement_id.gather(of),
            "breached_on": dates((due[which] + 4).astype(np.int32)),
            "action": pl.Series(["warning_letter", "returned_to_court"]).gather(action),
            "outcome": pl.Series(["upheld", "upheld", "withdrawn"]).gather(upheld),
        }
    )


def _nth(of: Ints) -> npt.NDArray[np.int64]:
    """Return each row's place, from 0, among the rows of its own requirement (which stand together)."""
    first = np.r_[True, of[1:] != of[:-1]][: len(of)]
    result: Ints = np.arange(len(of)) - np.maximum.accumulate(np.where(first, np.arange(len(of)), 0))
    return result
