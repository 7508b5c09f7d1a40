"""Strongest-first joining: answers known beforehand, and the same people however pairs and records are ordered."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.linkage.clusters.decided import UNDECIDED, Decisions
from whatworks.linkage.clusters.growing import KEPT_APART, ONE_AGENCY, UNLIKE_NUMBERS
from whatworks.linkage.clusters.joining import Clustering, join
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, record_table

Edges = dict[tuple[str, str], float]


class Town:
    """Records named by agency and number, as A1; `pnc` and `crn` give numbers to some of them."""

    def __init__(self, names: list[str], pnc: dict[str, str] | None = None, crn: dict[str, str] | None = None) -> None:
        self.names = sorted(names)
        self.table: RecordTable = record_table(
            [name[0] for name in self.names],
            [name[1:] for name in self.names],
            pnc=[(pnc or {}).get(name) for name in self.names],
            crn=[(crn or {}).get(name) for name in self.names],
        )

    def pairs(self, edges: Edges) -> ScoredPairs:
        ends = np.array([[self.names.index(name) for name in pair] for pair in edges]).reshape(-1, 2)
        return ScoredPairs.sorted_from(ends[:, 0], ends[:, 1], np.array(list(edges.values()), float))

    def decisions(self, must: tuple[str, ...] = (), cannot: tuple[str, ...] = ()) -> Decisions:
        first, second = (
            tuple((self.names.index(pair[:2]), self.names.index(pair[3:])) for pair in pairs)
            for pairs in (must, cannot)
        )
        return Decisions(first, second)

    def join(self, edges: Edges, decisions: Decisions = UNDECIDED, threshold: float = 0.3) -> Clustering:
        return join(self.table, self.pairs(edges), decisions, threshold)

    def people(self, clustering: Clustering) -> set[frozenset[str]]:
        labels = clustering.label.tolist()
        return {
            frozenset(name for name, other in zip(self.names, labels, strict=True) if other == label)
            for label in labels
        }


def people(*names: str) -> set[frozenset[str]]:
    return {frozenset(name.split()) for name in names}


ISSUE_251 = {("A1", "B1"): 0.95, ("A1", "B2"): 0.94, ("A2", "B1"): 0.93, ("A2", "B2"): 0.01}
"""Splink's issue 251: connected components make one person of all four."""


def test_an_agency_holds_a_person_once_unless_its_records_are_alike() -> None:
    town = Town(["A1", "A2", "B1", "B2"])
    clustering = town.join(ISSUE_251)
    assert town.people(clustering) == people("A1 B1", "A2", "B2")
    assert clustering.reasons == (ONE_AGENCY, ONE_AGENCY)
    assert clustering.refused.tolist() == [1, 2]
    assert town.people(town.join({**ISSUE_251, ("A1", "A2"): 0.995})) == people("A1 A2 B1", "B2")
    assert town.people(town.join({**ISSUE_251, ("A1", "A2"): 0.985})) == people("A1 B1", "A2", "B2")


def test_numbers_keep_people_apart_and_decisions_overrule_them() -> None:
    town = Town(["C1", "P1", "P2"], pnc={"P1": "X", "P2": "YY9"})
    edges = {("P1", "C1"): 0.9, ("C1", "P2"): 0.8}
    refused = town.join(edges)
    assert town.people(refused) == people("P1 C1", "P2")
    assert refused.reasons == (UNLIKE_NUMBERS["pnc"],)
    forced = town.join(edges, town.decisions(must=("P1 P2",)))
    assert town.people(forced) == people("P1 P2 C1")
    assert forced.strained == ((0, UNLIKE_NUMBERS["pnc"]),)
    parted = town.join(edges, town.decisions(cannot=("P1 C1",)))
    assert town.people(parted) == people("P1", "C1 P2")
    assert parted.reasons == (KEPT_APART,)


def test_a_decision_taken_back_gives_the_people_before_it() -> None:
    town = Town(["C1", "P1", "P2"], pnc={"P1": "X", "P2": "YY9"})
    edges = {("P1", "C1"): 0.9, ("C1", "P2"): 0.8}
    town.join(edges, town.decisions(must=("P1 P2",)))
    assert town.people(town.join(edges)) == people("P1 C1", "P2")


