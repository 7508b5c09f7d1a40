"""From which day people are followed: release, start of an order, caution."""


def events(town) -> list[tuple]:
    columns = "linked_id, kind, index_date::VARCHAR, source, area_code, borough"
    return town.ask(f"SELECT {columns} FROM index_event ORDER BY linked_id, index_date, kind")


def days(town, kind: str) -> list[str]:
    return [on for _, found, on, *_ in events(town) if found == kind]


def test_release_is_the_end_of_a_sentence_unless_something_else_holds_the_person(town) -> None:
    town.person("ann")
    town.custody("ann", "2018-01-01", "2018-02-01")  # a release
    town.custody("ann", "2018-05-01", "2018-06-01", "remand")  # from remand: none
    town.custody("ann", "2018-08-01", "2018-10-01")  # held on by another warrant until 1 November: none
    town.custody("ann", "2018-09-01", "2018-11-01", "remand")
    town.custody("ann", "2019-01-01", "2019-02-01")  # moved to another prison that day: one release, on 1 March
    town.custody("ann", "2019-02-01", "2019-03-01")
    town.custody("ann", "2019-05-01", "2019-07-01")  # two warrants that end on one day: one release
    town.custody("ann", "2019-06-01", "2019-07-01", "recall")
    town.custody("ann", "2020-01-01", None)  # still inside
    report = town.prepare()
    assert days(town, "release") == ["2018-02-01", "2019-03-01", "2019-07-01"]
    assert report.index_events == {"release": 3}


def test_two_agencies_that_hold_one_stay_make_one_release(town) -> None:
    town.person("ann")
    town.custody("ann", "2018-01-01", "2018-02-01")
    town.record(
        "custody_spell", "probation", "ann", received_on="2018-01-01", released_on="2018-02-01", status="sentence"
    )
    town.prepare()
    assert [(row[2], row[3]) for row in events(town)] == [("2018-02-01", "prison")]


def test_orders_and_cautions(town) -> None:
    town.person("ann")
    for on, kind in [("2018-01-01", "community"), ("2018-02-01", "suspended"), ("2018-03-01", "fine")]:
        town.sentence("ann", on, kind)
    town.sentence("ann", "2018-01-01", "community")  # a second order of one day is one start
    town.offence("ann", "2019-01-01", "2019-02-28", sanction="caution")
    town.offence("ann", "2019-01-02", "2019-03-01", sanction="warning")
    town.offence("ann", "2019-01-03", "2019-04-01", sanction="caution", agency="probation")  # it cannot say so
    town.prepare()
    assert days(town, "order_start") == ["2018-01-01", "2018-02-01"]
    assert days(town, "caution") == ["2019-02-28"]


def test_where_the_person_lived_as_known_then(town) -> None:
    town.person("ann")
    for code, kind, parent in [
        ("B1", "borough", None),
        ("W1", "ward", "B1"),
        ("L1", "lsoa", "W1"),
        ("B2", "borough", None),
    ]:
        town.add("area", organisation_id="council", area_code=code, vintage="2018", kind=kind, parent=parent)

    def address(code: str, from_date: str | None, recorded: str | None, agency: str = "council") -> None:
        town.record(
            "address", agency, "ann", area_code=code, area_vintage="2018", from_date=from_date, recorded_on=recorded
        )

    address("L1", "2017-01-01", "2017-01-01")
    address("B2", "2018-02-01", "2018-03-10")  # lived there since February, written down in March
    address("W9", "2018-06-02", "2018-06-02")  # moved after the last day asked; of no known borough
    for on in ("2016-12-31", "2017-01-01", "2018-03-01", "2018-03-10", "2018-06-02"):
        town.sentence("ann", on, "community")
    town.prepare()
    assert [row[4:] for row in events(town)] == [
        (None, None), ("L1", "B1"), ("L1", "B1"), ("B2", "B2"), ("W9", None),
    ]  # fmt: skip


def test_the_order_of_preference_decides_between_addresses_of_one_day(town) -> None:
    town.person("ann")
    for code, agency in [("B1", "council"), ("B2", "police")]:
        town.record("address", agency, "ann", area_code=code, from_date="2018-01-01")
    town.sentence("ann", "2018-02-01", "community")
    town.prepare()
    assert events(town)[0][4] == "B1"
    town.prepare(preferences={"address": ("police", "council")})
    assert events(town)[0][4] == "B2"
