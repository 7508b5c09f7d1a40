"""Write down stays in custody as prisons do: remand, sentence and recall, overlapping."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.numbering import numbered
from whatworks.simulation.agencies.offence_records import offence_numbers, sentence_numbers
from whatworks.simulation.days import Days, Flags, Ints, dates, day
from whatworks.simulation.society.sentencing import CUSTODY
from whatworks.simulation.world import World

ESTABLISHMENTS = ("HMP Marlow Road", "HMP Thornhithe", "HMP Grange Fen", "HMP/YOI Oakmere", "HMP Saltmarsh")
"""Prisons that do not exist."""
_RECALL_DAYS = 28
_PAPERWORK_DAYS = 2


def custody_spell_frame(world: World) -> pl.DataFrame:
    """Return table `custody_spell`, which the prisons keep.

    Whoever is held before sentence has a remand spell, which paperwork can keep open two days into the sentence spell;
    whoever is charged while on licence and held is recalled for up to four weeks as well.
    """
    offences, sentences = world.offences, world.sentences
    held = world.life.committed & sentences.held
    remand = np.flatnonzero(held & offences.remanded)
    jailed = np.flatnonzero(held & (sentences.kind == CUSTODY))
    recalled = remand[on_licence(world, jailed, remand)]
    after = np.minimum(
        offences.sanctioned[remand] + _PAPERWORK_DAYS * (remand % 3 == 0), sentences.inside_until[remand]
    )
    back = np.minimum(offences.charged[recalled] + _RECALL_DAYS, sentences.inside_until[recalled])
    frame = pl.concat(
        [
            _spells(world, "remand", remand, offences.charged[remand], after),
            _spells(world, "sentence", jailed, offences.sanctioned[jailed], sentences.inside_until[jailed]),
            _spells(world, "recall", recalled, offences.charged[recalled], back),
        ]
    )
    return frame.with_columns(organisation_id=pl.lit("prison"))


def on_licence(world: World, jailed: Ints, rows: Ints) -> Flags:
    """Return which offences `rows` were charged between release from a sentence (`jailed`) and its end."""
    offences, sentences = world.offences, world.sentences
    if len(jailed) == 0:
        return np.zeros(len(rows), dtype=np.bool_)
    out = offences.person[jailed] * 2**32 + sentences.inside_until[jailed]
    order = np.argsort(out, kind="stable")
    latest = np.searchsorted(out[order], offences.person[rows] * 2**32 + offences.charged[rows], side="right") - 1
    last = jailed[order[np.maximum(latest, 0)]]
    ends = offences.sanctioned[last] + sentences.length[last]
    same = (latest >= 0) & (offences.person[last] == offences.person[rows])
    result: Flags = same & (offences.charged[rows] < ends)
    return result


def _spells(world: World, status: str, rows: Ints, received: Days, released: Days) -> pl.DataFrame:
    as_at = day(world.settings.as_at)
    chosen = received <= as_at
    rows, received, released = rows[chosen], received[chosen], released[chosen].astype(np.int32)
    number = offence_numbers(world, rows) * 4 + ("remand", "sentence", "recall").index(status)
    court = sentence_numbers(world, rows)
    prison = (world.people.number[world.offences.person[rows]] + rows // 7) % len(ESTABLISHMENTS)
    return pl.DataFrame(
        {
            "spell_id": numbered("W", number, 10),
            "person_id": world.numbers.of["prison"].gather(world.offences.person[rows]),
            "sentence_id": court if status == "sentence" else pl.repeat(None, len(rows), dtype=pl.String, eager=True),
            "received_on": dates(received),
            "released_on": dates(released, as_at),
            "status": pl.repeat(status, len(rows), dtype=pl.String, eager=True),
            "establishment": pl.Series(ESTABLISHMENTS).gather(prison),
        }
    )
