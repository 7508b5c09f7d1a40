"""Learn how often records of one person agree: m, by Splink's expectation maximisation."""

import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import Any

from whatworks.linkage.model.blocking import BlockingRule
from whatworks.linkage.model.chance import ChanceAgreement
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LevelNumbers
from whatworks.linkage.model.scheme import LinkageScheme
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
    records: StandardRecords, scheme: LinkageScheme, chance: ChanceAgreement, prior: float
) -> tuple[dict[str, tuple[LevelNumbers, ...]], tuple[str, ...]]:
    """Return m, and u beside it, by comparison and level, and the comparisons about which the records taught nothing.

    A level that no pair came to in training keeps the m that is usual for it; if chance brought no pair to it either it
    says nothing: m and u are both .001. All m are floored at .001, and m and u sum to one.
    """
    usual = {
        comparison.name: tuple(
            LevelNumbers(words=level.words, m=level.usual, u=u)
            for level, u in zip(comparison.levels, chance.u[comparison.name], strict=True)
        )
        for comparison in scheme.comparisons
    }
    rounds = [_one_round(records, scheme.comparisons, usual, prior, block) for block in scheme.training]
    numbers, untaught = {}, []
    for comparison in scheme.comparisons:
        learnt = _mean_of_rounds(
            [taught[comparison.name] for taught in rounds if comparison.name in taught], len(comparison.levels)
        )
        if all(m is None for m in learnt):
            untaught.append(comparison.name)
        silent = {place for place, m in enumerate(learnt) if m is None and (comparison.name, place) in chance.unseen}
        alike = [level.usual if m is None else m for level, m in zip(comparison.levels, learnt, strict=True)]
        both = zip(
            comparison.levels, _shares(alike, silent), _shares(chance.u[comparison.name], silent, least=0), strict=True
        )
        numbers[comparison.name] = tuple(LevelNumbers(words=level.words, m=m, u=u) for level, m, u in both)
    return numbers, tuple(untaught)


def _mean_of_rounds(rounds: Sequence[Sequence[float | None]], levels: int) -> list[float | None]:
    learnt = [[m for round_ in rounds if (m := round_[place]) is not None] for place in range(levels)]
    return [sum(values) / len(values) if values else None for values in learnt]


def _shares(values: Sequence[float], silent: Set[int], least: float = LEAST) -> list[float]:
    """Return shares that sum to one, none below the least; silent levels have .001 exactly, to cancel in m / u.

    >>> [round(share, 3) for share in _shares([3.0, 1.0, 9.0, 0.0], {2})]
    [0.749, 0.25, 0.001, 0.0]
    """
    floored = [max(value, least) for value in values]
    heard = sum(value for place, value in enumerate(floored) if place not in silent)
    scale = (1 - LEAST * len(silent)) / heard if heard else 1.0
    return [_rounded(LEAST if place in silent else value * scale) for place, value in enumerate(floored)]


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


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
    records.engine.change(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {TABLE} WHERE hash({keys}) % 5 = 0")
    try:
        yield table
    finally:
        records.engine.change(f"DROP TABLE IF EXISTS {table} CASCADE")


def _linker(records: StandardRecords, table: str, settings: dict[str, Any]) -> Any:
    """Return Splink at work on a table; it says nothing, since its messages name columns and levels unseen."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    return Linker(DuckDBAPI(records.scratch.connection).register(table), settings, log_level=None)


def _levels(session: Any) -> Learnt:
    learnt: Learnt = {}
    for comparison in session.core_model_settings.comparisons:
        values = [level._m_probability for level in comparison.comparison_levels if not level.is_null_level]
        learnt[comparison.output_column_name] = [m if isinstance(m, float) else None for m in values]
    return learnt


def splink_settings(
    comparisons: Sequence[FieldComparison],
    numbers: Mapping[str, Sequence[LevelNumbers]],
    prior: float,
    rules: Sequence[BlockingRule] = (),
) -> dict[str, Any]:
    """Return Splink's settings for a model: it trains them, and its predictions can be held against ours."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": prior,
        "comparisons": [_comparison(comparison, numbers[comparison.name]) for comparison in comparisons],
        "blocking_rules_to_generate_predictions": [sql for rule in rules for sql in _rule(rule)],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 25,
    }


def _comparison(comparison: FieldComparison, numbers: Sequence[LevelNumbers]) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing, "label_for_charts": "missing", "is_null_level": True}
    levels = []
    for level, number in zip(comparison.levels, numbers, strict=True):
        by_value = level.frequency and number.m != number.u  # a level that says nothing says nothing of rare values
        rarity = {"tf_adjustment_column": level.frequency, "tf_adjustment_weight": 1.0} if by_value else {}
        probabilities = {"m_probability": number.m, "u_probability": number.u}
        levels.append({"sql_condition": level.condition, "label_for_charts": level.words, **probabilities, **rarity})
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels]}


def _rule(rule: BlockingRule) -> list[str]:
    """Return a rule both ways round, where it is not the same: Splink puts the lower record on the left only."""
    ways = [(rule.left, rule.right)] if rule.right else [(rule.left, rule.left)]
    if rule.right and set(rule.left) != set(rule.right):
        ways.append((rule.right, rule.left))
    return [
        " AND ".join(f"{_of('l', left)} = {_of('r', right)}" for left, right in zip(*way, strict=True)) for way in ways
    ]


def _of(side: str, expression: str) -> str:
    """Return an expression over one record's columns: a column, or a function whose first argument is one."""
    name, opening, rest = expression.partition("(")
    return f"{name}({side}.{rest}" if opening else f"{side}.{expression}"
