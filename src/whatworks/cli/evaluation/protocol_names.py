"""Hold a protocol's names to the registers before any data is read, so that a fault names the protocol's file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatworks.evaluation.question.protocol import Protocol


def check_names(asked: "Protocol", file: str) -> None:
    """Refuse names of outcomes and placebos, and of a partnership's covariates and exclusions, that nothing answers to.

    Whether a flat file has the columns is for whoever reads it to say. `file` is named in the faults.
    """
    from whatworks.evaluation.question.placebo_register import all_specs
    from whatworks.evaluation.studied.partnership_sample import check_names as check_registered
    from whatworks.records.refusal import faults_of

    with faults_of(file):
        if asked.data.source == "partnership":
            check_registered(asked)
        else:
            all_specs(asked)
