"""Say our comparisons, rules and numbers in Splink's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.linkage.model.blocking import BlockingRule
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LevelNumbers


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
