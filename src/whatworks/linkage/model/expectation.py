"""Learn how often records of one person agree: m, by Splink's expectation maximisation."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LevelNumbers
from whatworks.linkage.model.scheme import LinkageScheme
from whatworks.linkage.model.splink_settings import splink_settings
from whatworks.linkage.model.standardise import TABLE, StandardRecords

PAIRS = 1_000_000
SAMPLED_ABOVE = 200_000
"""Records above which one block in five is trained on, taken whole: drawn singly, records lose their pairs."""
LEAST = 0.001
"""No m is less: where the data show no error, one may still happen, and must be possible to outvote."""
ITERATIONS = (25, 5, 2)
"""How often to improve on the numbers; less often where a level dwindles to nothing, which Splink does not allow."""

Learnt = dict[str, list[float | None]]


def agreement_of_one_person(
    records: StandardRecords, scheme: LinkageScheme, chance: Mapping[str, Sequence[float]], prior: float
) -> tuple[dict[str, tuple[float, ...]], tuple[str, ...]]:
    """Return m by comparison and level, and the comparisons about which the records taught nothing.

    Levels that no pair came to keep what is usual for them; all are floored at .001 and sum to one.
    """
    usual = {
        one.name: tuple(
            LevelNumbers(words=level.words, m=level.usual, u=u)
            for level, u in zip(one.levels, chance[one.name], strict=True)
        )
        for one in scheme.comparisons
    }
    rounds = [_one_round(records, scheme.comparisons, usual, prior, block) for block in scheme.training]
    alike = {one.name: _level_shares(one, [taught[one.name] for taught in rounds if one.name in taught])
             for one in scheme.comparisons}  # fmt: skip
    untaught = tuple(one.name for one in scheme.comparisons if not any(_taught(one.name, taught) for taught in rounds))
    return alike, untaught


def _taught(name: str, learnt: Learnt) -> bool:
    return any(m is not None for m in learnt.get(name, ()))


def _level_shares(comparison: FieldComparison, rounds: Sequence[Sequence[float | None]]) -> tuple[float, ...]:
    """Return the mean over rounds of each level's m, floored, summing to one."""
    floored = []
    for place, level in enumerate(comparison.levels):
        learnt = [m for one in rounds if (m := one[place]) is not None]
        floored.append(max(sum(learnt) / len(learnt) if learnt else level.usual, LEAST))
    return tuple(share / sum(floored) for share in floored)


def _one_round(
    records: StandardRecords,
    comparisons: Sequence[FieldComparison],
    usual: Mapping[str, Sequence[LevelNumbers]],
    prior: float,
    block: Sequence[str],
) -> Learnt:
    """Train on pairs that share a block; return what they taught, None for a level that no pair came to."""
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    with _training_table(records, block) as table:
        for iterations in ITERATIONS:
            settings = {**splink_settings(comparisons, usual, prior), "max_iterations": iterations}
            try:
                session = _linker(records, table, settings).training.estimate_parameters_using_expectation_maximisation(
                    block_on(*block), max_pairs=PAIRS, record_sample_proportion=0.2
                )
            except EMTrainingException:  # no two records share this block
                return {}
            except ValueError:  # a level's m came below 1e-300
                continue
            return _levels(session)
    return {}


@contextmanager
def _training_table(records: StandardRecords, block: Sequence[str]) -> Iterator[str]:
    """Give a table of the records to train on: all, or of many those of one block in five."""
    if records.count <= SAMPLED_ABOVE:
        yield TABLE
        return
    table = "training_record"
    keys = ", ".join(block)
    records.engine.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {TABLE} WHERE hash({keys}) % 5 = 0")
    try:
        yield table
    finally:
        records.engine.execute(f"DROP TABLE IF EXISTS {table} CASCADE")


def _linker(records: StandardRecords, table: str, settings: dict[str, Any]) -> Any:
    """Return Splink at work on a table; it says nothing, since its messages name columns and levels unseen."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    return Linker(DuckDBAPI(records.engine).register(table), settings, log_level=None)


def _levels(session: Any) -> Learnt:
    learnt: Learnt = {}
    for comparison in session.core_model_settings.comparisons:
        values = [level._m_probability for level in comparison.comparison_levels if not level.is_null_level]
        learnt[comparison.output_column_name] = [m if isinstance(m, float) else None for m in values]
    return learnt
