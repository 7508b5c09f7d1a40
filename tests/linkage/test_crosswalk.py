"""Linked numbers stay with people while records come and go; whatever changes one is a change told."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.linkage.identities.crosswalk import Crosswalk, assign


def labels(people: str) -> np.ndarray:
    """Return each record's lowest fellow, of people written as letters: "aab" is two records of a and one of b."""
    return np.array([people.index(person) for person in people], np.int32)


def events(crosswalk: Crosswalk) -> list[tuple[str, int, int | None, int]]:
    return [(change.event, change.before, change.after, change.records) for change in crosswalk.changes]


def test_first_numbers_run_in_the_order_of_records() -> None:
    crosswalk = assign(np.zeros(4, np.int64), labels("abca"), 0)
    assert crosswalk.number.tolist() == [1, 2, 3, 1]
    assert (crosswalk.made.tolist(), crosswalk.last, crosswalk.changes) == ([1, 2, 3], 3, ())


def test_the_same_people_keep_their_numbers_and_nothing_is_journalled() -> None:
    crosswalk = assign(np.array([7, 2, 7, 5]), labels("abac"), 9)
    assert crosswalk.number.tolist() == [7, 2, 7, 5]
    assert (crosswalk.changes, crosswalk.retired, crosswalk.last) == ((), {}, 9)


def test_a_new_record_takes_its_persons_number_whichever_record_is_lowest() -> None:
    assert assign(np.array([0, 4, 4]), labels("aaa"), 4).number.tolist() == [4, 4, 4]


def test_two_people_who_become_one_keep_the_number_of_most_records() -> None:
    crosswalk = assign(np.array([1, 2, 2]), labels("aaa"), 2)
    assert crosswalk.number.tolist() == [2, 2, 2]
    assert events(crosswalk) == [("merge", 1, 2, 1)]
    assert crosswalk.retired == {1: 2}
    assert assign(np.array([2, 1]), labels("aa"), 2).retired == {2: 1}, "as many records each: the lower number stays"


def test_one_person_who_becomes_two_leaves_the_number_with_most_records() -> None:
    crosswalk = assign(np.array([1, 1, 1]), labels("abb"), 1)
    assert crosswalk.number.tolist() == [2, 1, 1]
    assert events(crosswalk) == [("split", 1, 2, 1)]
    assert crosswalk.retired == {}


def test_a_record_that_changes_person_moves() -> None:
    crosswalk = assign(np.array([1, 1, 1, 2, 2]), labels("aabbb"), 2)
    assert crosswalk.number.tolist() == [1, 1, 2, 2, 2]
    assert events(crosswalk) == [("move", 1, 2, 1)]


def test_a_number_of_which_no_record_is_left_is_retired_into_none() -> None:
    crosswalk = assign(np.array([1, 0]), labels("ab"), 3, {1: 1, 3: 2})
    assert crosswalk.number.tolist() == [1, 4], "a number is never given to somebody else"
    assert events(crosswalk) == [("gone", 3, None, 2)]
    assert crosswalk.retired == {3: None}


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("abcdef")), min_size=1, max_size=25))
def test_people_and_numbers_match_one_to_one_and_every_change_is_told(rows: list[tuple[int, str]]) -> None:
    previous, label = np.array([number for number, _ in rows]), labels("".join(person for _, person in rows))
    crosswalk = assign(previous, label, 6)
    assert len(set(zip(label.tolist(), crosswalk.number.tolist(), strict=True))) == len(set(label.tolist()))
    assert len(set(crosswalk.number.tolist())) == len(set(label.tolist()))
    had = previous > 0
    changed = int((had & (previous != crosswalk.number)).sum())
    assert sum(change.records for change in crosswalk.changes) == changed
    assert set(crosswalk.retired) == set(previous[had].tolist()) - set(crosswalk.number.tolist())
