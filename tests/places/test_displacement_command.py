"""Displacement from terms to paper: on made-up counts whose truth is known, and what is refused or withheld."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.places.made_up_ground import reports, told
from tests.places.made_up_ground import town as made_up_town
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.papers.paper import Figure
from whatworks.papers.places.displacement import displacement_answer
from whatworks.places import DisplacementTerms, counts_of, incidents_of, load_terms, measure_displacement, read_counts
from whatworks.places.monthly_counts import MonthlyCounts, month_after
from whatworks.places.terms import EXAMPLES
from whatworks.records.refusal import Refused

AREAS = ("Treated", "Next", "A", "B", "C", "D", "E", "F", "Rising")


def town(
    seed: int = 1, level: float = 40.0, treated: float = 0.6, moved: float = 1.5, months: int = 48
) -> MonthlyCounts:
    """Return counts from 2021-01; from 2024-01 the treated area has 0.6 of what it would, the next one 1.5."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.2 * np.sin(np.arange(months) * np.pi / 6)
    mean = np.tile(level * season, (len(AREAS), 1))
    mean[-1] *= 1.6 ** (np.arange(months) / 12)
    mean[0, 36:] *= treated
    mean[1, 36:] *= moved
    first = date(2021, 1, 1)
    days = tuple(month_after(first, at) for at in range(months))
    return MonthlyCounts(("burglary",), AREAS, AREAS, days, rng.poisson(mean)[None].astype(float))


def asked(**more: object) -> DisplacementTerms:
    usual = {
        "title": "Patrols",
        "kinds": ["burglary"],
        "begins": "2024-01",
        "treated": ["Treated"],
        "displacement": ["Next"],
        "controls": 2,
    }
    return DisplacementTerms.model_validate(usual | more)


def written(folder: Path, counts: MonthlyCounts, **changes: str) -> Path:
    lines = ["area,kind,month,count"]
    for at, area in enumerate(counts.areas):
        lines += [
            f"{area},burglary,{month:%Y-%m},{int(count)}"
            for month, count in zip(counts.months, counts.events[0, at], strict=True)
        ]
    text = "\n".join(lines)
    for before, after in changes.items():
        text = text.replace(before, after)
    (folder / "counts.csv").write_text(text)
    terms = folder / "terms.toml"
    terms.write_text(
        'title = "Patrols"\nkinds = ["burglary"]\ncounts = "counts.csv"\nbegins = "2024-01"\ntreated = ["Treated"]\n'
        'displacement = ["Next"]\ncontrols = 2\n'
    )
    return terms


def test_a_planted_fall_and_displacement_are_found() -> None:
    """Of 480 a year, 0.6 and 1.5 times: about -192 and +240; the rising area is no control."""
    found = measure_displacement(asked(), town())
    assert (found.local, found.moved, found.by) == ("fell", "rose", "difference")
    assert found.difference.local.ci_low < -192 < found.difference.local.ci_high
    assert found.difference.displacement is not None
    assert found.difference.displacement.ci_low < 240 < found.difference.displacement.ci_high
    assert not {"Rising"} & {*found.roles["control"], *found.roles["displacement control"]}
    assert found.quotient is not None and found.quotient.value < 0
    assert found.spread is not None and found.spread.periods == 36
    assert [each.ratio.ci_high < 1 for each in found.curve if each.ratio.ci_high] == [True] * len(found.curve)


def test_a_planted_diffusion_is_told_from_displacement() -> None:
    found = measure_displacement(asked(), town(moved=0.7))
    assert (found.local, found.moved) == ("fell", "fell") and found.quotient is not None and found.quotient.value > 0


def test_a_response_that_failed_has_no_quotient() -> None:
    found = measure_displacement(asked(), town(treated=1.0, moved=1.0, seed=2))
    assert (
        found.local == "cannot be told" and found.quotient is None and "not shown to have worked" in found.no_quotient
    )


def test_levels_that_differ_are_answered_by_ratios() -> None:
    """The treated area is ten times as large and moves like all others."""
    counts = town(treated=1.0, moved=1.0)
    counts.events[0, 0] *= 10
    found = measure_displacement(asked(displacement=[]), counts)
    assert found.by == "ratio" and found.moved is None
    assert any("quarter or more" in line for line in displacement_answer(found, 10).lines())


