"""Who reaches everybody, how a network divides, and what fits what: against published answers and other programs."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.networks.agreement import adjusted_mutual_information, chance_of_agreement
from whatworks.statistics.networks.communities import communities
from whatworks.statistics.networks.dominating_set import dominating_set


@pytest.fixture(scope="module")
def gang(shared_data: Path) -> np.ndarray:
    """Return the ties of 54 members of a London gang, 2005-2009 (Grund and Densley 2012), in four strengths."""
    return np.loadtxt(shared_data / "london-gang/london_gang.csv", delimiter=",", skiprows=1)[:, 1:]


@pytest.mark.real_data
def test_the_call_in_of_a_london_gang_needs_eight(gang: np.ndarray) -> None:
    """With all 315 ties 8 of 54 reach everybody, and every member is chosen or tied to one who is."""
    chosen = dominating_set(gang)
    assert np.count_nonzero(gang) == 2 * 315 and len(chosen) == 8
    assert ((gang[:, list(chosen)] > 0).any(axis=1) | np.isin(np.arange(54), chosen)).all()


@pytest.mark.real_data
def test_the_communities_of_a_london_gang(gang: np.ndarray) -> None:
    """Sizes and modularity as networkx 3 gives them (greedy modularity), of all ties and of co-offending."""
    found = communities(gang)
    assert found.sizes() == (21, 20, 7, 6) and found.modularity == pytest.approx(0.2559435626)
    offended = communities(gang >= 2)
    assert offended.sizes()[:5] == (17, 15, 6, 5, 5) and offended.modularity == pytest.approx(0.4360336933)


@pytest.mark.parametrize("seed", range(6))
def test_no_smaller_set_reaches_everybody(seed: int) -> None:
    """Every set of fewer members is tried."""
    rng = np.random.default_rng(seed)
    ties = np.triu(rng.random((12, 12)) < 0.2, 1).astype(float)
    reached = (ties + ties.T + np.eye(12)) > 0
    chosen = dominating_set(ties)
    assert reached[:, list(chosen)].any(axis=1).all()
    for fewer in combinations(range(12), len(chosen) - 1):
        assert not reached[:, list(fewer)].any(axis=1).all()


def test_members_without_ties_are_met_themselves() -> None:
    """Nobody reaches them; no members need nobody."""
    assert dominating_set(np.zeros((3, 3))) == (0, 1, 2)
    assert dominating_set(np.zeros((0, 0))) == ()
    for bad in (np.zeros((2, 3)), [[0, -1], [0, 0]]):
        with pytest.raises(Refused):
            dominating_set(bad)


def test_zacharys_club() -> None:
    """34 members, 78 ties: three communities, modularity .3807 (Clauset, Newman and Moore 2004)."""
    ties = np.zeros((34, 34))
    listed = (
        "1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20 2-22 2-31 "
        "3-4 3-8 3-9 3-10 3-14 3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33 9-34 10-34 14-34 "
        "15-33 15-34 16-33 16-34 19-33 19-34 20-34 21-33 21-34 23-33 23-34 24-26 24-28 24-30 24-33 24-34 25-26 25-28 "
        "25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 31-33 31-34 32-33 32-34 33-34"
    )
    for tie in listed.split(" "):
        one, other = map(int, tie.split("-"))
        ties[one - 1, other - 1] = 1
    found = communities(ties)
    assert ties.sum() == 78 and len(found.sizes()) == 3
    assert found.modularity == pytest.approx(0.3807, abs=5e-5)


def test_agreement_as_scikit_learn_gives_it() -> None:
    """Labels by rule; adjusted_mutual_info_score of scikit-learn 1.9 gives .242428 and -.162976."""
    one, other = [at % 4 for at in range(40)], [at % 4 if at < 20 else at % 3 for at in range(40)]
    assert adjusted_mutual_information(one, other) == pytest.approx(0.24242825470959484)
    one, other = [at % 4 for at in range(30)], [at * 7 % 5 for at in range(30)]
    assert adjusted_mutual_information(one, other) == pytest.approx(-0.16297648529155856)
    assert adjusted_mutual_information("abc", "xyz") == 1 == adjusted_mutual_information("aaa", "xxx")


def test_chance_agrees_no_more_often_than_said() -> None:
    """Of 200 random labellings about one in twenty has p at or below .05; a tied one has the least p of 999 draws."""
    rng = np.random.default_rng(3)
    low = [
        chance_of_agreement(rng.integers(0, 3, 30).tolist(), rng.integers(0, 4, 30).tolist(), seed=seed) <= 0.05
        for seed in range(200)
    ]
    assert 2 <= sum(low) <= 20
    assert chance_of_agreement([0, 1] * 30, ["x", "y"] * 30) == 0.001
