"""What works, what does not, what do we stop? The register of interventions and the evidence for each.

`add_result` takes an evaluation of our own, `add_file` and `add_studies` what people enter by hand; `read_register`
gives it all back, `judge` says what is known of each, `advise` whether to commission, continue, test or stop it and who
would lose, and `worth_of_testing` what another year's test would be worth. Standards of evidence are data
(`shipped_standards`, `read_standards`). Nothing known is never shown as not working.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.board.evidence.advice import advise
    from whatworks.board.evidence.entry import read_entries, read_studies
    from whatworks.board.evidence.judgement import judge
    from whatworks.board.evidence.register import add_file, add_result, add_studies, read_register
    from whatworks.board.evidence.standards import read_standards, shipped_standards
    from whatworks.board.evidence.values import read_values
    from whatworks.board.evidence.worth import worth_of_testing
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "advice": ["advise"],
            "entry": ["read_entries", "read_studies"],
            "judgement": ["judge"],
            "register": ["add_file", "add_result", "add_studies", "read_register"],
            "standards": ["read_standards", "shipped_standards"],
            "values": ["read_values"],
            "worth": ["worth_of_testing"],
        },
    )

__all__ = [
    "add_file",
    "add_result",
    "add_studies",
    "advise",
    "judge",
    "read_entries",
    "read_register",
    "read_standards",
    "read_studies",
    "read_values",
    "shipped_standards",
    "worth_of_testing",
]
