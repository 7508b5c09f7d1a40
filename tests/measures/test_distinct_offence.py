"""One offence is one, however many agencies report it, and what was merged is counted."""


def offences(town) -> list[tuple]:
    return town.ask(
        "SELECT offence_key, committed_from::VARCHAR, sanctioned_on::VARCHAR, merged FROM distinct_offence ORDER BY 1"
    )


def test_a_shared_reference_makes_one_offence_of_three_records(town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-02", None, ref="R1", agency="police", charged_on="2020-06-20", offence_group="robbery")
    town.offence("ann", "2020-06-03", "2020-09-01", ref="R1", agency="court", charged_on="2020-06-18")
    town.offence("ann", "2020-06-01", "2020-08-01", ref="R1", agency="probation")
    report = town.prepare()
    # committed: the earliest of police (2 June) and court (3 June), not probation's; sanctioned: the court's alone
    assert offences(town) == [("R1", "2020-06-02", "2020-09-01", 3)]
    assert town.ask("SELECT charged_on::VARCHAR, offence_group FROM distinct_offence") == [("2020-06-18", "robbery")]
    assert (report.offence_records, report.distinct_offences, report.records_merged) == (3, 1, 2)
    assert report.offences_agencies_disagree_on == 1


def test_without_a_reference_code_and_day_make_one_offence(town) -> None:
    town.person("ann")
    town.person("ben")
    for who, committed, code, agency in [
        ("ann", "2020-06-01", "C1", "police"),
        ("ann", "2020-06-01", "C1", "court"),
        ("ann", "2020-06-02", "C1", "police"),  # another day
        ("ann", "2020-06-01", "C2", "police"),  # another code
        ("ben", "2020-06-01", "C1", "police"),  # another person
        ("ben", "2020-06-01", None, "police"),  # no code: each record stands for itself
        ("ben", "2020-06-01", None, "police"),
    ]:
        town.offence(who, committed, "2020-09-01", ref=None, offence_code=code, agency=agency)
    report = town.prepare()
    assert sorted(merged for *_, merged in offences(town)) == [1, 1, 1, 1, 1, 2]
    assert (report.records_merged, report.records_without_reference) == (1, 7)


def test_one_reference_of_two_people_is_two_offences(town) -> None:
    town.person("ann")
    town.person("ben")
    town.offence("ann", "2020-06-01", "2020-09-01", ref="R1")
    town.offence("ben", "2020-06-01", "2020-09-01", ref="R1", agency="court")
    assert town.prepare().distinct_offences == 2


def test_only_the_conviction_record_and_courts_prove(town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", "2020-08-01", ref="R1", agency="probation")
    town.offence("ann", "2020-07-01", "2020-08-01", ref="R2", agency="court")
    town.offence("ann", "2020-08-01", "2020-08-01", ref="R3", agency="police")
    report = town.prepare()
    assert [row[2] for row in offences(town)] == [None, "2020-08-01", "2020-08-01"]
    assert report.sanctions_outside_conviction_record == 1


def test_an_offence_reported_twice_counts_once(town) -> None:
    town.person("ann")
    for agency in ("police", "court", "probation"):
        town.offence("ann", "2020-06-01", "2020-08-01", ref="R1", agency=agency)
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["frequency_1y"] == 1


def test_a_sanction_without_a_day_proves_nothing_and_is_counted(town) -> None:
    town.person("ann")
    town.offence("ann", "2020-06-01", None)
    town.connection.execute("UPDATE offence SET sanction = 'caution'").fetchall()
    assert town.outcomes({"ann": "2020-01-15"})["ann"]["proven_reoffending_1y"] == 0
    assert town.prepare().sanctions_without_date == 1
