"""Cases, stages, allegations, listings and victims come in as all records do: kept, or set aside with every fault."""

from collections.abc import Callable

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport
from whatworks.records.tables.journey_tables import JOURNEY_TABLES

Take = Callable[..., ImportReport]
CASES = "case_id,kind,borough\nc1,magistrates,B1\nc2,magistrates,B2\n"
VICTIMS = "victim_id,referral_source,known_on,residence\nv1,self_referral,2024-01-01,resident\n"


@pytest.mark.parametrize(
    ("table", "header", "good", "bad", "field", "rule"),
    [
        ("case_stage", "case_stage_id,case_id,kind,stage,entered_on,left_on",
         "a,c1,magistrates,charge,2024-01-01,2024-01-01", "b,c1,magistrates,charge,2024-01-02,2024-01-01", "left_on",
         "order"),
        ("case_stage", "case_stage_id,case_id,kind,stage,entered_on", "a,c1,magistrates,charge,2024-01-01",
         "b,c9,magistrates,charge,2024-01-02", "case_id", "unknown_parent"),
        ("case_stage", "case_stage_id,case_id,kind,stage,entered_on", "a,c1,magistrates,charge,2025-06-30",
         "b,c1,magistrates,charge,2025-07-01", "entered_on", "after_as_at"),
        ("allegation", "allegation_id,seriousness,recorded_on,decided_on,decision",
         "a,serious,2024-01-01,2024-02-01,charged", "b,serious,2024-01-02,2024-01-01,charged", "decided_on", "order"),
        ("allegation", "allegation_id,seriousness,recorded_on,decision", "a,serious,2024-01-01,",
         "b,serious,2024-01-02,dropped", "decision", "code"),
        ("trial_listing", "listing_id,court_kind,listed_for,outcome", "a,magistrates,2026-01-01,",
         "b,magistrates,2024-01-01,adjourned", "outcome", "code"),
        ("victim", "victim_id,referral_source,known_on,residence", "a,police_report,2024-01-01,unknown",
         "b,police_report,,unknown", "known_on", "nullability"),
        ("victim_contact", "contact_id,victim_id,contacted_on,result", "a,v1,2024-01-01,contact_made",
         "b,v2,2024-01-01,contact_made", "victim_id", "unknown_parent"),
    ],
)  # fmt: skip
def test_a_fault_sets_its_row_aside_and_the_counts_add_up(
    store: Store, take: Take, table: str, header: str, good: str, bad: str, field: str, rule: str
) -> None:
    take("casefile", CASES)
    if table == "victim_contact":
        take("victim", VICTIMS)
    (block,) = take(table, f"{header}\n{good}\n{bad}\n").blocks
    assert (block.rows_in, block.kept, block.quarantined, block.excluded) == (2, 1, 1, 0)
    assert store.rows("SELECT line, field, rule FROM quarantine") == [(3, field, rule)]


def test_what_identifies_a_person_is_declared() -> None:
    marked = {
        (table, name)
        for table, schema in JOURNEY_TABLES.items()
        for name, kind in schema.columns().items()
        if (kind.metadata or {}).get("identifying")
    }
    assert marked == {(table, "person_id") for table in ("casefile", "allegation", "victim")}
