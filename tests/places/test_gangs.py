"""Groups from records to paper: a rival that moves in and one that does not, made-up people, and what is not told."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from made_up_ground import reports, town
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.places.gangs import gangs_answer
from whatworks.places import GangsTerms, counts_of, gangs_of, incidents_of, load_terms, plan_pilot, study_gangs
from whatworks.places.gangs import call_in, ties_of
from whatworks.places.gangs_records import GangRecords
from whatworks.places.gangs_terms import GroupTerms, Pilot
from whatworks.places.monthly_counts import MonthlyCounts, month_after
from whatworks.places.terms import EXAMPLES
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch

REMOVED, AS_AT = date(2023, 7, 10), date(2025, 6, 30)
Event = tuple[datetime, str, tuple[str, ...]]
"""When, in which ward, and who was suspected: a letter for the group and a number for the person."""


def groups(**changes: Any) -> pl.DataFrame:
    """Three groups of the police: G stood in W00 until July 2023, its rivals are H and K."""
    usual = {"organisation_id": "police", "version": "3", "rule_uses_place": False, "strand": "diversion"}
    rows = [
        usual | {"group_id": "G", "area_code": "W00", "review_on": date(2025, 9, 1), "removed_on": REMOVED},
        usual | {"group_id": "H", "area_code": "W04", "review_on": date(2025, 9, 1), "removed_on": None},
        usual | {"group_id": "K", "area_code": "W02", "review_on": date(2025, 9, 1), "removed_on": None} | changes,
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def members(each: int = 14) -> pl.DataFrame:
    """In each group so many members; the last is exploited, the one before a child."""
    rows = [
        {"group_id": group, "person": f"{group}{at}", "role": "exploited" if at == each - 1 else "core",
         "under_18": at == each - 2, "from_date": date(2020, 1, 1), "to_date": None}
        for group in "GHK" for at in range(each)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"to_date": pl.Date})


def records(events: list[Event], kind: pl.DataFrame | None = None, twice: bool = False) -> GangRecords:
    """Return records of those events; `twice` lets the council report each of them as well."""
    made, suspects = [], []
    for at, (when, ward, people) in enumerate(events):
        for agency in ("police", "council") if twice else ("police",):
            own = {"incident_id": f"{agency}{at}", "organisation_id": agency, "incident_ref": f"r{at}"}
            made.append(own | {"from_time": when, "area_code": ward, "area_vintage": "2025", "kind": "robbery"})
            suspects += [{**own, "person": person} for person in people]
    frame = pl.DataFrame(suspects).select("organisation_id", "incident_id", "person")
    told = incidents_of(reports(*made), town(), ("police", "council") if twice else ("police",))
    return gangs_of(groups() if kind is None else kind, members(), told, frame)


def events(factor: float, seed: int = 1) -> list[Event]:
    """H's events in the wards of B0, four a month in each; from the removal `factor` times as many in W00."""
    rng, days = np.random.default_rng(seed), [month_after(date(2022, 1, 1), at) for at in range(36)]
    found: list[Event] = []
    for month in days:
        for ward in ("W00", "W01", "W04", "W05", "W08", "W09"):
            mean = 4 * (factor if ward == "W00" and month >= REMOVED.replace(day=1) else 1)
            for _ in range(rng.poisson(mean)):
                pair = rng.choice(12, 2, replace=False)
                found.append(
                    (datetime(month.year, month.month, int(rng.integers(1, 28))), ward, tuple(f"H{at}" for at in pair))
                )
    return [*found, *kept_apart()]


def kept_apart() -> Iterator[Event]:
    """K's events: in the other borough, B1, but for a tenth."""
    for at in range(300):
        month = month_after(date(2022, 1, 1), at % 36)
        yield (
            datetime(month.year, month.month, 5),
            "W00" if at % 10 == 0 else "W02",
            (f"K{at % 12}", f"K{(at + 1) % 12}"),
        )


def test_a_rival_that_moves_in_is_told_from_one_that_does_not() -> None:
    """Three times as many events of a rival in the ward are found; as many as ever are not."""
    moved, stayed = (study_gangs(records(events(factor)), GroupTerms(), AS_AT).removals for factor in (3.0, 1.0))
    assert (
        moved[0].rivals is not None
        and moved[0].rivals.p < 0.001
        and moved[0].rivals.observed > moved[0].rivals.expected
    )
    assert stayed[0].rivals is not None and stayed[0].rivals.p > 0.05
    assert moved[0].rivals.smallest_p < moved[0].rivals.p


