"""Nothing that is withheld can be worked out from all the files of one paper together."""

import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.attacker import Attacker
from papers.reading import texts
from papers.results import ALL
from papers.small_result import small
from whatworks.evaluation.doubts.caveats import still_differ
from whatworks.evaluation.result import AttritionStep, Counts, GroupResult, Result
from whatworks.papers import build, publish
from whatworks.papers.disclosure.nested import Nested, below_threshold, widen
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.writing import summary

TRUTH: dict[str, tuple[dict[str, float], int]] = {
    "treated left after joining": ({"treated_1": 1}, 110),
    "treated lost in joining": ({"treated_0": 1, "treated_1": -1}, 3),
    "treated under 18": ({"treated_2": 1, "treated_3": -1}, 9),
    "treated without a comparison": ({"treated_3": 1, "treated_4": -1}, 5),
    "comparison under 18": ({"comparison_2": 1, "comparison_3": -1}, 4),
    "rows quarantined": ({"rows_quarantined": 1}, 6),
    "reoffenders": ({"proven_reoffending_1y_treated_events": 1}, 7),
    "people timed to their first reoffence": ({"days_to_first_1y_treated_n": 1}, 7),
    "offenders in the year before": ({"proven_reoffending_1y_before_treated_events": 1}, 4),
    "placebo not known": ({"treated_4": 1, "short_sentences_1y_before_treated_n": -1}, 2),
    "people with nights in custody before": ({"custody_nights_1y_before_treated_events": 1}, 8),
    "outcome not known": ({"treated_4": 1, "reconvicted_1y_treated_n": -1}, 3),
    "women": ({"Sex_female_treated_n": 1}, 3),
    "women who reoffended": ({"Sex_female_treated_events": 1}, 1),
    "aged 18-24 who reoffended": ({"Age_18-24_treated_events": 1}, 2),
    "robbers": ({"share_Index offence_robbery_treated": 1}, 3),
    "robbers among comparisons": ({"share_Index offence_robbery_comparison_after": 1}, 5),
}
"""Every small count of the made-up result, as a sum of counts, with its true value."""


def published(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = summary(publish(result))
    return found


@pytest.mark.parametrize("cell", TRUTH)
def test_a_solver_cannot_narrow_a_small_count_below_fewer_than_ten(cell: str) -> None:
    terms, truth = TRUTH[cell]
    low, high = Attacker(published(small())).range(**terms)
    assert low <= truth <= high, "the attacker's model is wrong"
    assert high - low >= 8, f"{cell}: between {low} and {high}"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("treated lost in joining", ("attrition", 1, "treated", 110, "attrition", 3, "treated_lost", 14)),
        ("treated without a comparison", ("attrition", 2, "treated", 101, "attrition", 3, "treated_lost", 5)),
        ("robbers", ("balance", 5, "treated", 16.6667, "balance", 5, "share", True)),
        ("offenders in the year before", ("placebos", 0, "treated.value", 4.1667, "placebos", 0, "withheld", False)),
        ("placebo not known", ("placebos", 1, "treated.n", 94, "placebos", 1, "withheld", False)),
        ("women", ("subgroups", 1, "treated.n", 93, "subgroups", 1, "withheld", False)),
    ],
)
def test_the_solver_does_find_a_count_once_what_guards_it_is_shown(cell: str, shown: tuple[Any, ...]) -> None:
    printed = published(small())
    for table, row, path, value in (shown[:4], shown[4:]):
        *above, last = path.split(".")
        place = printed[table][row]
        for step in above:
            place = place[step]
        place[last] = value
    terms, truth = TRUTH[cell]
    low, high = Attacker(printed).range(**terms)
    assert low <= truth <= high
    assert high - low < 4


def test_no_file_prints_a_number_that_the_cleared_result_does_not_hold() -> None:
    for name, result in ALL.items():
        held = numbers(json.dumps(published(result())))
        for form, words in texts(result()).items():
            found = numbers(words) - held - VOCABULARY
            assert not found, f"{name}, {form}: {sorted(found)}"


VOCABULARY = {Decimal(n) for n in (0, 1, 2, 3, 5, 7, 8, 9, 10, 16, 18, 80, 95, 100, 256)} | {Decimal("0.05")}
"""Numbers in the papers' own wording: per cent, 95% intervals, SHA-256 and the like."""


