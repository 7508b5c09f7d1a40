"""What is planted in a made-up record is found, with its lines, and a sound record yields nothing."""

import pytest
from made_up import papers

from whatworks.board.contradictions import Contradiction, contradictions
from whatworks.board.contradictions.wording import plain
from whatworks.simulation.minutes.minutes import PLANTS

KIND = {
    "weekday": "weekday",
    "lost_promise": "lost promise",
    "growth": "growth",
    "priorities": "priorities",
    "absent_lead": "absent lead",
    "bare_rates": "bare figures",
    "bare_shares": "bare figures",
    "sums": "sums",
    "spelling": "spelling",
    "numbering": "numbering",
    "scope": "extension",
    "count": "count",
    "finish": "order of times",
    "following": "order of times",
    "apologies": "attendance",
    "stranger": "attendance",
    "last_meeting": "last meeting",
    "caption": "numbering",
}
NOT_TOLD = {"evaluator", "fewer_bodies", "make_up"}
"""Two evaluations, a wish and two lists may all stand: no rule can be sure that they cannot."""
AS_ONE = {"bare_rates": "A national rate", "sums": "TOTAL"}
"""What stands on one line is said once: rates without people and a national rate; the row, and the total of it."""
ONE_SOURCE = {"weekday", "bare_shares", "bare_rates", "sums"}
"""Set against the calendar, arithmetic, or a base that is missing; all others quote two places that differ."""


def test_every_contradiction_that_can_be_planted_has_a_kind() -> None:
    assert set(KIND) == set(PLANTS) - NOT_TOLD


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_sound_record_yields_nothing(seed: int) -> None:
    assert contradictions(papers(seed)) == ()


@pytest.mark.parametrize("plant", sorted(PLANTS))
def test_what_is_planted_is_found_and_nothing_else(plant: str) -> None:
    found = contradictions(papers(1, plant))
    assert [one.kind for one in found] == ([] if plant in NOT_TOLD else [KIND[plant]])
    if plant in NOT_TOLD:
        return
    assert AS_ONE.get(plant, "") in found[0].title.partition("; ")[2 if plant in AS_ONE else 0]
    for one in found:
        check_quotes(one, papers(1, plant))
        if plant not in ONE_SOURCE:
            assert len({(quote.file, quote.lines) for quote in one.quotes}) > 1, one
            assert len({quote.text for quote in one.quotes}) > 1, one


@pytest.mark.parametrize("seed", [6, 7])
def test_all_of_them_together_are_all_found(seed: int) -> None:
    together = set(KIND) - {"lost_promise", "finish"}  # each of these moves a date that another needs
    found = contradictions(papers(seed, *together))
    assert {one.kind for one in found} == {KIND[plant] for plant in together}
    for one in found:
        check_quotes(one, papers(seed, *together))


def check_quotes(one: Contradiction, held: list) -> None:  # type: ignore[type-arg]
    """Every quote stands, word for word, in the lines that it names, and begins in the first of them."""
    texts = {document.name: document for document, _ in held}
    assert one.quotes
    assert one.question.endswith("?") or one.kind == "lost promise"
    for quote in one.quotes:
        stands = plain(texts[quote.file].between(quote.lines))
        assert quote.text.removesuffix(" ...") in stands
        first = plain(texts[quote.file].between((quote.lines[0], quote.lines[0])))
        assert quote.text[:8] in f"{first} {stands}"


def test_the_order_of_papers_and_a_file_given_twice_change_nothing() -> None:
    held = papers(1, "lost_promise", "absent_lead", "spelling")
    assert contradictions([*reversed(held), *held]) == contradictions(held)


def test_a_paper_that_is_missing_takes_its_contradictions_with_it() -> None:
    held = papers(1, "scope")
    assert contradictions([one for one in held if one[1].kind == "minutes"]) == ()