def test_the_six_months_before_a_removal_do_not_count() -> None:
    """A burst in the ward from January to June 2023 changes nothing."""
    burst = [(datetime(2023, 1 + at % 6, 3), "W00", ("H1", "H2")) for at in range(60)]
    plain, with_burst = (
        study_gangs(records(made), GroupTerms(), AS_AT).removals[0] for made in (events(1.0), [*events(1.0), *burst])
    )
    assert plain.rivals == with_burst.rivals


def test_an_event_counts_once_whoever_reports_and_suffers_it() -> None:
    """Two agencies and two suspects an event give the same as one; so does the removed group's own event nothing."""
    once, twice = (study_gangs(records(events(2.0), twice=both), GroupTerms(), AS_AT) for both in (False, True))
    assert once.removals == twice.removals and once.groups == twice.groups
    own = [(datetime(2023, 9, 9), "W00", ("G1", "G2"))] * 40
    assert study_gangs(records([*events(2.0), *own]), GroupTerms(), AS_AT).removals == once.removals


def test_the_exploited_and_children_are_never_called_in() -> None:
    """Nor does an event of an exploited member count for the group."""
    hurt = [(datetime(2023, 2, 2), "W05", ("H13", "H12"))] * 30
    studied = {
        each.group.code: each for each in study_gangs(records([*events(1.0), *hurt]), GroupTerms(), AS_AT).groups
    }
    plain = {each.group.code: each for each in study_gangs(records(events(1.0)), GroupTerms(), AS_AT).groups}
    assert studied["H"].ties == plain["H"].ties
    assert (studied["H"].members, studied["H"].children, studied["H"].exploited, studied["H"].adults) == (14, 1, 1, 12)
    ties = ties_of(records(events(1.0)).active(), "H")
    assert not {"H12", "H13"} & set(call_in(ties, [f"H{at}" for at in range(12)]))


def test_crossings_are_counted_against_the_groups_own_borough() -> None:
    """K stands in B1; of its 300 events 30 lie in B0, and no tie of its members crosses."""
    kept = {each.group.code: each for each in study_gangs(records(events(1.0)), GroupTerms(), AS_AT).groups}["K"]
    assert (kept.events.of, kept.events.cross) == (300, 30) and kept.ties.cross == 0 and kept.ties.of == 12


def test_a_group_overdue_for_review_comes_first_and_is_not_acted_on() -> None:
    late = groups(review_on=date(2025, 1, 1), removed_on=date(2023, 8, 1))
    studied = study_gangs(records(events(1.0), late), GroupTerms(), AS_AT)
    assert studied.groups[0].group.code == "K" and studied.groups[0].overdue
    assert studied.groups[0].call_in is None and studied.groups[0].divided is None
    assert [each.group.code for each in studied.removals] == ["G"]
    words = " ".join(gangs_answer(GangsTerms(title="Groups"), studied, None, 10).lines())
    assert "not acted on until reviewed: K" in words
    reviewed = study_gangs(records(events(1.0), late), GroupTerms(as_at=date(2024, 12, 31)), AS_AT)
    assert not any(each.overdue for each in reviewed.groups)


def test_territory_is_refused_where_the_rule_uses_place() -> None:
    """Of H and K one rule uses place: no territory. Without, the place goes with the group, and boroughs fit."""
    circular = study_gangs(records(events(1.0), groups(rule_uses_place=True)), GroupTerms(), AS_AT)
    assert circular.territory is None and circular.circular == ("K",)
    plain = study_gangs(records(events(1.0)), GroupTerms(), AS_AT).territory
    assert plain is not None and plain.p == 0.001 and plain.fits["borough"] > 0.7


def test_too_little_is_refused_in_words() -> None:
    few = study_gangs(records([event for event in events(1.0) if event[1] != "W00"]), GroupTerms(), AS_AT)
    assert few.removals[0].rivals is None and "fewer than 20" in few.removals[0].why
    early = study_gangs(records(events(1.0)), GroupTerms(before=24), AS_AT)
    assert "not all known" in early.removals[0].why
    nowhere = groups().with_columns(
        area_code=pl.when(pl.col("group_id") == "G").then(pl.lit("B0")).otherwise("area_code")
    )
    assert "no ward" in study_gangs(records(events(1.0), nowhere), GroupTerms(), AS_AT).removals[0].why


def test_a_group_in_a_ward_of_another_edition_is_refused() -> None:
    later = groups().with_columns(area_vintage=pl.when(pl.col("group_id") == "K").then(pl.lit("2022")))
    with pytest.raises(Refused, match='group "K": stands in an area of edition 2022, and the wards are of 2025'):
        records(events(1.0), later)


