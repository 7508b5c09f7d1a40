"""Each guard of disclosure control by itself: a count by hand on either side of its line. The minimum is ten."""

from typing import Any

import pytest

from papers.matched_result import matched
from papers.parts import balance, mean, outcome
from whatworks.evaluation.result import BalanceRow, PeriodPoint, Result
from whatworks.evaluation.result.doubts import HiddenBias
from whatworks.papers.disclosure.nested import widen
from whatworks.papers.disclosure.shares import Sizes, before_gives_the_dropped, withheld_of
from whatworks.papers.disclosure.suppression import withheld_levels
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.evaluation.sections.outcomes import periods


def of_people(treated: int) -> Result:
    """The made-up result for so many treated; its groups by sex are 47 and 365, and 50 and 362 comparisons."""
    base = matched()
    groups = tuple(row for row in base.subgroups if row.name == "Sex")
    return base.model_copy(update={"subgroups": groups, "n": base.n.model_copy(update={"treated": treated})})


@pytest.mark.parametrize(("unknown", "withheld"), [(0, 0), (4, 2), (10, 0)])
def test_few_people_of_no_known_level_take_the_levels_with_them(unknown: int, withheld: int) -> None:
    assert len(withheld_levels(of_people(412 + unknown))["Sex"]) == withheld


def shares(*levels: tuple[str, float]) -> list[BalanceRow]:
    return [balance("Index offence", name, (part, part), (part, part), (0.0, 0.0), "green") for name, part in levels]


@pytest.mark.parametrize(("left", "withheld"), [(0, 0), (1, 1), (9, 1), (10, 0)])
def test_few_people_outside_all_printed_levels_withhold_one(left: int, withheld: int) -> None:
    rows = shares(("theft", 0.5), ("violence", 0.5 - left / 200))
    assert len(withheld_of(rows, set(), Sizes(200, 200, 200, 200), 10)) == withheld


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((112, 50), (100, 50), False),  # 12 dropped, of whom none has it: nobody's secret is a handful
        ((105, 50), (100, 50), True),  # five are dropped
        ((130, 55), (100, 50), True),  # thirty are dropped, of whom five have it
        ((130, 75), (100, 50), True),  # thirty are dropped, of whom five have it not
        ((130, 65), (100, 50), False),  # fifteen and fifteen
    ],
)
def test_a_share_before_and_after_tells_of_those_dropped(
    before: tuple[int, int], after: tuple[int, int], told: bool
) -> None:
    base = matched()
    result = base.model_copy(
        update={
            "n": base.n.model_copy(update={"treated": after[0], "comparison": after[0]}),
            "estimand": base.estimand.model_copy(update={"treated_dropped": before[0] - after[0]}),
        }
    )
    ours = before[1] / before[0], after[1] / after[0]
    row = balance("Sex", "male", (ours[0], 0.5), (ours[1], 0.5), (0.0, 0.0), "green")
    assert before_gives_the_dropped(row, result) is told


def test_a_level_is_never_withheld_alone_however_many_it_holds() -> None:
    """Withheld for another table's sake, 30 people are enough by themselves; but the total would give them back."""
    assert widen({"b"}, {"a": [50.0], "b": [30.0], "c": [20.0]}, 10) == {"b", "c"}


@pytest.mark.parametrize(
    ("pairs", "told"), [((40, 30, 52, 60), True), ((40, 9, 52, 60), False), ((9, 30, 52, 60), False)]
)
def test_gamma_leaves_only_where_no_kind_of_pair_is_few(pairs: tuple[int, int, int, int], told: bool) -> None:
    name = matched().outcomes[0].name
    found = HiddenBias(outcome=name, gamma=1.37, gamma_sentence="1.37 times", pairs=pairs, e_value=2.0)
    cleared = propose(matched().model_copy(update={"hidden_bias": found})).hidden_bias
    assert cleared is not None and cleared.e_value is not None
    assert (cleared.gamma_sentence == "1.37 times") is told


def frequency(rate: float) -> Any:
    point = PeriodPoint(label="6 months before", after=False, treated=rate, comparison=2.0)
    about = outcome("offences", "Offences", kind="frequency", treated=mean(40, 1.0, 0.1), comparison=mean(40, 1.0, 0.1))
    return about.model_copy(update={"periods": (point,)})


@pytest.mark.parametrize(("rate", "shown"), [(0.49, 0), (0.51, 1)])
def test_half_a_year_of_forty_people_needs_ten_events(rate: float, shown: int) -> None:
    """A rate is by the year and a period half of one: 0.49 x 40 / 2 = 9.8 events, 0.51 x 40 / 2 = 10.2."""
    assert len(periods(frequency(rate), 10)) == shown
