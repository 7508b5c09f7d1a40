"""A pair in words adds up to what the model says of it, and names nobody."""

from math import log2

import polars as pl
import pytest

from linkage_model.made_up import made_up, store
from whatworks.linkage.model import LevelNumbers, LinkageModel, describe_pairs, score_records, standardise, train_on
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS


def by_hand(**numbers: tuple[tuple[float, float], ...]) -> LinkageModel:
    """Return a model in which every level has m = u (says nothing), but for those given as (m, u)."""
    levels = {
        one.name: tuple(
            LevelNumbers(words=level.words, m=m, u=u)
            for level, (m, u) in zip(one.levels, numbers.get(one.name, ((0.5, 0.5),) * len(one.levels)), strict=True)
        )
        for one in PERSON_COMPARISONS
    }
    return LinkageModel(
        comparisons=levels, prior=0.01, records=3, sharing=0, chance_from={}, seed=1,
        data_sha256="", versions={},
    )  # fmt: skip


def test_a_pair_worked_by_hand() -> None:
    """Two records of three agree on sex and differ in postcode; one has no birth date; nobody shares name and birth."""
    frame = pl.DataFrame(
        {
            "organisation_id": ["court", "police", "police"],
            "person_id": ["1", "2", "3"],
            "forename": ["Ann", "Bea", "Ann"],
            "surname": ["Lee", "Ray", "Lee"],
            "date_of_birth": ["1990-01-02", None, None],
            "sex": ["female", "female", "male"],
            "postcode": ["XN1 1AA", "XN2 2BB", None],
        },
    ).with_columns(pl.col("date_of_birth").str.to_date())
    model = by_hand(
        sex=((0.99, 0.5), (0.01, 0.5)), postcode=((0.6, 0.002), (0.1, 0.1), (0.1, 0.1), (0.2, 0.8)),
        name=((0.8, 0.001), *((0.02, 0.1),) * 9, (0.06, 0.9)),
    )  # fmt: skip
    first, second = describe_pairs(standardise(store(frame)), model, [0, 0], [1, 2])
    prior = (0.5 / 3) / (1 - 0.5 / 3)  # .03 matches in three pairs, but never less than half a match
    assert first.weight == pytest.approx(log2(prior * 0.99 / 0.5 * 0.2 / 0.8 * 0.06 / 0.9))
    assert [str(line) for line in first.lines] == [
        "two records drawn at random: against, 5.0 to 1",
        "other names: against, 15 to 1",
        "no date of birth on one or both: says nothing",
        "other postcode: against, 4.0 to 1",
        "same sex: for, 2.0 to 1",
        "no PNC number on one or both: says nothing",
        "no prison number on one or both: says nothing",
        "no case reference number on one or both: says nothing",
    ]
    # two of the three records hold the name: its share, 2/3, takes the place of u
    assert second.weight == pytest.approx(log2(prior * 0.8 / (2 / 3) * 0.01 / 0.5))
    assert second.lines[1].words == "same forename and surname (2 records hold it)"
    assert second.probability == pytest.approx(1 / (1 + 2**-second.weight))


def test_lines_sum_to_the_match_weight_of_every_pair() -> None:
    world = made_up(300, 5)
    records = standardise(world.connection)
    model = train_on(records)
    pairs = score_records(records, model)
    described = describe_pairs(records, model, pairs.left, pairs.right)
    assert len(described) == len(pairs) > 200
    sums = [sum(line.weight for line in pair.lines) for pair in described]
    assert sums == pytest.approx(pairs.weight.tolist(), abs=0.01)
    assert [pair.probability for pair in described] == pytest.approx(pairs.probability.tolist())


def test_no_identifier_stands_in_the_words() -> None:
    world = made_up(200, 6)
    records = standardise(world.connection)
    model = train_on(records)
    pairs = score_records(records, model)
    text = " ".join(
        str(line).lower() for pair in describe_pairs(records, model, pairs.left, pairs.right) for line in pair.lines
    )
    columns = "forename, surname, born, postcode, pnc, prison_no, crn_no"
    for row in records.engine.rows(f"SELECT {columns} FROM standard_record"):
        assert not any(str(value).lower() in text.split() for value in row if value is not None)