def test_a_group_of_no_borough_has_no_share_of_events_outside_it() -> None:
    nowhere = groups().with_columns(area_code=pl.when(pl.col("group_id") != "K").then("area_code"))
    studied = study_gangs(records(events(1.0), nowhere), GroupTerms(), AS_AT)
    rows = {
        row["Group"]: row for row in gangs_answer(GangsTerms(title="Groups"), studied, None, 10).document()["Groups"]
    }
    assert rows["K"]["Events outside its borough"] == "not known"


def test_a_removal_is_not_asked_of_months_that_an_agency_did_not_send() -> None:
    """A silent November after the removal is no fall of rivals' events."""
    made = [event for event in events(1.0) if (event[0].year, event[0].month) != (2023, 11)]
    silent = study_gangs(records(made), GroupTerms(), AS_AT).removals[0]
    assert silent.rivals is None and "not all known" in silent.why


def test_no_person_and_no_small_count_stands_in_the_paper(tmp_path: Path) -> None:
    """Members of 14 with one child and one exploited: neither number, nor what gives it back, nor a person's number."""
    studied = study_gangs(records(events(3.0)), GroupTerms(), AS_AT)
    answer = gangs_answer(GangsTerms(title="Groups"), studied, None, 10)
    text = json.dumps(answer.document(), default=str) + " ".join(answer.lines())
    assert not any(f'"{person}' in text or f" {person}" in text for person in members()["person"])
    rows = {row["Group"]: row for row in answer.document()["Groups"]}
    assert rows["H"]["Members"] == "14" and rows["H"]["Adults that a call-in meets"] in ("[c]", "fewer than 10")
    assert rows["G"]["Events outside its borough"] == "none"


def counts(months: int = 36, seed: int = 2) -> MonthlyCounts:
    rng, days = np.random.default_rng(seed), tuple(month_after(date(2022, 1, 1), at) for at in range(months))
    names = ("P", "Q", "A", "B", "C", "D", "E")
    return MonthlyCounts(("robbery",), names, names, days, rng.poisson(50.0, (1, len(names), months)).astype(float))


def pilot(**changes: Any) -> Pilot:
    usual = {
        "title": "Pilot", "kinds": ["robbery"], "pilots": ["P"], "begins": "2025-01", "not_control": ["Q"],
        "consent": {"asked_of": "panel", "outcome": "given", "on": "2024-11-01"},
        "safeguards": {"lead": "Children's services", "instead": "early help"},
        "legal_difference": [{"there": "all are pursued for one", "here": "each answers alone"}],
    }  # fmt: skip
    return Pilot.model_validate(usual | changes)


def test_a_pilot_looks_at_nothing_after_its_start() -> None:
    """Months from the start on change no part of the plan, and the pilot's neighbours are no comparison."""
    longer = counts(48)
    early = MonthlyCounts(longer.kinds, longer.areas, longer.names, longer.months[:36], longer.events[:, :, :36])
    assert plan_pilot(pilot(), longer) == plan_pilot(pilot(), early)
    (area,) = plan_pilot(pilot(), early).areas
    assert not {"P", "Q"} & {each.name for each in area.comparators} and len(area.looks) == 4
    assert 0.6 < area.smallest < 0.95 and area.looks[0].stop_above > area.looks[-1].stop_above > 1


def test_the_stop_rule_rarely_stops_what_does_no_harm() -> None:
    """Of 400 harmless pilots about one in twenty is stopped at any look; most with half as many events again are."""
    rng, stopped = np.random.default_rng(9), {1.0: 0, 1.5: 0}
    for _ in range(400):
        (area,) = plan_pilot(pilot(comparators=3), made := counts(seed=int(rng.integers(1 << 30)))).areas
        before, theirs = (
            area.before,
            sum(made.events[0, made.names.index(c.name), -12:].sum() for c in area.comparators),
        )
        for harm in stopped:
            own, other = rng.poisson(50 * harm, 12), rng.poisson(150, 12)
            stopped[harm] += any(
                (own[: look.months].sum() / before) / (other[: look.months].sum() / theirs) > look.stop_above
                for look in area.looks
            )
    assert stopped[1.0] <= 0.10 * 400 and stopped[1.5] >= 0.9 * 400


def test_a_pilot_without_consent_may_not_start() -> None:
    for outcome in ("refused", "not asked"):
        plan = plan_pilot(pilot(consent={"asked_of": "panel", "outcome": outcome}), counts())
        assert outcome in plan.obstacles[0]
        assert any(
            "may not start" in line
            for line in gangs_answer(GangsTerms(title="P", pilot=plan.terms), None, plan, 10).lines()
        )
    with pytest.raises(ValueError, match="called_in_from"):
        pilot(safeguards={"lead": "a", "instead": "b", "called_in_from": 16})
    with pytest.raises(ValueError, match="legal_difference"):
        pilot(legal_difference=[])
    with pytest.raises(Refused, match="months before"):
        plan_pilot(pilot(begins="2022-06"), counts())


