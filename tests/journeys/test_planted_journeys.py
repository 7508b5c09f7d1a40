"""From the made-up agencies' files to the commands: every planted fault is found, within what truth.json says."""

import json
from datetime import date
from typing import Any

import pytest

from whatworks.journeys import (
    compare_boroughs,
    compare_periods,
    hand_off_results,
    hand_off_share,
    journey_time,
    load_kind,
    read_cases,
    serious_funnel,
    stage_share,
    trials,
    victims,
    watched,
)
from whatworks.journeys.watch import REACHED, UNSEEN
from whatworks.linkage import link
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

PEOPLE = 6_000


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory):
    """Return a store of a made-up partnership's extracts, and what is true of its journeys."""
    root = tmp_path_factory.mktemp("planted") / "p"
    simulate(root, people=PEOPLE, seed=5)
    partnership = Partnership.open(root)
    with DuckDBStore(None) as store:
        import_folder(store, partnership, received_on=partnership.config.as_at)
        link(store, partnership.config.linkage)
        yield store, json.loads((root / "truth.json").read_text())["journeys"]


def cases(made_up: tuple[DuckDBStore, Any], kind: str):
    return read_cases(made_up[0], load_kind(kind)), made_up[1][kind]


def test_the_bottleneck_is_the_planted_one_and_medians_hold_the_truth(made_up) -> None:
    found, truth = cases(made_up, "magistrates")
    time = journey_time(found)
    assert time.bottleneck.stage.id == truth["bottleneck"]
    for stage in time.stages:
        median, true = stage.median, truth["median_days"][stage.stage.id]
        assert median.low is not None and median.high is not None
        assert median.low - 1 <= true <= median.high + 1, stage.stage.id  # a tenth of the police's days are later
        assert stage.queue.expected_queue == pytest.approx(stage.queue.mean_queue, rel=0.15)


@pytest.mark.parametrize("kind", ["crown_court", "co_location", "serious_allegation"])
def test_every_ready_made_kind_answers_with_its_planted_bottleneck(made_up, kind: str) -> None:
    found, truth = cases(made_up, kind)
    time = journey_time(found)
    assert time.bottleneck.stage.id == truth["bottleneck"]
    if kind == "co_location":  # the lead time: every stage has its median and its 90th percentile
        assert all(one.median.days and one.ninetieth.days and one.ninetieth.high for one in time.stages)
    for stage in time.stages:
        if true := truth.get("median_days", {}).get(stage.stage.id):
            assert stage.median.low <= true <= stage.median.high, stage.stage.id


def test_what_two_agencies_report_is_one_case_and_what_they_date_otherwise_is_counted(made_up) -> None:
    found, truth = cases(made_up, "magistrates")
    [(files,)] = made_up[0].rows(
        "SELECT count(*) FROM casefile WHERE kind = 'magistrates' AND organisation_id = 'court'"
    )
    assert found.count == files
    [remark] = [one for one in found.remarks if "two agencies date differently" in one.problem]
    assert remark.cases / files == pytest.approx(truth["reported_by_two"] * truth["dated_differently"], rel=0.3)


def test_the_provider_that_drops_people_is_named_and_those_unseen_are_as_many_as_in_truth(made_up) -> None:
    found, truth = cases(made_up, "through_the_gate")
    first, second = hand_off_results(found)
    assert [one.provider for one in first.standing_out] == ["Greenway Trust"] and not second.standing_out
    for one in first.providers:
        low, high = one.interval
        assert low < truth["dropped"][one.provider] < high
    last = watched(found)[0].days[-1]
    for name, true in ((UNSEEN, "unseen_after_28_days"), (REACHED, "contacted_within_28_days")):
        share = last.shares[name]
        assert share.low < truth[true] < share.high, name


