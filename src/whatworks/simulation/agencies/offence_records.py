"""Write down offences as police, courts and probation each report them, and the courts' sentences."""

import numpy as np
import polars as pl

from whatworks.records.tables.agency_tables import OFFENCE_CLASSES, OFFENCE_GROUPS, SANCTIONS, SENTENCE_KINDS
from whatworks.simulation.agencies.numbering import numbered
from whatworks.simulation.days import NEVER, Days, Flags, Ints, dates, day, only
from whatworks.simulation.society.offence_classes import CLASS_OF_CODE
from whatworks.simulation.society.offending import CAUTION, CODES_EACH, CONVICTION, REPRIMAND, WARNING
from whatworks.simulation.society.places import VINTAGE, ward_codes
from whatworks.simulation.society.sentencing import COMMUNITY, CUSTODY, NO_SENTENCE, SUSPENDED
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

MOST_EACH = 64
"""Room for so many offences a person in the numbers of offences."""
CASE_DAYS = 28
"""Offences of a person that follow each other within so many days are counts of one case."""
_SANCTION_WORDS = {CONVICTION: "conviction", CAUTION: "caution", REPRIMAND: "reprimand", WARNING: "warning"}


def offence_numbers(world: World, rows: Ints) -> Ints:
    """Return the true number of each offence, from which agencies' numbers are made."""
    return world.people.first * MOST_EACH + rows


def case_numbers(world: World) -> Ints:
    """Return the number of each offence's case, that of its first count: offences weeks apart are counts of one.

    Where people are tried together it is that of one of them.
    """
    offences = world.offences
    rows = np.flatnonzero(world.life.committed)
    person, on = offences.person[rows], offences.committed[rows]
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = (person[1:] != person[:-1]) | (on[1:] - on[:-1] > CASE_DAYS)
    first = np.zeros(len(offences), dtype=np.int64)
    first[rows] = rows[np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0))]
    if world.settings.identity.co_defendants:
        first[rows] = _tried_with(world, rows[begins])[first[rows]]
    return offence_numbers(world, first)


def _tried_with(world: World, cases: Ints) -> Ints:
    """Return, by offence, the case under whose number one that begins with it stands; `cases` are those of all people.

    A co-defendant is the relative at home where that one has a case too, else anybody.
    """
    rng = stream(world.seed, "co_defendants", world.people.first)
    under = np.arange(len(world.offences))
    person = world.offences.person[cases]
    of_first = np.full(len(world.people), -1)
    of_first[person[::-1]] = cases[::-1]
    relative = world.background.relative[person]
    anyone = cases[rng.integers(len(cases), size=len(cases))] if len(cases) else cases
    other = np.where((relative >= 0) & (of_first[relative] >= 0), of_first[relative], anyone)
    joined = rng.random(len(cases)) < world.settings.identity.co_defendants
    stays = np.ones(len(under), dtype=np.bool_)
    stays[cases[joined]] = False
    kept = joined & stays[other]
    under[cases[kept]] = other[kept]
    return under


def offence_frame(world: World, agency: str) -> pl.DataFrame:
    """Return table `offence` of police, court or probation: each with what it knows and when it knew it."""
    rows, recorded, charged, sanctioned = _reported(world, agency)
    offences = world.offences
    number = offence_numbers(world, rows)
    proved = sanctioned < NEVER
    words = [_SANCTION_WORDS.get(code) for code in range(len(SANCTIONS) + 1)]
    columns = {
        "offence_id": _offence_id(agency, number),
        "person_id": world.numbers.of[agency].gather(offences.person[rows]),
        "offence_ref": numbered("R", case_numbers(world)[rows], 9),
        "offence_code": pl.Series(codes(agency)).gather(offences.code[rows]),
        "offence_group": pl.Series(OFFENCE_GROUPS).gather(offences.group[rows]),
        "offence_class": pl.Series(OFFENCE_CLASSES).gather(CLASS_OF_CODE[offences.code[rows]]),
        "committed_from": dates(offences.committed[rows]),
        "committed_to": dates(offences.committed_to[rows]),
        "recorded_on": dates(recorded),
        "charged_on": dates(charged),
        "sanctioned_on": dates(sanctioned),
        "sanction": pl.Series(words).gather(np.where(proved, offences.sanction[rows], 0).astype(np.int64)),
    }
    frame = pl.DataFrame(columns).with_columns(organisation_id=pl.lit(agency))
    if agency == "probation":
        frame = frame.with_columns(offence_class=pl.lit(None, pl.String))  # which does not hold it
    if agency != "police":
        return frame.with_columns(area_code=pl.lit(None, pl.String), area_vintage=pl.lit(None, pl.String))
    area = pl.Series(ward_codes()).gather(offences.ward[rows])
    return frame.with_columns(area_code=area, area_vintage=pl.lit(VINTAGE))


