"""How sure a record's place with its person is: the weakest pair on the surest way."""

import numpy as np

from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.clusters.joining import Clustering
from whatworks.linkage.clusters.strength import strength
from whatworks.linkage.records_and_pairs import ScoredPairs


def scored(*edges: tuple[int, int, float]) -> ScoredPairs:
    left, right, level = (np.array(column) for column in zip(*edges, strict=True))
    return ScoredPairs.sorted_from(left, right, level)


def clusters(*label: int) -> Clustering:
    return Clustering(np.array(label, np.int32))


def test_the_surest_way_counts_and_not_the_shortest() -> None:
    """0-3 directly is .4; 0-1-2-3 is never below .7. So record 3 belongs with .7, record 2 with .8."""
    sure = strength(clusters(0, 0, 0, 0), scored((0, 3, 0.4), (0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.7)))
    assert sure.probability.tolist() == [0.9, 0.9, 0.8, 0.7]
    assert sure.fellow.tolist() == [1, 0, 1, 2]


def test_pairs_across_people_and_below_the_threshold_do_not_count() -> None:
    sure = strength(clusters(0, 0, 2, 2), scored((0, 1, 0.6), (1, 2, 0.99), (2, 3, 0.5), (0, 1, 0.1)))
    assert sure.probability.tolist() == [0.6, 0.6, 0.5, 0.5]


def test_a_decision_is_certain_and_has_no_pair() -> None:
    sure = strength(clusters(0, 0, 0), scored((0, 1, 0.5)), Decisions(must=((1, 2),)))
    assert sure.probability.tolist() == [0.5, 0.5, 0.5]
    assert sure.fellow.tolist() == [1, 2, 1]
    assert sure.pair.tolist() == [0, -1, -1]


def test_a_record_alone_is_sure_of_itself() -> None:
    sure = strength(clusters(0, 1), scored((0, 1, 0.2)))
    assert (sure.probability.tolist(), sure.fellow.tolist(), sure.pair.tolist()) == ([1.0, 1.0], [-1, -1], [-1, -1])