def test_without_earlier_months_there_is_no_verdict() -> None:
    counts = town(months=48)
    short = MonthlyCounts(counts.kinds, counts.areas, counts.names, counts.months[30:], counts.events[:, :, 30:])
    given = {"control": ["A"], "displacement_control": ["B"], "chosen_on": date(2023, 12, 1), "before": 6, "after": 6}
    found = measure_displacement(asked(**given), short)
    assert found.spread is None and found.local == found.moved == "no verdict"
    assert "if counts are purely Poisson" in " ".join(displacement_answer(found, 10).lines())


def test_controls_chosen_after_looking_carry_no_verdict() -> None:
    given = {"control": ["A"], "displacement_control": ["B"], "chosen_on": date(2024, 3, 1)}
    found = measure_displacement(asked(**given), town())
    assert found.late and found.local == "no verdict" and found.difference.local.p < 0.001


def test_what_cannot_be_meant_is_refused_at_once() -> None:
    for given, words in (
        ({"treated": ["Treatd"]}, "did you mean 'Treated'"),
        ({"kinds": ["arson"]}, "not a kind"),
        ({"begins": "2030-01"}, "are held"),
        ({"displacement": ["Treated"]}, "two roles"),
        ({"control": ["A"]}, "chosen_on"),
        ({"candidates": ["Rising"]}, "none of 1 candidates is known to have moved like"),
        ({"sizes": {"Treated": 3.0}}, "has no size"),
        ({"harm": {"arson": 3.0}}, "not among the kinds"),
    ):
        with pytest.raises(Refused, match=words):
            measure_displacement(asked(**given), town())
    gap = town()
    gap.events[0, 0, 40] = np.nan
    with pytest.raises(Refused, match="not known in every month"):
        measure_displacement(asked(), gap)


def test_sizes_divide_and_a_group_is_an_average() -> None:
    """Two areas as one control count as their mean; a treated area with twice the homes would be held to twice."""
    found = measure_displacement(asked(), town())
    assert found.scale == (2.0, 1.0, 2.0, 1.0)
    sized = measure_displacement(asked(sizes={**dict.fromkeys(AREAS, 1.0), "Treated": 2.0}), town())
    assert sized.scale[:2] == (1.0, 1.0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A,burglary,2021-01,5", "stands twice"),
        ("A,burglary,2021-13,5", "not a month"),
        ("A,burglary,2020-12,-1", "not a number of events"),
        ("A,burglary,2020-12,1.5", "not a number of events"),
        ("A,burglary,2020-12,inf", "not a number of events"),
        ("A,burglary,2020-12,1e400", "not a number of events"),
        ("A,burglary,0001-01,1", "not a month"),
        ("A,,2020-12,1", "is empty"),
    ],
)
def test_bad_rows_of_a_file_are_named(tmp_path: Path, line: str, words: str) -> None:
    written(tmp_path, town())
    path = tmp_path / "counts.csv"
    path.write_text(path.read_text() + "\n" + line)
    with pytest.raises(Refused, match=words) as refused:
        read_counts(path)
    assert refused.value.faults[0].row == 2 + len(AREAS) * 48