def _reported(world: World, agency: str) -> tuple[Ints, Days, Days, Days]:
    """Return the offences an agency reports by the as-at date, and what it says of when."""
    offences, as_at = world.offences, day(world.settings.as_at)
    recorded = {
        "police": offences.recorded,
        "court": offences.charged,
        "probation": np.where(supervised(world), offences.sanctioned + 2, NEVER),
    }[agency]
    rows = np.flatnonzero(world.life.committed & (recorded <= as_at))
    sanctioned = offences.sanctioned[rows]
    charged = offences.charged[rows] if agency != "probation" else np.full(len(rows), NEVER)
    return (
        rows,
        recorded[rows].astype(np.int32),
        np.where(charged <= as_at, charged, NEVER).astype(np.int32),
        np.where(sanctioned <= as_at, sanctioned, NEVER).astype(np.int32),
    )


def supervised(world: World) -> Flags:
    """Return which offences bring someone to probation."""
    return np.isin(world.sentences.kind, (CUSTODY, SUSPENDED, COMMUNITY))


def codes(agency: str) -> list[str]:
    """Return an agency's own codes of offences, `CODES_EACH` for each group.

    >>> codes("police")[3], codes("court")[3], codes("probation")[3]
    ('02/1', 'RO001', '00201')
    """
    every = [(number, group, one) for number, group in enumerate(OFFENCE_GROUPS, 1) for one in range(1, CODES_EACH + 1)]
    if agency == "police":
        return [f"{number:02d}/{one}" for number, _, one in every]
    if agency == "court":
        return [f"{_court_prefix(group)}{one:03d}" for _, group, one in every]
    return [f"{number * 100 + one:05d}" for number, _, one in every]


def _court_prefix(group: str) -> str:
    """Return two letters that differ between groups."""
    words = group.split("_")
    return (words[0][0] + words[-1][0] if len(words) > 1 else group[:2]).upper()


def sentence_numbers(world: World, rows: Ints) -> pl.Series:
    """Return the court's number of the sentence for each offence."""
    return numbered("S", offence_numbers(world, rows), 9)


def sentence_frame(world: World) -> pl.DataFrame:
    """Return table `sentence`, which the court keeps."""
    offences, sentences = world.offences, world.sentences
    by_now = offences.sanctioned <= day(world.settings.as_at)
    rows = np.flatnonzero(world.life.committed & (sentences.kind != NO_SENTENCE) & by_now)
    length = pl.Series(sentences.length[rows])
    return pl.DataFrame(
        {
            "sentence_id": sentence_numbers(world, rows),
            "person_id": world.numbers.of["court"].gather(offences.person[rows]),
            "offence_ref": numbered("R", case_numbers(world)[rows], 9),
            "kind": pl.Series(SENTENCE_KINDS).gather(sentences.kind[rows].astype(np.int64)),
            "sentenced_on": dates(offences.sanctioned[rows]),
            "length_days": only(length, sentences.length[rows] > 0),
        }
    ).with_columns(organisation_id=pl.lit("court"))


def _offence_id(agency: str, number: Ints) -> pl.Series:
    """Return the agency's own number of each offence; a court's is that of the case and of the charge in it."""
    own = numbered({"police": "CR", "court": "T", "probation": "E"}[agency], number, 9)
    return own + "-1" if agency == "court" else own
