"""One file with a row a person goes from its columns to a result, or is refused with everything that is wrong."""

import gzip
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from flat_people import evaluated, people, protocol, written

from whatworks.evaluation.question.protocol import load_protocol
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.evaluation.whole import evaluate_flat
from whatworks.records.refusal import Refused


def example(name: str) -> Path:
    return Path(str(files("whatworks.examples").joinpath(name)))


def test_rossi_gives_the_published_answer(tmp_path: Path) -> None:
    from lifelines.datasets import load_rossi

    load_rossi().to_csv(tmp_path / "rossi.csv", index=False)
    result = evaluate_flat(load_protocol(example("rossi.toml")), read_flat(tmp_path / "rossi.csv"))
    (outcome,) = result.outcomes
    assert outcome.comparison is not None and outcome.p is not None
    assert (outcome.treated.events, outcome.treated.n) == (48, 216)
    assert (outcome.comparison.events, outcome.comparison.n) == (66, 216)
    assert round(outcome.p, 4) == 0.0494  # pooled z, as the methods page gives it
    assert outcome.verdict == "significant reduction"
    assert "pooled z test" in outcome.estimator
    others = {one.name: one.p for one in outcome.beside}
    assert round(others["Welch's t test"] or 0, 4) == 0.0496
    assert (
        round(others["Fisher's exact test"] or 0, 3) == 0.063
    )  # it would have decided otherwise, so the test is named
    assert result.scores is None and result.estimand.name == "ITT"
    # 48/216 over 66/216 is 48/66; the odds are 48/168 and 66/150.
    assert [(one.name, round(one.value or 0, 4)) for one in outcome.ratios] == [
        ("risk ratio", round(48 / 66, 4)), ("odds ratio", round(48 * 150 / (66 * 168), 4)),
    ]  # fmt: skip


@pytest.mark.real_data
def test_iowa_is_described_without_a_verdict_and_shows_that_overlap_fails(shared_data: Path) -> None:
    asked = load_protocol(example("iowa.toml"))
    result = evaluate_flat(asked, read_flat(shared_data / "iowa" / "releases-2010-2013.csv.gz"))
    (outcome,) = result.outcomes
    assert outcome.comparison is not None and outcome.comparison.value is not None
    assert round(outcome.treated.value or 0, 3) == 0.375 and round(outcome.comparison.value, 3) == 0.233
    assert outcome.treated.n + outcome.comparison.n == 17_060
    assert (outcome.verdict, outcome.p, outcome.difference) == (None, None, None)
    assert result.scores is not None and result.scores.failed
    assert result.scores.sentence in result.warnings


def test_matching_takes_away_what_age_did(tmp_path: Path) -> None:
    """The treated are older and age alone lowers reoffending: the naive difference misleads, the truth is zero."""
    frame = people(4_000)
    naive = frame.group_by("treated").agg(pl.col("reoffended").mean()).sort("treated")["reoffended"]
    result = evaluated(tmp_path, frame, comparison={"covariates": ["age", "sex"], "caliper": 0.1})
    outcome = result.outcomes[0]
    assert naive[1] - naive[0] < -0.1
    assert outcome.ci_low is not None and outcome.ci_high is not None
    assert outcome.ci_low < 0 < outcome.ci_high
    assert all(row.band == "green" for row in result.balance if row.covariate == "Age")


def test_packed_and_parquet_files_give_the_same_people(tmp_path: Path) -> None:
    frame = people(100)
    plain = written(tmp_path, frame)
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    frame.write_parquet(tmp_path / "people.parquet")
    asked = protocol()
    first, *others = (
        flat_units(asked, read_flat(tmp_path / n)) for n in ("people.csv", "packed.csv.gz", "people.parquet")
    )
    for other in others:
        assert other.people.equals(first.people) and other.covariates.equals(first.covariates)
        assert other.outcomes.equals(first.outcomes)


