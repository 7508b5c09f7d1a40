"""Nights in custody from the union of stays, time at risk, sentences and custody for reoffending, worked by hand."""

START = "2020-01-15"  # the year ends before 2021-01-15: 366 days, for 2020 is a leap year


def test_nights_come_from_the_union_of_overlapping_stays(town) -> None:
    for who in ("over", "edge", "day", "open", "out"):
        town.person(who)
    town.custody("over", "2020-03-01", "2020-03-11", "remand")  # nights of 1 to 10 March: 10
    town.custody("over", "2020-03-06", "2020-03-21")  # nights of 6 to 20 March; together 1 to 20 March: 20
    town.custody("over", "2020-03-21", "2020-03-23", "recall")  # 21 and 22 March: 22
    town.custody("over", "2020-05-01", "2020-05-02")  # 1 May: 23
    town.record("custody_spell", "police", "over", received_on="2020-03-10", released_on="2020-03-12", status="remand")
    town.custody("edge", "2020-01-10", "2020-01-17")  # from the start: 15 and 16 January, 2
    town.custody("edge", "2021-01-13", "2021-01-20")  # to the anniversary: 13 and 14 January, 2
    town.custody("day", "2020-03-01", "2020-03-01")  # in and out on one day: none
    town.custody("open", "2020-12-30", None)  # not released: 30 and 31 December and 14 nights of January, 16
    found = town.outcomes(dict.fromkeys(("over", "edge", "day", "open", "out"), START), "release")
    assert [row["custody_nights_1y"] for row in found.values()] == [23, 4, 0, 16, 0]
    # at two years (ends before 15 January 2022): edge has 2 + 7 nights, open 2 + 365 + 14
    assert [row["custody_nights_2y"] for row in found.values()] == [23, 9, 0, 381, 0]


def test_time_at_risk_loses_only_custody_for_earlier_matters(town) -> None:
    people = ("earlier", "later", "recall", "fresh", "after", "named", "both")
    for who in people:
        town.person(who)
    # sentenced in follow-up for an offence committed before it: 10 nights are taken
    town.offence("earlier", "2019-12-01", "2020-04-01", ref="E1")
    town.sentence("earlier", "2020-04-01", offence_ref="E1", sentence_id="SE")
    town.custody("earlier", "2020-04-01", "2020-04-11", sentence_id="SE")
    # sentenced for an offence committed after the start: an outcome, nothing is taken
    town.offence("later", "2020-02-01", "2020-04-01", ref="L1")
    town.sentence("later", "2020-04-01", offence_ref="L1", sentence_id="SL")
    town.custody("later", "2020-04-01", "2020-04-11", sentence_id="SL")
    # recalled to the earlier sentence, though after a reoffence: 20 nights
    town.offence("recall", "2020-02-01", "2020-06-01")
    town.custody("recall", "2020-03-01", "2020-03-21", "recall")
    # on remand for nothing we know that was committed since: 5 nights
    town.custody("fresh", "2020-03-01", "2020-03-06", "remand")
    # on remand after an offence since, on the very day of it too: nothing
    town.offence("after", "2020-03-01", "2020-06-01")
    town.custody("after", "2020-03-01", "2020-03-06", "remand")
    # the sentence names no offence but was given before the start: 3 nights
    town.sentence("named", "2019-12-20", offence_ref=None, sentence_id="SN")
    town.offence("named", "2020-02-01", "2020-06-01")
    town.custody("named", "2020-03-01", "2020-03-04", sentence_id="SN")
    # an earlier matter and a reoffence overlap: the earlier one's 10 nights are taken, and only once
    town.offence("both", "2020-02-01", "2020-04-01", ref="B1")
    town.sentence("both", "2020-04-01", offence_ref="B1", sentence_id="SB")
    town.custody("both", "2020-04-01", "2020-04-21", sentence_id="SB")
    town.custody("both", "2020-04-06", "2020-04-16", "recall")
    town.custody("both", "2020-04-10", "2020-04-14", "recall")
    found = town.outcomes(dict.fromkeys(people, START), "release")
    taken = [366 - row["time_at_risk_days_1y"] for row in found.values()]
    assert taken == [10, 0, 20, 5, 0, 3, 10]
    assert [row["custody_nights_1y"] for row in found.values()] == [10, 10, 20, 5, 5, 3, 20]


