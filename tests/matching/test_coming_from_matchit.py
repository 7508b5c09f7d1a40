"""The page for people who come from MatchIt runs as it stands, and its numbers are R's."""

import doctest
import re
from pathlib import Path

import polars as pl

PAGE = Path(__file__).resolve().parents[2] / "docs/coming-from-matchit.md"


def test_every_line_of_the_page_runs() -> None:
    test = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 20
    shown: list[str] = []
    result = doctest.DocTestRunner().run(test, out=shown.append)
    assert result.failed == 0, "".join(shown)


def test_the_effects_on_the_page_are_those_that_r_gave(matchit: Path) -> None:
    printed = set(re.findall(r"^\((\d+\.\d+), (\d+\.\d+)\)$", PAGE.read_text("utf-8"), re.MULTILINE))
    theirs = pl.read_csv(matchit / "lalonde-effects.csv").filter(pl.col("spec") != "full")
    wanted = {
        (str(round(row["att"], 2)), str(round(row["se"], 2)))
        for row in theirs.iter_rows(named=True)
        if row["spec"] != "nearest_linear_caliper_closest"
    }
    assert wanted <= printed