def test_every_missing_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        evaluated(tmp_path, people(100).rename({"age": "Age_"}).drop("district"), comparison={"exact": ["district"]})
    text = str(refused.value)
    assert '"age": is not a column of the file; did you mean "Age_"?' in text
    assert '"district": is not a column of the file' in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"treated": ["a", "b", "c", "d"] * 25},
            "holds texts that mean neither yes nor no: a (25 rows), b (25 rows), c (25 rows), d (25 rows)",
        ),
        ({"treated": [1] * 100}, "is the same for everybody"),
        ({"treated": [None] + [0, 1, 1] * 33}, "is not known in 1 of 100 rows"),
        ({"reoffended": [None] * 100}, "is all missing"),
        ({"reoffended": ["0"] * 99 + ["perhaps"]}, "holds texts that mean neither yes nor no: aaaaaaa (1 row)"),
        ({"age": [None] * 7 + [30] * 93}, "is not known in 7 of 100 rows"),
        ({"age": [30] * 100}, "is the same for everybody"),
        ({"reoffended": [0] * 100}, "is the same (0) for everybody who is analysed"),
    ],
)
def test_a_column_at_fault_is_refused(tmp_path: Path, change: dict[str, list[object]], said: str) -> None:
    frame = people(100).with_columns(pl.Series(name, values, strict=False) for name, values in change.items())
    with pytest.raises(Refused) as refused:
        evaluated(tmp_path, frame)
    assert said in str(refused.value)


def test_faults_name_the_line_and_come_together(tmp_path: Path) -> None:
    frame = people(100).with_columns(
        pl.Series("age", [30] * 50 + [None] + [40] * 49), pl.Series("reoffended", ["0"] * 99 + ["perhaps"])
    )
    with pytest.raises(Refused) as refused:
        evaluated(tmp_path, frame)
    text = str(refused.value)
    assert "people.csv, row 52, age" in text  # the header is line 1, so the 51st person stands on line 52
    assert "people.csv, row 101, outcome reoffended (reoffended): holds texts that mean neither" in text


def test_a_separating_covariate_is_named(tmp_path: Path) -> None:
    frame = people(200).with_columns((pl.col("treated") * 10 + pl.col("age") / 100).alias("age"))
    with pytest.raises(Refused, match="age: tells the two groups apart without error"):
        evaluated(tmp_path, frame)


def test_a_duplicated_covariate_is_named(tmp_path: Path) -> None:
    frame = people(200).with_columns((pl.col("age") * 2).alias("twice"))
    with pytest.raises(Refused, match="twice: only repeats what age"):
        evaluated(tmp_path, frame, comparison={"covariates": ["age", "twice"]})


def test_missing_covariates_may_be_a_category_instead(tmp_path: Path) -> None:
    frame = people(400).with_columns(pl.when(pl.int_range(pl.len()) % 9 > 0).then("age").alias("age"))
    result = evaluated(tmp_path, frame, comparison={"missing": "indicator"})
    assert next(row for row in result.balance if row.covariate == "Age").missing_treated > 0


def test_a_cohort_below_the_minimum_is_refused(tmp_path: Path) -> None:
    frame = people(100)
    treated = int(frame["treated"].sum())
    tens = (
        f"{treated // 10 * 10} to {treated // 10 * 10 + 9}"  # the exact number, beside a paper's, could give a few away
    )
    with pytest.raises(Refused, match=f"only {tens} treated people .* minimum is {treated + 1}; wait for more"):
        evaluated(tmp_path, frame, cohort={"minimum": treated + 1})


def test_no_comparison_left_after_exact_matching_is_refused(tmp_path: Path) -> None:
    frame = people(200).with_columns(
        pl.when(pl.col("treated") == 1).then(pl.lit("a")).otherwise(pl.lit("b")).alias("district")
    )
    with pytest.raises(Refused, match="nobody in the scheme has a comparison with the same district"):
        evaluated(tmp_path, frame, comparison={"exact": ["district"]})


def test_a_person_twice_is_refused(tmp_path: Path) -> None:
    frame = people(100).with_columns(pl.Series("number", [*range(99), 5]))
    with pytest.raises(Refused, match="row 7, number: is missing or not unique in 2 rows"):
        evaluated(tmp_path, frame, data={"id_column": "number"})