def numbers(words: str) -> set[Decimal]:
    """Return the numbers printed, hashes, dates and the numbers of paragraphs, tables and figures left out."""
    words = re.sub(r"\b(?=\w*\d)(?=\w*[a-f])[0-9a-f]{12,}\b|\b\d{16,}\b", " ", words)
    words = words.replace("\u2212", "-").replace(",", "")
    found = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])", words)
    return {Decimal(number) for number in found}


def people_of(low: float, high: float, place: int) -> set[int]:
    """Return the numbers of people, of 96, for whom some Wald interval of a share prints as `low` to `high`."""
    z = 1.959963984540054
    found = set()
    for n in range(76, 97):
        for events in range(n + 1):
            half = z * (events / n * (1 - events / n) / n) ** 0.5
            ends = [(events / n - half) * 100, (events / n + half) * 100]
            if all(abs(end - told) <= 0.5 * 10**-place for end, told in zip(ends, (low, high), strict=True)):
                found.add(n)
    return found


def test_the_width_of_an_interval_does_not_tell_a_number_of_people_that_is_withheld() -> None:
    # The outcome of 18 of 93 is 19.4%, interval 11.3 to 27.4: printed so, it leaves 93 of the 96 people and no other.
    assert people_of(11.3, 27.4, 1) == {93}
    outcome = next(one for one in published(small())["outcomes"] if one["name"] == "reconvicted_1y")
    assert outcome["treated"] == {"n": "c", "value": 19, "ci_low": "c", "ci_high": "c"}
    assert all(isinstance(outcome["effect"][end], int) for end in ("difference", "ci_low", "ci_high"))
    assert outcome["n_needed"] is None


def test_outcomes_not_known_do_not_tell_how_few_were_lost_otherwise() -> None:
    # 121 submitted, 96 analysed, 25 lost in all; 19 not known would leave 6 for every other step together.
    base = small()
    first = base.attrition[0].model_copy(update={"treated": 121})
    charged = base.outcomes[1]
    assert charged.bounds
    known = charged.model_copy(update={"bounds": charged.bounds.model_copy(update={"not_known_treated": 19})})
    result = base.model_copy(update={"attrition": (first, *base.attrition[1:]), "outcomes": (known,)})
    bounds = publish(result).outcomes[0].bounds
    assert bounds
    assert (bounds.not_known_treated, bounds.low) == ("c", "c")
    all_lost = known.model_copy(update={"bounds": charged.bounds.model_copy(update={"not_known_treated": 25})})
    bounds = publish(result.model_copy(update={"outcomes": (all_lost,)})).outcomes[0].bounds
    assert bounds
    assert bounds.not_known_treated == 25


def test_small_counts_in_free_text_are_not_let_through() -> None:
    result = small().model_copy(update={"warnings": ("4 people had no comparison.", "All 96 people were adults.")})
    assert publish(result).warnings == ("fewer than 10 people had no comparison.", "All 96 people were adults.")


def test_a_rate_is_withheld_when_it_times_the_people_is_under_ten_on_either_side() -> None:
    def group(events: int, n: int) -> GroupResult:
        return GroupResult(n=n, events=events, value=events / n, ci_low=None, ci_high=None)

    assert [below_threshold(group(events, 100), "yes_no", 10) for events in (0, 9, 10, 90, 91, 100)] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    days = GroupResult(n=29, events=None, value=80.0, ci_low=None, ci_high=None)
    assert below_threshold(days, "days", 10)
    assert not below_threshold(days.model_copy(update={"n": 30}), "days", 10)


def test_withheld_outcomes_show_nothing_but_people() -> None:
    outcome = published(small())["outcomes"][0]
    assert outcome["withheld"]
    assert outcome["verdict"] == "c"
    assert outcome["sentence"] == ""
    assert [outcome["effect"]["p"], outcome["p_adjusted"], outcome["ruled_out"]] == [None, None, None]
    assert outcome["treated"] == {"n": 96, "value": "c", "ci_low": "c", "ci_high": "c"}
    assert outcome["bounds"]["low"] == "c"
    assert published(small())["sensitivity"][0]["difference"] == "c"


def test_a_placebo_of_few_people_shows_nothing_but_that_it_is_withheld() -> None:
    few, _, nights = published(small())["placebos"]
    for one in (few, nights):
        assert one["withheld"] and one["differs"] is None and one["p"] is None and one["note"] == ""
        assert {one[name] for name in ("difference", "ci_low", "ci_high", "smallest_detectable")} == {"c"}
        assert one["treated"] == {"n": 96, "value": "c", "ci_low": "c", "ci_high": "c"}
    caveats = json.dumps(
        [block.items for block in build(publish(small())).sections[-3].blocks if hasattr(block, "items")]
    )
    assert "cannot have changed" not in caveats