def test_numbers_one_slip_apart_do_not_part_people() -> None:
    town = Town(["C1", "P1", "P2"], crn={"P1": "X123456", "C1": "X123465", "P2": "X999123"})
    edges = {("P1", "C1"): 0.9, ("C1", "P2"): 0.8}
    clustering = town.join(edges)
    assert town.people(clustering) == people("P1 C1", "P2")
    assert clustering.reasons == (UNLIKE_NUMBERS["crn"],)


def test_a_pair_below_the_threshold_moves_nothing() -> None:
    town = Town(["A1", "A2", "B1", "B2", "C1"])
    before = town.join(ISSUE_251)
    after = town.join({**ISSUE_251, ("A2", "C1"): 0.2999})
    assert before.label.tolist() == after.label.tolist()
    assert town.people(town.join({**ISSUE_251, ("A2", "C1"): 0.3})) == people("A1 B1", "A2 C1", "B2")


def test_a_decision_in_one_town_leaves_an_undisputed_person_whole() -> None:
    town = Town(["A1", "B1", "C1", "D1"])
    edges = {("A1", "B1"): 0.9, ("B1", "C1"): 0.9}
    assert town.people(town.join(edges, town.decisions(must=("B1 C1",)))) == people("A1 B1 C1", "D1")
    assert town.people(town.join({}, town.decisions(must=("B1 C1", "C1 D1")))) == people("A1", "B1 C1 D1")


def test_no_pairs_and_no_records_are_met() -> None:
    assert Town(["A1", "B1"]).join({}).label.tolist() == [0, 1]
    assert len(join(record_table([], []), Town([]).pairs({})).label) == 0


def test_ties_go_by_record_and_not_by_where_a_pair_stands() -> None:
    """B1 may go to A1 or to A2, equally: the lower record has it, wherever the pair stands in the input."""
    town = Town(["A1", "A2", "B1"])
    edges = {("A2", "B1"): 0.9, ("A1", "B1"): 0.9}
    assert town.people(town.join(edges)) == people("A1 B1", "A2")
    assert town.people(town.join(dict(reversed(edges.items())))) == people("A1 B1", "A2")


names = [f"{agency}{number}" for agency in "ABC" for number in range(3)]


@st.composite
def towns(draw: st.DrawFn) -> tuple[Town, Edges]:
    numbers = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(["X", "Y55", "Z777"]), max_size=6))
    pairs = draw(st.lists(st.sampled_from(list(combinations(names, 2))), max_size=20, unique=True))
    levels = draw(st.lists(st.sampled_from([0.2, 0.4, 0.6, 0.8, 0.995]), min_size=len(pairs), max_size=len(pairs)))
    return Town(names, pnc=numbers), dict(zip(pairs, levels, strict=True))


def by_hand(town: Town, edges: Edges) -> set[frozenset[str]]:
    """Joining as the method states it, with sets of names and no short cuts."""
    clusters = [{name} for name in town.names]
    number = dict(zip(town.names, town.table.pnc.tolist(), strict=True))
    for (left, right), level in sorted(edges.items(), key=lambda edge: (-edge[1], sorted(edge[0]))):
        ours, theirs = (next(members for members in clusters if name in members) for name in (left, right))
        mine, others = ({number[name] for name in members} - {-1} for members in (ours, theirs))
        twice = [(a, b) for a in ours for b in theirs if a[0] == b[0]]
        unsure = any(edges.get((min(a, b), max(a, b)), 0.0) < 0.99 for a, b in twice)
        if level < 0.3 or ours is theirs or unsure or (mine and others and not mine & others):
            continue
        clusters.remove(theirs)
        ours |= theirs
    return {frozenset(members) for members in clusters}


@settings(deadline=None, max_examples=200)
@given(towns(), st.randoms(use_true_random=False))
def test_the_people_are_those_of_the_method_read_literally(given_town: tuple[Town, Edges], chance: object) -> None:
    town, edges = given_town
    joined = town.people(town.join(edges))
    assert joined == by_hand(town, edges)
    shuffled = list(edges.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert town.people(town.join(dict(shuffled))) == joined


@pytest.mark.parametrize("edges", [ISSUE_251, {("A1", "B1"): 0.5}])
def test_a_label_is_the_lowest_record_of_its_person(edges: Edges) -> None:
    label = Town(["A1", "A2", "B1", "B2"]).join(edges).label
    assert all(label[lowest] == lowest for lowest in label)
    assert (label <= np.arange(4)).all()
