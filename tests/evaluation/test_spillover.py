"""People in both groups, and comparisons who live among those in the scheme, are counted, and warned of in tenths."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from flat_people import people, protocol, written

from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat


def result_of(tmp_path: Path, **columns: pl.Series) -> Result:
    asked = protocol(comparison={"ratio": 1})
    units = flat_units(asked, read_flat(written(tmp_path, people(300))))
    units = replace(units, people=units.people.with_columns(**columns))
    return evaluate_units(asked, units, extras=False)


def warned(tmp_path: Path, **columns: pl.Series) -> str:
    return " ".join(result_of(tmp_path, **columns).warnings)


def test_comparisons_who_live_among_the_treated_are_warned_of(tmp_path: Path) -> None:
    treated = people(300)["treated"].to_numpy() == 1
    mixed = pl.Series(["north" if one else "south" for one in np.arange(300) % 2])
    apart = pl.Series(["north" if one else "south" for one in treated])
    assert "(spillover)" in warned(tmp_path, area=mixed)
    assert "(spillover)" not in warned(tmp_path, area=apart)
    assert "(spillover)" not in warned(tmp_path)


def test_somebody_in_both_groups_is_warned_of(tmp_path: Path) -> None:
    twice = pl.Series(np.arange(300) % 150)
    assert "stand in the comparison group too" in warned(tmp_path, person=twice)
    assert "stand in the comparison group too" not in warned(tmp_path)


def test_they_are_counted_and_the_words_say_tenths_only_of_a_hundred_or_more(tmp_path: Path) -> None:
    """Half of the comparisons are put where the treated live, and three are made people of the scheme."""
    asked = protocol(comparison={"ratio": 1})
    frame = people(600)
    units = flat_units(asked, read_flat(written(tmp_path, frame)))
    used, treated = match_sample(asked, units).matched.used, units.treated
    ours, theirs = np.flatnonzero(used & treated), np.flatnonzero(used & ~treated)
    area, person = np.full(600, "apart"), np.arange(600)
    area[ours], area[theirs[: len(theirs) // 2]] = "shared", "shared"
    person[theirs[:3]] = person[ours[5:8]]
    changed = replace(units, people=units.people.with_columns(area=pl.Series(area), person=pl.Series(person)))
    result = evaluate_units(asked, changed, extras=False)
    lost = int((match_sample(asked, changed).matched.used != used).sum())
    assert lost == 0 and len(theirs) >= 100
    assert (result.n.in_both_groups, result.n.among_the_treated) == (3, len(theirs) // 2)
    said = " ".join(result.warnings)
    assert "Fewer than one in ten of those in the scheme stand in the comparison group too" in said
    assert "About 5 in ten of those in the comparison group live where" in said
