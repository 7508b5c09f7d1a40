"""On made-up people who are hard to link, model and joining together find the people, and say how sure they are."""

import numpy as np

from linkage_model.made_up import made_up
from linkage_model.published import components, precision_and_recall
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.model import score, score_records, standardise, train
from whatworks.linkage.records_and_pairs import read_records

WORLD = made_up(3_000, 31)
MODEL = train(WORLD.connection)
PAIRS = score(WORLD.connection, MODEL)


def f1(label: np.ndarray) -> float:
    precision, recall = precision_and_recall(np.asarray(label), WORLD.person)
    return 2 * precision * recall / (precision + recall)


def test_constrained_joining_by_the_model_beats_chains_of_pairs() -> None:
    records = read_records(WORLD.connection)
    label = join(records, PAIRS, threshold=0.3).label
    precision, recall = precision_and_recall(np.asarray(label), WORLD.person)
    assert precision >= 0.995 and recall >= 0.98, (precision, recall)
    for threshold in (0.5, 0.95):
        sure = PAIRS.probability >= threshold
        assert f1(label) > f1(components(len(records), PAIRS.left[sure], PAIRS.right[sure])) + 0.001


def test_blocking_meets_nearly_all_true_pairs() -> None:
    true = int((WORLD.person[PAIRS.left] == WORLD.person[PAIRS.right]).sum())
    assert true / WORLD.true_pairs >= 0.975


def test_what_is_said_to_be_sure_is_sure() -> None:
    """Of pairs said to be one person with .999 or more, 995 in 1,000 are; of those under .1, fewer than 3 in 10."""
    same = WORLD.person[PAIRS.left] == WORLD.person[PAIRS.right]
    assert same[PAIRS.probability >= 0.999].mean() >= 0.995
    assert same[PAIRS.probability < 0.1].mean() < 0.3


def test_where_no_agency_holds_a_number_people_are_found_too() -> None:
    world = made_up(2_000, 32, number_share=0.0)
    world.connection.change("UPDATE person SET prison_number = NULL, crn = NULL")
    pairs = score(world.connection, train(world.connection))
    label = join(read_records(world.connection), pairs, threshold=0.3).label
    precision, recall = precision_and_recall(np.asarray(label), world.person)
    assert precision >= 0.97 and recall >= 0.94, (precision, recall)


def test_a_model_of_few_records_says_the_truth_of_many() -> None:
    """A model of 600 people, used on five times as many: pairs said to be sure are so, since the prior is smaller."""
    few = train(made_up(600, 33).connection)
    pairs = score_records(standardise(WORLD.connection), few)
    same = WORLD.person[pairs.left] == WORLD.person[pairs.right]
    assert same[pairs.probability >= 0.99].mean() >= 0.99
    sure = pairs.probability >= 0.5
    assert 0.93 < same[sure].mean() / pairs.probability[sure].mean() < 1.03
