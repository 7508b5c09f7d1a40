"""Casework's tables come in by mappings like all others, and what one row says must hold together."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import identity_mapping
from whatworks.records.store import DuckDBStore
from whatworks.records.suggesting.draft import draft
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.casework_tables import CASEWORK_TABLES
from whatworks.records.tables.ddl import create_tables
from whatworks.records.tables.references import references

DAY = date(2025, 6, 30)
ROWS = {
    "person": ("person_id", ["P1", "P2"]),
    "casefile": ("case_id,kind,person_id,opened_on,review_on", ["C1,offenders,P1,2025-01-06,2025-07-06"]),
    "need": ("need_id,person_id,pathway,assessed_on,level", ["N1,P1,accommodation,2025-01-07,high"]),
    "plan_action": ("action_id,case_id,need_id,action,due_on,state", ["A1,C1,N1,find a bed,2025-01-20,open"]),
    "contact": ("contact_id,person_id,case_id,contacted_on,how,outcome", ["K1,P1,C1,2025-01-08,phone,kept"]),
    "handover": ("handover_id,case_id,kind,to_organisation,asked_on", ["H1,C1,referral,council,2025-01-09"]),
    "consent": ("consent_id,person_id,purpose,given_on", ["G1,P1,reduce reoffending,2025-01-06"]),
    "family_link": ("link_id,person_id,relation,relative_person_id", ["F1,P1,partner,P2"]),
    "placement_site": ("site,kind,places", ["House 4,home,3"]),
    "placement": ("placement_id,person_id,kind,offered_on,answer,site", ["L1,P1,home,2025-02-01,accepted,House 4"]),
    "no_contact": ("condition_id,person_id,protected_person_id,kind,from_date", ["X1,P1,P2,victim,2025-01-01"]),
}
BAD = {
    "casefile": "C2,offenders,P1,2025-02-06,2025-01-06",
    "plan_action": "A2,C9,N1,find a bed,2025-01-20,open",
    "contact": "K2,P1,C1,2026-01-08,phone,kept",
    "handover": "H2,C1,loan,council,2025-01-09",
    "family_link": "F2,P1,partner,P99",
    "placement_site": "House 5,home,-1",
    "no_contact": "X2,P1,P99,victim,2025-01-01",
}


def store() -> DuckDBStore:
    made = DuckDBStore(None)
    create_tables(made)
    made.change("INSERT INTO organisation VALUES ('config', 1, 'probation', 'Probation', 'probation')")
    return made


def take_in(made: DuckDBStore, folder: Path, table: str, extra: list[str]) -> tuple[int, list[tuple[str, str]]]:
    """Import a table's rows and `extra` ones; return how many were kept, and field and rule of each fault."""
    head, rows = ROWS[table]
    file = folder / f"{table}.csv"
    file.write_text("\n".join([head, *rows, *extra]) + "\n", "utf-8")
    said = {"organisation_id": "probation", "source": table, "as_at": DAY, "received_on": DAY}
    import_file(made, file, mapping=identity_mapping(table, head.split(",")), **said)  # type: ignore[arg-type]
    [(kept,)] = made.rows(f"SELECT count(*) FROM {table}")
    return kept, made.rows("SELECT field, rule FROM quarantine WHERE source_id = ?", [f"{table}/{table}"])


def test_every_table_comes_in_and_a_bad_row_stays_out_with_its_fault(tmp_path: Path) -> None:
    made, faults = store(), {}
    for table in ROWS:
        kept, found = take_in(made, tmp_path, table, [BAD[table]] if table in BAD else [])
        assert kept == len(ROWS[table][1]), table
        faults[table] = [field for field, _ in found]
    assert {table: found for table, found in faults.items() if found} == {
        "casefile": ["review_on"],
        "plan_action": ["case_id"],
        "contact": ["contacted_on"],
        "handover": ["kind"],
        "family_link": ["relative_person_id"],
        "placement_site": ["places"],
        "no_contact": ["protected_person_id"],
    }


@pytest.mark.parametrize("table", CASEWORK_TABLES)
def test_every_reference_names_a_table_that_comes_before(table: str) -> None:
    order = list(RECORD_TABLES)
    assert all(order.index(each.parent) < order.index(table) for each in references(table))


def test_extracts_of_a_team_are_drafted(tmp_path: Path) -> None:
    """By headings as case systems write them."""
    file = tmp_path / "actions.csv"
    file.write_text("Action ID,Case Number,Agreed Action,Owner Agency,Target Date,Action Status\n"
                    "1,C1,find a bed,council,20/01/2025,Outstanding\n" * 3, "utf-8")  # fmt: skip
    made = draft(file, organisation="probation")
    assert [each.table for each in made.tables] == ["plan_action"]
    assert made.tables[0].columns["owner_organisation"] == "Owner Agency"
