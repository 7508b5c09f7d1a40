"""Who reads unusually: planted readers are asked about, clean ones are not, and nobody is named in what is told."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from whatworks.sharing.unusual import Look, Question, unusual

LAST = date(2026, 6, 28)
SURNAMES = ("smith", "khan", "jones", "patel", "brown", "okafor", "nowak", "silva", "murphy", "begum")
Frames = dict[str, pl.DataFrame]


def frames(seed: int, many: int = 48, weeks: int = 16, records: int = 6000) -> Frames:
    """Return the reading of clean readers in teams of twelve: nine reads in ten have a case, by day."""
    rng = np.random.default_rng(seed)
    mean = rng.gamma(3.0, 4.0, (many, 1)) + 3
    counts = rng.negative_binomial(np.repeat(mean, weeks, axis=1), 0.5)
    reader = np.repeat(np.arange(many), counts.sum(axis=1))
    week = np.concatenate([np.repeat(np.arange(weeks), row) for row in counts])
    number = np.arange(reader.size)
    person = rng.integers(0, records, reader.size)
    first = datetime.combine(LAST, datetime.min.time()) - timedelta(days=7 * weeks - 1)
    at = [
        first + timedelta(days=int(7 * one + day), hours=int(hour), minutes=5)
        for one, day, hour in zip(week, rng.integers(0, 7, reader.size), rng.integers(8, 18, reader.size), strict=True)
    ]
    reads = pl.DataFrame(
        {"read": number, "reader": [f"r{one}" for one in reader], "person": [f"p{one}" for one in person], "at": at}
    )
    explained = reads.filter(pl.Series(rng.random(reader.size) < 0.9))
    surname = rng.choice(SURNAMES, records)
    return {
        "reads": reads,
        "explanations": explained.select(
            "reader", "person", pl.lit(date(2025, 1, 1)).alias("from"), pl.lit(None, pl.Date).alias("to"),
            pl.lit("case").alias("why"),
        ),
        "readers": pl.DataFrame(
            {"reader": [f"r{at}" for at in range(many)], "team": [f"t{at // 12}" for at in range(many)],
             "name": [f"R{at} Reader{at}" for at in range(many)]}
        ),
        "records": pl.DataFrame(
            {"person": [f"p{at}" for at in range(records)], "name": [f"P{at} {one}" for at, one in enumerate(surname)],
             "surname": surname}
        ),
    }  # fmt: skip


def read_more(at: Frames, reader: str, people: list[int], hour: int, day: date = LAST) -> None:
    """Add reads of a reader on a day."""
    when = datetime(day.year, day.month, day.day, hour, 7)
    begun = int(at["reads"]["read"].max() or 0) + 1  # type: ignore[arg-type]
    more = pl.DataFrame({
        "read": [begun + one for one in range(len(people))], "reader": [reader] * len(people),
        "person": [f"p{one}" for one in people], "at": [when] * len(people),
    })  # fmt: skip
    at["reads"] = pl.concat([at["reads"], more.cast(at["reads"].schema)])


def look(at: Frames, last: date = LAST) -> Look:
    return unusual(at["reads"], at["explanations"], at["readers"], at["records"], last)


def asked(found: Look, kind: str) -> list[Question]:
    return [one for one in found.questions if one.kind == kind]


def test_a_clean_week_asks_nothing_or_next_to_nothing() -> None:
    looks = [look(frames(seed)) for seed in range(4)]
    assert sum(len(one.questions) for one in looks) <= 1  # at .05 a look, two or more have a chance of .014
    for one in looks:
        assert one.expected_false <= max(0.05, 0.05 * len(one.questions))
        assert one.expected_a_year == pytest.approx(52 * one.expected_false)
        assert 0.05 < one.by_poisson < 3
        assert 0.08 < one.unexplained / one.reads < 0.13


def test_each_planted_reader_is_asked_about_and_the_reads_stand_beside() -> None:
    at = frames(20)
    own = at["reads"].filter(pl.col("reader") == "r5").height / 16
    read_more(at, "r5", [*range(3000, 3000 + int(6 * own) + 40)], 11)  # far more than ever
    read_more(at, "r17", [*range(100, 112)], 2)  # at night, which nobody does
    for reader in (3, 9, 14, 21, 30, 33, 40, 44):  # one person, by readers of every team
        read_more(at, f"r{reader}", [777], 10)
    at["readers"] = at["readers"].with_columns(
        name=pl.when(pl.col("reader") == "r25").then(pl.lit("Ada OKAFOR")).otherwise("name")
    )
    family = [int(one[1:]) for one in at["records"].filter(pl.col("surname") == "okafor")["person"][:12]]
    read_more(at, "r25", family, 15)
    found = look(at)
    assert [one.reader for one in asked(found, "volume")] == ["r5"]
    assert [one.reader for one in asked(found, "night")] == ["r17"]
    assert [one.person for one in asked(found, "many")] == ["p777"]
    assert [(one.reader, one.counted >= 12) for one in asked(found, "surname")] == [("r25", True)]
    (night,) = asked(found, "night")
    assert set(at["reads"].filter((pl.col("reader") == "r17") & (pl.col("at").dt.hour() == 2))["read"]) == set(
        night.reads
    )
    assert all(one.q is not None and one.q <= 0.05 for one in found.questions)


def test_a_case_answers_the_question() -> None:
    at = frames(21)
    for reader in (3, 9, 14, 21, 30, 33, 40, 44):
        read_more(at, f"r{reader}", [777], 10)
    assert asked(look(at), "many")
    case = {"person": "p777", "from": LAST, "to": LAST, "why": "case"}
    more = pl.DataFrame([{"reader": f"r{one}", **case} for one in (3, 9, 14, 21, 30, 33, 40, 44)])
    at["explanations"] = pl.concat([at["explanations"], more.select(at["explanations"].columns)])
    assert not asked(look(at), "many")
    at["explanations"] = (
        at["explanations"]
        .with_columns(  # one that ended the day before explains nothing
            to=pl.when(pl.col("person") == "p777").then(LAST - timedelta(days=1)).otherwise("to")
        )
        .with_columns(pl.when(pl.col("person") == "p777").then(date(2025, 1, 1)).otherwise("from").alias("from"))
    )
    assert asked(look(at), "many")


def test_whoever_reads_without_a_case_week_after_week_is_seen_beside_colleagues() -> None:
    at = frames(22)
    for week in range(16):
        read_more(at, "r7", [*range(2000 + 20 * week, 2020 + 20 * week)], 14, LAST - timedelta(days=7 * week))
    found = look(at)
    assert [one.reader for one in asked(found, "unexplained")] == ["r7"]
    assert not asked(found, "volume")  # by their own past it is a week like any other


def test_a_colleagues_own_record_is_asked_about_and_another_agencys_namesake_is_not() -> None:
    at = frames(23)
    at["records"] = at["records"].with_columns(
        name=pl.when(pl.col("person") == "p50").then(pl.lit("r1  READER1 ")).otherwise("name")
    )
    at["explanations"] = at["explanations"].filter(pl.col("person") != "p50")
    at["reads"] = at["reads"].filter(pl.col("person") != "p50")
    read_more(at, "r2", [50], 9)  # of the same team
    read_more(at, "r30", [50], 9)
    assert [(one.reader, one.person) for one in asked(look(at), "colleague")] == [("r2", "p50")]


def test_fewer_than_eight_weeks_are_told_and_not_tested() -> None:
    at = frames(24, weeks=8)
    found = look(at)
    assert found.too_new == len(found.readers) > 40
    assert not asked(found, "volume")
    assert look(frames(24, weeks=9)).too_new == 0


def test_nothing_read_asks_nothing() -> None:
    at = frames(25)
    found = look({**at, "reads": at["reads"].clear()})
    assert (found.questions, found.tests, found.reads, found.expected_false) == ((), 0, 0, 0.05)
    assert look(at, LAST - timedelta(days=1000)).questions == ()