def test_the_example_is_full_and_the_command_prints_one_document(tmp_path: Path) -> None:
    example = load_terms(GangsTerms, EXAMPLES / "gangs.toml")
    text = (EXAMPLES / "gangs.toml").read_text()
    for part in (example, example.groups, example.pilot):
        assert part is not None and [key for key in type(part).model_fields if key not in text] == []
    numbers = count()
    made = counts()
    rows = [f"{area},robbery,{month:%Y-%m},{int(n)}" for area, series in zip(made.areas, made.events[0], strict=True)
            for month, n in zip(made.months, series, strict=True) if next(numbers) >= 0]  # fmt: skip
    (tmp_path / "counts.csv").write_text("\n".join(["area,kind,month,count", *rows]))
    said = text[text.index("[pilot]") :].replace('"Haringey", "Westminster"', '"P"').replace('"Enfield"', '"Q"')
    (tmp_path / "terms.toml").write_text('title = "Pilot"\n' + said.replace("2025-09", "2025-01"))
    asked = ["places", "gangs", str(tmp_path / "terms.toml"), "--json", "--out", str(tmp_path / "out")]
    run = CliRunner().invoke(build(), asked)
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["Pilot areas"][0]["Area"] == "P"
    (tmp_path / "terms.toml").write_text('title = "Nothing"\n')
    assert CliRunner().invoke(build(), ["places", "gangs", str(tmp_path / "terms.toml")]).exit_code != 0


def papers(*studied: GangRecords, minimum: int = 10, after: int | tuple[int, ...] = 12) -> list[str]:
    """Return the text of each study's paper, cleared one after another beside those before."""
    book, found = StoreBook(scratch()), []
    asked = GangsTerms(title="Groups", groups=GroupTerms())
    for each, months in zip(studied, after if isinstance(after, tuple) else [after] * len(studied), strict=True):
        study = study_gangs(each, GroupTerms(after=months), AS_AT)
        make = partial(gangs_answer, asked, study, None, minimum)
        found.append("\n".join(clear(make, book, minimum, "gangs", "2025-07-01").lines()))
    return found


def test_a_group_that_grew_by_few_is_told_once() -> None:
    """14 members, then 16: the second paper withholds them; 30 are told again. The same records say the same."""
    made = events(1.0)
    grown = [replace(records(made), members=members(each).rename({"group_id": "group"})) for each in (14, 16, 30, 14)]
    first, second, third, again = papers(*grown)
    assert "14" in first and "[c]" not in first.split("Strand")[1].split("Events")[0]
    assert "16" not in second and "[c]" in second and "beside an earlier paper" in second
    assert "30, " in third and again == first


def test_a_removal_s_events_are_not_given_back_by_a_month_more() -> None:
    """Rivals' events in the 12 months after, then in the 11 after: those of one month are few."""
    made = records(events(3.0))
    shown = papers(made, after=12), papers(made, after=11)
    counts = [int(re.search(r"\((\d+) events", text[0]).group(1)) for text in shown]  # type: ignore[union-attr]
    assert 0 < counts[0] - counts[1] < 20
    one, other = papers(made, made, minimum=20, after=(12, 11))
    assert f"({counts[0]} events" in one and f"({counts[1]} events" not in other
    assert "fewer events than may be shown" in other


def test_a_pilot_s_events_before_are_held_against_another_pilot_s() -> None:
    """A pilot that counts a month less counts almost the same events."""
    rows = [
        {"area_code": f"W{ward:02d}", "area_vintage": "2025", "kind": "robbery",
         "from_time": datetime(2022 + month // 12, month % 12 + 1, 2 + at, 12)}
        for month in range(30) for ward in range(4) for at in range(5 + ward % 2)
    ]  # fmt: skip
    counts, book, shown = counts_of(incidents_of(reports(*rows), town(), ("police",))), StoreBook(scratch()), []
    for before in (13, 12):
        example = load_terms(GangsTerms, EXAMPLES / "gangs.toml").pilot
        assert example is not None
        pilot = example.model_copy(
            update={"pilots": ("W00",), "begins": "2024-02", "kinds": ("robbery",), "not_control": (), "before": before}
        )
        plan, asked = plan_pilot(pilot, counts), GangsTerms(title="Pilot", pilot=pilot)
        answer = clear(partial(gangs_answer, asked, None, plan, 10), book, 10, "gangs", "2025-07-01")
        shown.append(str(answer.tables[0].document()[0][f"Events in {before} months before"]))
    assert shown == ["65", "[c]"]
