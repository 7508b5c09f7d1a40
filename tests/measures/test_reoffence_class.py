"""The tier of the first proven reoffence (how it may be tried) and reoffences by tier, worked by hand."""

from typing import Any

START = "2020-01-15"
TIERS = ("indictable", "either_way", "summary")


def first(row: dict[str, Any], year: str = "1y") -> list[int]:
    """Return the first reoffence's place in the three tiers, and whether its class is not known."""
    return [row[f"first_reoffence_{tier}_{year}"] for tier in (*TIERS, "without_class")]


def counts(row: dict[str, Any], year: str = "1y") -> list[int]:
    """Return the reoffences of each tier, and those whose class is not known."""
    return [row[f"{tier}_reoffences_{year}"] for tier in TIERS] + [row[f"reoffences_without_class_{year}"]]


def test_the_first_proven_reoffence_gives_the_tier_and_each_counts_in_its_own(town) -> None:
    people = ("none", "one", "two", "day", "charged", "late", "edge")
    for who in people:
        town.person(who)
    for who, committed, sanctioned, tried in [
        ("one", "2020-02-01", "2020-05-01", "summary"),
        ("two", "2020-04-01", "2020-05-01", "indictable_only"),  # proved first, committed second
        ("two", "2020-03-01", "2020-06-01", "either_way"),  # the first by day of commission
        ("two", "2020-02-01", None, "summary"),  # never proved: not a reoffence
        ("day", "2020-02-01", "2020-05-01", "summary"),  # two on the first day: the gravest counts
        ("day", "2020-02-01", "2020-06-01", "either_way"),
        ("charged", "2020-02-01", "2020-05-01", "summary"),  # what is graver on that day was never proved
        ("charged", "2020-02-01", None, "indictable_only"),
        ("late", "2020-02-01", "2021-07-15", "indictable_only"),  # proved a day too late for one year
        ("late", "2020-12-01", "2021-02-01", "summary"),
        ("edge", "2021-01-14", "2021-07-14", "either_way"),  # the last day of both windows
        ("edge", "2021-01-15", "2021-07-14", "indictable_only"),  # the anniversary: the second year's
    ]:
        town.offence(who, committed, sanctioned, offence_class=tried)
    found = town.outcomes(dict.fromkeys(people, START), "release")
    assert {who: first(row) for who, row in found.items()} == {
        "none": [0, 0, 0, 0],
        "one": [0, 0, 1, 0],
        "two": [0, 1, 0, 0],
        "day": [0, 1, 0, 0],
        "charged": [0, 0, 1, 0],
        "late": [0, 0, 1, 0],
        "edge": [0, 1, 0, 0],
    }
    assert {who: counts(row) for who, row in found.items()} == {
        "none": [0, 0, 0, 0],
        "one": [0, 0, 1, 0],
        "two": [1, 1, 0, 0],
        "day": [0, 1, 1, 0],
        "charged": [0, 0, 1, 0],
        "late": [0, 0, 1, 0],
        "edge": [0, 1, 0, 0],
    }
    # at two years the offence proved late is the first, and the one of the anniversary counts
    assert (first(found["late"], "2y"), counts(found["late"], "2y")) == ([1, 0, 0, 0], [1, 0, 1, 0])
    assert (first(found["edge"], "2y"), counts(found["edge"], "2y")) == ([0, 1, 0, 0], [1, 1, 0, 0])


def test_what_is_not_known_is_in_no_tier_and_is_never_guessed(town) -> None:
    people = ("unknown", "later", "beside", "grave")
    for who in people:
        town.person(who)
    town.offence("unknown", "2020-02-01", "2020-05-01", offence_group="robbery")  # robbery, but nobody said how tried
    town.offence("later", "2020-02-01", "2020-05-01", offence_class="summary")
    town.offence("later", "2020-03-01", "2020-05-01")  # the first is known, the second is not
    town.offence("beside", "2020-02-01", "2020-05-01", offence_class="either_way")
    town.offence("beside", "2020-02-01", "2020-05-01")  # the other of that day might be graver
    town.offence("grave", "2020-02-01", "2020-05-01", offence_class="indictable_only")
    town.offence("grave", "2020-02-01", "2020-05-01")  # nothing is graver
    found = town.outcomes(dict.fromkeys(people, START), "release")
    assert {who: first(row) for who, row in found.items()} == {
        "unknown": [0, 0, 0, 1],
        "later": [0, 0, 1, 0],
        "beside": [0, 0, 0, 1],
        "grave": [1, 0, 0, 0],
    }
    assert [counts(row) for row in found.values()] == [[0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1], [1, 0, 0, 1]]


def test_the_conviction_record_says_the_class_before_a_court_and_a_court_before_others(town) -> None:
    for who in ("ann", "ben", "cat"):
        town.person(who)
    for who, agency, tried in [
        ("ann", "probation", "indictable_only"), ("ann", "court", "either_way"), ("ann", "police", "summary"),
        ("ben", "probation", "indictable_only"), ("ben", "court", "either_way"), ("ben", "police", None),
        ("cat", "probation", "indictable_only"), ("cat", "police", None),
    ]:  # fmt: skip
        town.offence(who, "2020-02-01", "2020-05-01", ref=f"1/{who}", agency=agency, offence_class=tried)
    found = town.outcomes(dict.fromkeys(("ann", "ben", "cat"), START), "release")
    assert [first(row)[:3] for row in found.values()] == [[0, 0, 1], [0, 1, 0], [1, 0, 0]]


def test_nothing_is_said_of_a_window_that_is_not_over(town) -> None:
    town.person("ann")
    town.offence("ann", "2024-06-01", "2024-08-01", offence_class="summary")
    (row,) = town.outcomes({"ann": "2024-03-01"}, "release").values()  # 18 months end after 30 June 2025
    assert first(row) + counts(row) == [None] * 8