def test_a_placebo_not_known_of_two_people_is_printed_no_finer_than_an_outcome() -> None:
    # 25 of 94 is 26.6%, interval 17.7 to 35.5; 94 lies within ten of the 96 analysed, so neither may leave.
    one = published(small())["placebos"][1]
    assert one["treated"] == {"n": "c", "value": 27, "ci_low": "c", "ci_high": "c"}
    assert all(isinstance(one[end], int) for end in ("difference", "ci_low", "ci_high"))
    assert one["smallest_detectable"] == "c"


def test_a_search_that_ended_at_a_handful_names_neither_them_nor_a_figure() -> None:
    base = small()
    shown = base.model_copy(update={"outcomes": base.outcomes[1:2]})
    primary = shown.outcomes[0].model_copy(update={"primary": True})
    for result in (base, shown.model_copy(update={"outcomes": (primary,)})):
        search = published(result)["search"]
        assert search["withheld"] and search["kind"] == "c" and search["found"] is None and search["p"] is None
        assert {search[name] for name in ("people", "others", "sets", "effect", "difference", "smallest")} == {"c"}
        assert "robbery" not in search["sentence"] and search["agree"] is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(2, 20))
def test_any_two_shown_counts_of_a_trail_are_equal_or_far_enough_apart(counts: list[int], minimum: int) -> None:
    trail = Nested(minimum)
    shown = [count for count in (trail.publish(count) for count in counts) if count != "c"]
    assert all(count == 0 or count >= minimum for count in shown)
    assert all(a == b or abs(a - b) >= minimum for a in shown for b in shown)


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.tuples(st.integers(0, 60), st.integers(0, 60)),
                    min_size=1, max_size=7),
)  # fmt: skip
def test_hidden_parts_of_a_total_are_two_or_all_and_hold_enough_people(parts: dict[str, tuple[int, int]]) -> None:
    sizes = {name: [float(a), float(b)] for name, (a, b) in parts.items()}
    small_parts = {name for name, counts in parts.items() if any(0 < count < 10 for count in counts)}
    hidden = widen(small_parts, sizes, 10)
    assert small_parts <= hidden
    if hidden and hidden != set(parts):
        assert len(hidden) >= 2
        for at in (0, 1):
            total = sum(parts[name][at] for name in hidden)
            assert total == 0 or total >= 10


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(60, 300))
def test_no_trail_of_losses_lets_a_small_loss_be_subtracted(losses: list[int], analysed: int) -> None:
    counts = [analysed]
    for loss in losses:
        counts.insert(0, counts[0] + loss)
    base = small()
    result = base.model_copy(
        update={
            "attrition": tuple(
                AttritionStep(step=str(at), reason=None, treated=count, comparison=None)
                for at, count in enumerate(counts)
            ),
            "n": Counts(treated=analysed, comparison=analysed, comparison_pool=analysed, effective_comparison=analysed),
            "estimand": base.estimand.model_copy(update={"treated_dropped": losses[-1]}),
        }
    )
    trail = propose(result).attrition
    shown = [step.treated for step in trail if step.treated != "c"]
    steps = [before - after for before, after in pairwise(shown)]
    assert all(step == 0 or step >= 10 for step in steps)
    assert [step.treated_lost for step in trail if step.treated != "c"][1:] == steps
    assert not any(step.treated == "c" for step in trail[1:-1]), "a line that shows nothing"
    assert [name for step in trail for name in (*step.withheld_steps, step.step)] == [
        str(at) for at in range(len(counts))
    ]
    dropped = propose(result).estimand.treated_dropped
    assert dropped == "c" or dropped == 0 or dropped >= 10


def test_a_warning_names_nothing_that_its_withheld_row_does_not_show() -> None:
    base = small()
    rows = tuple(row.model_copy(update={"band": "red"}) for row in base.balance)
    told = still_differ([row.covariate for row in rows])
    release = publish(base.model_copy(update={"balance": rows, "warnings": (told, "Another.")}))
    shown = {row.covariate for row in release.balance if row.band == "red"}
    withheld = {row.covariate for row in release.balance if row.band == "c"} - shown
    assert withheld and shown
    assert release.warnings[1] == "Another." and "a covariate whose row is withheld (red band)" in release.warnings[0]
    assert all(name in release.warnings[0] for name in shown)
    assert not any(name in release.warnings[0] for name in withheld)