@pytest.mark.parametrize("text", ["", "treated,age,sex,reoffended\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "empty.csv").write_text(text)
    with pytest.raises(Refused):
        read_flat(tmp_path / "empty.csv")


def test_ragged_rows_are_refused_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "ragged.csv").write_text("treated,age,reoffended\n1,30,0\n0,31\n1,32,0,9\n")
    with pytest.raises(Refused) as refused:
        read_flat(tmp_path / "ragged.csv")
    assert "row 3" in str(refused.value) and "row 4" in str(refused.value)


def test_a_missing_outcome_widens_the_bounds(tmp_path: Path) -> None:
    """Ten treated people of unknown outcome among n known can move the treated share by 10 / (n + 10) at most."""
    frame = people(400)
    whole = evaluated(tmp_path, frame, comparison={"method": "none", "covariates": []})
    treated = frame.with_row_index().filter(pl.col("treated") == 1)["index"][:10]
    gone = frame.with_row_index().with_columns(
        pl.when(~pl.col("index").is_in(treated.implode())).then("reoffended").alias("reoffended")
    )
    result = evaluated(tmp_path, gone.drop("index"), comparison={"method": "none", "covariates": []})
    outcome = result.outcomes[0]
    assert whole.outcomes[0].bounds is None and outcome.bounds is not None
    assert (outcome.bounds.not_known_treated, outcome.bounds.not_known_comparison) == (10, 0)
    everyone = whole.n.treated
    assert outcome.bounds.high - outcome.bounds.low == pytest.approx(10 / everyone)
    assert outcome.bounds.low <= (whole.outcomes[0].difference or 0) <= outcome.bounds.high


def test_the_same_input_gives_the_same_result(tmp_path: Path) -> None:
    frame = people(300)
    asked = {"comparison": {"m_order": "random"}, "subgroups": {"planned": ["age < 30"], "exploratory": ["sex"]}}
    one, two = (evaluated(tmp_path, frame, **asked).model_dump_json() for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("column", "value", "kind", "words"),
    [
        ("reoffended", -1, "frequency", 'reoffended "-1": is not a value .*; a number of offences is zero or more'),
        ("reoffended", 1e300, "frequency", "correct it, or count in larger units"),
        ("age", "2001-02-03", "yes_no", "age: holds dates in 400 rows, not numbers or kinds"),
        ("age", "03/02/2001", "yes_no", "age: holds dates in 400 rows, not numbers or kinds"),
    ],
)
def test_a_column_of_what_nothing_can_be_made_is_refused(
    tmp_path: Path, column: str, value: object, kind: str, words: str
) -> None:
    outcome = {"reoffended": {"column": "reoffended", "label": "Reoffences", "kind": kind}}
    with pytest.raises(Refused, match=words.replace("reoffended ", r"outcome reoffended \(reoffended\) ", 1)):
        evaluated(tmp_path, people().with_columns(pl.lit(value).alias(column)), data={"outcomes": outcome})


def test_an_exact_factor_not_known_is_refused_or_a_level_as_the_protocol_says(tmp_path: Path) -> None:
    holes = people().with_columns(district=pl.when(pl.col("age") == 40).then(None).otherwise("district"))
    exact = {"covariates": ["age", "sex"], "exact": ["district"]}
    with pytest.raises(Refused, match=r"district: is not known in \d+ of 400 rows"):
        evaluated(tmp_path, holes, comparison=exact)
    assert evaluated(tmp_path, holes, comparison={**exact, "missing": "indicator"}).n.treated > 0


def test_an_outcome_known_in_one_group_only_is_named(tmp_path: Path) -> None:
    one_sided = people().with_columns(reoffended=pl.when(pl.col("treated") == 0).then("reoffended"))
    with pytest.raises(Refused, match="reoffended: is known for fewer than two matched people in the scheme"):
        evaluated(tmp_path, one_sided)


def test_rows_that_repeat_others_are_said_where_no_column_tells_people_apart(tmp_path: Path) -> None:
    once = people().with_columns(number=pl.int_range(pl.len()) * 7919 % 400)
    words = "Some rows of the file are the same as others in every column."
    assert not any(words in warning for warning in evaluated(tmp_path, once).warnings)
    twice = pl.concat([once, once])
    assert any(words in warning for warning in evaluated(tmp_path, twice).warnings)
    # Four columns of few values: people are alike by chance, and nothing is said.
    assert not any(words in warning for warning in evaluated(tmp_path, people()).warnings)
    with pytest.raises(Refused, match="number: is missing or not unique in 800 rows"):
        evaluated(tmp_path, twice, data={"id_column": "number"})
