"""A partnership's folder is found, made once, and its settings are refused with every fault at once."""

import re
from datetime import date
from pathlib import Path

import pytest

from whatworks.records.declaring.declared_rows import fill_declared
from whatworks.records.imports.import_plan import plan_import
from whatworks.records.partnership import Partnership, init_partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

SETTINGS = """
name = "Northbank (made up)"
as_at = 2025-06-30
conviction_record = "police"
[[agency]]
organisation_id = "police"
name = "Northbank Police (made up)"
kind = "police"
[[agency]]
organisation_id = "prison"
name = "HMP Northbank (made up)"
kind = "prison"
[preferences]
sex = ["prison", "police"]
"""
DAY = date(2025, 7, 1)


def partnership(folder: Path, settings: str = SETTINGS) -> Partnership:
    (folder / "whatworks.toml").write_text(settings)
    return Partnership.open(folder)


def test_init_makes_a_folder_that_opens_and_lists_no_agency_yet(tmp_path: Path) -> None:
    made = init_partnership(tmp_path / "p", name='The "Northbank" partnership', as_at=date(2025, 6, 30))
    assert made.config.name == 'The "Northbank" partnership'
    assert made.config.as_at == date(2025, 6, 30)
    assert made.config.agency == ()
    assert made.config.settings.minimum_count == 10
    names = sorted(entry.name for entry in made.root.iterdir())
    assert names == ["extracts", "mappings", "papers", "protocols", "results", "whatworks.toml"]


def test_init_never_overwrites(tmp_path: Path) -> None:
    partnership(tmp_path)
    with pytest.raises(Refused, match="is a partnership already"):
        init_partnership(tmp_path, name="x", as_at=DAY)
    assert (tmp_path / "whatworks.toml").read_text() == SETTINGS


def test_a_partnership_is_found_from_inside(tmp_path: Path) -> None:
    partnership(tmp_path)
    inside = tmp_path / "results" / "one"
    inside.mkdir(parents=True)
    assert Partnership.open(start=inside).root == tmp_path


def test_outside_a_partnership_the_refusal_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="whatworks init"):
        Partnership.open(tmp_path)


def test_every_fault_of_the_settings_is_said_at_once(tmp_path: Path) -> None:
    wrong = SETTINGS.replace('kind = "prison"', 'kind = "gaol"\ncolour = "blue"').replace("2025-06-30", '"soon"')
    with pytest.raises(Refused) as refused:
        partnership(tmp_path, wrong)
    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"as_at", "agency.2.kind", "agency.2.colour"}


def test_agencies_named_elsewhere_must_be_listed(tmp_path: Path) -> None:
    wrong = SETTINGS.replace('record = "police"', 'record = "polis"').replace('["prison", "police"]', '["prisom"]')
    with pytest.raises(Refused) as refused:
        partnership(tmp_path, wrong)
    assert "polis" in str(refused.value)
    assert "prisom" in str(refused.value)


def test_a_mistyped_agency_is_answered_with_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="did you mean 'prison'"):
        partnership(tmp_path).agency("prisson")


def test_agencies_fill_their_table_as_a_source_whose_counts_hold(tmp_path: Path) -> None:
    con = scratch()
    create_tables(con)
    for _ in range(2):
        fill_declared(con, partnership(tmp_path), DAY)
    fill_declared(con, partnership(tmp_path, SETTINGS.replace("HMP Northbank", "HMP Southbank")), DAY)
    rows = con.rows("SELECT source_line, organisation_id, name, kind FROM organisation ORDER BY 1")
    assert rows == [
        (1, "police", "Northbank Police (made up)", "police"),
        (2, "prison", "HMP Southbank (made up)", "prison"),
    ]
    counts = "SELECT rows_in, rows_kept, rows_quarantined, rows_excluded FROM source"
    assert con.rows(counts) == [(2, 2, 0, 0)]


GUIDE = Path(__file__).resolve().parents[2] / "docs/records.md"


def test_the_guides_settings_mapping_and_plan_are_valid(tmp_path: Path) -> None:
    settings, mapping, plan = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    prison = '[[agency]]\norganisation_id = "prison"\nname = "HMP Ourtown"\nkind = "prison"\n[settings]'
    found = partnership(tmp_path, settings.replace("[settings]", prison))
    assert found.config.settings.longest_record_bytes == 1_048_576
    assert found.config.scheme[0].areas == ("Northbank", "Southbank")
    for folder in ("mappings", "extracts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mappings/crimes.toml").write_text(mapping)
    (tmp_path / "mappings/import.toml").write_text(plan)
    (tmp_path / "extracts/police_crimes_2025.csv").write_text("x")
    [planned] = plan_import(found).files
    assert planned.mapping is not None
    assert planned.mapping.table[0].codes["offence_group"] == {"VIO": "violence", "THF": "theft"}
