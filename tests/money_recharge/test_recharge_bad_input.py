"""What is wrong with terms and usage is named all at once, with row, field, value and remedy; addresses never are."""

import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shared_service import content, terms, year

from whatworks.money.recharge.reading import read_inputs
from whatworks.money.recharge.term_faults import term_faults
from whatworks.money.recharge.terms_file import check_terms
from whatworks.records.refusal import Fault, Refused

HEADER = "placing,host,from_date,to_date,nights,unit"
GOOD = "Ashby,Bray,2010-04-01,2010-06-30,60,family places"


def toml(value: Any) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def faults(folder: Path, *lines: str, **changes: Any) -> tuple[Fault, ...]:
    """Return what is wrong with a usage file of these lines under the terms with these changes."""
    usage, asked = folder / "usage.csv", folder / "terms.toml"
    usage.write_text("\n".join(lines) + "\n" if lines else "")
    asked.write_text("\n".join(f"{key} = {toml(value)}" for key, value in content(**changes).items()))
    assert tomllib.loads(asked.read_text())
    try:
        read_inputs(asked, usage)
    except Refused as refused:
        return refused.faults
    return ()


def test_sound_input_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADER, GOOD) == ()


@pytest.mark.parametrize(
    ("line", "field", "value", "problem"),
    [
        ("Ashby,Bray,2010-04-01,2010-06-30,-60,family places", "nights", "-60", "is negative"),
        ("Ashby,Bray,2010-04-01,2010-06-30,6.5,family places", "nights", "6.5", "is not a whole number"),
        ("Ashby,Bray,2010-04-01,2010-06-30,,family places", "nights", None, "is missing"),
        ("Dover,Bray,2010-04-01,2010-06-30,60,family places", "placing", "Aaaaa", "is not a borough of these terms"),
        ("Ashby,Coley,2010-04-01,2010-06-30,60,family places", "host", "C", "has no places in 2010/11"),
        ("Ashby,outside,2010-04-01,2010-06-30,60,family places", "host", "aaaaaaa", "is not a borough of these terms"),
        ("Ashby,Bray,31/02/2011,2011-03-30,6,family places", "from_date", "31/02/2011", "is not a day of the calendar"),
        ("Ashby,Bray,1/4/10,2010-06-30,60,family places", "from_date", "1/4/10", "is not a day"),
        ("Ashby,Bray,2010-06-30,2010-04-01,60,family places", "to_date", "2010-04-01", "lies before from_date"),
        ("Ashby,Bray,2009-04-01,2009-06-30,60,family places", "from_date", "2009-04-01", "lies outside the years"),
        ("Ashby,Bray,2011-03-01,2011-04-02,30,family places", "to_date", "2011-04-02", "lies outside the years"),
        ("Ashby,Bray,2010-04-01,2010-06-30,60,bed spaces", "unit", "bed spaces", "is not the unit of these terms"),
        ("Ashby,Bray,2010-04-01,2010-06-30,60,", "unit", None, "is missing"),
        ("Ashby,Bray,2010-04-01,2010-04-10,11,family places", "nights", "11", "are more than 1 places give in 10 days"),
    ],
)
def test_a_fault_of_a_row_is_named(tmp_path: Path, line: str, field: str, value: str | None, problem: str) -> None:
    (found,) = faults(tmp_path, HEADER, line)
    assert (found.file, found.row, found.field, found.value) == ("usage.csv", 2, field, value)
    assert problem in found.problem
    assert found.remedy


def test_mixed_units_are_refused_with_the_published_figures(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, HEADER, GOOD, "Coley,Bray,2010-04-01,2010-06-30,10,bed spaces")
    assert "7,215 bed spaces were 2,715 household places" in found.remedy
    assert found.row == 3


def test_units_have_no_default(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, HEADER, GOOD, service={"name": "Refuge"})
    assert (found.field, found.problem) == ("service.units", "is missing")
    assert "7,215" in found.remedy


def test_a_repeated_row_is_refused_and_a_reference_tells_two_families_apart(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, HEADER, GOOD, GOOD)
    assert (found.row, found.problem) == (3, "repeats row 2")
    (found,) = faults(tmp_path, HEADER, GOOD, "A,b,01/04/2010,30/06/2010,55,family places")
    assert (found.row, found.problem) == (3, "repeats row 2")
    assert faults(tmp_path, f"{HEADER},reference", f"{GOOD},R1", f"{GOOD},R2") == ()


def test_a_host_cannot_be_used_more_than_its_places_give(tmp_path: Path) -> None:
    lines = [f"{who},Bray,2010-04-01,2011-03-31,200,family places" for who in ("Ashby", "Coley")]
    (found,) = faults(tmp_path, HEADER, *lines)
    assert (found.value, found.problem) == ("B", "has 400 nights used in 2010/11, and 365 that its 1 places give")


@pytest.mark.parametrize("lines", [(), (HEADER,), ("placing,host", "Ashby,Bray")])
def test_an_empty_file_or_one_without_its_columns_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    found = faults(tmp_path, *lines)
    assert found
    assert all(one.file == "usage.csv" for one in found)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not there"):
        read_inputs(tmp_path / "none.toml", tmp_path / "none.csv")


