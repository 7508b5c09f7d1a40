"""What cannot be matched is refused in a sentence that names the column and the way out."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from whatworks.evaluation import match
from whatworks.records.refusal import Refused

RNG = np.random.default_rng(7)
PEOPLE = 400
AGE, NEED = RNG.normal(30, 8, PEOPLE).round(), RNG.normal(size=PEOPLE)
SCHEME = (RNG.random(PEOPLE) < 1 / (1 + np.exp(1.2 - NEED))).astype(int)
TABLE = pl.DataFrame(
    {
        "scheme": SCHEME,
        "age": AGE,
        "need": NEED,
        "sex": RNG.choice(["F", "M"], PEOPLE),
        "reoffended": (RNG.random(PEOPLE) < 0.4).astype(int),
    }
)
WORDS: dict[str, Any] = {"treated": "scheme", "covariates": ["age", "need", "sex"]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "neerest"}, "is not a method"),
        ({"covariates": ["aeg"]}, "is not a column of the data"),
        ({"treated": "age"}, "different values, not 0 and 1"),
        ({"covariates": []}, "names nothing"),
        ({"method": "cem", "caliper": 0.2, "ratio": 2}, "belongs to method nearest or optimal, not to cem"),
        ({"method": "radius"}, "say how near a comparison has to be"),
        ({"estimand": "ATE"}, "for everybody use method exact, cem or inverse_probability"),
        ({"distance": [0.5]}, "has shape"),
        ({"distance": np.where(AGE > 40, np.inf, AGE)}, "is missing or infinite"),
        ({"distance": "sex"}, "holds no numbers"),
        ({"distance": "ages"}, "is neither a model nor a column"),
        ({"distance": "age", "method": "overlap"}, "is not between 0 and 1"),
        ({"caliper": -1.0}, "is not above zero"),
        ({"caliper": {"agee": 1.0}}, "is not a column of the data"),
        ({"m_order": "random"}, "a random order needs a seed"),
        ({"method": "cem", "cutpoints": {"age": "sturgis"}}, "says not how to cut"),
        ({"covariates": "age"}, r'write covariates=\["age"\]'),
        ({"exact": "sex"}, "is a text, not a list of columns"),
        ({"ratio": 1.5}, 'ratio "1.5": is not a whole number'),
        ({"replace": "yes"}, "is neither True nor False"),
        ({"m_order": "random", "seed": -1}, 'seed "-1": is below 0'),
        ({"caliper": "wide"}, 'caliper "wide": is not a number'),
        ({"caliper": {"sex": 1.0}}, 'caliper "sex": holds no numbers'),
        ({"caliper": 0.2, "std_caliper": {"agee": False}}, 'std_caliper "agee": has no caliper'),
        ({"distance": ["high"] * PEOPLE}, "distance: holds no numbers"),
        ({"distance": "scheme"}, 'distance "scheme": is who was treated'),
        ({"method": "overlap", "exact": ["sex"]}, 'exact "sex": belongs to method'),
        ({"method": "cem", "cutpoints": {"age": ["old"]}}, "says not how to cut"),
        ({"method": "cem", "cutpoints": 2.5}, "says not how to cut"),
        ({"method": "cem", "cutpoints": {"sex": 3}}, "cutpoints.sex: holds texts"),
        ({"method": "optimal", "ratio": 50}, r'ratio "50": asks for [\d,]+ partners and there are \d+'),
        ({"method": "overlap", "distance": np.where(SCHEME == 1, 0.9, 0.1)}, "tells the two groups apart"),
        ({"exact": ["need"]}, 'exact "need": nobody has a comparison; ask for fewer exact factors'),
        ({"method": "exact", "covariates": ["age", "need"]}, 'or use method "cem"'),
        ({"reuse_max": 0}, 'reuse_max "0": is below 1'),
        ({"caliper": 1e-9, "std_caliper": False, "distance": "need"}, "nobody has a comparison"),
        ({"covariates": ["scheme", "age"]}, "tells the two groups apart without error"),
    ],
)
def test_bad_input_is_answered_by_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        match(TABLE, **{**WORDS, **change})


def test_tables_that_cannot_be_matched() -> None:
    for data, words in (
        ([1, 2], "is not a table of people"),
        (TABLE.with_columns(scheme=pl.lit(1)), "scheme: is 1 for everybody, so one of the groups is empty"),
        (TABLE.head(0), "the table has no rows"),
        (
            TABLE.with_columns(need=pl.when(pl.col("age") > 45).then(float("nan")).otherwise("need")),
            "need: is not known",
        ),
        (
            TABLE.with_columns(scheme=pl.when(pl.col("age") > 45).then(float("nan")).otherwise("scheme")),
            "not known for",
        ),
        (
            TABLE.with_columns(sex=pl.concat_str(pl.lit("P"), pl.int_range(pl.len()))),
            "sex: has 400 different texts for 400 people",
        ),
        (TABLE.with_columns(need=pl.date(2020, 1, 1)), "need: holds dates or times, not numbers"),
        (TABLE.with_columns(need=pl.col("need") * 1e300), "need: holds numbers too large"),
        (TABLE.with_columns(need=pl.col("need") * 1e-300), "need: is the same for everybody"),
        (pd.concat([TABLE.to_pandas(), TABLE.to_pandas()[["age"]]], axis=1), "age: is the name of 2 columns"),
        (TABLE.to_pandas().assign(need=pd.Series([1, *["x"] * 399], dtype=object)), "need: holds values of several"),
        (TABLE.to_pandas().assign(number=[2**70 + i for i in range(PEOPLE)]), "number: holds values of several"),
        (TABLE.to_arrow().append_column("age", pa.array(AGE)), "age: is the name of 2 columns"),
        (TABLE.with_columns(need=pl.lit(None, pl.Float64)), "is not known for anybody"),
        (TABLE.with_columns(need=pl.lit(1.0)), "is the same for everybody"),
        (TABLE.to_pandas().assign(age=pd.Series([np.nan, *AGE[1:]])), "not known for 1 people"),
    ):
        with pytest.raises(Refused, match=words):
            match(data, **WORDS)
    one = TABLE.with_columns(scheme=(pl.int_range(pl.len()) == 0).cast(pl.Int64))
    with pytest.raises(Refused, match=r"known for 1 matched people in the scheme and|for everybody who is matched"):
        match(one, **WORDS).effect("reoffended")


def test_scores_in_another_order_than_the_people_are_refused_and_in_theirs_are_taken() -> None:
    people, score = TABLE.to_pandas(), pd.Series(NEED)
    assert match(people, **WORDS, distance=score).paired.equals(match(TABLE, **WORDS, distance="need").paired)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="stands in another order than the people"):
        match(people.sample(frac=1, random_state=1), **WORDS, distance=score)


def test_a_column_that_must_be_equal_has_to_be_known_unless_not_known_is_a_level() -> None:
    holes = TABLE.with_columns(area=pl.when(pl.int_range(pl.len()) % 9 == 0).then(None).otherwise(pl.lit("north")))
    with pytest.raises(Refused, match="area: is not known for 45 people; leave it out of exact"):
        match(holes, **WORDS, exact=["area"])
    found = match(holes, **WORDS, exact=["area"], missing="indicator")
    assert found.paired is not None
    area = holes["area"].fill_null("")
    assert (area.gather(found.paired["treated"]) == area.gather(found.paired["comparison"])).all()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (pl.lit(3.5), "y: is 3.5 for everybody who is matched"),
        (pl.lit(0), "y: is 0 for everybody who is matched"),
        (pl.when(pl.col("age") > 30).then(float("inf")).otherwise(0.0), r"y: is infinite for \d+ people"),
        (pl.col("scheme"), "y: is who was treated"),
        (pl.when(pl.col("scheme") == 1).then("reoffended"), r"in the scheme and 0 comparisons"),
    ],
)
def test_an_outcome_of_which_nothing_can_be_learnt_is_refused(outcome: pl.Expr, words: str) -> None:
    with pytest.raises(Refused, match=words):
        match(TABLE.with_columns(y=outcome), **WORDS).effect("y")
    with pytest.raises(Refused, match="choose CR1, CR2, CR3, HC1 or HC3"):
        match(TABLE, **WORDS).effect("reoffended", se_kind="HC2")  # type: ignore[arg-type]


def test_how_often_a_comparison_serves_says_whether_there_is_replacement() -> None:
    # As in MatchIt: reuse.max = 1 is without replacement, whatever `replace` says; 2 needs no `replace`.
    assert match(TABLE, **WORDS, reuse_max=1, replace=True).paired.equals(match(TABLE, **WORDS).paired)  # type: ignore[union-attr]
    twice = match(TABLE, **WORDS, reuse_max=2).paired
    assert twice is not None and twice["comparison"].value_counts()["count"].max() == 2


def test_fewer_partners_than_asked_for_are_said() -> None:
    found = match(TABLE, **WORDS, ratio=50)
    assert found.warnings == (f"{int(SCHEME.sum())} people have fewer than the 50 partners asked for.",)


def test_rows_that_stand_twice_are_said_and_likeness_by_chance_is_not() -> None:
    rng = np.random.default_rng(9)
    people = pl.DataFrame({"scheme": rng.random(300) < 0.3, "age": rng.integers(18, 60, 300).astype(float),
                           "sex": rng.choice(["F", "M"], 300), "again": rng.random(300) < 0.5})  # fmt: skip
    settings = {"treated": "scheme", "covariates": ["age"]}
    assert match(people, **settings).warnings == ()  # like rows there are: 300 people in 168 kinds
    assert people.n_unique() < 300
    twice = pl.concat([people.with_columns(seen=rng.random(300))] * 2)
    assert any("same as others in every column" in warning for warning in match(twice, **settings).warnings)
    assert match(twice.with_columns(person=pl.int_range(600)), **settings).warnings == ()


def test_ages_that_nobody_has_and_codes_for_not_known_are_said() -> None:
    """20 of 400 ages are 121, 20 of 400 needs are 999: 5% each."""
    rows = pl.int_range(PEOPLE)
    odd = TABLE.with_columns(
        age=pl.when(rows < 20).then(121.0).otherwise("age"), need=pl.when(rows < 20).then(999.0).otherwise("need")
    )
    said = " ".join(match(odd, **WORDS).warnings)
    assert "About 5% of the values of age are below 0 or above 110, as no age is." in said
    assert "About 5% of the values of need are 999, far from all others" in said
    assert "read_column" in said
    assert "as no age is" not in " ".join(match(TABLE, **WORDS).warnings)
