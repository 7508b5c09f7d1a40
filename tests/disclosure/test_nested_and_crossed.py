"""Cuts within cuts, and wards within boroughs: no subtraction of what a paper prints gives back a handful."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from disclosure.subtraction import printed_events, printed_people
from evaluation.flat_people import evaluated
from whatworks.evaluation.result import Result
from whatworks.papers import publish
from whatworks.papers.disclosure.audit import audited
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.writing import summary

CUTS = (25, 26, 28, 40)
PLACES = {"n1": ("north", "upper"), "n2": ("north", "upper"), "n3": ("north", "upper"), "m1": ("mid", "upper"),
          "m2": ("mid", "upper"), "s1": ("south", "lower"), "s2": ("south", "lower")}  # fmt: skip
"""Wards with their borough and region; the first ward holds few."""


def people(seed: int, n: int = 1_100) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    wards = list(PLACES)
    ward = rng.choice(wards, n, p=[0.013, 0.22, 0.2, 0.15, 0.12, 0.16, 0.137])
    treated = (rng.random(n) < 0.4).astype(int)
    return pl.DataFrame(
        {
            "treated": treated,
            "age": rng.integers(18, 58, n),
            "ward": ward,
            "borough": [PLACES[one][0] for one in ward],
            "region": [PLACES[one][1] for one in ward],
            "sex": rng.choice(["female", "male"], n, p=[0.3, 0.7]),
            "reoffended": (rng.random(n) < 0.5 - 0.12 * treated).astype(int),
        }
    )


def asked(folder: Path, seed: int, *names: str, n: int = 1_100) -> Result:
    comparison = {"covariates": ["age"]}
    subgroups = {"planned": [], "exploratory": list(names)}
    return evaluated(folder, people(seed, n), comparison=comparison, subgroups=subgroups)


def told(release: PublishedResult) -> dict[str, Any]:
    found: dict[str, Any] = summary(release)
    return found


def handful(count: int) -> bool:
    return 0 < count < 10


def cut_remainders(printed: dict[str, Any], group: str) -> list[int]:
    shown = printed_people(printed, group)
    under = [shown[level] for limit in CUTS if (level := ("Age", f"under {limit}")) in shown]
    return [after - before for at, before in enumerate(under) for after in under[at + 1 :]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("group", ["treated", "comparison"])
def test_ages_between_two_cuts_are_not_given_back(tmp_path: Path, seed: int, group: str) -> None:
    result = asked(tmp_path, seed, *(f"age < {limit}" for limit in CUTS), n=560)
    assert any(map(handful, cut_remainders(told(propose(result)), group))), "the case has lost its handful"
    printed = told(publish(result))
    assert not any(map(handful, cut_remainders(printed, group)))
    assert printed_people(printed, group), "everything was withheld"


def test_nor_is_how_few_of_them_reoffended(tmp_path: Path) -> None:
    result = asked(tmp_path, 1, "age < 25", "age < 28", "age < 31")
    printed = told(publish(result))
    shown = [("Age", f"under {limit}") for limit in (25, 28, 31)]
    shown = [level for level in shown if level in printed_people(printed, "treated")]
    for before, after in pairwise(shown):
        people_between = printed_people(printed, "treated")[after] - printed_people(printed, "treated")[before]
        between = {b - a for a in printed_events(printed, before) for b in printed_events(printed, after)}
        few = {k for k in between if handful(k) or handful(people_between - k) or k in (0, people_between)}
        assert not between or len(few) < len(between) or max(between) - min(between) >= 8


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("names", [("ward", "borough"), ("borough", "ward", "region"), ("ward", "region")])
def test_a_ward_of_few_is_not_given_back_by_what_it_lies_in(tmp_path: Path, seed: int, names: tuple[str, ...]) -> None:
    result = asked(tmp_path, seed, *names)
    n1 = next(row for row in result.subgroups if row.level == "n1")
    assert handful(n1.treated.n)
    printed = told(publish(result))
    for group in ("treated", "comparison"):
        shown = printed_people(printed, group)
        for column, at in (("Borough", 0), ("Region", 1)):
            for place in {where[at] for where in PLACES.values()}:
                parts = [("Ward", ward) for ward, where in PLACES.items() if where[at] == place]
                if (column, place) in shown:
                    left = shown[column, place] - sum(shown.get(part, 0) for part in parts)
                    assert not handful(left), f"{place}: {left}"
        assert ("Ward", "n1") not in shown


def test_without_the_audit_the_ward_is_given_back(tmp_path: Path) -> None:
    printed = printed_people(told(propose(asked(tmp_path, 0, "ward", "borough"))), "treated")
    north = [("Ward", ward) for ward, where in PLACES.items() if where[0] == "north"]
    assert handful(printed["Borough", "north"] - sum(printed.get(part, 0) for part in north))


def test_the_same_result_always_withholds_the_same_and_no_more_than_it_must(tmp_path: Path) -> None:
    result = asked(tmp_path, 2, "ward", "borough", "sex")
    first, again = audited(result), audited(result)
    assert first.secondary == again.secondary and first.release == again.release
    shown = {(row.name, row.level) for row in first.release.subgroups if not row.withheld}
    assert {("Sex", "female"), ("Sex", "male"), ("Borough", "south"), ("Borough", "mid")} <= shown


def test_where_nobody_is_few_nothing_more_is_withheld(tmp_path: Path) -> None:
    result = asked(tmp_path, 3, "sex", "age < 35", "region")
    assert audited(result).secondary.items == frozenset()
    assert not any(row.withheld for row in publish(result).subgroups)
