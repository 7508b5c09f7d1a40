"""The covariates of a handful of made-up people, worked by hand."""

import math

import polars as pl
import pytest

from whatworks.measures import COVARIATES, profile
from whatworks.records.refusal import Refused
from whatworks.records.tables.agency_tables import PATHWAYS

INDEX = "2020-03-01"


def test_the_register_and_the_frame_agree(town) -> None:
    town.person("ann")
    town.prepare()
    frame = profile(town.connection, town.cohort({"ann": INDEX}), town.settings)
    assert frame.columns == ["unit", *COVARIATES]
    assert all(one.name == name for name, one in COVARIATES.items())


def test_ages_are_completed_years(town) -> None:
    born = {"eve": "2000-03-02", "day": "2000-03-01", "leap": "2000-02-29", "nobody": None}
    for who, on in born.items():
        town.person(who, date_of_birth=on)
    found = town.profiles(dict.fromkeys(born, INDEX), "release")
    assert [row["age"] for row in found.values()] == [19, 20, 20, None]
    # born on 29 February: not yet 21 on 28 February 2021, but on 1 March
    assert town.profiles({"leap": "2021-02-28"})["leap"]["age"] == 20
    assert town.profiles({"leap": "2021-03-01"})["leap"]["age"] == 21


def test_a_history_worked_by_hand(town) -> None:
    town.person("ann", date_of_birth="1990-01-01", sex="female", ethnicity="A")
    town.offence("ann", "2008-05-01", "2008-06-01", sanction="reprimand")  # first sanction, aged 18
    town.offence("ann", "2012-05-01", "2012-06-01")  # two offences of one court day are one sanction
    town.offence("ann", "2012-05-02", "2012-06-01")
    town.offence("ann", "2018-05-01", None)  # never sanctioned; committed within 24 months before 1 March 2020
    town.offence("ann", "2018-02-28", "2018-12-01")  # a sanction; committed a day too early for the 24 months
    town.offence("ann", "2019-02-01", "2019-07-01", ref="I", offence_group="criminal_damage")
    town.sentence("ann", "2012-06-01", "fine", None)
    town.sentence("ann", "2019-07-01", length=488, offence_ref="I", sentence_id="S")
    town.custody("ann", "2012-02-01", "2012-03-01", "remand")  # a previous stay, more than two years ago
    town.custody("ann", "2018-02-25", "2018-03-04", "remand")  # 1 to 3 March 2018 lie within: 3 nights
    town.custody("ann", "2019-07-01", INDEX, sentence_id="S")  # 1 July 2019 to 29 February 2020: 244 nights
    town.custody("ann", "2019-06-01", "2019-07-01", "remand")  # June 2019: 30 nights, one stay with the sentence
    ann = town.profiles({"ann": INDEX}, "release")["ann"]
    assert (ann["age"], ann["sex"], ann["ethnicity"], ann["age_first_sanction"]) == (30, "female", "A", 18)
    # sanction days: June 2008, June 2012, December 2018, and the index offence's own, which is left out
    assert ann["previous_sanctions"] == 3
    assert ann["previous_offences_2y"] == 2
    assert ann["previous_custody_spells"] == 2
    assert ann["custodial_sentences"] == 1
    assert ann["nights_in_custody_before_2y"] == 3 + 30 + 244
    assert (ann["index_offence_group"], ann["sentence_length_days"]) == ("criminal_damage", 488)
    # at conviction (1 July 2019) she was 29: ln((1 + 3) / (10 + 29 - 18))
    assert ann["copas"] == pytest.approx(math.log(4 / 21))
    # Z = female 30-34 + repeat + 1.251124464 Copas + criminal damage
    z = -1.129127959 + 0.463062792 + 1.251124464 * math.log(4 / 21) + 0.204960477
    assert ann["ogrs3_1y"] == pytest.approx(1 / (1 + math.exp(-(z + 1.402562384))), abs=1e-12)
    assert ann["ogrs3_2y"] == pytest.approx(1 / (1 + math.exp(-(z + 2.121705678))), abs=1e-12)


def test_what_is_not_known_is_not_zero(town) -> None:
    town.person("ann", agencies=("prison",))
    town.person("ben", agencies=("police", "prison"))
    found = town.profiles({"ann": INDEX, "ben": INDEX}, "release")
    assert found["ann"]["previous_sanctions"] is None
    assert found["ann"]["ogrs3_1y"] is None
    assert (found["ben"]["previous_sanctions"], found["ben"]["previous_offences_2y"]) == (0, 0)
    for row in found.values():
        assert [row[name] for name in ("need_count", "need_health", "borough", "index_offence_group")] == [None] * 4
        assert (row["sex"], row["ethnicity"], row["age"]) == (None, None, None)
        assert (row["breaches_before"], row["previous_custody_spells"]) == (0, 0)


