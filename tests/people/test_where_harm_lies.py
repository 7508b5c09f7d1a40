"""How far offences, harm and victimisation crowd onto few people: by hand, beside chance, with nobody given back."""

import itertools
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from made_up_people import AS_AT, custody, made_up, need, offence, victim

from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.people.concentration import concentration_answer
from whatworks.people.concentration import AFFECTED, PeopleConcentration, concentration_of, people_concentration
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.statistics.limits.concentration import concentration

DAY, FIRST = AS_AT - timedelta(days=100), date(2024, 7, 1)
SPAN = (FIRST, AS_AT)


@pytest.mark.parametrize(
    ("counts", "gini", "generalised"),
    [
        ([10, 5, 3, 1, 1, 0, 0, 0, 0, 0], 0.72, 0.72),
        ([1] * 5 + [0] * 5, 0.5, 0.0),
        ([4] * 10, 0.0, 0.0),
        ([30] + [0] * 9, 0.9, 0.9),
    ],
)
@pytest.mark.parametrize("of", ["offences", "victimisation"])
def test_people_victims_and_addresses_crowd_by_the_same_function(
    counts: list[int], gini: float, generalised: float, of: str
) -> None:
    """Ten people with these counts, as offenders and as victims; ten addresses with the same."""
    found = concentration_of(events(counts, of), of).figures  # type: ignore[arg-type]
    assert (found.units, found.events) == (10, sum(counts))
    assert (found.gini, found.gini_generalised) == pytest.approx((gini, generalised))
    assert concentration(counts) == found


def events(counts: list[int], of: str = "offences") -> pl.DataFrame:
    kind, role = ("victim", "victim") if of == "victimisation" else ("offence", "offender")
    rows = [(f"P{at:04}", kind, role, f"e{at}-{number}") for at, many in enumerate(counts) for number in range(many)]
    rows += [(f"P{at:04}", "need", "client", f"n{at}") for at in range(len(counts))]
    frame = pl.DataFrame(rows, schema=["linked_id", "kind", "role", "event"], orient="row")
    return frame.with_columns(seriousness=pl.lit(None, pl.Int64))


def test_an_offence_that_two_agencies_report_is_one_and_a_cleared_one_none() -> None:
    store = made_up("abcd")
    for agency in ("police", "probation"):
        offence(store, "a", DAY, agency, offence_ref="R1")
    offence(store, "a", DAY), need(store, "b", DAY), custody(store, "c", DAY), victim(store, "d", DAY)
    found = people_concentration(store, "offences", *SPAN)
    assert found.rows.select("unit", "events").rows() == [("L-a", 2), ("L-b", 0), ("L-c", 0)]
    assert (found.figures.units, found.figures.events, found.figures.gini) == (3, 2, pytest.approx(2 / 3))
    victims = people_concentration(store, "victimisation", *SPAN)
    assert (victims.figures.units, victims.figures.events, victims.population) == (4, 1, AFFECTED)


def test_harm_weighs_by_a_named_edition_and_says_what_has_no_weight() -> None:
    """Robbery weighs 100 and theft less in the example; an offence without a group has no weight."""
    store = made_up("abc")
    offence(store, "a", DAY, offence_group="robbery"), offence(store, "b", DAY, offence_group="robbery")
    offence(store, "b", DAY), need(store, "c", DAY)
    found = people_concentration(store, "harm", *SPAN, edition="example")
    assert found.rows.select("unit", "held").rows() == [("L-a", 10_000), ("L-b", 10_000), ("L-c", 0)]
    assert (found.figures.events, found.unweighed) == (2, 1)
    for of, edition in (("harm", None), ("offences", "example")):
        with pytest.raises(Refused, match="edition"):
            people_concentration(store, of, *SPAN, edition=edition)  # type: ignore[arg-type]


def test_residents_are_no_fewer_than_those_known() -> None:
    frame = events([3, 1, 0])
    assert concentration_of(frame, "offences", residents=1_000).figures.units == 1_000
    with pytest.raises(Refused, match="fewer than the 3 people"):
        concentration_of(frame, "offences", residents=2)


def paper(found: PeopleConcentration, book: StoreBook | None = None) -> Answer:
    book = book or StoreBook(scratch())
    return clear(lambda told: concentration_answer(found, SPAN, 10, told), book, 10, "people concentration", "2025")


def crowd(people: int, seed: int = 1) -> PeopleConcentration:
    rng = np.random.default_rng(seed)
    return concentration_of(events(rng.poisson(rng.gamma(0.4, 3.0, people)).tolist()), "offences")


def test_the_paper_sets_every_share_beside_chance_and_names_nobody() -> None:
    answer = paper(crowd(2_000))
    printed = " ".join([*answer.lines(), str(answer.document())])
    assert "The top 5% of people (100) have" in printed and "at random over the same people they would have" in printed
    assert not any(f"P{at:04}" in printed for at in range(2_000))
    [figure] = [block for block in answer.sections[0].blocks if hasattr(block, "draw")]
    points = figure.draw()["layer"][1]["data"]["values"]
    held = sorted(
        {round(one["held"] / 100 * crowd(2_000).figures.events) for one in points if one["curve"] == "observed"}
    )
    assert all(after - before >= 10 for before, after in itertools.pairwise(held))


def test_tops_of_few_people_and_few_with_or_without_are_not_told() -> None:
    """Of 150 people the top 1% are two; of 300 people four have none: 296 would give them back."""
    assert [row.share for row in paper(crowd(150)).tables[0].rows] == [0.10]
    assert paper(concentration_of(events([2] * 296 + [0] * 4), "offences")).tables == ()
    assert paper(concentration_of(events([2] * 4 + [0] * 296), "offences")).tables == ()


def test_two_papers_that_differ_by_few_people_give_none_back() -> None:
    """The second paper is of all but three people: its count of everybody would give them back."""
    book, rng = StoreBook(scratch()), np.random.default_rng(4)
    counts = rng.poisson(2.0, 600).tolist()
    first, second = (concentration_of(events(of), "offences") for of in (counts, counts[:-3]))
    assert paper(first, book).tables and paper(second).tables
    assert paper(second, book).tables == () and "earlier paper" in " ".join(paper(second, book).sentences)
