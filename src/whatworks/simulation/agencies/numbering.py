"""Give people the numbers by which agencies know them, and say which agency knows whom."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.simulation.days import Flags, Ints, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.offending import Offences
from whatworks.simulation.society.people import People
from whatworks.simulation.society.sentencing import COMMUNITY, CUSTODY, SUSPENDED, Sentences
from whatworks.simulation.society.two_lives import Life
from whatworks.simulation.streams import stream

AGENCIES = ("police", "probation", "prison", "court", "council", "health")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
FOUND, NOT_ELSEWHERE, NOT_IN_POLICE = range(3)
"""Whether the shared number joins a person's records: yes; only police hold it; all hold it but police."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Each person's numbers: `of` by agency, the shared `pnc`, and how joining by it fails (`fails`)."""

    of: dict[str, pl.Series]
    pnc: pl.Series
    fails: Ints


def numbered(prefix: str, numbers: Ints, width: int) -> pl.Series:
    """Return numbers as text of a fixed width after a prefix; the first digit is 1, so that no zeros get lost.

    >>> numbered("CR", np.array([7, 12]), 5).to_list()
    ['CR10007', 'CR10012']
    """
    return prefix + pl.Series(numbers + 10 ** (width - 1)).cast(pl.String)


def make_numbers(people: People, fails: Ints, seed: int) -> Numbers:
    """Return numbers that do not tell one agency's order from another's."""
    rng = stream(seed, "numbers", people.first)
    order = {agency: people.first + rng.permutation(len(people)) for agency in AGENCIES}
    year = np.minimum(1970 + people.born // 365 + 14 + (people.number % 9), 2024)
    checked = (year % 100 * 10**7 + people.number + 10**6) % len(_CHECK_LETTERS)
    letter = pl.Series(list(_CHECK_LETTERS)).gather(checked)
    pnc = pl.Series(year).cast(pl.String) + numbered("/", people.number, 7) + letter
    return Numbers(
        of={
            "police": numbered("NB", order["police"], 8),
            "probation": numbered("X", order["probation"], 7),
            "prison": _prison_number(order["prison"]),
            "court": numbered("", order["court"], 10),
            "council": numbered("C-", order["council"], 7),
            "health": numbered("9", order["health"], 9),
        },
        pnc=pnc,
        fails=fails,
    )


def missing_numbers(people: People, reoffends: Flags, seed: int, settings: SimulationSettings) -> Ints:
    """Draw whose records the shared number fails to join: for half only police hold it, for half all but police do."""
    draws = stream(seed, "missing", people.first).random((2, len(people)))
    chance = settings.no_pnc_share + settings.missing_by_outcome * reoffends
    return np.where(draws[0] >= chance, FOUND, np.where(draws[1] < 0.5, NOT_ELSEWHERE, NOT_IN_POLICE))


def known_to(
    people: People, offences: Offences, sentences: Sentences, life: Life, seed: int, settings: SimulationSettings
) -> dict[str, Flags]:
    """Return for each agency whom it knows by the as-at date.

    Police know whoever was laid an offence, courts whoever was charged, prisons whoever was held, probation whoever
    got a sentence of custody or an order; council and health know some, and the council all whom nobody else knows.
    """
    as_at = day(settings.as_at)
    draws = stream(seed, "known", people.first).random((2, len(people)))

    def someone(rows: Flags) -> Flags:
        return np.bincount(offences.person[life.committed & rows], minlength=len(people)) > 0

    supervised = np.isin(sentences.kind, (CUSTODY, SUSPENDED, COMMUNITY)) & (offences.sanctioned <= as_at)
    known = {
        "police": someone(offences.recorded <= as_at),
        "probation": someone(supervised),
        "prison": someone(sentences.inside_from <= as_at),
        "court": someone(offences.charged <= as_at),
        "health": draws[1] < 0.3,
    }
    known["council"] = (draws[0] < 0.35) | ~(known["police"] | known["health"])
    return known


def _prison_number(number: Ints) -> pl.Series:
    """Return numbers in the manner of prisons: a letter, four digits, two letters."""
    size, letters = len(_LETTERS), pl.Series(list(_LETTERS))
    rest, digits = number // 9000, number % 9000
    tail = letters.gather(rest // size % size) + letters.gather(rest % size)
    return letters.gather(rest // size**2 % size) + numbered("", digits, 4) + tail
