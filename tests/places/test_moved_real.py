"""Haringey and Westminster as pilots, on the Metropolitan Police's months of 2024-25, and a response where none was."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.places import DisplacementTerms, measure_displacement, plan_pilot, read_counts
from whatworks.places.gangs_terms import Pilot
from whatworks.places.monthly_counts import MonthlyCounts
from whatworks.places.terms import EXAMPLES

pytestmark = pytest.mark.real_data
KINDS = {"ROBBERY": "robbery", "POSSESSION OF WEAPONS": "weapons", "BURGLARY": "burglary"}
PILOTS = ("Haringey", "Westminster")


@pytest.fixture(scope="module")
def table(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return counts by borough and month as the command reads them: 24 months of each borough."""
    wide = pl.read_csv(shared_data / "mps-crime/mps_borough_202401_202512.csv.gz", infer_schema_length=None)
    months = [name for name in wide.columns if name.isdecimal()]
    long = (
        wide.filter(pl.col("MajorText").is_in(list(KINDS)))
        .unpivot(months, index=["BoroughName", "MajorText"], variable_name="month", value_name="count")
        .group_by("BoroughName", "MajorText", "month").agg(pl.col("count").sum())
        .select(area="BoroughName", kind=pl.col("MajorText").replace(KINDS),
                month=pl.col("month").str.slice(0, 4) + "-" + pl.col("month").str.slice(4), count="count")
    )  # fmt: skip
    path = tmp_path_factory.mktemp("mps") / "counts.csv"
    long.sort("area", "kind", "month").write_csv(path)
    return path


@pytest.fixture(scope="module")
def counts(table: Path) -> MonthlyCounts:
    return read_counts(table)


def test_the_table_is_read_whole(counts: MonthlyCounts) -> None:
    """24 months from 2024-01; sums of the file's own columns, taken with a spreadsheet's arithmetic (zcat and awk)."""
    assert len(counts.months) == 24 and set(PILOTS) <= set(counts.areas)
    sums = dict(zip(counts.kinds, counts.events.sum(axis=(1, 2)).tolist(), strict=True))
    assert sums == {"burglary": 102043, "robbery": 67044, "weapons": 11727}


def test_comparison_boroughs_are_chosen_by_the_trend_before(counts: MonthlyCounts) -> None:
    """Each pilot has four, none of them a pilot; what happens from the pilot's month on changes nothing."""
    example = (EXAMPLES / "gangs.toml").read_text()
    assert all(name in example for name in PILOTS)
    terms = Pilot.model_validate(
        {
            "title": "Ceasefire", "kinds": ["robbery"], "areas": "borough", "pilots": PILOTS, "begins": "2025-07",
            "consent": {"asked_of": "both boroughs", "outcome": "not asked"},
            "safeguards": {"lead": "Children's services", "instead": "early help"},
            "legal_difference": [{"there": "all are pursued for one", "here": "each answers alone"}],
        }
    )  # fmt: skip
    plan = plan_pilot(terms, counts)
    for area in plan.areas:
        names = [each.name for each in area.comparators]
        assert len(names) == 4 and not set(PILOTS) & set(names)
        assert all(each.alike and each.ci_low <= 1 <= each.ci_high for each in area.comparators)
        assert area.spread.phi > 1 and 0 < area.smallest < 1
    cut = MonthlyCounts(counts.kinds, counts.areas, counts.names, counts.months[:18], counts.events[:, :, :18])
    assert plan_pilot(terms, cut) == plan
    assert plan.obstacles


def test_nothing_happened_in_july_2025(counts: MonthlyCounts) -> None:
    """Taking each of 32 boroughs for treated in a month when nothing was done finds something in few of them.

    Of 32 tests at one in twenty, six or more would stand out once in a hundred; Poisson's errors alone find seven.
    """
    boroughs = [area for area in counts.areas if "Airports" not in area and area != "Unknown"]
    changed = 0
    for area in boroughs:
        terms = DisplacementTerms(
            title="Nothing", kinds=("burglary",), areas="borough", begins="2025-07", before=6, after=6, treated=(area,)
        )
        changed += measure_displacement(terms, counts).local in ("fell", "rose")
    assert len(boroughs) == 32 and changed <= 5


def test_the_command_writes_a_paper_on_both_pilots(table: Path, tmp_path: Path) -> None:
    said = (EXAMPLES / "gangs.toml").read_text()
    (table.parent / "terms.toml").write_text('title = "Ceasefire"\n' + said[said.index("[pilot]") :])
    asked = ["places", "gangs", str(table.parent / "terms.toml"), "--json", "--out", str(tmp_path / "paper")]
    run = CliRunner().invoke(build(), asked)
    assert run.exit_code == 0, run.output
    rows = json.loads(run.stdout)["Pilot areas"]
    assert [row["Area"] for row in rows] == list(PILOTS)
    assert (tmp_path / "paper").is_dir()