def test_the_command_prints_one_document_and_writes_every_form(tmp_path: Path) -> None:
    terms = written(tmp_path, town())
    run = CliRunner().invoke(build(), ["places", "displacement", str(terms), "--json", "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    document = json.loads(run.stdout)
    assert document["title"] == "Patrols" and len(document["Counts"]) == 4
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {
        ".html",
        ".docx",
        ".pdf",
        ".xlsx",
        ".ods",
        ".json",
    }


def test_small_counts_stand_nowhere(tmp_path: Path) -> None:
    """The treated area falls to about 5 events a year: no number of the answer survives, in any form."""
    terms = written(tmp_path, town(treated=0.01))
    run = CliRunner().invoke(build(), ["places", "displacement", str(terms), "--json", "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    document = json.loads(run.stdout)
    assert "Fewer than 10" in document["sentences"][1] and set(document) == {"title", "sentences", "Counts"}
    assert {cell for row in document["Counts"] for name, cell in row.items() if name != "Areas"} == {"[c]"}


def test_a_control_with_few_events_after_hides_every_other_choice() -> None:
    counts = town()
    counts.events[0, 2, 36:] = 0
    counts.events[0, 2, 40] = 3
    found = measure_displacement(
        asked(control=["B", "C"], displacement_control=["D"], chosen_on=date(2023, 1, 1)), counts
    )
    assert 3 not in found.curve_counts
    found = measure_displacement(asked(controls=1), counts)
    answer = displacement_answer(found, 10)
    assert 3 in found.curve_counts or 3 in dict(found.counts).values()
    assert not any(table.name == "Choices" and table.rows for table in answer.tables)


def test_the_example_is_full_and_keeps_to_its_schema() -> None:
    """Every key stands in it, those that exclude each other as comments."""
    text = (EXAMPLES / "displacement.toml").read_text()
    assert load_terms(DisplacementTerms, EXAMPLES / "displacement.toml").harm == {"burglary": 30, "robbery": 365}
    assert [key for key in DisplacementTerms.model_fields if key not in text and key != "sizes"] == []


def test_an_area_that_touches_the_treated_one_is_no_control() -> None:
    """It may have taken what moved; a control that rose for that reason would make a fall look larger."""
    alone = measure_displacement(asked(), town())
    nearest = AREAS.index(alone.roles["control"][0])
    touching = tuple(frozenset({1, nearest}) if at == 0 else frozenset[int]() for at in range(len(AREAS)))
    found = measure_displacement(asked(), replace(town(), neighbours=touching))
    assert AREAS[nearest] not in {*found.roles["control"], *found.roles["displacement control"]}
    assert AREAS[nearest] not in {each.name for each in found.candidates}
    assert found.beside == (AREAS[nearest],) and alone.beside is None
    assert "is not known, since no boundaries are held" in " ".join(displacement_answer(alone, 10).lines())
    named = {"control": [AREAS[nearest]], "displacement_control": ["Rising"], "chosen_on": date(2023, 12, 1)}
    chosen = measure_displacement(asked(**named), replace(town(), neighbours=touching))
    said = f"Control areas touch the treated area, and may have taken what moved: {AREAS[nearest]}."
    assert said in displacement_answer(chosen, 10).lines()


def test_neighbours_come_with_the_counts_of_incidents_whose_boundaries_are_held() -> None:
    """Of the twelve squares, four a row, the first touches those east, north and north east of it."""
    counts = counts_of(told({"area_code": "W00"}, {"area_code": "W02"}))
    assert counts.neighbours is not None and counts.neighbours[0] == {1, 4, 5}


def test_a_refusal_for_want_of_controls_says_why_none_is_left() -> None:
    with pytest.raises(Refused, match="no candidate is left; 7 have fewer than 50 events before, 0 touch"):
        measure_displacement(asked(), town(level=0.5))


def test_a_map_shows_what_is_compared_with_what() -> None:
    """One ward is treated and one beside it; controls are those that the table names, the rest no part."""
    rows = [
        {"area_code": f"W{ward:02d}", "area_vintage": "2025", "kind": "asb",
         "from_time": datetime(2022 + month // 12, month % 12 + 1, 2 + at, 12)}
        for month in range(36) for ward in range(16) for at in range(12 + (7 * ward + 3 * month) % 5)
    ]  # fmt: skip
    counts = counts_of(incidents_of(reports(*rows), made_up_town(), ("police",)))
    terms = {"title": "Patrols", "kinds": ["asb"], "begins": "2024-01", "treated": ["W00"], "displacement": ["W01"]}
    result = measure_displacement(DisplacementTerms.model_validate(terms), counts)
    answer = displacement_answer(result, 10)
    picture = next(each for each in answer.sections[0].blocks if isinstance(each, Figure) and each.name == "map")
    drawn, controls = str(picture.draw()), len({*result.roles["control"], *result.roles["displacement control"]})
    rest = len(counts.areas) - 2 - controls
    wanted = (("treated", 1), ("displacement", 1), ("control", controls), ("no part", rest))
    assert controls >= 2 and [words for words, many in wanted if f"{words} ({many})" not in drawn] == []
    assert picture.alternative == answer.sentences[1]
