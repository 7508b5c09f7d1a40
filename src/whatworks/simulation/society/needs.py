"""Assess needs on the seven pathways: by probation around custody, by council and health at other times."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.records.tables.agency_tables import NEED_LEVELS, PATHWAYS
from whatworks.simulation.days import NEVER, Days, Flags, Ints, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.offending import Offences
from whatworks.simulation.society.people import People
from whatworks.simulation.society.sentencing import CUSTODY, Sentences
from whatworks.simulation.streams import stream

ASSESSORS = ("probation", "council", "health")
_ASSESSES = {"council": (0, 4, 5), "health": (2, 3)}
"""Pathways that an agency assesses beside probation."""
_MISJUDGED = 0.15
_LATE = 0.15


@dataclass(frozen=True, slots=True)
class Assessments:
    """One row an assessment. `stay` is the offence whose custodial sentence brought it, or -1 where none did; `always`
    says whether it is made at every stay, or at a person's first only."""

    person: Ints
    pathway: npt.NDArray[np.int8]
    assessed: Days
    recorded: Days
    level: npt.NDArray[np.int8]
    agency: npt.NDArray[np.int8]
    stay: Ints
    met: Days
    always: Flags

    def columns(self) -> tuple[Any, ...]:
        """Return the columns in their order."""
        return tuple(getattr(self, field.name) for field in fields(self))

    def rows(self, chosen: Flags) -> "Assessments":
        """Return the chosen rows, in their order."""
        return Assessments(*(column[chosen] for column in self.columns()))


def make_assessments(
    people: People,
    offences: Offences,
    sentences: Sentences,
    known: dict[str, Flags],
    seed: int,
    settings: SimulationSettings,
) -> Assessments:
    """Return every assessment that might be made; a life makes those whose `stay` happens (see `made`).

    At first reception all seven pathways are assessed, later and shortly before release some of them again; one in
    seven of those before release is written down only weeks later. `known` says whom council and health know.
    """
    rng = stream(seed, "needs", people.first)
    stays = np.flatnonzero(sentences.kind == CUSTODY)
    received, released = offences.sanctioned[stays], sentences.inside_until[stays]
    who = offences.person[stays]
    every, again = np.ones((len(stays), len(PATHWAYS)), dtype=np.bool_), rng.random((len(stays), len(PATHWAYS))) < 0.25
    parts = [
        _assess(rng, people, who, received + 4, stays, every, 0, 0.0),
        _assess(rng, people, who, released - 1 - (released - received) // 5, stays, again, 0, _LATE),
    ]
    for agency, pathways in _ASSESSES.items():
        someone = np.flatnonzero(known[agency] & (rng.random(len(people)) < 0.5))
        on = rng.integers(day(settings.records_from), day(settings.as_at), len(someone)).astype(np.int32)
        chosen = np.isin(np.arange(len(PATHWAYS)), pathways) & (rng.random((len(someone), len(PATHWAYS))) < 0.6)
        parts.append(
            _assess(rng, people, someone, on, np.full(len(someone), -1), chosen, ASSESSORS.index(agency), _LATE)
        )
    return Assessments(*(np.concatenate(columns) for columns in zip(*(p.columns() for p in parts), strict=True)))


def _assess(
    rng: np.random.Generator,
    people: People,
    person: Ints,
    on: Days,
    stay: Ints,
    chosen: Flags,
    agency: int,
    late: float,
) -> Assessments:
    """Assess the `chosen` pathways (a row a person, a column a pathway)."""
    row, pathway = np.nonzero(chosen)
    size = len(row)
    true = people.need[person[row], pathway]
    wrong = np.where(rng.random(size) < _MISJUDGED, rng.choice([-1, 1], size), 0)
    level = np.clip(true + wrong, 0, len(NEED_LEVELS) - 1).astype(np.int8)
    delay = np.where(rng.random(size) < late, rng.integers(15, 75, size), 0)
    met = np.where((rng.random(size) < 0.25) & (level > 0), on[row] + rng.integers(60, 400, size), NEVER)
    return Assessments(
        person=person[row],
        pathway=pathway.astype(np.int8),
        assessed=on[row].astype(np.int32),
        recorded=(on[row] + delay).astype(np.int32),
        level=level,
        agency=np.full(size, agency, dtype=np.int8),
        stay=stay[row],
        met=met.astype(np.int32),
        always=(stay[row] < 0) | (late > 0) | (rng.random(size) < 0.2),
    )


def made(assessments: Assessments, offences: Offences, sentences: Sentences, committed: Flags) -> Assessments:
    """Return the assessments made in a life in which the offences `committed` happen."""
    jailed = np.flatnonzero(committed & (sentences.kind == CUSTODY))
    first = np.full(offences.person.max(initial=0) + 1, NEVER)
    np.minimum.at(first, offences.person[jailed], offences.sanctioned[jailed])
    keep = assessments.stay < 0
    stay = assessments.stay[~keep]
    at_first = offences.sanctioned[stay] == first[offences.person[stay]]
    keep[~keep] = committed[stay] & (assessments.always[~keep] | at_first)
    return assessments.rows(keep)


def recorded_needs(assessments: Assessments, index: Days) -> npt.NDArray[np.int8]:
    """Return what anyone could read on each person's index day: the level last assessed on each pathway, -1 if none.

    An assessment counts once it has been written down, not before. Of two made on one day that of council or health
    counts, not probation's; of one agency's, the higher.
    """
    found = np.full((len(index), len(PATHWAYS)), -1, dtype=np.int8)
    then = index[assessments.person]
    rows = np.flatnonzero((then < NEVER) & (assessments.recorded <= then) & (assessments.assessed <= then))
    elsewhere = assessments.agency[rows] > 0
    rows = rows[np.lexsort((assessments.level[rows], elsewhere, assessments.assessed[rows]))]
    found[assessments.person[rows], assessments.pathway[rows]] = assessments.level[rows]
    return found


def helped(assessments: Assessments, index: Days, joined: Flags, seed: int, first: int) -> Assessments:
    """Return the assessments with what the scheme does about needs: a third of those known at release are then met."""
    rng = stream(seed, "needs_met", first)
    then = index[assessments.person]
    sought = joined[assessments.person] & (assessments.assessed <= then) & (assessments.assessed > then - 400)
    sought &= (assessments.level > 0) & (assessments.met >= then) & (rng.random(len(then)) < 0.35)
    met = np.where(sought, then + rng.integers(20, 330, len(then)), assessments.met).astype(np.int32)
    return replace(assessments, met=met)
