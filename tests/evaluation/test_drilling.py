"""The search for whom the scheme serves better: from the protocol's key to the result, or a sentence why not."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from flat_people import evaluated, protocol, written

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.evaluation.whom.subgroup_search import set_effects
from whatworks.papers import build, publish
from whatworks.records.refusal import Refused
from whatworks.statistics.multiplicity import false_discovery


def frame(n: int = 1_500, gap: float = 0.35, seed: int = 2) -> pl.DataFrame:
    """Made-up people of whom half of the women, but none of the men, are kept from reoffending by the scheme."""
    rng = np.random.default_rng(seed)
    treated = rng.random(n) < 0.4
    women = rng.random(n) < 0.5
    chance = 0.6 - gap * (treated & women)
    return pl.DataFrame(
        {
            "treated": treated,
            "age": rng.integers(20, 60, n),
            "sex": np.where(women, "female", "male"),
            "district": rng.choice(["north", "south"], n),
            "reoffended": (rng.random(n) < chance).astype(int),
        }
    )


def test_a_planted_kind_is_found_by_the_protocol_s_own_split(tmp_path: Path) -> None:
    asked = {"search": ["sex", "age", "district"]}
    result = evaluated(tmp_path, frame(), subgroups=asked)
    found = result.search
    assert found is not None and found.made and found.found and found.kind == "Sex: female"
    assert found.seed == int(protocol(subgroups=asked).sha256()[:8], 16)
    assert found.difference is not None and found.difference_high is not None and found.difference_high < 0
    assert found.people and found.others and found.sets
    assert found.sets - (found.people + found.others) in (found.sets // 2, found.sets // 2 + 1)
    assert found.agree is not None and found.agree > 0.5 and found.splits == 100
    whole = result.outcomes[0].smallest_detectable
    assert found.smallest is not None and whole is not None and found.smallest > whole  # half the people tell less
    sections = {section.name: section for section in build(publish(result)).sections}
    assert sections["search"].heading.endswith("Drilling further down, honestly")  # behind its address


def test_unlikeness_in_a_pair_is_the_gap_of_what_comparisons_outside_the_pairs_foretell(tmp_path: Path) -> None:
    asked = protocol(comparison={"covariates": ["age"]})
    units = flat_units(asked, read_flat(written(tmp_path, frame())))
    sample = match_sample(asked, units)
    analysis = Analysis(asked, units, sample)
    values = analysis.column("reoffended")
    effects, expected, rows = set_effects(analysis, values)
    age = units.covariates["age"].to_numpy().astype(float)
    outside = ~units.treated & ~sample.matched.used
    slope = np.polyfit(age[outside], values[outside], 1)[0]  # of a straight line, by another program
    assert sample.pairs is not None and len(rows) == len(sample.pairs.treated)
    partner = dict(zip(sample.pairs.treated.tolist(), sample.pairs.comparison.tolist(), strict=True))
    other = np.array([partner[row] for row in rows.tolist()])
    assert np.allclose(expected, slope * (age[rows] - age[other])) and np.ptp(expected) > 0
    assert np.array_equal(effects, values[rows] - values[other])


@pytest.mark.parametrize(
    ("comparison", "people", "said"),
    [
        ({"replace": True}, 1_500, "may serve several people"),
        ({"method": "none", "covariates": []}, 1_500, "drawn by lot"),
        ({}, 150, "too few to look in one half"),
    ],
)
def test_where_no_search_can_be_made_the_paper_says_why(
    tmp_path: Path, comparison: dict[str, object], people: int, said: str
) -> None:
    result = evaluated(tmp_path, frame(people), subgroups={"search": ["sex"]}, comparison=comparison)
    assert result.search is not None and not result.search.made
    assert said in result.search.sentence
    shown = publish(result).search
    assert shown is not None and shown.sentence == result.search.sentence


def test_a_protocol_that_does_not_ask_has_no_search_and_an_outcome_cannot_be_searched_by(tmp_path: Path) -> None:
    assert evaluated(tmp_path, frame(300)).search is None
    with pytest.raises(Refused, match="cannot be a covariate"):
        protocol(subgroups={"search": ["reoffended"]})
    with pytest.raises(Refused, match="is not a column of the file"):
        evaluated(tmp_path, frame(300), subgroups={"search": ["sexx"]})


def test_subgroups_carry_a_false_discovery_rate_and_unplanned_ones_are_called_exploratory(tmp_path: Path) -> None:
    result = evaluated(tmp_path, frame(), subgroups={"planned": ["sex"], "exploratory": ["district", "age < 40"]})
    tests = list(dict.fromkeys((row.name, row.interaction_p, row.interaction_q) for row in result.subgroups))
    assert [q for _, _, q in tests] == pytest.approx(false_discovery([p for _, p, _ in tests if p is not None]))
    assert tests[0][2] is not None and tests[0][2] <= 0.05
    paper = build(publish(result))
    section = next(one for one in paper.sections if one.name == "subgroups")
    figure = next(block for block in section.blocks if hasattr(block, "alternative"))
    assert "District: north (exploratory)" in figure.alternative and "Sex: female:" in figure.alternative
    sheet = next(table for table in paper.sheets if table.name == "Subgroups")
    assert {row[2] for row in sheet.rows} == {"Yes", "Exploratory"}
    assert all("exploratory" in row.sentence for row in result.subgroups if not row.planned)


def test_false_discovery_gives_the_published_answers() -> None:
    """Benjamini and Hochberg 1995, their 15 p-values: at 5% the first four are discoveries, Holm's would be three."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    found = false_discovery(p)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert false_discovery([]) == ()
