"""Cuts: what is cut is carried by somebody, to the penny, and the search finds the least harm that trying all finds."""

from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.money.streams import StreamTerms, cut, least_harm, load_streams
from whatworks.money.streams.carrying import carry
from whatworks.money.streams.search import harm_of
from whatworks.records.refusal import Refused

MADE_UP = Path(str(files("whatworks") / "examples/money/streams-example.toml"))
YEAR = "2026/27"


def carried(result) -> Fraction:
    """What services carry of the cut itself, and what hands bear instead of passing it on."""
    services = sum((one.from_stream for one in result.services), Fraction(0))
    causes = ("reserve", "own budget", "statute")
    return services + sum((one.pounds for one in result.landings if one.cause in causes), Fraction(0))


@st.composite
def networks(draw) -> tuple[StreamTerms, dict[tuple[str, str], Fraction]]:
    """A funder, two pots in a row, four services; any flow may be missing, any stream ring-fenced."""
    pounds = st.integers(1, 10**6)
    services = ["S1", "S2", "S3", "S4"]
    streams = [{"code": code, "name": code, "ring_fenced": draw(st.booleans())} for code in ("X", "Y", "Z")]
    nodes = [{"code": "F", "name": "F", "kind": "funder"}]
    nodes += [{"code": code, "name": code, "kind": "pot"} for code in ("P", "Q")]
    nodes += [{"code": code, "name": code, "kind": "service", "statutory": draw(st.booleans())} for code in services]
    flows = [{"stream": code, "from": "F", "to": "P", "year": YEAR, "pounds": draw(pounds)} for code in ("X", "Y")]
    for start, ends in (("P", ["Q", "S1", "S2"]), ("Q", ["S3", "S4"])):
        for end in ends:
            if draw(st.booleans()):
                stream = draw(st.sampled_from(["X", "Y", "Z"]))
                flows.append({"stream": stream, "from": start, "to": end, "year": YEAR, "pounds": draw(pounds)})
    reserve = [{"node": "P", "year": YEAR, "pounds": draw(st.integers(0, 10**5))}]
    given_terms = {"title": "x", "area": "x", "prices": "cash", "node": nodes, "stream": streams, "flow": flows}
    terms = StreamTerms.model_validate(given_terms | {"reserve": reserve})
    share = Fraction(draw(st.integers(1, 100)), 100)
    cuts = {(flow.stream, "F"): Fraction(flow.pounds) * share for flow in terms.flow if flow.start == "F"}
    return terms, cuts


@given(networks())
def test_every_penny_of_a_cut_is_carried_by_somebody(found):
    terms, cuts = found
    result = carry(terms, YEAR, cuts)
    assert carried(result) == sum(cuts.values())
    assert all(0 <= one.lost <= one.had for one in result.services)


def test_a_cut_runs_down_as_worked_by_hand():
    # 120,000 of 600,000; the reserve bears 50,000; of the 70,000 left, two thirds are the team's and one third the
    # statutory tests', which the police bear; the police also bear 0.60 for each pound that the team loses
    found = cut(load_streams(MADE_UP), YEAR, "DRUGS", Decimal("0.2"), share=True)
    (team,) = found.services
    assert (team.code, team.lost) == ("TEAM", Fraction(140_000, 3))
    borne = {(one.code, one.cause): one.pounds for one in found.landings}
    assert borne == {
        ("POT", "reserve"): 50_000,
        ("POLICE", "statute"): Fraction(70_000, 3),
        ("POLICE", "consequence"): Fraction(28_000),
    }
    assert found.net == 120_000 - 50_000 - Fraction(70_000, 3) - 28_000
    (outcome,) = found.outcomes
    assert outcome.units == Fraction(140_000, 3) * Fraction(4, 10_000)


def test_match_money_goes_with_the_stream_and_a_service_below_its_minimum_closes():
    # 60% of the grant: youth work loses 180,000 and half as much match, leaving 180,000 below its 250,000: it closes
    found = cut(load_streams(MADE_UP), YEAR, "GRANT", Decimal("0.6"), share=True)
    youth = next(one for one in found.services if one.code == "YOUTH")
    assert (youth.from_stream, youth.from_match, youth.closing, youth.closes) == (180_000, 90_000, 180_000, True)
    assert youth.lost == youth.had == 450_000


