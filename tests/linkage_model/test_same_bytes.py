"""The same records give the same model and the same pairs, whatever the order, the threads and the hash seed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from linkage_model.made_up import made_up, store
from whatworks.linkage.model import LinkageModel, StandardRecords, expectation, score_records, standardise, train_on
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME

WORLD = made_up(500, 21)
RECORDS = standardise(WORLD.connection)
MODEL = train_on(RECORDS)
TEXT = MODEL.to_json()


def people() -> pl.DataFrame:
    return WORLD.connection.fetch("SELECT * EXCLUDE (source_id, source_line) FROM person")


def test_a_saved_model_comes_back() -> None:
    assert LinkageModel.from_json(TEXT) == MODEL


def test_no_share_is_zero_and_each_comparison_s_shares_sum_to_one() -> None:
    for name, levels in MODEL.comparisons.items():
        assert min(level.m for level in levels) >= 0.0009, name  # .001, after all are made to sum to one
        for shares in ([level.m for level in levels], [level.u for level in levels]):
            assert abs(sum(shares) - 1) < 1e-9, name


def test_records_in_another_order_give_the_same_model_and_pairs() -> None:
    shuffled = standardise(store(people().sample(fraction=1.0, shuffle=True, seed=3)))
    again = train_on(shuffled)
    assert again.to_json() == TEXT
    one, other = score_records(RECORDS, MODEL), score_records(shuffled, again)
    assert np.array_equal(one.left, other.left) and np.array_equal(one.right, other.right)
    assert np.array_equal(one.weight, other.weight)


def test_a_process_of_its_own_on_one_thread_gives_the_same_model() -> None:
    program = (
        "from linkage_model.made_up import made_up\n"
        "from whatworks.linkage.model import standardise, train_on\n"
        "records = standardise(made_up(500, 21).connection)\n"
        "records.engine.change('SET threads = 1')\n"
        "print(train_on(records).to_json())"
    )
    tests = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join([tests, *sys.path])}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == TEXT
    assert done.stderr == ""


def test_splink_trains_on_one_thread_and_the_engine_has_its_threads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums over several threads differ in their last digits from run to run, too seldom for a test to see by chance."""
    records = standardise(made_up(100, 23).connection)
    records.engine.change("SET threads = 3")
    seen = []
    asked = expectation._linker

    def watched(trained: StandardRecords, *rest: Any) -> Any:
        seen.extend(trained.engine.rows("SELECT current_setting('threads')"))
        return asked(trained, *rest)

    monkeypatch.setattr(expectation, "_linker", watched)
    train_on(records)
    assert len(seen) > 1
    assert set(seen) == {(1,)}
    assert records.engine.rows("SELECT current_setting('threads')") == [(3,)]


def test_every_number_of_a_model_is_kept_to_twelve_digits() -> None:
    numbers = [
        MODEL.prior,
        *(n for levels in MODEL.comparisons.values() for level in levels for n in (level.m, level.u)),
    ]
    assert [number for number in numbers if number != float(f"{number:.12g}")] == []


def test_training_and_scoring_leave_the_store_as_it_was() -> None:
    tables = {name for (name,) in WORLD.connection.rows("SELECT table_name FROM duckdb_tables()")}
    assert "person" in tables
    assert not any("splink" in name or "standard" in name for name in tables)


def test_a_model_of_fewer_records_takes_a_smaller_prior_to_more() -> None:
    """Twice the people have twice the matches among four times the pairs."""
    more = standardise(made_up(1000, 22).connection)
    first, second = (prior_for(records, MODEL, PERSON_SCHEME) for records in (RECORDS, more))
    assert 0.8 < first / second / (more.count / RECORDS.count) < 1.25


def test_a_level_that_training_never_saw_says_nothing() -> None:
    """Trained where all live in one district, a model that meets another district must not take it for agreement."""
    district = standardise(
        store(people().with_columns(postcode=pl.concat_str(pl.lit("XN1 "), pl.col("postcode").str.slice(-3))))
    )
    model = train_on(district)
    elsewhere = model.comparisons["postcode"][-1]
    assert elsewhere.words == "other postcode"
    assert elsewhere.m == elsewhere.u
    names = {level.words: level for level in model.comparisons["name"]}
    unseen = names["same surname, no forename on one or both"]  # every record has both names
    assert unseen.m == unseen.u
