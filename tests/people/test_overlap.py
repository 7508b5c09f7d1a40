"""How many agencies know the same people: by hand, against chance, over the links' doubt; small counts kept small."""

import sys
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from made_up_people import AS_AT, custody, made_up, need, offence, rule, victim
from scipy.optimize import LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from overlap import coverage
from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.people.overlap import overlap_answer
from whatworks.people.joinings import Joinings
from whatworks.people.overlap import ANY_CONTACT, Overlap, Spread, overlap, overlap_of
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch

DAY = AS_AT - timedelta(days=100)
MINIMUM = 10


def test_two_lists_of_a_hundred_that_share_twenty() -> None:
    """N = 5,000 expects 100 x 100 / 5,000 = 2. The union, 180, would expect 55.6: it is refused as N."""
    agency, people = np.repeat([0, 1], 100), np.concatenate([np.arange(100), np.arange(80, 180)])

    def of(size: int) -> Overlap:
        return overlap_of(agency, ["health", "police"], people, [], people, people, size)

    assert of(5_000).pairs[0].sizes == (100, 100) and of(5_000).pairs[0].shared.now == 20
    assert of(5_000).pairs[0].expected == pytest.approx(2.0)
    assert pytest.approx(55.6, abs=0.05) == 100 * 100 / 180 and of(180).pairs[0].expected is None
    with pytest.raises(Refused, match="fewer than the 180 people"):
        of(179)
    with pytest.raises(Refused, match="nothing can overlap"):
        overlap_of(np.zeros(3, np.int64), ["police"], np.arange(3), [], np.arange(3), np.arange(3), 10)


def test_sets_numbers_and_sizes_by_hand() -> None:
    """Five people: two at police and council, one at all three, one at the prison, one only as a victim."""
    store = made_up("abcdv")
    for person in "abc":
        offence(store, person, DAY), need(store, person, DAY)
    custody(store, "c", DAY), custody(store, "d", DAY), victim(store, "v", DAY)
    offence(store, "d", date(2023, 6, 30))  # before the window
    found = overlap(store, rule(), AS_AT)
    assert {of: spread.now for of, spread in found.sets.items()} == {
        ("council", "police"): 2, ("council", "police", "prison"): 1, ("prison",): 1,
    }  # fmt: skip
    assert {k: spread.now for k, spread in found.numbers.items()} == {1: 1, 2: 2, 3: 1}
    assert (found.people.now, found.several.now, found.agencies_each.now, found.draws) == (4, 3, 2.0, 0)
    assert (found.size, found.population) == (4, ANY_CONTACT)
    assert found.standing == {"linked": 3, "possible": 0, "one_agency": 1}
    assert dict(found.rows.select("unit", "set").iter_rows())["L-c"] == "council + police + prison"
    pairs = {one.agencies: (one.sizes, one.shared.now, one.expected) for one in found.pairs}
    assert pairs["council", "police"] == ((3, 3), 3, 3 * 3 / 4) and pairs["police", "prison"] == ((3, 2), 1, None)


def test_who_is_left_out_by_the_rule_is_of_n_and_on_no_list() -> None:
    store = made_up("abc")
    offence(store, "a", DAY), need(store, "a", DAY), custody(store, "b", DAY), need(store, "c", DAY)
    found = overlap(store, rule(left_out=("prison",)), AS_AT)
    assert found.agencies == ("council", "police") and (found.size, found.people.now) == (3, 2)
    assert found.pairs[0].expected == pytest.approx(2 * 1 / 3)
    assert overlap(store, rule(left_out=("prison",)), AS_AT, residents=400).pairs[0].expected == pytest.approx(2 / 400)


def test_no_victim_contact_moves_any_number() -> None:
    people = [f"p{at}" for at in range(30)]
    plain, victims = made_up(people), made_up(people)
    for at, person in enumerate(people):
        for store in (plain, victims):
            offence(store, person, DAY)
            if at % 3 == 0:
                need(store, person, DAY)
        for agency in ("police", "health", "council")[: at % 4]:
            victim(victims, person, DAY, agency)
    first, second = (overlap(store, rule(), AS_AT) for store in (plain, victims))
    assert first.rows.equals(second.rows) and (first.sets, first.pairs) == (second.sets, second.pairs)


def test_a_link_in_doubt_makes_people_possible_and_moves_the_interval() -> None:
    """Three records of three agencies: one link sure, one in doubt; four of ten draws join it."""
    agency, sure, joined = np.array([0, 1, 2]), np.array([0, 0, 2]), np.array([0, 0, 0])
    draws = [joined] * 4 + [sure] * 6
    found = overlap_of(agency, ["a", "b", "c"], joined, draws, sure, joined, 5)
    assert found.standing == {"linked": 0, "possible": 1, "one_agency": 0}
    assert found.numbers[3] == Spread(1, pytest.approx(0.4), 0, 1)
    assert found.people.mean == pytest.approx(1.6) and found.agencies_each.mean == pytest.approx(0.4 * 3 + 0.6 * 1.5)


def test_links_read_from_a_store_give_one_unit_a_person() -> None:
    store = made_up("ab")
    offence(store, "a", DAY), need(store, "b", DAY)
    links = Joinings(*_two_records(), tuple(np.array([0, 1]) for _ in range(40)))
    found = overlap(store, rule(), AS_AT, links=links)
    assert (found.people.now, found.people.mean, found.several.now, found.several.mean) == (1, 2, 1, 0)
    assert found.rows["unit"].to_list() == ["L"] and found.draws == 40


def _two_records() -> tuple[object, ...]:
    from whatworks.linkage.records_and_pairs import record_table

    records = record_table(["council", "police"], ["cou-b", "pol-a"])
    both = np.array([0, 0], np.int32)
    return records, np.array(["L", "L"], dtype=object), both, np.array([0, 1], np.int32), both