def test_cashable_and_economic_costs_are_not_added():
    found = cut(load_streams(MADE_UP), YEAR, "GRANT", Decimal("0.1"), share=True)
    mentor = next(one.lost for one in found.services if one.code == "MENTOR")
    kinds = {one.kind: one.pounds for one in found.landings if one.cause == "consequence" and one.code == "POLICE"}
    assert kinds == {"cashable": mentor * Fraction(2, 10), "economic": mentor * Fraction(11, 10)}
    saved = sum(one.pounds for one in found.landings if one.saves)
    cashable = sum(one.pounds for one in found.landings if one.kind == "cashable" and not one.saves)
    assert found.net == found.whole + saved - cashable


@pytest.mark.parametrize("harm", ["cashable", "economic", "REOFFENDING", "VIOLENCE"])
@pytest.mark.parametrize("total", [100_000, 250_000, 400_000])
def test_the_search_finds_what_trying_every_cut_finds(harm, total):
    terms = load_streams(MADE_UP).model_copy(update={"reserve": ()})
    options = tuple(one.model_copy(update={"step": Decimal(25_000)}) for one in terms.option)
    nodes = tuple(
        one.model_copy(update={"minimum": Decimal(350_000)}) if one.code == "YOUTH" else one for one in terms.node
    )  # youth work now closes when the grant loses more than 200,000
    terms = terms.model_copy(update={"option": options, "node": nodes})
    sizes = (900_000, 600_000, 500_000)
    ranges = [range(int(size * one.most) // 25_000 + 1) for size, one in zip(sizes, options, strict=True)]
    least = min(
        harm_of(terms, carry(terms, YEAR, cuts), harm)
        for steps in product(*ranges)
        if 25_000 * sum(steps) == total
        for cuts in [{(o.stream, o.start): Fraction(25_000 * n) for o, n in zip(options, steps, strict=True) if n}]
    )
    found = least_harm(terms, YEAR, Decimal(total), harm)
    assert found.best_harm == least
    assert found.best.whole == total == found.even.whole
    assert found.best_harm <= found.even_harm


def test_a_closing_service_is_counted_in_full_by_the_search():
    """Only the grant (up to 450,000) and the police's money (150,000) can be cut: 550,000 takes 400,000 of the grant.

    Then youth work, which lives on 450,000, loses 200,000, which is just what it can lose; ten thousand more close it.
    """
    terms = load_streams(MADE_UP)
    less = tuple(one for one in terms.consequence if one.service == "YOUTH")
    terms = terms.model_copy(update={"reserve": (), "consequence": less, "option": terms.option[:1] + terms.option[2:]})
    assert least_harm(terms, YEAR, Decimal(550_000)).best_harm == Fraction(8, 10) * 200_000
    assert least_harm(terms, YEAR, Decimal(560_000)).best_harm == Fraction(8, 10) * 450_000
    with pytest.raises(Refused, match="the options reach at most £600,000"):
        least_harm(terms, YEAR, Decimal(610_000))


@pytest.mark.parametrize(
    ("stream", "by", "share", "start", "words"),
    [
        ("NONE", "0.1", True, None, "is not a stream of the file"),
        ("DRUGS", "1.2", True, None, "is not a part of the stream"),
        ("DRUGS", "700000", False, None, "is not a part of the stream"),
        ("DRUGS", "-1", False, None, "is not a part of the stream"),
        ("DRUGS", "0.1", True, "POLICE", "pays nothing into the stream"),
    ],
)
def test_cuts_that_cannot_be_are_refused(stream, by, share, start, words):
    with pytest.raises(Refused, match=words):
        cut(load_streams(MADE_UP), YEAR, stream, Decimal(by), share=share, start=start)


def test_amounts_that_are_not_stated_cannot_be_cut():
    terms = load_streams(MADE_UP.with_name("lcrb-streams-2012.toml"))
    with pytest.raises(Refused, match="not stated"):
        cut(terms, "2013/14", "CASF", Decimal("0.1"), share=True)


def test_match_money_beyond_what_is_paid_is_refused(tmp_path):
    path = tmp_path / "streams.toml"
    path.write_text(MADE_UP.read_text(encoding="utf-8").replace("per_pound = 0.50", "per_pound = 0.60"))
    with pytest.raises(Refused, match="takes away more than the £150,000"):
        load_streams(path)


def test_a_search_without_options_or_for_an_unknown_harm_is_refused():
    terms = load_streams(MADE_UP)
    with pytest.raises(Refused, match="no options to cut"):
        least_harm(terms, "2030/31", Decimal(5))
    with pytest.raises(Refused, match="choose cashable, economic, REOFFENDING, VIOLENCE"):
        least_harm(terms, YEAR, Decimal(5), "happiness")
