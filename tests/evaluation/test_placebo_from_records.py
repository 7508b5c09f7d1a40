"""A partnership's placebos: counted by hand in a town of three, and held to the truth of a made-up partnership."""

import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from test_assembly_cohort import Scheme

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.doubts.placebo import placebos
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.result.doubts import Placebo
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.whole import measure_settings
from whatworks.linkage import link
from whatworks.measures.prepare import prepare
from whatworks.records import DuckDBStore, load_frames
from whatworks.records.partnership import PartnershipConfig
from whatworks.simulation import SimulationSettings, world
from whatworks.simulation.agencies.records_kept import frames
from whatworks.simulation.folder_text import partnership_text, protocol_text

NAMES = ("proven_reoffending", "frequency", "seriousness", "short_sentences", "long_sentences", "custody_nights")


@pytest.fixture
def town() -> Scheme:
    """Ann (A) joins on her release of 1 March 2022; Ben (B), released a day later, lives where there is no scheme."""
    made = Scheme()
    made.released("A", "2022-03-01")
    made.joined("A", "2022-03-01")
    made.released("B", "2022-03-02", area="E2")
    return made


def measured(town: Scheme, suffix: str = "1y", **outcomes: Any) -> dict[str, tuple[float, ...]]:
    """Return the placebos of each person, in the order of NAMES."""
    names = [f"{name}_{suffix}_before" for name in NAMES]
    asked = check_protocol(
        {
            "scheme": {"id": "S", "name": "S", "title": "S"},
            "cohort": {"index": "release", "first_index": "2022-01-01", "last_index": "2022-12-31"},
            "comparison": {"covariates": ["age"]},
            "outcomes": {"primary": f"proven_reoffending_{suffix}", "placebo": names, **outcomes},
        },
        "town.toml",
    )
    town.prepare()
    units = partnership_units(town.connection, asked, town.settings)
    who = [town.letters()[person] for person in units.people["linked_id"]]
    return dict(zip(who, units.outcomes.select(names).iter_rows(), strict=True))


def test_the_year_before_is_counted_by_the_day(town: Scheme) -> None:
    """Ann's year is 1 September 2020 to 31 August 2021, proven before 1 March 2022; all of Ben's is a day later."""
    for who in ("A", "B"):  # what they are released from: an offence of the run-in
        town.offence(who, "2021-12-01", "2022-02-10", ref=f"1{who}")
        town.sentence(who, "2022-02-10", length=20, offence_ref=f"1{who}")
    for committed, sanctioned in [
        ("2020-08-31", "2020-10-01"),  # the day before the year
        ("2020-09-01", "2020-10-01"),  # its first day: counts for A, the day before B's year
        ("2021-08-31", "2022-02-28"),  # its last day, proven on the last day: counts for both
        ("2021-08-31", "2022-03-01"),  # proven on A's index date: too late for her, in time for B, whose is a day later
        ("2021-09-01", "2021-10-01"),  # in A's run-in; the last day of B's year
        ("2021-09-02", "2021-10-01"),  # in both run-ins
        ("2021-01-01", None),  # never proven
    ]:
        for who in ("A", "B"):
            town.offence(who, committed, sanctioned)  # theft weighs 3
    town.offence("A", "2021-01-02", "2021-02-01", offence_group="breach")
    # A: 1 September 2020 and 31 August 2021, 2 offences of 3 points; B: 31 August twice and 1 September 2021
    assert measured(town) == {"A": (1, 2, 6.0, 0, 0, 0), "B": (1, 3, 9.0, 0, 0, 0)}
    town.prepare(not_counted=())
    assert measured(town)["A"][:2] == (1, 3)


def test_nobody_s_index_offence_nor_what_came_with_it_counts(town: Scheme) -> None:
    town.offence("A", "2021-05-01", "2022-02-09", ref="I1")
    town.offence("A", "2021-05-02", "2022-02-09")  # sanctioned with it
    town.sentence("A", "2022-02-09", length=20, offence_ref="I1", sentence_id="S")
    town.custody("A", "2022-02-09", "2022-03-01", sentence_id="S")
    assert measured(town)["A"] == (0, 0, 0.0, 0, 0, 0)


