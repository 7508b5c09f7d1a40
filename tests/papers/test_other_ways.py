"""Other ways of doing it are of other people: nothing that they print gives back how many fewer, or how few."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from papers.attacker_of_ways import WaysAttacker
from papers.kept import doubted
from papers.pair_arithmetic import groups, numbers_of_pairs, paired
from papers.parts import rate
from papers.results import ALL
from papers.small_result import small
from papers.test_suppression import VOCABULARY, numbers
from whatworks.evaluation.result import AlternativeEstimate, Outcome, PeriodPoint, Result, Search
from whatworks.evaluation.result.doubts import Sensitivity, SpecificationPoint
from whatworks.papers import build, publish
from whatworks.papers.paper import Paragraph
from whatworks.papers.writing import summary

PRIMARY = (18, 14, 31, 96)
"""96 pairs: both reoffended in 18, only the one in the scheme in 14, only the other in 31."""
NEAR = (17, 13, 29, 90)
FEW = (3, 4, 12, 80)
FURTHEST = Decimal(150)
"""Where the love plot draws whatever lies beyond."""


def published(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = summary(publish(result))
    return found


def told(pairs: tuple[int, int, int, int]) -> dict[str, Any]:
    return {**paired(*pairs[1:]), **groups(*pairs)}


def otherwise(pairs: tuple[int, int, int, int]) -> Result:
    """The made-up result, its primary outcome shown, and another way of doing it with these pairs, in every table."""
    base = small()
    outcome = base.outcomes[0].model_copy(
        update={
            **told(PRIMARY),
            "bounds": None,
            "beside": (AlternativeEstimate(name="whole cohort", p=0.04, **told(pairs)),),
            "ratios": (),
        }
    )
    return base.model_copy(
        update={
            "outcomes": (outcome, *base.outcomes[1:]),
            "sensitivity": (Sensitivity(name="half the caliper", outcome=outcome.name, sentence="", **told(pairs)),),
            "specifications": (
                SpecificationPoint(name="the protocol's choice", chosen=True, estimand="ATM", **told(PRIMARY)),
                SpecificationPoint(name="half the caliper", estimand="ATM", band="green", **told(pairs)),
            ),
        }
    )


PLACES = {
    "curve": lambda found: found["specifications"][1],
    "sensitivity": lambda found: found["sensitivity"][0],
    "beside": lambda found: found["outcomes"][0]["beside"][0],
}


@pytest.mark.parametrize("place", PLACES)
def test_a_way_with_six_people_fewer_does_not_tell_that_it_has_six_fewer(place: str) -> None:
    # Printed to one place, 90 pairs and few other numbers give -17.8 (-31.4 to -4.2): 6 were lost.
    finely = {end: round(100 * value, 1) for end, value in paired(*NEAR[1:]).items()}
    assert len(numbers_of_pairs(finely, 87, 96)) <= 3
    row = PLACES[place](published(otherwise(NEAR)))
    assert isinstance(row["difference"], int)
    left = numbers_of_pairs(row, 80, 96)
    assert 90 in left
    assert max(left) - min(left) >= 9


@pytest.mark.parametrize("place", PLACES)
def test_a_way_with_few_reoffenders_shows_nothing_though_the_protocol_s_own_has_many(place: str) -> None:
    # 7 of 80 in the scheme reoffended: 8.75%.
    row = PLACES[place](published(otherwise(FEW)))
    assert {row[end] for end in ("difference", "ci_low", "ci_high")} == {"c"}
    assert row.get("treated", "c") == "c"


def test_a_way_of_people_enough_apart_shows_its_people_and_its_figures() -> None:
    found = published(otherwise((15, 11, 26, 70)))["specifications"]
    assert [(row["treated"], row["comparison"]) for row in found] == [(96, 96), (70, 70)]
    assert found[1]["difference"] == -21.4  # (11 - 26) / 70


def test_a_way_s_comparisons_do_not_tell_of_its_people_who_are_as_many() -> None:
    # 70 pairs, and 73 in the scheme stand elsewhere: the comparisons, 70 too, lie near no other number.
    base = otherwise((15, 11, 26, 70))
    assert [row["comparison"] for row in published(base)["specifications"]] == [96, 70]
    first = base.attrition[0].model_copy(update={"treated": 75})
    found = published(base.model_copy(update={"attrition": (first, *base.attrition[1:])}))["specifications"]
    assert [(row["treated"], row["comparison"]) for row in found] == [(96, 96), ("c", "c")]


def test_two_ways_near_each_other_do_not_both_show_their_people() -> None:
    base = otherwise((15, 11, 26, 70))
    near = SpecificationPoint(name="radius", estimand="ATM", **told((15, 11, 26, 67)))
    found = published(base.model_copy(update={"specifications": (*base.specifications, near)}))["specifications"]
    assert [row["treated"] for row in found] == [96, 70, "c"]


def test_a_way_without_its_people_is_rounded_as_though_they_were_few_apart() -> None:
    bare = SpecificationPoint(name="radius", **paired(11, 26, 80))
    (found,) = published(otherwise(NEAR).model_copy(update={"specifications": (bare,)}))["specifications"]
    assert (found["treated"], found["difference"]) == ("c", -19)


def test_whoever_has_an_outcome_beyond_those_analysed_is_not_told_by_a_way_that_leaves_out_nobody() -> None:
    # One person has no comparison. 242 are analysed, 15 of them not known, and 228 are known in all: 228 - (242 - 15).
    result = doubted()
    assert (result.estimand.treated_dropped, result.specifications[1].treated.n) == (1, 228)  # type: ignore[union-attr]
    low, high = WaysAttacker(published(result)).range(dropped_known=1)
    assert low <= 1 <= high
    assert high - low >= 9
    shown = published(result)
    for way in shown["specifications"]:
        if way["estimand"] == "ATT" and "replacement" in way["name"]:
            way["treated"] = 228
    assert WaysAttacker(shown).range(dropped_known=1) == (1, 1)


def test_ties_are_as_coarse_as_the_estimate_that_they_move() -> None:
    base = doubted()
    primary = base.outcomes[0].model_copy(update={"treated": rate(85, 236), "bounds": None})
    matching = published(base.model_copy(update={"outcomes": (primary, *base.outcomes[1:])}))["matching"]
    assert isinstance(matching["ties_low"], int)
    assert isinstance(published(base)["matching"]["ties_low"], float)


def searched(**changes: Any) -> dict[str, Any]:
    base = doubted()
    found = base.search
    assert isinstance(found, Search)
    told = published(base.model_copy(update={"search": found.model_copy(update=changes)}))["search"]
    assert isinstance(told, dict)
    return told


def test_the_search_does_not_tell_how_few_sets_took_no_part() -> None:
    # 236 of the 242 sets took part; of 40 pairs a finer interval leaves two numbers, and twice the half gives the six.
    told = searched(sets=236, people=40, others=78, **dict(zip(("effect", "effect_low", "effect_high"),
                    paired(6, 14, 40).values(), strict=True)))  # fmt: skip
    assert (told["sets"], told["people"], told["others"]) == ("c", "c", "c")
    row = {"difference": told["effect"], "ci_low": told["effect_low"], "ci_high": told["effect_high"]}
    left = numbers_of_pairs(row, 20, 60)
    assert max(left) - min(left) >= 9


def test_the_search_does_not_tell_that_nearly_everybody_of_a_kind_fared_one_way() -> None:
    # Of 37 pairs an effect of -35/37 leaves two at most in the scheme who reoffended.
    assert searched(effect=-35 / 37, difference=-0.9)["withheld"]
    assert searched(effect=-10 / 37, difference=-10 / 37 - 1.0)["withheld"]
    assert not searched(effect=-10 / 37, difference=-0.1)["withheld"]


def test_the_search_beside_a_subgroup_does_not_tell_how_few_were_in_the_half_searched() -> None:
    # 31 women stand in the subgroups; 24 asked would leave 7 searched, 20 leave 11.
    assert searched(kind="Sex: female", people=24, others=83)["people"] == "c"
    assert searched(kind="Sex: female", people=20, others=87)["people"] == 20


def values(chart: Any) -> Iterator[Any]:
    """Every value of the data that a chart is drawn from."""
    if isinstance(chart, dict):
        for name, part in chart.items():
            if name == "values" and isinstance(part, list):
                yield from (value for row in part if isinstance(row, dict) for value in row.values())
            yield from values(part)
    elif isinstance(chart, list):
        for part in chart:
            yield from values(part)


@pytest.mark.parametrize("case", ALL)
def test_no_picture_is_drawn_from_a_number_that_the_cleared_result_does_not_hold(case: str) -> None:
    release = publish(ALL[case]())
    held = numbers(json.dumps(summary(release)))
    for figure in build(release).figures():
        drawn = figure.draw()
        data = list(values(drawn)) if isinstance(drawn, dict) else [drawn]
        found = numbers(" ".join(str(value) for value in data)) - held - VOCABULARY - {FURTHEST}
        assert not found or isinstance(drawn, str), f"{figure.name}: {sorted(found)}"


def test_an_outcome_s_comparisons_do_not_tell_how_few_of_the_scheme_are_not_known() -> None:
    # Two comparisons for each: of 96 sets 91 are known whole, so 182 of 192 comparisons, and 5 of the scheme are lost.
    base = small()
    outcome = base.outcomes[1].model_copy(
        update={"treated": rate(20, 91), "comparison": rate(60, 182), "bounds": None, "primary": True}
    )
    n = base.n.model_copy(update={"comparison": 192})
    found = published(base.model_copy(update={"n": n, "outcomes": (outcome,), "subgroups": (), "search": None}))
    assert (found["outcomes"][0]["treated"]["n"], found["outcomes"][0]["comparison"]["n"]) == ("c", "c")
    assert found["n"]["comparison"] == 192


def often(value: float) -> Outcome:
    """An outcome that counts offences per person, this many in the scheme."""
    counted = (
        small().outcomes[1].model_copy(update={"kind": "frequency", "bounds": None, "ratios": (), "primary": True})
    )
    group = counted.treated.model_copy(update={"events": None, "value": value})
    other = group.model_copy(update={"value": 0.4})
    return counted.model_copy(update={"treated": group, "comparison": other})


def test_a_mean_of_few_offences_is_withheld_as_the_data_lab_withholds_it() -> None:
    # 0.05 offences a head of 96 people are 4.8; 0.2 are 19.2.
    for value, withheld in ((0.05, True), (0.0, True), (0.2, False)):
        base = small().model_copy(update={"outcomes": (often(value),), "subgroups": (), "search": None})
        assert published(base)["outcomes"][0]["withheld"] is withheld


def test_periods_in_which_little_happened_are_not_drawn_and_the_paper_says_so() -> None:
    # 0.1 sentences a year, over half a year and 96 people, are 4.8.
    for rate_a_year, shown in ((0.1, False), (0.5, True)):
        points = tuple(
            PeriodPoint(label=str(at), after=at > 0, treated=rate_a_year, comparison=0.6) for at in (-2, -1, 1)
        )
        outcome = often(0.01).model_copy(update={"design": "difference_in_differences", "periods": points})
        result = small().model_copy(update={"outcomes": (outcome,), "subgroups": (), "search": None})
        release = publish(result)
        assert bool(release.outcomes[0].periods) is shown
        happened = next(part for part in build(release).sections if part.name == "what-happened")
        words = " ".join(block.text for block in happened.blocks if isinstance(block, Paragraph))
        assert ("periods before are not shown" in words) is not shown