def test_sentences_under_and_over_twelve_months(town) -> None:
    for who in ("ann", "ben"):
        town.person(who)
    town.sentence("ann", "2020-02-01", length=364)  # short: fewer than 365 days
    town.sentence("ann", "2020-03-01", length=365)  # long
    town.sentence("ann", "2020-04-01", length=None)  # neither, and counted
    town.sentence("ann", "2020-05-01", "community", 90)  # not custodial
    town.sentence("ann", "2020-06-01", length=30)  # two of one day run together: one short sentence
    town.sentence("ann", "2020-06-01", length=60)
    town.record("sentence", "probation", "ann", sentenced_on="2020-02-01", kind="custody", length_days=364)
    town.sentence("ann", "2021-01-15", length=30)  # the anniversary: in the second year only
    town.sentence("ann", "2020-01-14", length=30)  # before the start
    town.sentence("ben", START, length=30)  # on the day of release
    found = town.outcomes({"ann": START, "ben": START}, "release")
    names = ("short_sentences", "long_sentences", "sentences_unknown_length")
    assert [found["ann"][f"{name}_1y"] for name in names] == [2, 1, 1]
    assert [found["ann"][f"{name}_2y"] for name in names] == [3, 1, 1]
    assert found["ben"]["short_sentences_1y"] == 1
    # of an order that starts the follow-up, what is given that day is no outcome
    assert town.outcomes({"ben": START}, "order_start")["ben"]["short_sentences_1y"] == 0


def test_custody_for_reoffending(town) -> None:
    people = ("jailed", "twice", "fined", "late", "older", "unnamed")
    for who in people:
        town.person(who)
    for who, committed, sanctioned, kind in [
        ("jailed", "2020-02-01", "2020-05-01", "custody"),
        ("twice", "2020-02-01", "2020-05-01", "custody"),
        ("twice", "2020-03-01", "2020-06-01", "custody"),
        ("fined", "2020-02-01", "2020-05-01", "fine"),
        ("older", "2019-12-01", "2020-05-01", "custody"),
    ]:
        town.offence(who, committed, sanctioned, ref=f"{who}{committed}")
        town.sentence(who, sanctioned, kind, offence_ref=f"{who}{committed}")
    town.offence("late", "2020-02-01", "2021-07-14", ref="late1")  # proved on the last day, sentenced a day too late
    town.sentence("late", "2021-07-15", offence_ref="late1")
    town.offence("unnamed", "2020-02-01", "2020-05-01", ref="unnamed1")  # the sentence of that day names no offence
    town.sentence("unnamed", "2020-05-01", offence_ref=None)
    found = town.outcomes(dict.fromkeys(people, START), "release")
    assert [row["custody_for_reoffending_1y"] for row in found.values()] == [1, 1, 0, 0, 0, 1]
    assert [row["custody_frequency_1y"] for row in found.values()] == [1, 2, 0, 0, 0, 1]
    assert found["late"]["custody_for_reoffending_2y"] == 1


def test_custodial_sentences_for_reoffending_are_days_of_sentence_within_the_windows(town) -> None:
    """From 15 January 2020: committed before 15 January 2021 and sentenced before 15 July 2021 (24 and 30 months)."""
    people = ("edges", "together", "reported", "second", "before")
    for who in people:
        town.person(who)
    for who, committed, sanctioned, ref in [
        ("edges", START, "2020-03-01", "A"),  # committed on the first day: counts
        ("edges", "2021-01-14", "2021-07-14", "B"),  # on the last, sentenced on the last: counts
        ("edges", "2021-01-15", "2021-02-01", "C"),  # on the anniversary: the second year's
        ("edges", "2022-01-14", "2022-07-14", "D"),  # the last days of the second year
        ("edges", "2022-01-15", "2022-02-01", "E"),  # beyond both
        ("together", "2020-02-01", "2020-05-01", "F"),  # two reoffences sentenced on one day: one sentence
        ("together", "2020-02-02", "2020-05-01", "G"),
        ("reported", "2020-02-01", "2020-05-01", "H"),  # one sentence that two agencies report: one
        ("second", "2020-02-01", "2021-07-15", "I"),  # sentenced on the day after the wait: the second year's only
        ("before", "2020-01-14", "2020-05-01", "J"),  # committed on the day before the start: none
    ]:
        town.offence(who, committed, sanctioned, ref=ref)
        town.sentence(who, sanctioned, offence_ref=ref)
    town.record("sentence", "probation", "reported", sentenced_on="2020-05-01", kind="custody", offence_ref="H")
    found = town.outcomes(dict.fromkeys(people, START), "release")
    assert [row["custody_frequency_1y"] for row in found.values()] == [2, 1, 1, 0, 0]
    assert [row["custody_frequency_2y"] for row in found.values()] == [4, 1, 1, 1, 0]