def test_the_index_offence_of_a_caution_and_of_an_order(town) -> None:
    for who in ("cautioned", "ordered"):
        town.person(who, date_of_birth="1990-01-01", sex="male")
        town.offence(who, "2015-01-01", "2015-06-01", offence_group="robbery")
        town.sentence(who, "2015-06-01", length=700)
    town.offence("cautioned", INDEX, INDEX, sanction="caution", offence_group="handling")
    town.offence("ordered", "2020-01-01", INDEX, ref="O", offence_group="burglary_other")
    town.sentence("ordered", INDEX, "community", 360, offence_ref="O")
    cautioned = town.profiles({"cautioned": INDEX}, "caution")["cautioned"]
    ordered = town.profiles({"ordered": INDEX}, "order_start")["ordered"]
    assert (cautioned["index_offence_group"], cautioned["sentence_length_days"]) == ("handling", 0)
    assert (ordered["index_offence_group"], ordered["sentence_length_days"]) == ("burglary_other", 360)
    assert cautioned["previous_sanctions"] == ordered["previous_sanctions"] == 1


def test_needs_last_assessed(town) -> None:
    town.person("ann")
    for pathway, on, level in [
        ("health", "2019-01-01", "high"),
        ("health", "2019-06-01", "low"),
        ("drugs_alcohol", "2019-01-01", "medium"),
        ("accommodation", "2019-01-01", "high"),
        ("children_families", INDEX, "none"),
    ]:
        town.record("need", "probation", "ann", pathway=pathway, assessed_on=on, level=level)
    town.record("need", "council", "ann", pathway="accommodation", assessed_on="2019-01-01", level="low")
    ann = town.profiles({"ann": INDEX}, "release")["ann"]
    levels = {pathway: ann[f"need_{pathway}"] for pathway in PATHWAYS if ann[f"need_{pathway}"] is not None}
    # of two agencies on one day the first in alphabetical order is taken, unless another is preferred
    assert levels == {"health": 1, "drugs_alcohol": 2, "accommodation": 1, "children_families": 0}
    assert ann["need_count"] == 1
    town.prepare(preferences={"need": ("probation",)})
    ann = town.profiles({"ann": INDEX}, "release")["ann"]
    assert (ann["need_accommodation"], ann["need_count"]) == (3, 2)


def test_where_agencies_disagree_the_order_of_preference_decides_and_it_is_counted(town) -> None:
    for who, police, prison in [
        ("ann", {"sex": "female", "date_of_birth": "1990-01-01"}, {"sex": "male", "date_of_birth": "1980-01-01"}),
        ("ben", {"sex": "male", "date_of_birth": "1990-01-01"}, {"sex": "male", "date_of_birth": "1990-01-01"}),
        ("cat", {"sex": "unknown", "ethnicity": "A"}, {"sex": "female", "ethnicity": None}),
    ]:
        town.person(who, agencies=("police",), **police)
        town.person(who, agencies=("prison",), **prison)
    people = dict.fromkeys(("ann", "ben", "cat"), INDEX)
    assert town.prepare().disagreements == {"date_of_birth": 1, "ethnicity": 0, "sex": 1}
    found = town.profiles(people, "release")
    assert [row["sex"] for row in found.values()] == ["female", "male", "female"]
    assert found["cat"]["ethnicity"] == "A"
    town.prepare(preferences={"sex": ("prison", "police")})
    found = town.profiles(people, "release")
    assert (found["ann"]["sex"], found["ann"]["age"]) == ("male", 30)  # the police's date of birth still stands


def test_a_preference_for_a_field_without_one_is_refused(town) -> None:
    town.person("ann")
    with pytest.raises(Refused, match="surname"):
        town.prepare(preferences={"surname": ("police",)})


def test_a_conviction_record_that_holds_nobody_is_refused(town) -> None:
    town.person("ann", agencies=("prison",))
    with pytest.raises(Refused, match=r"police.*prison"):
        town.prepare()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (pl.lit(1).alias("unit"), "unit"),
        (pl.lit(None, dtype=pl.Date).alias("index_date"), "index_date"),
        (pl.lit("birthday").alias("kind"), "kind"),
    ],
)
def test_a_faulty_cohort_is_refused(town, change, field) -> None:
    town.person("ann")
    town.prepare()
    cohort = town.cohort({"ann": INDEX, "ben": INDEX}).with_columns(change)
    with pytest.raises(Refused) as refused:
        profile(town.connection, cohort, town.settings)
    assert {fault.field for fault in refused.value.faults} == {field}
