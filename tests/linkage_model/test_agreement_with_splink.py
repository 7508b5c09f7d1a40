"""Our weights are those that Splink gives with the same numbers, pair by pair."""

import numpy as np
import pytest
from splink import DuckDBAPI, Linker

from linkage_model.made_up import made_up
from whatworks.linkage.model.blocking import PERSON_RULES
from whatworks.linkage.model.expectation import splink_settings
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.linkage.model.scoring import score_records
from whatworks.linkage.model.standardise import TABLE, standardise
from whatworks.linkage.model.training import train_on


def test_pairs_and_weights_are_splink_s() -> None:
    records = standardise(made_up(600, 1).connection)
    model = train_on(records)
    ours = score_records(records, model)
    prior = prior_for(records, model, PERSON_SCHEME)
    settings = splink_settings(PERSON_COMPARISONS, model.comparisons, prior, PERSON_RULES)
    api = DuckDBAPI(records.engine.connection)
    linker = Linker(api.register(TABLE), settings, log_level=None)
    predicted = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    theirs = {
        (min(left, right), max(left, right)): weight
        for left, right, weight in zip(predicted.record_l, predicted.record_r, predicted.match_weight, strict=True)
    }
    assert len(theirs) > 500
    assert {*zip(ours.left.tolist(), ours.right.tolist(), strict=True)} == set(theirs)
    expected = [theirs[pair] for pair in zip(ours.left.tolist(), ours.right.tolist(), strict=True)]
    assert ours.weight == pytest.approx(expected, abs=1e-9)
    assert np.all(np.diff(ours.probability) <= 0)
