"""Refuse outcomes that rest on records which nobody sent: nothing sent is not nothing happened."""

import polars as pl

from whatworks.evaluation.question.placebo_register import all_specs
from whatworks.evaluation.question.protocol import Protocol
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

RESTS_ON = {
    "sentence": ("custody_for_reoffending", "custody_frequency", "short_sentences", "long_sentences"),
    "custody_spell": ("custody_nights", "short_sentences"),
    "requirement": ("breaches_per_month",),
    "appointment": ("appointments_kept_share",),
}
"""Outcomes that are zero for everybody where a table is empty; short sentences carry a guard on nights in custody."""


def check_records(connection: Engine, protocol: Protocol) -> None:
    """Refuse, all at once, the outcomes and placebos named by a protocol whose table holds no record at all."""
    specs, placebos = all_specs(protocol)
    faults = [
        Fault(
            f"cannot be measured: the records hold no {table.replace('_', ' ')}",
            f"import table {table}, or leave the outcome out",
            field="outcomes",
            value=spec.name,
        )
        for table in _empty(connection)
        for spec in (*specs, *placebos)
        if spec.name.startswith(RESTS_ON[table])
    ]
    if faults:
        raise Refused(faults)


def without_unsent(connection: Engine, outcomes: pl.DataFrame) -> pl.DataFrame:
    """Return the outcomes without those on custody for reoffending where no sentence was sent.

    They are listed by the Justice Data Lab's form whether a protocol names them or not.
    """
    if "sentence" not in _empty(connection):
        return outcomes
    return outcomes.drop([name for name in outcomes.columns if name.startswith(RESTS_ON["sentence"][:2])])


def _empty(connection: Engine) -> list[str]:
    return [table for table in RESTS_ON if not connection.rows(f"SELECT 1 FROM {table} LIMIT 1")]
