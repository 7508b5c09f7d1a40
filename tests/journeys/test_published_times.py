"""The claim of 2015 that the police part is the quickest, put to the figures of 2010; bad tables are refused."""

from pathlib import Path

import pytest

from whatworks.journeys.published import read_published
from whatworks.papers.journeys.published import published_answer
from whatworks.records.refusal import Refused

HEAD = (
    "year,period,court_type,region,lcjb_area,defendants,mean_offence_to_charge,mean_charge_to_first_list,"
    "mean_first_list_to_completion,mean_offence_to_completion,median_offence_to_charge\n"
)


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str, head: str = HEAD) -> Path:
        path = tmp_path / "times.csv"
        path.write_text(head + "".join(f"{line}\n" for line in lines))
        return path

    return write


def test_a_claim_holds_where_the_part_takes_least(table) -> None:
    found = read_published(table('2020,Q1,All,Here,,"1,000",10,20,30,60,5', "2020,Q1,All,There,,500,50,20,30,100,5"))
    assert found.parts == ("offence_to_charge", "charge_to_first_list", "first_list_to_completion")
    assert [row.is_quickest("offence_to_charge") for row in found.rows] == [True, False]
    assert [row.base for row in found.rows] == [1000, 500]
    assert "holds in 1 of 2 rows" in published_answer(found, "offence_to_charge").sentences[0]


def test_every_fault_of_a_table_is_told_at_once(table) -> None:
    with pytest.raises(Refused) as refused:
        read_published(table("2020,Q1,All,Here,,0,10,20,x,60,5", "2020,Q1,All,There,,500,50,20,30,110,5"))
    assert [(one.row, one.field) for one in refused.value.faults] == [
        (2, "mean_first_list_to_completion"), (2, "defendants"), (3, "mean_offence_to_completion")
    ]  # fmt: skip
    with pytest.raises(Refused, match="has parts that all take no time"):
        read_published(table("2020,Q1,All,Here,,500,0,0,0,0,5"))
    with pytest.raises(Refused, match="has no such column; it needs year, period, defendants"):
        read_published(table("1,2", head="mean_a_to_b,mean_b_to_c\n"))
    with pytest.raises(Refused, match="has no parts to compare"):
        read_published(table("2020,Q1,9,4", head="year,period,defendants,mean_a_to_b\n"))


def test_a_place_or_part_that_is_not_there_is_refused_with_what_is(table) -> None:
    found = read_published(table("2020,Q1,All,Here,,500,50,20,30,100,5"))
    with pytest.raises(Refused, match="did you mean 'Here'"):
        found.of("Heer")
    with pytest.raises(Refused, match=r"is not a part; .*use one of offence_to_charge"):
        found.part("arrest to charge")


@pytest.mark.real_data
def test_the_police_part_was_not_the_quickest_in_2010(shared_data: Path) -> None:
    found = read_published(shared_data / "published-figures/court_timeliness_2010q2.csv")
    part = found.part("offence to charge")
    london = found.of("London", "All courts").rows[0]
    assert (london.means, london.total, london.whole_mean) == (
        {"offence_to_charge": 99, "charge_to_first_list": 33, "first_list_to_completion": 35}, 167, 168
    )  # fmt: skip
    assert round(100 * london.share(part)) == 59 and not london.is_quickest(part)
    wales = found.of("England and Wales", "All courts").rows[0]
    assert (wales.base, wales.total, wales.whole_mean) == (393_594, 158, 159)
    assert list(wales.medians.values()) == [63, 27, 0] and wales.whole_median == 130
    said = " ".join(published_answer(found.of("London", "All courts"), part).sentences)
    assert "fails, by the mean days of 2010 Q2" in said and "69,928 defendants" in said
    assert "before the police knew" in said and "not added" in said and "for another year they say nothing" in said