def test_custody_and_sentences_before_are_counted_in_full(town: Scheme) -> None:
    town.custody("A", "2020-08-30", "2020-09-05", "remand")  # nights of 1 to 4 September 2020: 4
    town.sentence("A", "2021-08-31", length=364, sentence_id="S1")
    town.sentence("A", "2021-09-01", length=364, sentence_id="S2")  # in the run-in
    town.sentence("A", "2020-09-01", length=365, sentence_id="S3")
    town.sentence("A", "2022-02-20", length=20, sentence_id="S4")  # what she is released from: the latest given
    assert measured(town)["A"] == (0, 0, 0.0, 1, 1, 4)


def test_two_years_and_another_run_in(town: Scheme) -> None:
    """24 months that end 12 before 1 March 2022: 1 March 2019 to 28 February 2021, proven before September 2021."""
    for committed, sanctioned in [
        ("2019-02-28", "2019-04-01"),
        ("2019-03-01", "2019-04-01"),
        ("2021-02-28", "2021-08-31"),
        ("2021-02-28", "2021-09-01"),
        ("2021-03-01", "2021-04-01"),
    ]:
        town.offence("A", committed, sanctioned)
    town.sentence("A", "2010-01-01")  # without any sentence in the records nobody could count them
    found = measured(town, "2y", follow_up_months=24, run_in_months=12)
    assert found["A"][:2] == (1, 2) and found["B"][:2] == (0, 0)


Ask = Callable[[list[str]], dict[str, Placebo]]


@pytest.fixture(scope="module")
def partnership() -> Iterator[Ask]:
    """A made-up partnership whose agencies refer by what the records hold: convictions, sentences, needs and age."""
    settings = SimulationSettings(effect=0.6)
    base = tomllib.loads(protocol_text(settings))
    names = [f"{name}_1y_before" for name in ("proven_reoffending", "frequency", "custody_nights")]
    base["outcomes"] |= {"others": [], "placebo": names}
    base["subgroups"] = {}
    full = base["comparison"]["covariates"]
    first = Protocol.model_validate(base)
    known = measure_settings(first, PartnershipConfig.model_validate(tomllib.loads(partnership_text(settings))))
    with DuckDBStore(None) as store:
        load_frames(store, frames(world(12_000, 5, settings)), as_at=settings.as_at)
        link(store)
        prepare(store, known)

        def ask(covariates: list[str]) -> dict[str, Placebo]:
            asked = Protocol.model_validate(
                {**base, "comparison": {**base["comparison"], "covariates": covariates or full}}
            )
            units = partnership_units(store, asked, known)
            return {one.name: one for one in placebos(Analysis(asked, units, match_sample(asked, units)))}

        yield ask


def test_matched_on_what_decides_referral_the_groups_are_alike_before(partnership: Ask) -> None:
    """The scheme cuts reoffending by two fifths, and nothing that lies before it: the true difference is zero."""
    found = partnership([])
    for one in found.values():
        assert one.ci_low is not None and one.ci_high is not None
        assert one.ci_low < 0 < one.ci_high, one.name
        assert one.differs is False and one.treated.n > 300
    frequency = found["frequency_1y_before"]
    assert frequency.matched_on == ("Previous sanctions", "Offences in the two years before")
    assert "(Previous sanctions and Offences in the two years before)" in frequency.weakness
    assert "ended 6 months before the index date" in frequency.window


def test_matched_on_age_alone_those_referred_had_offended_more(partnership: Ask) -> None:
    """People with more convictions are likelier to be referred; age does not tell of them, so the placebo does."""
    found = partnership(["age"])
    frequency = found["frequency_1y_before"]
    assert frequency.ci_low is not None and frequency.ci_low > 0
    assert frequency.differs is True and frequency.matched_on == () and frequency.weakness == ""
    assert "the scheme would look worse than it is" in frequency.sentence
