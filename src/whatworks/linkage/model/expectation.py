"""Learn how often records of one person agree: m, by Splink's expectation maximisation."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LevelNumbers
from whatworks.linkage.model.scheme import LinkageScheme
from whatworks.linkage.model.splink_settings import splink_settings
from whatworks.linkage.model.standardise import TABLE, StandardRecords

PAIRS = 1_000_000
SAMPLED_ABOVE = 200_000
"""Records from which a sample is trained on: the people born in one month of five."""
LEAST = 0.001
"""No m is less: where the data show no error, one may still happen, and be outvoted."""


def agreement_of_one_person(
    records: StandardRecords,
    scheme: LinkageScheme,
    chance: Mapping[str, Sequence[float]],
    prior: float,
) -> dict[str, tuple[float, ...]]:
    """Return m by comparison and level.

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
    learnt: dict[str, tuple[float, ...]] = {}
    for comparison in scheme.comparisons:
        by_level = [[one[comparison.name][place] for one in rounds if comparison.name in one]
                    for place in range(len(comparison.levels))]  # fmt: skip
        shares = [
            sum(values) / len(values) if (values := [m for m in found if m is not None]) else level.usual
            for found, level in zip(by_level, comparison.levels, strict=True)
        ]
        floored = [max(share, LEAST) for share in shares]
        learnt[comparison.name] = tuple(share / sum(floored) for share in floored)
    return learnt


def _one_round(
    records: StandardRecords,
    comparisons: Sequence[FieldComparison],
    usual: Mapping[str, Sequence[LevelNumbers]],
    prior: float,
    block: Sequence[str],
) -> dict[str, list[float | None]]:
    """Train on pairs that share a block; return what it learnt, None for a level that no pair came to."""
    from splink import DuckDBAPI, Linker, block_on

    logging.getLogger("splink").setLevel(
        logging.ERROR
    )  # it would say which columns it trains, and warn of each level unseen
    settings = splink_settings(comparisons, usual, prior)
    api = DuckDBAPI(records.engine)
    linker = Linker(api.register(TABLE), settings, log_level=None)
    session = linker.training.estimate_parameters_using_expectation_maximisation(
        block_on(*block), max_pairs=PAIRS, record_sample_proportion=0.2
    )
    return _levels(session)


def _levels(session: Any) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = {}
    for comparison in session.core_model_settings.comparisons:
        values = [level._m_probability for level in comparison.comparison_levels if not level.is_null_level]
        found[comparison.output_column_name] = [m if isinstance(m, float) else None for m in values]
    return found
