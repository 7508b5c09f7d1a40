"""Funding streams: what the board heard in 2012, balances, spend for need, and what cannot be meant."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from whatworks.money.streams import StreamTerms, load_streams, read_flows, spending
from whatworks.money.streams.register import register
from whatworks.records.refusal import Refused

EXAMPLES = Path(str(files("whatworks") / "examples/money"))
LONDON = EXAMPLES / "lcrb-streams-2012.toml"
MADE_UP = EXAMPLES / "streams-example.toml"


def test_the_streams_of_2012_are_those_of_the_minutes():
    """Methods page, section 8: 13 + 2.2 + 5.3 + 1 = 21.5 million; 13 million is 40 per cent of 32.5 million."""
    found = read_flows(load_streams(LONDON))
    assert sum(amount for _, year, amount in found.by_stream if year == "2012/13") == Decimal(21_500_000)
    (drugs,) = found.derived
    assert (drugs.whole, drugs.rest, drugs.rest_from) == (32_500_000, 19_500_000, "Department of Health")
    ends = {step.stream: (step.into, step.year) for step in found.lineage}
    assert ends["DIP"] == ends["YJB"] == ends["CSF"] == ("Community and Safety Fund", "2013/14")
    assert ends["CASF"] == ("one PCC/MOPAC pot", "2014/15")
    assert next(step.ends for step in found.lineage if step.stream == "CAGGK") == "open end: not stated"


def test_what_was_not_announced_and_what_is_national_is_never_a_total():
    found = read_flows(load_streams(LONDON))
    assert [amount for _, year, amount in found.by_stream if year != "2012/13"] == [None, None]
    assert any("2013/14: it has not been announced" in sentence for sentence in found.refused)
    assert any("£28,000,000" in sentence and "not counted for London" in sentence for sentence in found.refused)
    assert all(balance.residual is None for balance in found.balances if balance.year != "2012/13")


def test_every_hand_balances_or_says_by_how_much_not():
    found = {one.node: one for one in read_flows(load_streams(MADE_UP)).balances}
    assert found["POT"].residual == 600_000 + 1_000_000 - 400_000 - 200_000 - 300_000 - 600_000 == 100_000
    assert found["MENTOR"].residual == 600_000 - 450_000
    assert [found[code].residual for code in ("YOUTH", "TEAM", "CUSTODY")] == [0, 0, 0]
    assert "£100,000 more comes in than goes out" in found["POT"].sentence


def test_each_pound_is_upstream_or_downstream_once():
    found = spending(load_streams(MADE_UP), "2026/27")
    assert {one.stage: one.pounds for one in found.stages} == {"upstream": 1_050_000, "downstream": 1_100_000}
    assert sum(one.share for one in found.stages) == 1
    assert found.without_outcome == (("Mentoring, Southmere", Decimal(150_000)),)


def test_disparity_is_by_need_which_turns_the_order_by_heads_round():
    # North: 450,000 + 900,000 for 200,000 people, 900 in need; South: 600,000 + 200,000 for 250,000 and 450
    found = spending(load_streams(MADE_UP), "2026/27")
    north, _ = found.boroughs
    assert (north.per_head, north.per_need) == (Decimal("6.75"), Decimal(1500))
    assert found.disparity is not None
    assert (found.disparity.highest, found.disparity.lowest) == ("Southmere", "Northwick")
    assert found.disparity.ratio == Decimal(800_000) / 450 / 1500
    assert found.disparity.to_move == pytest.approx(Decimal(800_000) - Decimal(2_150_000) * 450 / 1350)


def test_partners_who_buy_the_same_in_one_place_are_named():
    (found,) = spending(load_streams(MADE_UP), "2026/27").overlaps
    assert (found.category, found.partners, found.pounds) == (
        "youth work",
        ("Mayor's pot", "Northwick Council"),
        Decimal(450_000),
    )


def test_need_known_for_some_boroughs_only_is_refused():
    terms = load_streams(MADE_UP)
    bare = terms.model_copy(update={"borough": (terms.borough[0], terms.borough[1].model_copy(update={"need": None}))})
    with pytest.raises(Refused, match="a head alone does not show disparity"):
        spending(bare, "2026/27")


BASE = """
title = "x"
area = "x"
prices = "cash"
node = [{code = "A", name = "A", kind = "funder"}, {code = "B", name = "B", kind = "pot"}]
stream = [{code = "S", name = "S"}]
"""
FLOW = '[[flow]]\nstream = "S"\nfrom = "A"\nto = "B"\nyear = "2026/27"\npounds = 100\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FLOW.replace("100", "-100"), "greater than or equal to 0"),
        (FLOW + "share_of_whole = 40\n", "less than or equal to 1"),
        (FLOW.replace("2026/27", "2026/28"), "is not a year"),
        (FLOW.replace('to = "B"', 'to = "Bb"'), 'did you mean "B"'),
        (FLOW.replace('stream = "S"', 'stream = "T"'), "is not a stream of this file"),
        (FLOW + 'colour = "blue"\n', "is not a key of this file"),
        (
            FLOW + '[[total]]\ninto = "B"\nyear = "2026/27"\npounds = 101\n',
            "disagrees with its parts, which sum to 100",
        ),
        (FLOW + '[[flow]]\nstream = "S"\nfrom = "B"\nto = "A"\nyear = "2026/27"\npounds = 5\n', "in a circle"),
        (FLOW + '[[borough]]\ncode = "N"\nname = "N"\npopulation = -1\n', "greater than 0"),
        (FLOW + '[[borough]]\ncode = "N"\nname = "N"\npopulation = 1\n' * 2, "stands twice"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path, text, words):
    path = tmp_path / "streams.toml"
    path.write_text(BASE + text)
    with pytest.raises(Refused, match=words):
        load_streams(path)


def test_a_missing_price_year_and_an_unknown_borough_are_named(tmp_path):
    path = tmp_path / "streams.toml"
    path.write_text(BASE.replace('prices = "cash"\n', "") + FLOW)
    with pytest.raises(Refused, match="prices"):
        load_streams(path)
    text = MADE_UP.read_text(encoding="utf-8").replace('borough = "NORTH"', 'borough = "NROTH"', 1)
    path.write_text(text)
    with pytest.raises(Refused, match='did you mean "NORTH"'):
        load_streams(path)


def test_every_fault_is_named_at_once(tmp_path):
    path = tmp_path / "streams.toml"
    path.write_text(BASE + FLOW.replace('to = "B"', 'to = "C"').replace("2026/27", "26/27"))
    with pytest.raises(Refused) as refused:
        load_streams(path)
    assert {fault.field for fault in refused.value.faults} == {"flow.1.to", "flow.1.year"}


TABLE = "stream,from,from_kind,to,to_kind,year,pounds,stage\n"


def test_a_spreadsheet_of_flows_reads_like_the_file(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(TABLE + 'S,Centre,funder,Pot,pot,2026/27,"1,000",\nS,Pot,pot,Work,service,2026/27,900,upstream\n')
    terms = load_streams(path, "cash")
    assert isinstance(terms, StreamTerms)
    assert read_flows(terms).balances[0].residual == 100
    assert spending(terms, "2026/27").stages[0].pounds == 900


@pytest.mark.parametrize(
    ("row", "prices", "words"),
    [
        ("S,Centre,funder,Pot,pot,2026/27,100,", None, "give --prices"),
        ("S,Centre,funder,Pot,pot,2026/27,-100,", "cash", "row 2"),
        ("S,Centre,bank,Pot,pot,2026/27,100,", "cash", "kind"),
    ],
)
def test_bad_rows_are_named(tmp_path, row, prices, words):
    path = tmp_path / "flows.csv"
    path.write_text(TABLE + row + "\n")
    with pytest.raises(Refused, match=words):
        load_streams(path, prices)


def test_conditions_match_money_and_bids_are_listed():
    """Every condition, match and bid of the file is told; what nobody stated is said not to be stated."""
    found = register(load_streams(MADE_UP))
    assert found.conditions == (("Drug interventions", "Spent within the year on testing and treatment (made up)"),)
    assert len(found.matches) == 1 and "Northwick Council adds £0.50" in found.matches[0]
    (bid,) = found.bids
    assert (bid.fund, bid.pounds, bid.deadline) == ("Young people's fund (made up)", 250_000, "30 June 2026")
    assert "£250,000; applicant Northwick Council; deadline 30 June 2026" in " ".join(found.sentences)


def test_a_bid_for_what_is_paid_for_already_is_named():
    """Youth work is paid for at two services in the year of the bid, and by a second bid in the second file."""
    terms = load_streams(MADE_UP)
    (bid,) = register(terms).bids
    assert [sentence.split(" at ")[1] for sentence in bid.duplicates] == [
        "Youth outreach, Northwick in 2026/27.",
        "Mentoring, Southmere in 2026/27.",
    ]
    twice = terms.model_copy(update={"bid": (terms.bid[0], terms.bid[0].model_copy(update={"fund": "Other fund"}))})
    assert any("both bid for youth work" in sentence for one in register(twice).bids for sentence in one.duplicates)
    later = terms.model_copy(update={"bid": (terms.bid[0].model_copy(update={"year": "2027/28"}),)})
    assert register(later).bids[0].duplicates == ()


def test_a_national_bid_is_listed_without_its_sum_as_the_areas():
    (sentence,) = register(load_streams(LONDON)).sentences[-1:]
    assert sentence.startswith("Bid: Home Office fund on violence against women and girls, 2010/11, a national fund")
    assert "28,000,000" not in sentence


def test_an_overlap_names_the_borough_and_not_its_code():
    (found,) = spending(load_streams(MADE_UP), "2026/27").overlaps
    assert found.borough == "Northwick"
