"""Who is lost on an order: a planted town's rate, and by hand."""

from datetime import date, timedelta

import polars as pl
import pytest

from casework.planted import near, town_store
from whatworks.casework import lost_contact
from whatworks.casework.lost_contact import silences
from whatworks.papers.casework.lost_contact import lost_contact_answer
from whatworks.records.audit.telling import Telling
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.simulation.casework.town import Town


@pytest.fixture(scope="module")
def weekly(made: Town) -> Store:
    """The town without those on orders with appointments: people seen every week until they fall silent."""
    orders = made.frames["requirement"].filter(pl.col("requirement_id").str.starts_with("W"))
    return town_store(Town(made.frames | {"requirement": orders}, made.truth))


def test_a_planted_rate_of_losing_people_comes_out_within_its_interval(weekly: Store, made: Town) -> None:
    """In the long run the last contact is 116.5 days after the first and one is lost after 144.5, .2106 a month; in 700
    days somewhat less often, since all are seen on the first. Silent for 29 days and days of mean 40 beyond."""
    found = lost_contact(weekly).groups[0]
    assert 0.2 < made.truth["lost_per_month"] < 0.2106
    assert near(found.rate, made.truth["lost_per_month"])
    for one in found.first:
        assert near(one.shares["lost"], made.truth["first_lost"][one.day])
    for one in found.recovery:
        assert near(one.shares["found"], made.truth["found"][one.day])


def test_silences_of_one_person_by_hand() -> None:
    """Seen on days 0, 10, 50 of an order that ends on day 120: lost on day 38 for 12 days, and on day 78 to the end."""
    start = date(2025, 1, 1)
    days = [start + timedelta(at) for at in (0, 10, 50)]
    rows = pl.DataFrame({"on_day": days, "left_on": [*days[1:], None]}).with_columns(
        linked_id=pl.lit("L1"), starts=pl.lit(start), until=pl.lit(start + timedelta(120)),
        as_at=pl.lit(start + timedelta(400)),
    )  # fmt: skip
    found = silences(rows, 28).select("risk", "lost", "lost_days", "found", "watched").rows()
    assert found == [(10, False, 0, True, False), (28, True, 12, True, False), (28, True, 42, False, False)]


def test_the_paper_withholds_providers_with_few_and_says_what_lost_means(town_records: Store) -> None:
    found = lost_contact(town_records, by_provider=True)
    answer = lost_contact_answer(found, 10, Telling())
    assert "no kept contact" in " ".join(answer.sentences) or "without a kept contact" in answer.sentences[0]
    alone = lost_contact_answer(found, 10**6, Telling())
    cells = {str(column.value(row)) for table in alone.tables for row in table.rows for column in table.columns[2:]}
    assert cells == {"c"}


def test_no_days_and_nobody_on_an_order_are_refused(weekly: Store, made: Town) -> None:
    with pytest.raises(Refused, match="is not a number of days to wait"):
        lost_contact(weekly, 0)
    with pytest.raises(Refused, match="nobody was on an order"):
        lost_contact(town_store(Town(made.frames | {"requirement": made.frames["requirement"].head(0)}, {})))