TERM_FAULTS = [
    ({"years": [year("2010/11", total_cost="109500.01")]}, "years.2010/11.total_cost", "disagrees with its parts"),
    ({"boroughs": [{"code": "A", "name": "Ashby"}, *content()["boroughs"][1:]]}, "boroughs.A.population", "is missing"),
    ({"population": None}, "population", "is missing"),
    ({"blended": None}, "blended", "is missing"),
    ({"empty_places": {"funded_by": "MOON"}}, "empty_places.funded_by", "names nobody"),
    ({"years": [year("2010/11", places=[{"host": "A", "places": 2}])]}, "years.2010/11.costs", "has a cost but no pla"),
    ({"own_cost": {"price_year": "2003"}}, "own_cost.price_year", "is another price base than 2010/11"),
    ({"years": [year("2009/10", price_year="2009/10"), year("2010/11")]}, "years.2009/10.price_year", "another pri"),
    ({"years": [year("2010/11"), year("2010/11")]}, "years", "stands there twice"),
    ({"boroughs": [*content()["boroughs"], {"code": "A", "name": "Dean", "population": 1}]}, "boroughs", "is the code"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "problem"), TERM_FAULTS)
def test_terms_that_disagree_with_themselves_are_named(changes: dict[str, Any], field: str, problem: str) -> None:
    found = term_faults(terms(**changes), "terms.toml")
    assert any(one.field == field and problem in one.problem and one.remedy for one in found)


@pytest.mark.parametrize(
    ("part", "change", "field"),
    [
        ("years", [{key: one for key, one in year("2010/11").items() if key != "price_year"}], "years.1.price_year"),
        ("own_cost", {"occupancy": 85}, "own_cost.occupancy"),
        ("blended", {"fixed_share": "40", "fixed_by": "population"}, "blended.fixed_share"),
        ("service", {"name": "Refuge", "units": "rooms"}, "service.units"),
        ("protection", {"most_rise": "0.1", "never_below": -5}, "protection.never_below"),
        ("boroughs", [{"code": "A", "name": "Ashby", "poplation": 5}], "boroughs.1.poplation"),
    ],
)  # fmt: skip
def test_a_fault_of_form_names_its_key_and_remedy(part: str, change: Any, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_terms(content(**{part: change}), "terms.toml")
    found = {one.field: one for one in refused.value.faults}
    assert field in found
    assert found[field].file == "terms.toml"
    assert found[field].remedy


def test_years_that_overlap_or_leave_a_gap_are_named() -> None:
    first = year("2009/10")
    late = year("2009/10", first_day=first["first_day"].replace(day=2), last_day=year("2010/11")["first_day"])
    gap = year(
        "2009/10", first_day=first["first_day"].replace(year=2008), last_day=first["last_day"].replace(year=2009)
    )
    said = [one.problem for one in term_faults(terms(years=[late, year("2010/11")]), "t")]
    assert "overlaps 2009/10" in said
    assert "leaves a gap after 2009/10" in [
        one.problem for one in term_faults(terms(years=[gap, year("2010/11")]), "t")
    ]


def test_faults_of_terms_and_usage_are_said_together(tmp_path: Path) -> None:
    lines = ["Ashby,Bray,31/02/2010,2010-06-30,-1,bed spaces", "Dover,Bray,2010-04-01,2010-06-30,x,family places"]
    found = faults(tmp_path, HEADER, *lines, years=[year("2010/11", total_cost="1.00")])
    assert {(one.file, one.row, one.field) for one in found} == {
        ("terms.toml", None, "years.2010/11.total_cost"),
        ("usage.csv", 2, "from_date"),
        ("usage.csv", 2, "nights"),
        ("usage.csv", 2, "unit"),
        ("usage.csv", 3, "placing"),
        ("usage.csv", 3, "nights"),
    }
    # Terms that cannot be read at all do not hide what is wrong with the rows.
    unread = faults(tmp_path, HEADER, *lines, service={"name": "Refuge"})
    assert {(one.row, one.field) for one in unread} >= {(None, "service.units"), (2, "nights"), (3, "nights")}


ADDRESS = "12 Hidden Lane AB1 2CD"


@pytest.mark.parametrize(
    ("lines", "changes"),
    [
        ((f"{HEADER},address", f"{GOOD},{ADDRESS}"), {}),
        ((HEADER, f"Ashby,{ADDRESS},2010-04-01,2010-06-30,60,family places"), {}),
        ((f"{HEADER},{ADDRESS}", f"{GOOD},x"), {}),
        ((HEADER, GOOD), {"service": {"name": f"Refuge at {ADDRESS}", "units": "family places"}}),
        ((HEADER, GOOD), {"service": {"name": "Refuge", "units": "family places", "where": ADDRESS}}),
        ((HEADER, GOOD), {"options": [{"name": "More", "kind": "refuge", "note": f"Beside {ADDRESS}"}]}),
        ((HEADER, GOOD), {"service": {"name": "Refuge", "units": ADDRESS}}),
        ((HEADER, f"{GOOD.removesuffix('family places')}{ADDRESS}"), {}),
    ],
)
def test_where_a_refuge_is_is_refused_and_never_repeated(
    tmp_path: Path, lines: tuple[str, ...], changes: dict[str, Any]
) -> None:
    found = faults(tmp_path, *lines, **changes)
    assert found
    assert not any("Hidden" in str(one) or "AB1" in str(one) or "2CD" in str(one) for one in found)


def test_what_a_sheet_hides_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*HEADER.split(","), "reference"])
    for family in ("F1", "F2"):
        sheet.append(["A", "B", "2010-05-01", "2010-05-31", 30, "family places", family])
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "usage.xlsx")
    terms_of = "\n".join(f"{key} = {toml(value)}" for key, value in content().items())
    (tmp_path / "terms.toml").write_text(terms_of, encoding="utf-8")
    found = read_inputs(tmp_path / "terms.toml", tmp_path / "usage.xlsx")
    assert found.notes == (
        "usage.xlsx: 1 row is hidden or filtered out in the sheet; it was read all the same (change the file itself: "
        "it is read without settings).",
    )
