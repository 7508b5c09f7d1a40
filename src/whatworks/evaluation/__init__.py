"""Did it work, for whom, and could we have told?

A protocol (`load_protocol`) says who is studied and what counts. `partnership_units` finds these people in the records,
`flat_units` in a file with a row a person; `evaluate_units` finds them comparisons, compares, and hands on a `Result`:
unrounded, restricted, and all that a paper may say. `evaluate_partnership` and `evaluate_flat` walk the whole way. One
statistical method is one file, named for the method. `match` is matching by itself, in MatchIt's words, on any table.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.evaluation.evaluate import evaluate_units
    from whatworks.evaluation.matching.match import match
    from whatworks.evaluation.matching.result import Match
    from whatworks.evaluation.question.lock import LockBook
    from whatworks.evaluation.question.protocol import Protocol, check_protocol, load_protocol, protocol_schema
    from whatworks.evaluation.question.two_rates import judge
    from whatworks.evaluation.result import Result, result_schema
    from whatworks.evaluation.studied.flat.people import flat_units
    from whatworks.evaluation.studied.partnership_sample import partnership_units
    from whatworks.evaluation.studied.units import Units
    from whatworks.evaluation.values.file import read_flat
    from whatworks.evaluation.values.table_columns import read_column
    from whatworks.evaluation.whole import evaluate_flat, evaluate_partnership, read_result, write_result
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "evaluate": ["evaluate_units"],
            "studied.flat.people": ["flat_units"],
            "values.file": ["read_flat"],
            "question.lock": ["LockBook"],
            "matching.match": ["match"],
            "matching.result": ["Match"],
            "studied.partnership_sample": ["partnership_units"],
            "question.protocol": ["Protocol", "check_protocol", "load_protocol", "protocol_schema"],
            "result": ["Result", "result_schema"],
            "values.table_columns": ["read_column"],
            "question.two_rates": ["judge"],
            "studied.units": ["Units"],
            "whole": ["evaluate_flat", "evaluate_partnership", "read_result", "write_result"],
        },
    )

__all__ = [
    "LockBook",
    "Match",
    "Protocol",
    "Result",
    "Units",
    "check_protocol",
    "evaluate_flat",
    "evaluate_partnership",
    "evaluate_units",
    "flat_units",
    "judge",
    "load_protocol",
    "match",
    "partnership_units",
    "protocol_schema",
    "read_column",
    "read_flat",
    "read_result",
    "result_schema",
    "write_result",
]
