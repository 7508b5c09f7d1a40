"""Answers for a crime-reduction board, from the extracts that its agencies already hold.

The rooms, from the ground up: `records` (what the agencies hold), `linkage` (who is the same person), `measures` (what
happened), `evaluation` (whether it worked), `papers` (how the board reads it). `simulation` makes up a partnership
whose truth is known. Nothing here touches a network.

In a notebook: `match` makes the groups of a table alike (`match_imputed` those of several imputed tables, `match_arms`
those of several schemes), `verdict` judges two rates, `power` plans a study, `evaluate` answers a protocol's question,
`read_result` reads an answer, `example` finds data to begin with, and what cannot be said is `Refused`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from whatworks.version import __version__

if TYPE_CHECKING:
    from whatworks.cli.evaluation.evaluate import evaluate_file as evaluate
    from whatworks.evaluation.matching.arms import match_arms
    from whatworks.evaluation.matching.imputed import match_imputed
    from whatworks.evaluation.matching.match import match
    from whatworks.evaluation.question.compare_rates import compare_rates as verdict
    from whatworks.evaluation.whole import read_result
    from whatworks.examples import example
    from whatworks.records.refusal import Refused
    from whatworks.statistics.study_size import power

_HOMES = {
    "Refused": "records.refusal:Refused",
    "evaluate": "cli.evaluation.evaluate:evaluate_file",
    "example": "examples:example",
    "match": "evaluation.matching.match:match",
    "match_arms": "evaluation.matching.arms:match_arms",
    "match_imputed": "evaluation.matching.imputed:match_imputed",
    "power": "statistics.study_size:power",
    "read_result": "evaluation.whole:read_result",
    "verdict": "evaluation.question.compare_rates:compare_rates",
}
__all__ = [
    "Refused",
    "__version__",
    "evaluate",
    "example",
    "match",
    "match_arms",
    "match_imputed",
    "power",
    "read_result",
    "verdict",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(f"{__name__}.{module}"), attribute)


def __dir__() -> list[str]:
    return list(__all__)
