"""Sentence the convicted: what kind, how long, and how long of it behind bars."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.tables.agency_tables import SENTENCE_KINDS
from whatworks.simulation.days import NEVER, Days, Flags, Floats, Ints
from whatworks.simulation.society.offending import CONVICTION, Offences
from whatworks.simulation.society.people import People
from whatworks.simulation.streams import stream

CUSTODY, SUSPENDED, COMMUNITY, FINE, DISCHARGE = (
    SENTENCE_KINDS.index(kind) for kind in ("custody", "suspended", "community", "fine", "discharge")
)
NO_SENTENCE = -1
_LENGTHS = np.array(
    [14, 28, 42, 56, 70, 84, 98, 112, 126, 140, 168, 182, 224, 280, 322, 426, 486, 548, 639, 730, 913, 1095, 1460, 1826]
)
"""Custodial sentences as courts pronounce them, in days; none lies near the line of twelve months."""
_GRAVITY = np.array(
    [1.1, 2.0, 0.6, 2.2, 2.2, 0.4, 1.7, 1.2, 0.9, 0.9, 0.8, 0.9, 0.9, 0.8, 0.4, 0.4, 0.6, 2.2, 0.8, 0.0, 0.8]
)
"""How grave courts take each group to be: multiplies the chance of custody, and lengthens it."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What would follow each offence, in the order of Offences; `kind` is `NO_SENTENCE` without a conviction.

    Someone held for the offence is in custody from the night of `inside_from` until released on `inside_until`
    (remand and sentence together); both are `NEVER` if not held.
    """

    kind: npt.NDArray[np.int8]
    length: Ints
    inside_from: Days
    inside_until: Days

    @property
    def held(self) -> Flags:
        """Return whether the offence leads to custody, on remand or under sentence."""
        return self.inside_from < NEVER


def make_sentences(people: People, offences: Offences, seed: int) -> Sentences:
    """Sentence every conviction, as a mark of the offence: the same in both lives.

    Half of a custodial sentence is served, less the time on remand. The chance of custody rises with earlier
    convictions. Breach of an order alone never leads to custody, and those under 18 stay out of it.
    """
    rng = stream(seed, "sentencing", people.first)
    size = len(offences)
    convicted = offences.sanction == CONVICTION
    adult = offences.committed - people.born[offences.person] >= 18 * 365.25
    chance = adult * custody_chance(offences.group, _earlier(offences.person, convicted))
    draw, other = rng.random(size), rng.random(size)
    kind = np.select(
        [~convicted, draw < chance, adult & (other < 0.18), other < 0.55, other < 0.92],
        [NO_SENTENCE, CUSTODY, SUSPENDED, COMMUNITY, FINE],
        DISCHARGE,
    ).astype(np.int8)
    length = _length(rng.random(size), kind, offences.group)
    jailed = kind == CUSTODY
    on_remand = np.where(offences.remanded, offences.sanctioned - offences.charged, 0)
    until = offences.sanctioned + np.where(jailed, np.maximum(length // 2 - on_remand, 5), 0)
    held = jailed | offences.remanded
    return Sentences(
        kind=kind,
        length=length,
        inside_from=np.where(held, np.where(offences.remanded, offences.charged, offences.sanctioned), NEVER).astype(
            np.int32
        ),
        inside_until=np.where(held, until, NEVER).astype(np.int32),
    )


def custody_chance(group: Ints, earlier: Ints) -> Floats:
    """Return the chance that a conviction leads to custody, by offence group and number of earlier convictions.

    >>> from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
    >>> theft = np.array([OFFENCE_GROUPS.index("theft")] * 2)
    >>> custody_chance(theft, np.array([0, 20])).round(3).tolist()
    [0.207, 0.639]
    """
    return np.minimum(0.8, _GRAVITY[group] * (0.23 + 0.06 * np.minimum(earlier, 8)))


def _earlier(person: Ints, convicted: Flags) -> Ints:
    """Count a person's convictions for what might have been done before, whichever life it is."""
    total: Ints = np.cumsum(convicted) - convicted
    first = np.r_[True, person[1:] != person[:-1]]
    return total - total[np.maximum.accumulate(np.where(first, np.arange(len(person)), 0))]


def _length(draw: Floats, kind: npt.NDArray[np.int8], group: Ints) -> Ints:
    custody = _LENGTHS[(draw ** (1.6 / np.maximum(_GRAVITY[group], 0.5)) * len(_LENGTHS)).astype(np.int64)]
    months = np.array([6, 9, 12, 18])[(draw * 4).astype(np.int64)]
    order = np.where((kind == SUSPENDED) | (kind == COMMUNITY), months * 30, 0)
    return np.where(kind == CUSTODY, custody, order).astype(np.int64)
