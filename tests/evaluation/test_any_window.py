"""A protocol may ask for any number of months; names of whole years are those that were always published."""

import pytest

from measures.town import Town
from whatworks.evaluation.question.outcome_register import MEASURES, outcome_named, outcome_names, outcome_specs
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.placebo_register import placebo_named, placebo_names, placebo_specs
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.measures import measure_outcomes
from whatworks.measures.derivation import Query
from whatworks.records.refusal import Refused

PUBLISHED = [
    "proven_reoffending",
    "frequency",
    "reconvicted",
    "charged",
    "charges",
    "days_to_first",
    "days_free",
    "seriousness",
    "seriousness_among_reoffenders",
    "breaches_per_month",
    "appointments_kept_share",
    "short_sentences",
    "long_sentences",
    "custody_nights",
    "custody_for_reoffending",
    "custody_frequency",
    "first_reoffence_indictable",
    "first_reoffence_either_way",
    "first_reoffence_summary",
    "indictable_reoffences",
    "either_way_reoffences",
    "summary_reoffences",
]
"""As published when there were one and two years only."""
PLACEBOS = ["proven_reoffending", "frequency", "seriousness", "short_sentences", "long_sentences", "custody_nights"]


def protocol(**outcomes: object) -> Protocol:
    return check_protocol(
        {"scheme": {"id": "s", "name": "s", "title": "s"}, "comparison": {"covariates": ["age"]}, "outcomes": outcomes},
        "made-up.toml",
    )


@pytest.mark.parametrize(("months", "suffix"), [(12, "1y"), (24, "2y"), (6, "6m"), (18, "18m"), (36, "3y"), (9, "9m")])
def test_names_of_years_are_the_published_ones_and_others_say_their_months(months: int, suffix: str) -> None:
    names = [name for name in outcome_names(months) if not name.startswith("needs_")]
    assert names == [f"{stem}_{suffix}" for stem in PUBLISHED]
    assert placebo_names(months) == [f"{stem}_{suffix}_before" for stem in PLACEBOS]
    for name in names:
        assert (outcome_named(name).name, outcome_named(name).months) == (name, months)
    for name in placebo_names(months):
        assert (placebo_named(name).name, placebo_named(name).months) == (name, months)


@pytest.mark.parametrize(
    ("months", "window", "before"),
    [
        (12, "committed within one year of the index date and proven within 18 months of it", "in the year before"),
        (24, "committed within two years of the index date and proven within 30 months of it",
             "in the two years before"),
        (18, "committed within 18 months of the index date and proven within 24 months of it",
             "in the 18 months before"),
        (6, "committed within 6 months of the index date and proven within 12 months of it", "in the 6 months before"),
    ],
)  # fmt: skip
def test_a_window_says_its_own_months(months: int, window: str, before: str) -> None:
    asked = protocol(primary=f"frequency_{'1y' if months == 12 else '2y' if months == 24 else f'{months}m'}",
                     placebo=[placebo_names(months)[0]], follow_up_months=months)  # fmt: skip
    assert outcome_specs(asked)[0].window == window
    assert placebo_specs(asked)[0].label == f"Proven offending {before}"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("frequency_24m", "did you mean frequency_2y?"),
        ("frequency_018m", "did you mean frequency_18m?"),
        ("frequency_18", "did you mean frequency_18m?"),
        ("frequenci_18m", "did you mean frequency_18m?"),
        ("frequency_6m", "needs follow_up_months = 6, not 18"),
    ],
)
def test_a_window_written_otherwise_is_refused_with_its_name(name: str, remedy: str) -> None:
    months = 24 if "24" in name else 18
    with pytest.raises(Refused) as refused:
        outcome_specs(protocol(primary=name, follow_up_months=months))
    assert remedy in str(refused.value)


@pytest.mark.parametrize("months", [0, -6, 121, 12.5, "a year"])
def test_months_that_are_no_window_are_refused(months: object) -> None:
    with pytest.raises(Refused, match=r"outcomes\.follow_up_months"):
        protocol(follow_up_months=months)


def test_a_measure_from_outside_is_one_declaration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cautions within six months and one after: a protocol names it over any window, and it is counted."""
    counted = "SELECT w.unit, w.span, COUNT(*) AS cautions FROM measure_window AS w JOIN cohort_offence AS o "
    counted += "ON o.linked_id = w.linked_id AND o.cautioned_on >= w.starts AND o.cautioned_on < w.ends GROUP BY 1, 2"
    spec = OutcomeSpec("cautions", "Cautions per person", "frequency", "cautions per person",
                       window="within {length} of the index date", counted_by=Query("cautions", counted))  # fmt: skip
    monkeypatch.setitem(MEASURES, "cautions", spec)
    [asked] = outcome_specs(protocol(primary="cautions_6m", follow_up_months=6))
    assert (asked.name, asked.window) == ("cautions_6m", "within 6 months of the index date")
    town = Town()
    town.person("ann")
    for on in ("2021-02-01", "2021-05-31", "2021-08-01"):
        town.offence("ann", on, on, sanction="caution")
    town.prepare()
    found = measure_outcomes(
        town.connection, town.cohort({"ann": "2021-01-31"}, "release"), windows=[6, 24], settings=town.settings,
        queries=[asked.counted_by],
    )  # fmt: skip
    assert found.select("cautions_6m", "cautions_2y").row(0) == (2, 3)
