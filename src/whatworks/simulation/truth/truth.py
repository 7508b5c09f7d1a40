"""Work out what is true: each person's outcomes with the scheme and without, and the average effect on them.

The arithmetic is the simulation's own (section 2 of the method: half-open windows, committed within twelve months of
the index day and sanctioned within eighteen, and so for any number of months), so that it and room
`measures` check each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.records.follow_up import windowed
from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
from whatworks.simulation.days import Days, Flags, Floats, Ints, add_months, only
from whatworks.simulation.society.custody import Blocks
from whatworks.simulation.society.offence_classes import CLASS_OF_CODE
from whatworks.simulation.society.offending import CONVICTION, Offences
from whatworks.simulation.society.sentencing import CUSTODY, Sentences
from whatworks.simulation.society.two_lives import Life

_SEVERITY = (40, 100, 5, 200, 250, 2, 60, 20, 3, 4, 8, 2, 6, 4, 2, 10, 5, 80, 12, 1, 5)
"""The made-up example edition of severity weights, in the order of OFFENCE_GROUPS."""
_YEAR_OF_SENTENCE = 365
OUTCOMES = (
    "proven_reoffending", "frequency", "days_to_first", "charged", "charges", "reconvicted", "seriousness",
    "custody_nights", "short_sentences", "long_sentences", "custody_for_reoffending", "custody_frequency",
    "first_reoffence_indictable", "first_reoffence_either_way", "first_reoffence_summary", "indictable_reoffences",
    "either_way_reoffences", "summary_reoffences",
)  # fmt: skip
"""What is worked out for each window; `days_to_first` is null where there was no proven reoffence."""


@dataclass(frozen=True, slots=True)
class Window:
    """Follow-up of some people: rows in People, their index days, and for every person the row here (-1: none)."""

    person: Ints
    start: Days
    row_of: Ints

    @classmethod
    def of(cls, index: Days, chosen: Flags) -> "Window":
        """Return the follow-up of the people `chosen`."""
        person = np.flatnonzero(chosen)
        row_of = np.full(len(index), -1, dtype=np.int64)
        row_of[person] = np.arange(len(person))
        return cls(person, index[person], row_of)


def outcomes(
    window: Window,
    offences: Offences,
    sentences: Sentences,
    life: Life,
    not_counted: tuple[str, ...],
    windows: Sequence[int] = (12, 24),
) -> dict[str, pl.Series]:
    """Return every outcome of one life over each of `windows` (months), as `..._1y`, a row a person of the window."""
    weight = np.array([0 if group in not_counted else 1 for group in OFFENCE_GROUPS])
    row = window.row_of[offences.person]
    rows = np.flatnonzero(life.committed & (row >= 0) & (weight[offences.group] > 0))
    rows = rows[offences.committed[rows] >= window.start[row[rows]]]
    found: dict[str, pl.Series] = {}
    for months in windows:
        end, proved_by = add_months(window.start, months), add_months(window.start, months + 6)
        inside = rows[offences.committed[rows] < end[row[rows]]]
        found |= {
            windowed(name, months): column
            for name, column in {
                **_reoffences(window, offences, sentences, inside, row[inside], proved_by),
                **_sentences(window, offences, sentences, life, end),
                "custody_nights": pl.Series(nights(window, life.blocks, end)),
            }.items()
        }
    return found


def _reoffences(
    window: Window, offences: Offences, sentences: Sentences, inside: Ints, row: Ints, proved_by: Days
) -> dict[str, pl.Series]:
    """Return what follows from the reoffences `inside` the window, which belong to its rows `row`."""
    size = len(window.person)
    in_time = offences.sanctioned[inside] < proved_by[row]
    convicted = in_time & (offences.sanction[inside] == CONVICTION)
    charged = offences.charged[inside] < proved_by[row]
    jailed = convicted & (sentences.kind[inside] == CUSTODY)
    frequency, charges = _count(row[in_time], size), _count(row[charged], size)
    first = np.full(size, 10**6, dtype=np.int64)
    np.minimum.at(first, row[in_time], (offences.committed[inside] - window.start[row])[in_time])
    severity = np.array(_SEVERITY, dtype=np.float64)[offences.group[inside]]
    return {
        "proven_reoffending": pl.Series((frequency > 0).astype(np.int64)),
        "frequency": pl.Series(frequency),
        "days_to_first": only(pl.Series(first), frequency > 0),
        "charged": pl.Series((charges > 0).astype(np.int64)),
        "charges": pl.Series(charges),
        "reconvicted": pl.Series((_count(row[convicted], size) > 0).astype(np.int64)),
        "seriousness": pl.Series(np.bincount(row[in_time], severity[in_time], minlength=size)),
        "custody_for_reoffending": pl.Series((_count(row[jailed], size) > 0).astype(np.int64)),
        "custody_frequency": pl.Series(_days(row[jailed], offences.sanctioned[inside][jailed], size)),
        **_tiers(
            row[in_time], offences.committed[inside][in_time], CLASS_OF_CODE[offences.code[inside][in_time]], size
        ),
    }


def _days(row: Ints, when: Days, size: int) -> Ints:
    """Count each row's different days."""
    return _count(np.unique(np.stack([row, when.astype(np.int64)]), axis=1)[0], size)


