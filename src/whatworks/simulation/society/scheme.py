"""Run the resettlement scheme: who is referred on release, who starts (late), who is lost on the way."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import NEVER, Days, Flags, Floats, Ints, age
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.homes import Homes
from whatworks.simulation.society.offending import Offences
from whatworks.simulation.society.people import People
from whatworks.simulation.society.places import SCHEME_BOROUGHS
from whatworks.simulation.society.sentencing import CUSTODY, Sentences
from whatworks.simulation.society.two_lives import Life
from whatworks.simulation.streams import stream

SCHEME_ID = "GATE"
SCHEME_NAME = "Through the Gate (made up)"
WEEKS = 26
END_REASONS = ("completed", "lost_contact", "did_not_start", "returned_to_custody")
COMPLETED, LOST, NEVER_STARTED, JAILED, NOT_REFERRED = range(5)
_INTERCEPT = -2.25
_NEVER_OFFERED = 0.03


@dataclass(frozen=True, slots=True)
class Known:
    """What the records show of each person on the index day, which is all that decides referral.

    `sanctions` and `sentences` count days on which something was sanctioned or a custodial sentence was given, that of
    the index sentence among them.
    """

    age: Ints
    sanctions: Ints
    sentences: Ints
    needs: npt.NDArray[np.int8]

    def need_count(self) -> Ints:
        """Return on how many pathways the need is medium or high."""
        result: Ints = (self.needs >= 2).sum(axis=1)
        return result


@dataclass(frozen=True, slots=True)
class Participations:
    """One row for everyone eligible, in the order of People: the days of each step (`NEVER` if not reached)."""

    person: Ints
    borough: Ints
    eligible: Days
    referred: Days
    offered: Days
    started: Days
    completed: Days
    ended: Days
    reason: npt.NDArray[np.int8]


def known_at_release(
    people: People,
    offences: Offences,
    sentences: Sentences,
    life: Life,
    needs: npt.NDArray[np.int8],
    index: Days,
) -> Known:
    """Return what the records show on each person's index day; rows without one mean nothing."""
    then = index[offences.person]
    proved = life.committed & (offences.sanctioned <= then) & (then < NEVER)
    jailed = proved & (sentences.kind == CUSTODY)
    on = np.where(index < NEVER, index, people.born).astype(np.int32)
    return Known(
        age=age(people.born, on).astype(np.int64),
        sanctions=_days(offences, proved, len(people)),
        sentences=_days(offences, jailed, len(people)),
        needs=needs,
    )


def _days(offences: Offences, chosen: Flags, people: int) -> Ints:
    """Count each person's different days of sanction among the `chosen` offences."""
    days = np.unique(offences.person[chosen] * 2**32 + offences.sanctioned[chosen])
    return np.bincount(days >> 32, minlength=people).astype(np.int64)


def referral_chance(known: Known) -> Floats:
    """Return the chance of being referred: higher for the young, the often convicted and those with many needs.

    Its logarithm is linear in what the records show, so that the odds of being a participant rather than someone of
    another borough are log-linear too.

    >>> none = np.zeros((2, 7), dtype=np.int8)
    >>> chance = referral_chance(Known(np.array([40, 20]), np.array([2, 12]), np.array([1, 4]), none))
    >>> chance.round(2).tolist()
    [0.11, 0.5]
    """
    log = (
        _INTERCEPT
        + 0.09 * np.minimum(known.sanctions, 20)
        + 0.18 * known.need_count()
        - 0.022 * (known.age - 35)
        + 0.05 * np.minimum(known.sentences - 1, 6)
    )
    result: Floats = np.minimum(np.exp(log), 0.92)
    return result


def eligible(homes: Homes, index: Days) -> Flags:
    """Return who is eligible: those with an index day who live in a borough of the scheme on that day."""
    found = np.zeros(len(index), dtype=np.bool_)
    rows = np.flatnonzero(index < NEVER)
    found[rows] = np.isin(homes.borough_on(rows, index[rows]), SCHEME_BOROUGHS)
    return found


def referred(people: People, homes: Homes, index: Days, known: Known, seed: int, settings: SimulationSettings) -> Flags:
    """Return who is referred, on the day of release: some of those who live in the scheme's boroughs."""
    hidden = np.exp(settings.hidden_confounding * people.hidden - settings.hidden_confounding**2 / 2)
    draw = stream(seed, "scheme", people.first).random(len(people))
    result: Flags = eligible(homes, index) & (draw < referral_chance(known) * hidden)
    return result


def make_participations(
    people: People, homes: Homes, index: Days, joined: Flags, life: Life, seed: int, settings: SimulationSettings
) -> Participations:
    """Return what became of all who were eligible; those who did not join have no day beyond `eligible`.

    Whoever is back in custody before the start never starts.
    """
    rng = stream(seed, "participation", people.first)
    person = np.flatnonzero(eligible(homes, index))
    draws = rng.random((5, len(people)))[:, person]
    out, took_part = index[person], joined[person]
    jailed = _next_custody(life, person, out)
    offered = np.where(draws[0] < _NEVER_OFFERED, NEVER, out + 1 + (draws[1] * 13).astype(np.int32))
    intended = np.where(offered < NEVER, offered + (draws[2] ** 2 * 75).astype(np.int32), NEVER)
    lost = draws[3] < settings.lost_share
    turned_up = (intended < jailed) & ~(lost & (draws[4] < 0.25))
    started = np.where(turned_up, intended, NEVER)
    due = np.where(turned_up, started + WEEKS * 7, out + 60)
    drifts = np.where(turned_up, started + 7 + (draws[4] * (WEEKS * 7 - 14)).astype(np.int32), out + 60)
    ended = np.minimum(np.where(lost, drifts, due), np.maximum(jailed, out + 1))
    reason = np.select(
        [~took_part, lost, ~turned_up & (jailed > out + 60), jailed <= due],
        [NOT_REFERRED, LOST, NEVER_STARTED, JAILED],
        COMPLETED,
    )

    def reached(days: Days, when: Flags) -> Days:
        return np.where(took_part & when, days, NEVER).astype(np.int32)

    return Participations(
        person=person,
        borough=homes.borough_on(person, out),
        eligible=out,
        referred=reached(out, out < NEVER),
        offered=reached(offered, offered <= ended),
        started=reached(started, started < NEVER),
        completed=reached(due, reason == COMPLETED),
        ended=reached(ended, ended < NEVER),
        reason=reason.astype(np.int8),
    )


def _next_custody(life: Life, person: Ints, out: Days) -> Days:
    """Return the first day back in custody after each person's release; `NEVER` if there is none."""
    inside = life.blocks
    key = inside.person * 2**32 + inside.start
    at = np.searchsorted(key, person * 2**32 + out)
    found = (at < len(key)) & (inside.person[np.minimum(at, len(key) - 1)] == person) if len(key) else at < 0
    result: Days = np.where(found, inside.start[np.minimum(at, max(len(key) - 1, 0))] if len(key) else NEVER, NEVER)
    return result.astype(np.int32)
