"""Who is treated, who may be a comparison, and where people are lost, in a town of a handful written by hand."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from measures.town import Town
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.studied.cohort import Cohort, find_cohort
from whatworks.records.refusal import Refused


def protocol(**cohort: Any) -> Protocol:
    comparison = cohort.pop("comparison", {})
    return check_protocol(
        {
            "scheme": {"id": "S", "name": "S", "title": "S"},
            "cohort": {"index": "release", "first_index": "2022-01-01", "last_index": "2022-12-31", **cohort},
            "comparison": {"covariates": ["age"], **comparison},
        },
        "town.toml",
    )


class Scheme(Town):
    """A town with a scheme in borough E1; E2 has none."""

    def __init__(self) -> None:
        super().__init__()
        for area in ("E1", "E2"):
            self.add("area", organisation_id="council", area_code=area, vintage="2021", kind="borough")
        self.add("scheme", organisation_id="probation", scheme_id="S", name="S", from_date="2021-01-01")
        self.add("scheme_area", organisation_id="probation", scheme_id="S", area_code="E1", area_vintage="2021")

    def released(self, who: str, *days: str, area: str | None = "E1", born: str = "1990-01-01", **person: Any) -> None:
        self.person(who, date_of_birth=born, sex="male", **person)
        if area:
            self.record(
                "address", "council", who, area_code=area, area_vintage="2021", from_date="2015-01-01",
                recorded_on="2015-01-01",
            )  # fmt: skip
        for day in days:
            self.custody(who, str(date.fromisoformat(day) - timedelta(days=20)), day)

    def joined(self, who: str, referred: str | None, started: str | None = None, **more: Any) -> None:
        self.add(
            "participation", organisation_id="probation", participation_id=f"p{self.number['participation']}",
            person_id=f"pr-{who}", scheme_id="S", referred_on=referred, started_on=started, **more,
        )  # fmt: skip

    def found(self, **settings: Any) -> Cohort:
        self.prepare()
        return find_cohort(self.connection, protocol(**settings), self.settings)


def who(town: Town, cohort: Cohort, treated: bool) -> dict[str, str]:
    rows = cohort.people.filter(pl.col("treated") == treated).sort("linked_id")
    letters = town.letters()
    return {letters[row["linked_id"]]: str(row["index_date"]) for row in rows.to_dicts()}


@pytest.fixture
def town() -> Scheme:
    """A joins on release; B lives elsewhere, C in the scheme's borough without joining, D at no known address."""
    made = Scheme()
    made.released("A", "2022-03-01")
    made.joined("A", "2022-03-01")
    made.released("B", "2022-03-02", area="E2")
    made.released("C", "2022-03-03")
    made.released("D", "2022-03-04", area=None)
    return made


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [("other_areas", {"B"}), ("same_areas", {"C"}), ("anyone_else", {"B", "C", "D"})],
)
def test_who_may_be_a_comparison(town: Scheme, comparison: str, expected: set[str]) -> None:
    cohort = town.found(comparison={"who": comparison})
    assert set(who(town, cohort, True)) == {"A"} and set(who(town, cohort, False)) == expected


def test_a_trial_compares_with_those_eligible_and_not_referred(town: Scheme) -> None:
    town.joined("C", None, eligible_on="2022-03-03")
    cohort = town.found(comparison={"who": "eligible", "method": "none"})
    assert (set(who(town, cohort, True)), set(who(town, cohort, False))) == ({"A"}, {"C"})


def test_the_first_event_in_the_window_counts_for_both_groups(town: Scheme) -> None:
    town.released("E", "2021-12-31", "2022-05-01", "2022-09-01", area="E2")
    town.released("F", "2022-02-01", "2022-10-01")
    town.joined("F", "2022-10-01")  # joined after the second event: not treated at the first
    cohort = town.found(comparison={"who": "anyone_else"})
    assert who(town, cohort, False)["E"] == "2022-05-01"
    assert who(town, cohort, False)["F"] == "2022-02-01"  # nobody is excluded as a comparison for joining later
    assert "F" not in who(town, cohort, True)


def test_who_never_started_or_was_lost_stays_in(town: Scheme) -> None:
    town.released("E", "2022-04-01")
    town.joined("E", "2022-03-20", None, ended_on="2022-05-01", end_reason="lost_contact")
    assert who(town, town.found(), True) == {"A": "2022-03-01", "E": "2022-04-01"}


