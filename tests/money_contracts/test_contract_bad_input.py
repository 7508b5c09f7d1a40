"""Bad terms and bad counts are refused, all faults at once, each with its field, its value and a remedy."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from contracts_made import counted, filled, made, model

from whatworks.money.contracts.load import check_terms, laid_over, load_terms
from whatworks.money.contracts.outcome_file import read_outcomes
from whatworks.money.contracts.outcomes import BASELINE, Count, Key, Outcomes
from whatworks.money.contracts.settling import settle
from whatworks.records.refusal import Fault, Refused

YOUTH = "financial-incentive-model-youth"


def faults(changes: dict[str, Any], name: str = YOUTH, drop: Sequence[str] = ()) -> list[Fault]:
    """Return what is wrong with a contract when it is changed so."""
    content = dict(laid_over(filled(name), changes))
    for key in drop:
        content.pop(key)
    with pytest.raises(Refused) as refused:
        check_terms(content, f"{name}.toml")
    return list(refused.value.faults)


TERMS: dict[str, tuple[dict[str, Any], str, str | None, str, str]] = {
    "per cent": ({"payment": {"threshold": 5}}, "payment.threshold", "5", "share above 1", "0.05"),
    "whole": ({"payment": {"threshold": 1}}, "payment.threshold", "1", "fall to nothing", "0.01"),
    "text": ({"payment": {"cap": "20%"}}, "payment.cap", "20%", "not a number", "0.05"),
    "share": (
        {"payment": {"share": "steps", "steps": [{"to": 1, "share": 1.5}]}},
        "payment.steps.1.share", "1.5", "share above 1", "proportion",
    ),
    "negative share": ({"payment": {"cap": -0.1}}, "payment.cap", "-0.1", "below 0", "0 to 1"),
    "price year": ({"prices": "2010-11"}, "prices", None, "not a price base", "2010/11"),
    "mixed": (
        {"metric": {"long-sentences": {"prices": "2009/10"}}},
        "metric.long-sentences.prices", None, "mixed price bases", "one price year",
    ),
    "overlap": ({"period": {"year-2": {"first": "2012-06-30"}}}, "period.year-2.first", None, "overlaps", "2012-07-01"),
    "gap": ({"period": {"year-2": {"first": "2012-07-02"}}}, "period.year-2.first", None, "leaves a gap", "2012-07-01"),
    "length": ({"period": {"year-2": {"last": "2013-05-31"}}}, "period.year-2.last", None, "335 days", "equally long"),
    "backwards": ({"period": {"year-2": {"last": "2012-01-01"}}}, "period.year-2", None, "ends before", "in order"),
    "no price": ({"metric": {"days": {"name": "Days"}}}, "metric.days.unit_price", None, "without a price", "pays"),
    "minus price": ({"metric": {"long-sentences": {"unit_price": -1}}}, "metric.long-sentences.unit_price", "-1",
                    "negative amount", "sign"),
    "parts of pence": ({"metric": {"long-sentences": {"unit_price": "0.125"}}}, "metric.long-sentences.unit_price",
                       "0.125", "not a number of pence", "two decimal places"),
    "borough": ({"boroughs": ["Lambeht"]}, "boroughs.1", None, "unknown borough", "Lambeth"),
    "twice": ({"payees": ["Lambeth", "Lambeth"]}, "payees", None, "twice", "once"),
    "gate": ({"gate": {"metric": "violence", "fall": 0.1}}, "gate.metric", None, "not a metric", "choose from"),
    "break": ({"break_clause": {"after": "year-2", "on": "2013-06-30"}}, "break_clause.after", None, "last period",
              "earlier"),
    "clawback": ({"clawback": {"rule": "all"}}, "clawback", None, "no target", "state target"),
    "key": ({"payment": {"treshold": 0.1}}, "payment.treshold", None, "not a term", "docs/money.md"),
    "steps": ({"payment": {"steps": [{"to": 1, "share": 1}]}}, "payment", None, "disagree", "steps"),
    "list": ({"payees": "Lambeth"}, "payees", "Lambeth", "not a list", "brackets"),
    "number": ({"prices": 2010}, "prices", "2010", "not text", "quotes"),
    "section": ({"payment": 3}, "payment", "3", "not a section", "keys"),
    "places": ({"payment": {"threshold": "0.12345678"}}, "payment.threshold", "0.12345678", "six decimal", "round"),
}  # fmt: skip


def dated(changes: Any) -> Any:
    """Return changes with days as a TOML file gives them."""
    from datetime import date

    if isinstance(changes, dict):
        return {key: dated(value) for key, value in changes.items()}
    if isinstance(changes, str) and changes.count("-") == 2 and changes.replace("-", "").isdecimal():
        return date.fromisoformat(changes)
    return changes


@pytest.mark.parametrize("case", TERMS)
def test_each_fault_of_the_terms_is_named_with_its_remedy(case: str) -> None:
    changes, field, value, problem, remedy = TERMS[case]
    found = [one for one in faults(dated(changes)) if one.field == field]
    assert found, case
    assert any(problem in one.problem and remedy in one.remedy for one in found)
    assert all(one.file == f"{YOUTH}.toml" for one in found)
    assert value is None or any(one.value == value for one in found)


def test_a_missing_price_year_and_a_missing_baseline_are_named() -> None:
    found = {one.field: one for one in faults({}, drop=["prices", "baseline"])}
    assert "is missing" in found["prices"].problem
    assert "own baseline" in found["baseline"].problem


def test_all_faults_of_the_terms_come_at_once() -> None:
    changes: dict[str, Any] = {}
    for case in ("per cent", "mixed", "overlap", "no price", "borough", "key"):
        changes = laid_over(changes, dated(TERMS[case][0]))
    assert {one.field for one in faults(changes)} >= {
        TERMS[case][1] for case in ("per cent", "mixed", "overlap", "no price", "borough", "key")
    }


def test_gaps_are_listed_all_at_once_and_never_filled() -> None:
    with pytest.raises(Refused) as refused:
        load_terms("youth-custody-pathfinder")
    gaps = {one.field for one in refused.value.faults}
    assert gaps == {
        "baseline.first", "baseline.last", "metric.bed-nights.unit_price", "up_front.1.amount", "up_front.2.amount",
        "target.falls", "clawback.rule",
    }  # fmt: skip
    assert all("gap" in one.problem and "--set" in one.remedy for one in refused.value.faults)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(Refused, match='did you mean "peterborough-bond"'):
        load_terms("peterboro-bond")


COUNTS = {
    "negative": ("Lambeth,long-sentences,year-1,-3", "count", "-3", "negative count", 14),
    "rate": ("Lambeth,long-sentences,year-1,47.5%", "count", "47.5%", "not a whole number", 14),
    "borough": ("Lambeht,long-sentences,year-1,3", "payee", "Lambeht", "unknown borough", 14),
    "metric": ("Lambeth,long-sentence,year-1,3", "metric", "long-sentence", "unknown metric", 14),
    "period": ("Lambeth,long-sentences,year-9,3", "period", "year-9", "unknown period", 14),
    "total": (
        "all,other-convictions,year-1,1600",
        "count",
        "1600",
        "disagrees with its 2 parts, which sum to 1,700",
        14,
    ),
    "total of metrics": ("Lambeth,all,year-1,2551", "count", "2551", "which sum to 2,550", 14),
    "twice": ("Lambeth,other-convictions,year-1,850", None, None, "again, as row", 14),
    "empty": ("Lambeth,,year-1,3", "metric", None, "is empty", 14),
}
HEAD = "payee,metric,period,count\n"
ROWS = "".join(
    f"{payee},{metric},{period},{count}\n"
    for payee in ("Lambeth", "Croydon")
    for metric in ("convictions-and-orders", "long-sentences", "other-convictions")
    for period, count in ((BASELINE, 1000), ("year-1", 850))
)


@pytest.mark.parametrize("case", COUNTS)
def test_each_fault_of_the_counts_is_named_with_its_row(case: str, tmp_path: Path) -> None:
    row, field, value, problem, line = COUNTS[case]
    file = tmp_path / "counts.csv"
    file.write_text(HEAD + ROWS + row + "\n")
    with pytest.raises(Refused) as refused:
        settle(model(payees=["Lambeth", "Croydon"]), read_outcomes(file))
    (found,) = [one for one in refused.value.faults if problem in one.problem]
    assert (found.file, found.row, found.field, found.value) == ("counts.csv", line, field, value)
    assert found.remedy


def test_totals_that_agree_are_accepted_and_not_counted_twice(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(HEAD + ROWS + "all,other-convictions,year-1,1700\nLambeth,all,year-1,2550\nall,all,baseline,6000\n")
    found = settle(model(payees=["Lambeth", "Croydon"]), read_outcomes(file))
    assert found.total("Lambeth") == 1670 * 150 / 2


def test_several_faults_of_the_counts_come_at_once(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(HEAD + "".join(f"{COUNTS[case][0]}\n" for case in ("negative", "rate", "empty", "twice", "twice")))
    with pytest.raises(Refused) as refused:
        read_outcomes(file)
    assert [one.row for one in refused.value.faults] == [2, 3, 4, 6]


def test_unknown_and_missing_columns_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text("payee,metrics,period,count\nLambeth,a,b,3\n")
    with pytest.raises(Refused) as refused:
        read_outcomes(file)
    assert [one.field for one in refused.value.faults] == ["metric", "metrics"]
    assert 'did you mean "metric"' in refused.value.faults[1].remedy


def refusal(terms: Any, outcomes: Outcomes, leaving: Sequence[str] = ()) -> str:
    """Return what is said when these counts are refused."""
    with pytest.raises(Refused) as refused:
        settle(terms, outcomes, leaving)
    return str(refused.value)


def test_counts_that_are_missing_or_cannot_be_are_refused() -> None:
    terms = model(payees=["Lambeth", "Croydon"])
    whole = dict(counted(terms, {"baseline": 10, "year-1": 9}).counts)
    del whole[Key("Croydon", "long-sentences", BASELINE)]
    assert "no count of long-sentences in baseline for Croydon" in refusal(terms, Outcomes(whole))
    late = counted(terms, {"baseline": 10, "year-2": 9})
    assert "in year-1 for Lambeth" in refusal(terms, late)
    assert "nothing in any measurement period" in refusal(terms, counted(terms, {"baseline": 10}))
    assert "nothing can fall" in refusal(terms, counted(terms, {"baseline": 0, "year-1": 0}))
    assert "negative count" in refusal(terms, counted(terms, {"baseline": -1, "year-1": 9}))
    assert "not of a cohort" in refusal(terms, counted(terms, {"baseline": (10, 100), "year-1": (9, 100)}))
    assert "no break clause" in refusal(terms, counted(terms, {"baseline": 10, "year-1": 9}), ["Lambeth"])


def test_people_are_needed_for_a_cohort() -> None:
    terms = made("transforming-rehabilitation")
    assert "say how many people" in refusal(terms, counted(terms, {"baseline": 10, "cohort-1": 9}))
    assert "more than the 9 people" in refusal(terms, counted(terms, {"baseline": (10, 9), "cohort-1": (9, 9)}))
    assert "not a number of people" in refusal(terms, counted(terms, {"baseline": (0, 0), "cohort-1": (9, 9)}))


def test_counts_that_the_terms_do_not_use_are_refused() -> None:
    terms = model()
    extra = Outcomes({**counted(terms, {"baseline": 10, "year-1": 9}).counts,
                      Key("", "long-sentences", "year-1", "national"): Count(9)})  # fmt: skip
    assert "the counterfactual is own baseline" in refusal(terms, extra)


FIGURES = """
prices = "2011-12"
[payment]
cap = "20%"
share = "steps"
[period.year-2]
first = 2012-06-30
"""


def test_a_fault_names_the_file_that_the_value_came_from(tmp_path: Path) -> None:
    figures = tmp_path / "ours.toml"
    figures.write_text(FIGURES)
    with pytest.raises(Refused) as refused:
        load_terms(YOUTH, ["payment.threshold=5", "id=youth"], figures)
    assert {(one.field, one.file) for one in refused.value.faults} == {
        ("prices", "ours.toml"),
        ("payment.cap", "ours.toml"),
        ("payment.threshold", "--set"),
        ("period.year-2.first", "ours.toml"),
    }


def test_a_fault_between_values_of_two_files_names_both(tmp_path: Path) -> None:
    figures = tmp_path / "ours.toml"
    figures.write_text('[payment]\nshare = "steps"\n')
    with pytest.raises(Refused) as refused:
        load_terms(YOUTH, (), figures)
    (found,) = refused.value.faults
    assert (found.field, found.file) == ("payment", f"{YOUTH}.toml with ours.toml")
    assert "the share rule and its steps disagree" in found.problem


def test_a_gap_names_the_file_that_leaves_it(tmp_path: Path) -> None:
    figures = tmp_path / "ours.toml"
    figures.write_text('[payment]\nthreshold = "? not agreed yet"\n')
    with pytest.raises(Refused) as refused:
        load_terms(YOUTH, (), figures)
    assert {one.field: one.file for one in refused.value.faults} == {
        "payment.share": f"{YOUTH}.toml",
        "payment.threshold": "ours.toml",
    }


def test_a_count_of_an_area_beyond_all_measure_is_refused() -> None:
    terms = model()
    outcomes = counted(terms, {BASELINE: 10**12 + 1, "year-1": 5})
    with pytest.raises(Refused) as refused:
        settle(terms, outcomes)
    assert {fault.problem for fault in refused.value.faults} == {"is more than can be counted"}
    assert len(refused.value.faults) == len(terms.metric)


def test_who_leaves_must_have_something_to_fall_from_in_the_periods_before() -> None:
    terms = made("youth-custody-pathfinder", payees=["Leeds"])
    outcomes = counted(terms, {BASELINE: 0, "year-1": 5})
    with pytest.raises(Refused, match="nothing is expected of Leeds in year-1"):
        settle(terms, outcomes, ["Leeds"])


def test_what_an_unpaid_metric_had_none_of_before_is_measured_as_no_fall() -> None:
    terms = model(metric={"other-convictions": {"pays": False}})
    counts = dict(counted(terms, {BASELINE: 100, "year-1": 50}).counts)
    counts[Key("Lambeth", "other-convictions", BASELINE)] = Count(0)
    found = settle(terms, Outcomes(counts))
    assert [one.fall for one in found.measures if one.metric == "other-convictions"] == [0]


def test_the_remark_names_the_metric_that_is_paid_on() -> None:
    metrics = {"reoffenders": {"pays": False}, "offences": {"pays": True, "unit_price": 100}}
    terms = made("transforming-rehabilitation", metric=metrics)
    people = {BASELINE: (475, 1000), "cohort-1": (454, 1000)}
    events = {BASELINE: (1995, 1000), "cohort-1": (2134, 1000)}
    counts = {
        Key(payee, metric, period): Count(*count)
        for payee in terms.payees
        for metric, row in (("reoffenders", people), ("offences", events))
        for period, count in row.items()
    }
    (said, *_) = settle(terms, Outcomes(counts)).remarks
    assert said.endswith(f"The contract pays on: {terms.metric['offences'].name}.")


def test_a_total_of_people_that_is_not_the_sum_of_its_parts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    rows = ["payee,metric,period,count,people", "A,m,baseline,40,100", "B,m,baseline,50,200", "all,m,baseline,90,301"]
    file.write_text("\n".join(rows))
    with pytest.raises(Refused, match="sum to 300"):
        read_outcomes(file)
    file.write_text("\n".join(rows).replace("301", "300"))
    assert len(read_outcomes(file).counts) == 2


def test_the_working_says_who_met_the_target_who_missed_it_and_who_left() -> None:
    """Falls of 10% and 20% are asked: 1,700 of 2,000 nights may be used; 1,600 and 1,850 are, at 150 pounds each."""
    terms = made("youth-custody-pathfinder", payees=["Leeds", "Hull", "York"])
    nights = {"Leeds": (850, 750), "Hull": (950, 900), "York": (950, 900)}
    counts = {
        Key(payee, "bed-nights", period): Count(count)
        for payee, years in nights.items()
        for period, count in zip((BASELINE, "year-1", "year-2"), (1000, *years), strict=True)
    }
    found = settle(terms, Outcomes(counts), ["York"])
    told = {one.unit: (one.reason, one.amount, one.lines) for one in found.settled if one.flow.kind == "repayment"}
    assert [told[payee][:2] for payee in nights] == [
        ("target met", 0), ("target missed", -180_000), ("left by the break clause", 0)
    ]  # fmt: skip
    lines = {line.item: (line.working, line.value) for line in told["Hull"][2]}
    assert lines["Allowed"][1] == 255_000 and lines["Counted"][1] == 277_500
    assert lines["Target"][0] == "the target is missed by £22,500.00"
    assert [line.item for line in told["York"][2]] == ["Break clause"]


def test_a_maximum_that_is_used_up_is_no_reason_where_the_threshold_is_missed() -> None:
    terms = model(payment={"maximum": 1000})
    counts = {BASELINE: 1000, "year-1": 800, "year-2": 950}
    found = settle(terms, counted(terms, counts))
    reasons = [(one.reason, one.amount) for one in found.settled]
    assert reasons == [("limited by the maximum", 1000), ("threshold not reached", 0)]


def test_the_fall_still_needed_is_that_of_the_last_period_where_it_alone_is_tested() -> None:
    terms = made("youth-custody-pathfinder", payees=["Leeds"], target={"test": "last period"})
    (leaving,) = settle(terms, counted(terms, {BASELINE: 1000, "year-1": 990})).leaving
    assert leaving.needed_fall == Fraction(1, 5)


def test_a_share_of_what_was_received_is_repaid_on_leaving() -> None:
    """Half of the 100,000 pounds that came before the break; the second instalment is never paid."""
    terms = made("youth-custody-pathfinder", payees=["Leeds"], break_clause={"repays": "0.5"})
    found = settle(terms, counted(terms, {BASELINE: 1000, "year-1": 950}), ["Leeds"])
    assert found.amount("Leeds", "repayment on leaving") == -50_000 and found.total() == 50_000


def test_people_without_their_events_are_remarked_on_and_with_them_not() -> None:
    terms = made("transforming-rehabilitation", payees=["Company"])
    counts = counted(terms, {BASELINE: (400, 1000), "cohort-1": (390, 1000)})
    assert not any("only people are counted" in one for one in settle(terms, counts).remarks)
    blind = terms.model_copy(update={"metric": {"reoffenders": terms.metric["reoffenders"]}})
    counts = counted(blind, {BASELINE: (400, 1000), "cohort-1": (390, 1000)})
    assert any("only people are counted" in one for one in settle(blind, counts).remarks)
