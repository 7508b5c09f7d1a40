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


def test_the_change_of_listing_is_told_from_a_change_of_trials(made_up) -> None:
    store, truth = made_up[0], made_up[1]["trials"]
    report = trials(store, change=date.fromisoformat(truth["practice_changed_on"]))
    change = report.change
    assert change.by_listing
    rates = {
        "ineffective_before": change.before.ineffective,
        "ineffective_after": change.after.ineffective,
        "ineffective_or_vacated": report.everybody.lost,
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
