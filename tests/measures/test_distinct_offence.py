"""One offence is one, however many agencies report it; a case holds several; what was merged is counted."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.town import Town


def offences(town: Town) -> list[tuple]:
    """Return day, sanction and number of merged records of every offence."""
    return town.ask("SELECT committed_from::VARCHAR, sanctioned_on::VARCHAR, merged FROM distinct_offence ORDER BY ALL")


def pairs(town: Town) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return for each pair: merged, by_code, doubtful, other_day, other_case."""
    return {
        (pair.first, pair.second): (pair.merged, pair.by_code, pair.doubtful, pair.other_day, pair.other_case)
        for pair in town.prepare().merging.pairs
    }


def test_case_day_and_group_make_one_offence_of_three_records(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-02", None, ref="R1", agency="police", charged_on="2020-06-20", offence_class="summary")
    town.offence("ann", "2020-06-02", "2020-09-01", ref="R1", agency="court", charged_on="2020-06-18")
    town.offence("ann", "2020-06-02", "2020-08-01", ref="r 1", agency="probation")
    merging = town.prepare().merging
    # sanctioned: the court's alone; charged: the earliest of any; class: the conviction record's
    assert offences(town) == [("2020-06-02", "2020-09-01", 3)]
    assert town.ask("SELECT charged_on::VARCHAR, offence_class FROM distinct_offence") == [("2020-06-18", "summary")]
    assert (merging.records, merging.offences) == (3, 1)
    assert [pair.merged for pair in merging.pairs] == [1, 1, 1]


CASES = ["R1", "24/0000/12", "N/A", "0", "-", " ", "UNKNOWN", None]


@pytest.mark.parametrize("ref", CASES)
def test_one_agency_never_loses_a_count_to_a_shared_reference(town: Town, ref: str | None) -> None:
    """A theft before release, then violence and a breach: one proven reoffence, since a breach is not counted."""
    town.person("ann")
    town.custody("ann", "2021-09-01", "2022-03-01")
    for committed, group in [("2022-02-01", "theft"), ("2022-04-01", "violence"), ("2022-05-01", "breach")]:
        town.offence("ann", committed, "2022-06-01", ref=ref, offence_group=group)
    found = town.outcomes({"ann": "2022-03-01"}, "release")["ann"]
    assert (found["proven_reoffending_1y"], found["frequency_1y"]) == (1, 1)


@pytest.mark.parametrize("same_day", [True, False])
def test_three_counts_of_one_case_count_three_times_over_two_agencies(town: Town, same_day: bool) -> None:
    town.person("ann")
    for agency in ("police", "court"):
        for count in (1, 2, 3):
            on = "2020-02-01" if same_day else f"2020-02-0{count}"
            town.offence("ann", on, "2020-05-01", ref="ASN/9", agency=agency)
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["frequency_1y"] == 3
    assert pairs(town)[("court", "police")] == (3, 0, 3 if same_day else 0, 0, 0)


def test_counts_that_only_one_agency_has_stay_and_are_said(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R1", agency="court")
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R1")
    town.offence("ann", "2020-02-03", "2020-05-01", ref="R1")  # another day
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R1", offence_group="robbery")  # another group
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R2")  # the same day and group, another case
    assert pairs(town) == {("court", "police"): (1, 0, 0, 2, 1)}
    assert len(offences(town)) == 4


def test_a_count_met_with_its_own_sanction_is_proved_once(town: Town) -> None:
    """The police hold two counts, the second of them proved; the court holds the one that it proved."""
    town.person("ann")
    town.offence("ann", "2020-02-01", None, ref="R1")
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R1")
    town.offence("ann", "2020-02-01", "2020-05-01", ref="R1", agency="court")
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["frequency_1y"] == 1


def test_agencies_that_share_a_code_merge_though_their_groups_differ(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-02-01", ref="R1", offence_code="TH68001", offence_group="theft")
    town.offence("ann", "2020-02-01", ref="R1", offence_code="TH68001", offence_group="handling", agency="court")
    town.offence("ann", "2020-02-01", ref="R1", offence_code="TH68001", offence_group=None, agency="probation")
    assert [pair.merged for pair in town.prepare().merging.pairs] == [1, 1, 1]


def test_without_a_reference_code_and_day_make_one_offence(town: Town) -> None:
    town.person("ann")
    town.person("ben")
    for who, committed, code, agency in [
        ("ann", "2020-06-01", "C1", "police"),
        ("ann", "2020-06-01", "C1", "court"),
        ("ann", "2020-06-02", "C1", "police"),  # another day
        ("ann", "2020-06-01", "C2", "police"),  # another code
        ("ben", "2020-06-01", "C1", "police"),  # another person
        ("ben", "2020-06-01", None, "police"),  # no code: each record stands for itself
        ("ben", "2020-06-01", None, "court"),
    ]:
        town.offence(who, committed, "2020-09-01", ref=None, offence_code=code, agency=agency)
    merging = town.prepare().merging
    assert sorted(merged for *_, merged in offences(town)) == [1, 1, 1, 1, 1, 2]
    assert merging.without_case == {"court": (2, 2), "police": (5, 5)}
    assert [(pair.merged, pair.by_code, pair.doubtful) for pair in merging.pairs] == [(1, 1, 0)]


def test_a_record_without_a_reference_meets_the_case_of_another_agency_once(town: Town) -> None:
    """The court has two cases of that day and code; the police three records without a case, one of them more."""
    town.person("ann")
    for ref in ("R1", "R2"):
        town.offence("ann", "2020-06-01", "2020-09-01", ref=ref, offence_code="C1", agency="court")
    for ref in ("N/A", "N/A", "0"):
        town.offence("ann", "2020-06-01", "2020-09-01", ref=ref, offence_code="C1")
    assert pairs(town) == {("court", "police"): (2, 2, 2, 0, 1)}
    assert len(offences(town)) == 3


def test_a_record_without_a_reference_is_no_second_record_of_its_agencys_own_offence(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", "2020-09-01", ref="R1", offence_code="C1", agency="court")
    town.offence("ann", "2020-06-01", "2020-09-01", ref="R1", offence_code="C1")
    town.offence("ann", "2020-06-01", "2020-09-01", ref=None, offence_code="C1")
    town.prepare()
    assert [merged for *_, merged in offences(town)] == [1, 2]


@pytest.mark.parametrize(("people", "merged"), [(3, 1), (4, 0)])
def test_a_reference_of_too_many_people_names_no_case(town: Town, people: int, merged: int) -> None:
    """With three people a reference at most: merged for each of three; of four, not at all."""
    for who in range(people):
        town.person(f"p{who}")
        for agency in ("police", "court"):
            town.offence(f"p{who}", "2020-06-01", "2020-09-01", ref="TBC1", agency=agency)
    merging = town.prepare(people_per_reference=3).merging
    assert merging.pairs[0].merged == merged * people
    assert merging.without_case["police"] == (people * (1 - merged), people)


def test_one_reference_of_two_people_is_two_offences(town: Town) -> None:
    town.person("ann")
    town.person("ben")
    town.offence("ann", "2020-06-01", "2020-09-01", ref="R1")
    town.offence("ben", "2020-06-01", "2020-09-01", ref="R1", agency="court")
    assert town.prepare().merging.offences == 2


def test_only_the_conviction_record_and_courts_prove(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", "2020-08-01", ref="R1", agency="probation")
    town.offence("ann", "2020-07-01", "2020-08-01", ref="R2", agency="court")
    town.offence("ann", "2020-08-01", "2020-08-01", ref="R3", agency="police")
    report = town.prepare()
    assert [row[1] for row in offences(town)] == [None, "2020-08-01", "2020-08-01"]
    assert report.sanctions_outside_conviction_record == 1


def test_an_offence_reported_twice_counts_once(town: Town) -> None:
    town.person("ann")
    for agency in ("police", "court", "probation"):
        town.offence("ann", "2020-06-01", "2020-08-01", ref="R1", agency=agency)
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["frequency_1y"] == 1


def test_a_sanction_without_a_day_proves_nothing_and_is_counted(town: Town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", None)
    town.connection.rows("UPDATE offence SET sanction = 'caution'")
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["proven_reoffending_1y"] == 0
    assert town.prepare().sanctions_without_date == 1


RECORD = st.tuples(
    st.sampled_from(("police", "court", "probation")),
    st.sampled_from(("R1", "R2", "N/A", None)),
    st.sampled_from(("2020-06-01", "2020-06-02")),
    st.sampled_from(("C1", "C2")),
)


def fewest_offences(records: list[tuple]) -> int:
    """Return the number of offences by hand: one person, and codes that name the group.

    Of each day and code, each case has as many offences as the agency with most records of it. An agency's records
    without a case fill offences that it does not report itself; what is left over of the agency with most adds to them.
    """
    total = 0
    for day, code in {record[2:] for record in records}:
        held = Counter(record[:2] for record in records if record[2:] == (day, code))
        agencies = {agency for agency, _ in held}
        most = {ref: max(held[agency, ref] for agency in agencies) for ref in ("R1", "R2")}
        total += sum(most.values())
        total += max(
            max(0, held[agency, "N/A"] + held[agency, None] - sum(most[ref] - held[agency, ref] for ref in most))
            for agency in agencies
        )
    return total


@settings(max_examples=40, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=12))
def test_the_number_of_offences_is_what_counting_by_hand_gives_in_any_order(records: list[tuple]) -> None:
    for told in (records, records[::-1]):
        town = Town()
        town.person("ann")
        for agency, ref, day, code in told:
            group = {"C1": "theft", "C2": "robbery"}[code]
            town.offence("ann", day, ref=ref, agency=agency, offence_code=code, offence_group=group)
        merging = town.prepare().merging
        assert merging.offences == fewest_offences(records)
        assert merging.records == len(records) == sum(merged for *_, merged in offences(town))
        own = town.ask(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM offence_record GROUP BY organisation_id, offence_key)"
        )
        assert own == [(1,)]
