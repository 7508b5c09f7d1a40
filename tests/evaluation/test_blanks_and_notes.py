"""Empty cells mean no where that is said; what a reader notes of a file is told as a share."""

import re
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from flat_people import evaluated, people, protocol, written

from whatworks.evaluation.studied.flat.people import check_flat, flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.records.refusal import Refused

OUTCOME = {"column": "reoffended", "label": "Reoffending"}


def ticked(column: str, tick: str) -> pl.DataFrame:
    return people().with_columns(pl.when(pl.col(column) == 1).then(pl.lit(tick)).alias(column))


@pytest.mark.parametrize(("tick", "named"), [("Y", {}), ("X", {"treated_value": "X"}), ("yes", {})])
def test_a_treatment_of_ticks_is_refused_until_blank_is_said_to_mean_no(tmp_path: Path, tick: str, named: dict) -> None:
    file = read_flat(written(tmp_path, ticked("treated", tick)))
    with pytest.raises(Refused, match=r'put blank = "no" under \[data.columns.treated\]'):
        check_flat(protocol(data=protocol_data() | named), file)
    said = protocol_data() | named | {"columns": {"treated": {"blank": "no"}}}
    units = flat_units(protocol(data=said), file)
    assert units.people["treated"].cast(int).to_list() == people()["treated"].to_list()


def protocol_data(**keys: object) -> dict:
    base = {"source": "flat", "treatment": "treated", "as_at": "2025-06-30", "outcomes": {"reoffended": OUTCOME}}
    return base | keys


@pytest.mark.parametrize(("tick", "named"), [("Y", {}), ("X", {"positive": "X"}), ("X", {"positive": ["X", "x"]})])
def test_an_outcome_of_ticks_is_unknown_where_empty_with_a_warning_that_can_be_followed(
    tmp_path: Path, tick: str, named: dict
) -> None:
    file = read_flat(written(tmp_path, ticked("reoffended", tick)))
    data = protocol_data(outcomes={"reoffended": OUTCOME | named})
    units = flat_units(protocol(data=data), file)
    assert units.outcomes["reoffended"].null_count() == people().filter(reoffended=0).height
    (warning,) = [one for one in units.warnings if "empty cells" in one]
    assert 'put blank = "no" under [data.columns.reoffended]' in warning
    units = flat_units(protocol(data=data | {"columns": {"reoffended": {"blank": "no"}}}), file)
    assert units.outcomes["reoffended"].to_list() == people()["reoffended"].to_list()
    assert not [one for one in units.warnings if "empty cells" in one]


def test_a_primary_outcome_of_ticks_alone_is_refused_with_the_same_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r'empty cell means no, put blank = "no" under \[data.columns.reoffended\]'):
        evaluated(tmp_path, ticked("reoffended", "Y"))
    told = evaluated(tmp_path, ticked("reoffended", "Y"), data={"columns": {"reoffended": {"blank": "no"}}})
    plain = evaluated(tmp_path, people())
    assert told.outcomes[0].difference == plain.outcomes[0].difference


def test_what_is_listed_as_missing_is_not_known_where_blank_means_no(tmp_path: Path) -> None:
    frame = ticked("reoffended", "Y").with_columns(
        pl.when(pl.int_range(pl.len()) < 7).then(pl.lit("N/A")).otherwise("reoffended").alias("reoffended")
    )
    said = {"columns": {"reoffended": {"blank": "no", "missing_values": ["N/A"]}}}
    units = flat_units(protocol(data=protocol_data(**said)), read_flat(written(tmp_path, frame)))
    assert units.outcomes["reoffended"].to_list() == [None] * 7 + people()["reoffended"].to_list()[7:]


def test_a_full_stop_makes_no_kind_of_its_own(tmp_path: Path) -> None:
    frame = people().with_columns(
        pl.when(pl.int_range(pl.len()) % 5 == 0).then(pl.col("sex") + ".").otherwise("sex").alias("sex")
    )
    file = read_flat(written(tmp_path, frame))
    with pytest.raises(Refused, match="spells one kind in several ways") as refused:
        flat_units(protocol(data=protocol_data()), file)
    setting = re.search(r"clean = \[(.*?)\]", str(refused.value))
    assert setting and setting[1] == '"stops"'
    units = flat_units(protocol(data=protocol_data(clean=["stops"])), file)
    assert units.covariates["sex"].to_list() == people()["sex"].to_list()


@pytest.mark.parametrize(("hidden", "told"), [(3, "A few of the rows are hidden"), (88, "About 22% of the rows are")])
def test_hidden_rows_reach_the_result_as_a_share(tmp_path: Path, hidden: int, told: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(people().columns)
    for row in people().iter_rows():
        sheet.append(row)
    for row in range(2, 2 + hidden):
        sheet.row_dimensions[row].hidden = True
    book.save(tmp_path / "people.xlsx")
    file = read_flat(tmp_path / "people.xlsx")
    assert file.notes[0].startswith(f"{hidden} rows are hidden or filtered out in the sheet")
    warnings = flat_units(protocol(data=protocol_data()), file).warnings
    assert warnings[0].startswith(f"people.xlsx: {told}")
    assert not any(re.search(rf"\b{hidden}\b", one.replace("22%", "")) for one in warnings)
