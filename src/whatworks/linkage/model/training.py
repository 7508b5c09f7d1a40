"""Learn from the store's records how records of one person agree, and how records of two people do."""

import hashlib
from importlib.metadata import version

import numpy as np

from whatworks.linkage.model.agreement import blocked_agreements
from whatworks.linkage.model.chance import chance_of_agreement, without_matches
from whatworks.linkage.model.expectation import agreement_of_one_person
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.prior import first_prior, settled_prior
from whatworks.linkage.model.scheme import PERSON_SCHEME, LinkageScheme
from whatworks.linkage.model.scoring import AgreeingPairs
from whatworks.linkage.model.standardise import StandardRecords, standardise
from whatworks.linkage.model.weight import commonness, holders, known
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused
from whatworks.records.showing.counted import counted


def train(connection: Engine, seed: int = 1) -> LinkageModel:
    """Learn a model from all records of people in the store, which is only read.

    The same records and seed give the same model, byte for byte. Records that teach nothing are refused.
    """
    return train_on(standardise(connection), seed)


def train_on(records: StandardRecords, seed: int = 1, scheme: LinkageScheme = PERSON_SCHEME) -> LinkageModel:
    """Learn a model from standardised records, by the scheme that says what of them is compared."""
    with records.scratch.one_thread():
        prior, sharing = first_prior(records, scheme)
        chance = chance_of_agreement(records, scheme.comparisons, seed)
        numbers, untaught = agreement_of_one_person(records, scheme, chance, prior)
        if len(untaught) == len(scheme.comparisons):
            raise _nothing_to_learn(records)
        model = LinkageModel(
            comparisons=numbers,
            untaught=untaught,
            prior=_rounded(prior),
            records=records.count,
            sharing=sharing,
            chance_from=chance.source,
            seed=seed,
            data_sha256=_hash(records),
            versions={name: version(name) for name in ("splink", "duckdb")},
        )
        model = _settled(records, model, scheme)
        cleaned = without_matches(records, scheme, model, chance)
        if cleaned != chance:
            numbers, untaught = agreement_of_one_person(records, scheme, cleaned, model.prior)
            model = _updated(model, comparisons=numbers, untaught=untaught)
            model = _settled(records, model, scheme)
    return model


def _nothing_to_learn(records: StandardRecords) -> Refused:
    if records.count < 2:
        return Refused(
            f"the store holds {counted(records.count, 'record')} of people: none to link", "import extracts first"
        )
    return Refused(
        f"no model can be trained: of {records.count:,} records of people no two share a full name or a date of birth",
        'say method = "shared_number" under [linkage] of whatworks.toml, or import extracts that hold names and births',
    )


def _settled(records: StandardRecords, model: LinkageModel, scheme: LinkageScheme) -> LinkageModel:
    """Return the model with the prior that its own pairs bear out, where no number tells how many match."""
    if model.sharing:
        return model
    counts = holders(records, scheme.comparisons)
    evidence = [
        AgreeingPairs(
            part.left, part.right, part.code, commonness(part.left, part.code, scheme.comparisons, model, counts)
        ).weight(model, scheme, 0.5, known(counts))
        for part in blocked_agreements(records, scheme.comparisons, scheme.rules)
    ]
    return _updated(
        model, prior=_rounded(settled_prior(np.concatenate([np.empty(0), *evidence]), records.count, model.prior))
    )


def _updated(model: LinkageModel, **changes: object) -> LinkageModel:
    return LinkageModel.model_validate({**dict(model), **changes})


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def _hash(records: StandardRecords) -> str:
    """Return the hash of all that was compared, in the order of the records' numbers."""
    return hashlib.sha256("\n".join(records.contents()).encode()).hexdigest()