def test_gaps_stand_by_the_prison_that_released_and_no_prison_differs(made_up) -> None:
    """Prisons are drawn apart from contact; spells that end on the day of release say which it was."""
    found, truth = cases(made_up, "through_the_gate")
    everybody, *prisons = watched(found, "prison")
    [(spells,)] = made_up[0].rows("SELECT COUNT(DISTINCT establishment) FROM custody_spell")
    assert len(prisons) == spells + 1 and [one.name for one in prisons][-1] == "not known"
    assert sum(one.entered for one in prisons) == everybody.entered
    assert prisons[-1].entered < 0.05 * everybody.entered
    for one in prisons[:-1]:
        share = one.days[-1].shares[REACHED]
        assert share.low < truth["contacted_within_28_days"] < share.high, one.name


def test_a_prison_is_named_where_one_spell_ends_on_the_day_of_release(store, take) -> None:
    releases = "\n".join(f"r{at},through_the_gate,{who}" for at, who in enumerate("abcd"))
    take("person", "person_id\n" + "\n".join("abcd"), "probation")
    take("casefile", f"case_id,kind,person_id\n{releases}", "probation")
    rows = "\n".join(f"s{at},r{at},through_the_gate,contact,2024-05-02" for at in range(4))
    take("case_stage", f"case_stage_id,case_id,kind,stage,entered_on\n{rows}", "probation")
    spells = (
        "1,a,Ash,2024-05-02", "2,a,Elm,2024-04-02", "3,b,Ash,2024-05-02", "4,b,Elm,2024-05-02", "5,c,Ash,2024-05-03",
        "6,d,Elm,2024-05-02", "7,d,Elm,2024-05-02",
    )  # fmt: skip
    lines = "\n".join(f"{spell},2023-01-01,sentence" for spell in spells)
    take("custody_spell", f"spell_id,person_id,establishment,released_on,received_on,status\n{lines}", "probation")
    for at, who in enumerate("abcd"):
        store.change(
            "INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, probability) "
            "VALUES ('s', 1, 'probation', ?, ?, 'number', 1)",
            [who, f"L{at}"],
        )
    stays = read_cases(store, load_kind("through_the_gate")).stays
    assert stays["prison"].to_list() == ["Ash", None, None, "Elm"]


def test_the_change_of_listing_is_told_from_a_change_of_trials(made_up) -> None:
    store, truth = made_up[0], made_up[1]["trials"]
    report = trials(store, change=date.fromisoformat(truth["practice_changed_on"]))
    change = report.change
    assert change.by_listing
    rates = {
        "ineffective_before": change.before.ineffective_rate,
        "ineffective_after": change.after.ineffective_rate,
        "ineffective_or_vacated": report.everybody.lost_rate,
    }
    for true, rate in rates.items():
        low, high = rate.limits
        assert low < truth[true] < high, true


def test_victims_who_do_not_report_are_a_share_and_a_leaflet_is_no_contact(made_up) -> None:
    store, truth = made_up[0], made_up[1]["victims"]
    report = victims(store)
    low, high = report.unreported.limits
    assert low < truth["not_reported"] < high
    whole = report.everybody
    low, high = whole.contact.limits
    assert low - 0.03 < truth["contact_made"] < high + 0.03  # some are reached only after the extract
    assert whole.reached["informed"] > 0 and "non_resident" in {one.name for one in report.groups}


def test_boroughs_and_years_that_differ_by_chance_alone_are_not_told_apart(made_up) -> None:
    """No borough and no year was made up otherwise than the others, in any stage or hand-off."""
    found, _ = cases(made_up, "through_the_gate")
    for counted in (stage_share(found, "contact", 7), hand_off_share(found, "contact", "handover")):
        assert not {"above", "below"} & {unit.outside for unit in compare_boroughs(counted).funnel.units}
    years = compare_periods(stage_share(found, "contact", 28), "2023", "2022")
    assert years.verdict == "no difference that these numbers could tell"


def test_allegations_drop_out_by_chance_and_nobody_recurs_more_often(made_up) -> None:
    """Of those decided four in ten are charged at their level, whoever they are against and wherever."""
    found = serious_funnel(made_up[0], 2)
    for steps in found.levels.values():
        low, high = steps[3].interval
        assert low < 0.6 < high
    assert found.boroughs is not None and not {"above", "below"} & {unit.outside for unit in found.boroughs.units}
    again = found.repeat
    assert again is not None and again.expected == pytest.approx(0.36 * again.people, rel=0.1) and again.p > 0.01