def test_intervals_hold_the_truth_and_halved_ones_do_not() -> None:
    """100 towns: 95% of intervals hold it, give or take 2.2; halved they would in 67%."""
    whole, half = coverage(100, (1.0, 0.5))
    for name in ("several", "four", "both"):
        assert getattr(whole, name) >= 0.88 and getattr(half, name) < 0.85


def town(people: int, seed: int) -> Overlap:
    rng = np.random.default_rng(seed)
    known = rng.random((people, 5)) < rng.gamma(1.0, 0.35, people)[:, None] * np.array([0.5, 1.5, 1.0, 0.3, 0.6])
    known[~known.any(axis=1), 1] = True
    person, agency = np.nonzero(known)
    names = ("council", "court", "health", "police", "prison")
    found = overlap_of(agency, names, person, [], person, person, people)
    units = pl.Series("unit", [f"{seed} {at}" for at in range(people)])
    return Overlap(**{name: getattr(found, name) for name in found.__slots__ if name != "rows"},
                   rows=found.rows.with_columns(unit=units))  # fmt: skip


def paper(found: Overlap, book: StoreBook | None = None) -> Answer:
    book = book or StoreBook(scratch())
    return clear(lambda told: overlap_answer(found, "contacts", MINIMUM, told), book, MINIMUM, "people overlap", "2025")


def shown_sums(found: Overlap, answer: Answer) -> list[tuple[frozenset[tuple[str, ...]], int]]:
    """Return every count of a paper as a sum over sets of agencies."""
    sets = list(found.sets)
    numbers, combos, pairs = answer.tables
    sums: list[tuple[list[tuple[str, ...]], object]] = []
    value = [column.value for column in numbers.columns]
    sums += [([of for of in sets if len(of) == value[0](row)], value[1](row)) for row in numbers.rows]
    value = [column.value for column in combos.columns]
    sums += [([row], value[1](row)) for row in combos.rows]
    value = [column.value for column in pairs.columns]
    for row in pairs.rows:
        first, second = row.agencies
        lists = ([of for of in sets if first in of], [of for of in sets if second in of])
        sums += [(lists[0], value[1](row)), (lists[1], value[2](row))]
        sums.append(([of for of in lists[0] if second in of], value[3](row)))
    if "withheld" not in answer.sentences[0].split(" people are known")[0]:
        sums.append((sets, int(found.people.now)))
    return [(frozenset(of), int(count)) for of, count in sums if isinstance(count, int)]


@pytest.mark.parametrize(("people", "seed"), [(2_000, 1), (400, 2), (120, 3), (60, 4)])
def test_no_small_set_can_be_worked_out_from_the_paper(people: int, seed: int) -> None:
    """Bounds by an integer programme over all that is printed: each small set of agencies stays at least 8 wide."""
    found = town(people, seed)
    answer, sets = paper(found), list(found.sets)
    sums = shown_sums(found, answer)
    small = [at for at, of in enumerate(sets) if 0 < found.sets[of].now < MINIMUM]
    assert small and sums
    rows = np.array([[of in members for of in sets] for members, _ in sums], dtype=float)
    totals = np.array([count for _, count in sums], dtype=float)
    assert all(sum(found.sets[of].now for of in members) == count for members, count in sums)
    for at in small:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(sets))
            aim[at] = sign
            solved = milp(aim, constraints=LinearConstraint(rows, totals, totals), integrality=np.ones(len(sets)))
            ends.append(sign * solved.fun if solved.fun is not None else people)
        assert ends[1] - ends[0] >= MINIMUM - 2


def test_two_papers_of_nearly_the_same_people_give_no_few_back() -> None:
    """Of 2,000 people four are known no more in the second: no count of both papers differs by so few."""
    book, first = StoreBook(scratch()), town(2_000, 1)
    gone = first.rows.filter(set="police").head(4)["unit"]
    second = _without(first, gone.to_list())
    alone, one, two = paper(second), paper(first, book), paper(second, book)
    before = dict(shown_sums(first, one))
    differ = [abs(count - before[of]) for of, count in shown_sums(second, alone) if of in before]
    assert any(0 < many < MINIMUM for many in differ)  # by itself the second paper would give them back
    differ = [abs(count - before[of]) for of, count in shown_sums(second, two) if of in before]
    assert differ and not any(0 < many < MINIMUM for many in differ)


def _without(found: Overlap, units: list[str]) -> Overlap:
    rows = found.rows.filter(~pl.col("unit").is_in(units))
    names = list(found.agencies)
    held = [(at, names.index(name)) for at, words in enumerate(rows["set"]) for name in words.split(" + ")]
    person, agency = (np.array(ends) for ends in zip(*held, strict=True))
    again = overlap_of(agency, names, person, [], person, person, rows.height)
    return Overlap(**{name: getattr(again, name) for name in again.__slots__ if name != "rows"}, rows=rows)


def test_the_paper_draws_the_sets_and_names_nobody() -> None:
    found = town(2_000, 1)
    answer = paper(found)
    printed = " ".join([*answer.lines(), str(answer.document())])
    assert "2,000 people are known to any of 5 agencies" in printed
    assert "The two lists together are never taken for N" in printed
    assert not any(unit in printed for unit in found.rows["unit"])
    figures = [block for section in answer.sections for block in section.blocks if hasattr(block, "draw")]
    shown = {tuple(row) for row in answer.tables[1].rows}
    bars = figures[0].draw()["vconcat"][0]["data"]["values"]
    assert 0 < len(bars) <= len(shown) and min(bar["n"] for bar in bars) >= MINIMUM
    assert len(list(combinations(found.agencies, 2))) == len(answer.tables[2].rows)
