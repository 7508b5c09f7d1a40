"""People in both groups, and comparisons who live among those in the scheme, are warned of without a number."""

from dataclasses import replace

import numpy as np
import polars as pl
from flat_people import people, protocol, written

from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.flat import flat_units
from whatworks.evaluation.flat_file import read_flat


def warned(tmp_path, **columns: pl.Series) -> str:  # type: ignore[no-untyped-def]
    asked = protocol(comparison={"ratio": 1})
    units = flat_units(asked, read_flat(written(tmp_path, people(300))))
    units = replace(units, people=units.people.with_columns(**columns))
    return " ".join(evaluate_units(asked, units, extras=False).warnings)


def test_comparisons_who_live_among_the_treated_are_warned_of(tmp_path) -> None:  # type: ignore[no-untyped-def]
    treated = people(300)["treated"].to_numpy() == 1
    mixed = pl.Series(["north" if one else "south" for one in np.arange(300) % 2])
    apart = pl.Series(["north" if one else "south" for one in treated])
    assert "(spillover)" in warned(tmp_path, area=mixed)
    assert "(spillover)" not in warned(tmp_path, area=apart)
    assert "(spillover)" not in warned(tmp_path)


def test_somebody_in_both_groups_is_warned_of(tmp_path) -> None:  # type: ignore[no-untyped-def]
    twice = pl.Series(np.arange(300) % 150)
    assert "in both groups" in warned(tmp_path, person=twice)
    assert "in both groups" not in warned(tmp_path)