def _tiers(row: Ints, committed: Days, tier: Ints, size: int) -> dict[str, pl.Series]:
    """Return proven reoffences by how they may be tried, and of which tier the first was: that day's gravest."""
    order = np.lexsort((tier, committed, row))
    first = order[np.unique(row[order], return_index=True)[1]]
    of_first = np.full(size, -1, dtype=np.int64)
    of_first[row[first]] = tier[first]
    names = ("indictable", "either_way", "summary")
    return {
        f"first_reoffence_{name}": pl.Series((of_first == at).astype(np.int64)) for at, name in enumerate(names)
    } | {f"{name}_reoffences": pl.Series(_count(row[tier == at], size)) for at, name in enumerate(names)}


def _sentences(window: Window, offences: Offences, sentences: Sentences, life: Life, end: Days) -> dict[str, pl.Series]:
    """Return the custodial sentences given in the window, under twelve months and longer, whatever they are for.

    Sentences of one day run together: they count once, by the longest.
    """
    row = window.row_of[offences.person]
    jailed = np.flatnonzero(life.committed & (row >= 0) & (sentences.kind == CUSTODY))
    jailed = jailed[np.lexsort((sentences.length[jailed], offences.sanctioned[jailed], row[jailed]))]
    when, row = offences.sanctioned[jailed], row[jailed]
    longest = np.r_[(row[1:] != row[:-1]) | (when[1:] != when[:-1]), True][: len(row)]
    given = longest & (when >= window.start[row]) & (when < end[row])
    short = sentences.length[jailed] < _YEAR_OF_SENTENCE
    return {
        "short_sentences": pl.Series(_count(row[given & short], len(end))),
        "long_sentences": pl.Series(_count(row[given & ~short], len(end))),
    }


def nights(window: Window, inside: Blocks, end: Days) -> Ints:
    """Return each person's nights in custody from the index day to the night before `end`, whatever for."""
    row = window.row_of[inside.person]
    chosen = row >= 0
    row = row[chosen]
    spent = np.minimum(inside.end[chosen], end[row]) - np.maximum(inside.start[chosen], window.start[row])
    return np.bincount(row, np.maximum(spent, 0), minlength=len(end)).astype(np.int64)


def _count(row: Ints, size: int) -> Ints:
    return np.bincount(row, minlength=size).astype(np.int64)


def average(people: pl.DataFrame, outcome: str) -> dict[str, float]:
    """Return the true means of an outcome with and without the scheme among participants, and the effect.

    `people` is the truth's table of people, or any part of it; those who did not take part are left out. For
    `days_to_first` only those who reoffend in both lives count.

    >>> lives = {"participant": [True, True, False], "y1_frequency_1y": [0, 1, None], "y0_frequency_1y": [1, 1, 5]}
    >>> average(pl.DataFrame(lives), "frequency_1y")
    {'people': 2, 'with': 0.5, 'without': 1.0, 'effect': -0.5}
    """
    lives = people.filter(pl.col("participant")).select(f"y1_{outcome}", f"y0_{outcome}").drop_nulls()
    if lives.height == 0:
        return {"people": 0, "with": float("nan"), "without": float("nan"), "effect": float("nan")}
    with_it, without = (float(np.mean(lives[name].to_numpy())) for name in lives.columns)
    return {"people": lives.height, "with": with_it, "without": without, "effect": with_it - without}


def naive(people: pl.DataFrame, outcome: str) -> Floats:
    """Return the mean outcome, as it happened, of participants and of everyone else released in the window."""
    happened = people.group_by("participant").agg(pl.col(f"y_{outcome}").mean()).sort("participant", descending=True)
    result: Floats = happened[f"y_{outcome}"].to_numpy()
    return result
