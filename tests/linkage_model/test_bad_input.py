"""Records as agencies send them: names that are none, one name for all, numbers that name nobody."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from linkage_model.made_up import made_up, store
from linkage_model.published import components, precision_and_recall
from whatworks.linkage.model import score_records, standardise, train, train_on
from whatworks.linkage.model.blocking import LARGEST_BLOCK, PERSON_RULES, blocking_cost
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.standardise import TABLE
from whatworks.records.refusal import Refused

WORLD = made_up(700, 11)
PEOPLE = WORLD.connection.fetch("SELECT * EXCLUDE (source_id, source_line) FROM person").sort(
    "organisation_id", "person_id"
)  # fmt: skip


@pytest.fixture(scope="module")
def usual_model() -> LinkageModel:
    """Return a model trained on the records as they are."""
    return train_on(standardise(WORLD.connection))


def reached(people: pl.DataFrame, threshold: float = 0.5, model: LinkageModel | None = None) -> tuple[float, float]:
    """Return precision and recall of joining these records of `WORLD` by a model, else by one trained on them."""
    records = standardise(store(people))
    pairs = score_records(records, model or train_on(records))
    sure = pairs.probability >= threshold
    return precision_and_recall(components(records.count, pairs.left[sure], pairs.right[sure]), WORLD.person)


def column(name: str) -> Callable[[pl.Expr], pl.DataFrame]:
    return lambda expression: PEOPLE.with_columns(expression.alias(name))


EMPTY = pl.lit(None, dtype=pl.String)
SOME = pl.int_range(pl.len()) % 3 == 0
AS_THEY_ARE = standardise(WORLD.connection).contents().tolist()


@pytest.mark.parametrize(
    ("people", "precision", "recall"),
    [
        (column("date_of_birth")(pl.when(SOME).then(None).otherwise("date_of_birth")), 0.94, 0.87),
        (column("forename")(pl.when(SOME).then(pl.lit("UNKNOWN")).otherwise("forename")), 0.90, 0.94),
        (column("pnc_id")(EMPTY), 0.95, 0.95),
    ],
    ids=["a third without birth date", "a third unknown", "no PNC"],
)
def test_records_are_linked_all_the_same(people: pl.DataFrame, precision: float, recall: float) -> None:
    found = reached(people)
    assert found[0] >= precision and found[1] >= recall, found


def test_records_as_they_are_are_linked(usual_model: LinkageModel) -> None:
    found = reached(PEOPLE, model=usual_model)
    assert found[0] >= 0.97 and found[1] >= 0.97, found


@pytest.mark.parametrize(
    "people",
    [
        PEOPLE.with_columns(pl.col("forename", "surname").str.to_uppercase()),
        column("forename")(pl.concat_str(pl.lit("Mr. "), "forename")),
        column("surname")(pl.concat_str("surname", pl.lit(" (Mrs)"))),
    ],
    ids=["capitals", "titles", "titles behind"],
)
def test_capitals_and_titles_leave_the_records_as_they_are(people: pl.DataFrame) -> None:
    """So they are linked as records without them: nothing that is compared differs."""
    assert standardise(store(people)).contents().tolist() == AS_THEY_ARE


def test_people_of_one_name_are_told_apart_by_what_else_is_known() -> None:
    people = PEOPLE.with_columns(forename=pl.lit("Sam"), surname=pl.lit("Smith"))
    precision, _ = reached(people, 0.9)
    assert precision >= 0.9, precision


def test_without_names_dates_and_numbers_remain() -> None:
    precision, recall = reached(PEOPLE.with_columns(forename=EMPTY, surname=EMPTY), 0.9)
    assert precision >= 0.9 and recall >= 0.3, (precision, recall)


def test_surname_and_forename_in_one_column_are_told_apart() -> None:
    frame = pl.DataFrame(
        {
            "organisation_id": ["court", "police", "police"],
            "person_id": ["1", "2", "3"],
            "forename": [None, "Sam", "Ann"],
            "surname": ["SMITH-LEE, Sam", "Smith-Lee", "Ray, Lee"],
        }
    )
    rows = standardise(store(frame)).engine.rows(f"SELECT full_name FROM {TABLE} ORDER BY record")
    assert rows == [("sam smithlee",), ("sam smithlee",), ("ann raylee",)]


def test_unknown_unknown_is_nobody_s_name(usual_model: LinkageModel) -> None:
    """Fifty records of UNKNOWN UNKNOWN without anything else are joined to nobody."""
    nobody = PEOPLE.head(50).with_columns(
        organisation_id=pl.lit("council"),
        person_id=pl.concat_str(pl.lit("z"), pl.int_range(pl.len())),
        forename=pl.lit("UNKNOWN"),
        surname=pl.lit("UNKNOWN"),
        **dict.fromkeys(("postcode", "pnc_id", "prison_number", "crn"), EMPTY),
        date_of_birth=pl.lit(None, dtype=pl.Date),
    )
    records = standardise(store(pl.concat([PEOPLE, nobody])))
    unknown = records.engine.rows(f"SELECT record FROM {TABLE} WHERE full_name IS NULL AND born IS NULL")
    assert len(unknown) == 50
    pairs = score_records(records, usual_model)
    assert not np.isin(pairs.left, unknown).any() and not np.isin(pairs.right, unknown).any()


def test_one_agency_alone_finds_whom_it_holds_twice() -> None:
    police = PEOPLE["organisation_id"].to_numpy() == "police"
    once = PEOPLE.filter(pl.Series(police))
    twice = pl.concat([once, once.with_columns(person_id=pl.concat_str(pl.lit("x"), "person_id"))])
    records = standardise(store(twice))
    pairs = score_records(records, train_on(records))
    sure = pairs.probability >= 0.5
    person = np.concatenate([WORLD.person[police]] * 2)
    names = twice["person_id"].to_numpy()
    label = components(records.count, pairs.left[sure], pairs.right[sure])
    found = precision_and_recall(label, person[np.argsort(names, kind="stable")])
    assert found[0] >= 0.97 and found[1] >= 0.99, found


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("1998/0012345J", "1998/0012345J"),
        ("98/12345J", "1998/0012345J"),
        (" 1998 / 0012345 j", "1998/0012345J"),
        ("1998-0012345J", "1998/0012345J"),
        ("19980012345J", "1998/0012345J"),
        ("19980012345", "1998/0012345"),  # one slip from the whole number
        ("0000/0000000Z", None),
        ("N/K", None),
        ("UNKNOWN", None),
        ("12", None),
        ("A1234BC", None),
    ],
)
def test_a_police_number_as_it_is_compared(written: str, compared: str | None) -> None:
    frame = pl.DataFrame({"organisation_id": ["police"], "person_id": ["1"], "pnc_id": [written]})
    assert standardise(store(frame)).engine.rows(f"SELECT pnc FROM {TABLE}") == [(compared,)]


def test_numbers_in_another_s_column_are_read_by_their_form() -> None:
    frame = pl.DataFrame(
        {
            "organisation_id": ["prison", "probation", "court"],
            "person_id": ["A1234BC", "X123456", "1"],
            "pnc_id": ["X123456", None, "A1234BC"],
            "prison_number": ["1998/0012345J", None, "X123456"],
            "crn": [None, "A1234BC", None],
        }
    )
    rows = standardise(store(frame)).engine.rows(f"SELECT pnc, prison_no, crn_no FROM {TABLE} ORDER BY record")
    court, prison, probation = rows
    assert court == (None, "A1234BC", "X123456")
    assert prison == ("1998/0012345J", "A1234BC", "X123456")
    assert probation == (None, "A1234BC", "X123456")


def test_a_number_of_three_hundred_people_names_nobody() -> None:
    records = standardise(
        store(
            PEOPLE.with_columns(
                pnc_id=pl.when(pl.int_range(pl.len()) < 300).then(pl.lit("2001/0000017K")).otherwise("pnc_id")
            )
        )
    )
    [(held,)] = records.engine.rows(f"SELECT count(*) FROM {TABLE} WHERE pnc = '2001/0000017K'")
    assert held == 0


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_link_is_refused(count: int) -> None:
    with pytest.raises(Refused, match="none to link; import extracts first"):
        train(store(PEOPLE.head(count)))


def test_records_that_teach_nothing_are_refused_with_a_way_out() -> None:
    bare = PEOPLE.with_columns(forename=EMPTY, surname=EMPTY, date_of_birth=pl.lit(None, dtype=pl.Date))
    with pytest.raises(Refused, match='no two share a full name or a date of birth; say method = "shared_number"'):
        train(store(bare))


def test_the_cost_of_blocking_is_the_number_of_pairs_that_it_makes() -> None:
    records = standardise(WORLD.connection)
    columns = records.engine.rows(f"SELECT * FROM {TABLE} ORDER BY record")
    names = [row[0] for row in records.engine.rows(f"DESCRIBE {TABLE}")]
    held = [dict(zip(names, row, strict=True)) for row in columns]

    def keys(expressions: tuple[str, ...], row: dict[str, object]) -> tuple[str, ...] | None:
        values = []
        for expression in expressions:
            function, _, rest = expression.rpartition("(")
            name, _, length = rest.rstrip(")").partition(", ")
            value = row[name]
            if value is None:
                return None
            text = str(value)
            values.append(text[: int(length)] if function == "left" else text[-int(length) :] if function else text)
        return tuple(values)

    for cost in blocking_cost(records.engine, PERSON_RULES, TABLE):
        left = [keys(cost.rule.left, row) for row in held]
        right = [keys(cost.rule.right or cost.rule.left, row) for row in held]
        counted = sum(
            one is not None and one == other for place, one in enumerate(left) for other in right[place + 1 :]
        )
        if cost.rule.right:
            counted += sum(
                one is not None and one == other for place, one in enumerate(right) for other in left[place + 1 :]
            ) + sum(one is not None and one == other for one, other in zip(left, right, strict=True))
        assert cost.pairs == counted, cost.rule.words


def test_a_value_that_most_records_hold_is_not_compared_and_is_counted() -> None:
    count = LARGEST_BLOCK + 1
    frame = pl.DataFrame(
        {
            "organisation_id": ["police"] * count,
            "person_id": [str(place) for place in range(count)],
            "surname": ["Smith"] * count,
            "postcode": ["XN1 1AA"] * count,
        }
    )
    records = standardise(store(frame))
    left_out = {cost.rule.words: cost.left_out for cost in blocking_cost(records.engine, PERSON_RULES, TABLE)}
    assert left_out["surname, postcode"] == count
    assert sum(left_out.values()) == count