def test_a_participation_that_ended_before_the_event_belongs_to_another(town: Scheme) -> None:
    town.released("E", "2022-11-01")
    town.joined("E", "2022-01-05", ended_on="2022-06-01")
    cohort = town.found(comparison={"who": "anyone_else"})
    assert "E" not in who(town, cohort, True) and "E" not in who(
        town, cohort, False
    )  # in the scheme before: in neither group


def test_joining_after_the_event_needs_leave(town: Scheme) -> None:
    town.released("E", "2022-04-01")
    town.joined("E", "2022-04-11")
    assert set(who(town, town.found(), True)) == {"A"}
    assert set(who(town, town.found(joined_within_days=9), True)) == {"A"}
    assert set(who(town, town.found(joined_within_days=10), True)) == {"A", "E"}


def test_age_and_exclusions_hold_for_both_groups_and_look_at_the_next_event(town: Scheme) -> None:
    town.released("E", "2022-02-01", "2022-08-01", area="E2", born="2004-05-01")  # 17, then 18
    town.released("F", "2022-02-01", area="E2", born="2008-01-01")
    cohort = town.found()
    assert who(town, cohort, False) == {"B": "2022-03-02", "E": "2022-08-01"}


def test_an_exclusion_that_leaves_nobody_says_where_they_went(town: Scheme) -> None:
    with pytest.raises(Refused, match=r"no treated people are left \(.*in the window: 0"):
        town.found(exclusions=["men"])


def test_kind_and_quarter_are_always_matched_exactly(town: Scheme) -> None:
    cohort = town.found()
    assert cohort.strata == ("kind", "quarter")
    assert cohort.people["quarter"].to_list() == ["2022Q1", "2022Q1"]


def test_the_trail_counts_everyone_submitted(town: Scheme) -> None:
    town.released("E", "2022-04-01", agencies=("prison", "probation"))  # the police do not know them
    town.joined("E", "2022-04-01")
    town.released("F", "2020-04-01")
    town.joined("F", "2020-04-01")
    steps = [(step.step.split(",")[0], step.treated, step.comparison) for step in town.found().trail.steps]
    assert steps == [
        ("Submitted by the scheme", 3, None),
        ("Linked to the conviction record", 2, None),
        ("Eligible", 1, None),
        ("Joined by their index event", 1, None),
        ("With the people who may be comparisons", 1, 1),
    ]
    assert town.found().not_linked == 1


def test_from_the_start_those_in_custody_or_already_reoffending_are_left_out_of_both_groups() -> None:
    town = Scheme()
    for name in "ABCD":
        town.released(name, "2022-03-01")
        town.joined(name, None, "2022-03-11")
    town.offence("B", "2022-03-05", "2022-04-05")
    town.custody("C", "2022-03-08", "2022-03-20")
    town.offence("D", "2022-03-11", "2022-04-05")  # on the day itself: after the start
    for name in "EFGH":
        town.released(name, "2022-03-02", area="E2")
    town.offence("F", "2022-03-05", "2022-04-05")
    town.custody("G", "2022-03-08", "2022-03-20")
    town.joined("H", None, "2022-03-06")  # in the scheme before the day that is drawn: treated, no comparison
    cohort = town.found(clock="scheme_start")
    assert who(town, cohort, True) == {"A": "2022-03-11", "D": "2022-03-11", "H": "2022-03-06"}
    drawn = who(town, cohort, False)
    assert "F" not in drawn and "G" not in drawn and drawn["E"] in {"2022-03-12", "2022-03-06"}
    assert cohort.covariates.columns[-1] == "days_waited"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scheme": "T"}, 'scheme.id "T": is not a scheme in the records; did you mean "S"?'),
        ({"who": "other_areas", "no_areas": True}, "the records hold none for S"),
    ],
)
def test_what_the_records_do_not_hold_is_refused(town: Scheme, change: dict[str, Any], said: str) -> None:
    if change.get("no_areas"):
        town.connection.change("DELETE FROM scheme_area")
    town.prepare()
    asked = protocol()
    if "scheme" in change:
        asked = asked.model_copy(update={"scheme": asked.scheme.model_copy(update={"id": change["scheme"]})})
    with pytest.raises(Refused) as refused:
        find_cohort(town.connection, asked, town.settings)
    assert said in str(refused.value)
