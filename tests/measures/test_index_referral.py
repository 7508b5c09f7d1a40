"""The offence that brought a person to a scheme is no reoffence, and only where follow-up starts with that scheme."""

import polars as pl
import pytest

from measures.town import Town

START = "2020-01-15"


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("participation_start", 1),  # two offences on or after the start, one of them led to the referral
        (None, 1),  # the day of the start is enough
        ("release", 2),  # follow-up starts with a release: the referral is no part of it
    ],
)
def test_the_offence_of_the_referral(town: Town, kind: str | None, counted: int) -> None:
    town.person("ann")
    town.record("offence", "police", "ann", offence_ref="A1", committed_from="2020-01-15", charged_on="2020-01-16")
    town.record("offence", "police", "ann", offence_ref="B1", committed_from="2020-02-01", charged_on="2020-02-02")
    town.add("scheme", organisation_id="probation", scheme_id="S", name="Scheme", from_date="2019-01-01")
    town.add(
        "participation",
        organisation_id="probation",
        participation_id="1",
        person_id="pr-ann",
        scheme_id="S",
        offence_ref="A1",
        started_on=START,
    )
    assert town.outcomes({"ann": START}, kind)["ann"]["charges_1y"] == counted


@pytest.mark.parametrize(("kind", "counted"), [("participation_start", 0), ("release", 1)])
def test_the_offence_of_the_referral_in_the_period_after(town: Town, kind: str, counted: int) -> None:
    town.person("ann")
    town.offence("ann", "2020-01-15", "2020-03-01", ref="A1")
    town.add("scheme", organisation_id="probation", scheme_id="S", name="Scheme", from_date="2019-01-01")
    town.add(
        "participation",
        organisation_id="probation",
        participation_id="1",
        person_id="pr-ann",
        scheme_id="S",
        offence_ref="A1",
        started_on=START,
    )
    after = town.periods({"ann": START}, kind, before=1, after=1).filter(pl.col("period") == 1)
    assert after["frequency"].to_list() == [counted]
