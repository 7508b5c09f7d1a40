"""Whoever is erased is gone from the team's register too, and the team goes on recording."""

from datetime import date

from casework.made_up_team import LATER, OPENING, do, team
from whatworks.records.audit.reader import present_reader
from whatworks.records.imports.conservation import check_conservation
from whatworks.sharing.erase import erase
from whatworks.sharing.person_places import find_subject


def test_an_erased_person_leaves_no_row_and_the_counts_hold() -> None:
    made = team()
    do(made, "open", **OPENING)
    do(made, "need", case="1", pathway="health", level="low")
    do(made, "meet", LATER, number="2", met_by="Dr")
    do(made, "appoint", case="1", requirement_id="R1", due_on=LATER)
    do(made, "open", **OPENING | {"person": "probation:P2"})
    do(made, "need", case="5", pathway="health", level="low")
    subject = find_subject(made, ("probation", "P1"))
    erase(made, subject, reader=present_reader(made), at=date(2025, 3, 4), by="D. Officer", why="asked for")
    for table, left in (("casefile", 1), ("need", 1), ("appointment", 0)):
        assert made.rows(f"SELECT count(*) FROM {table} WHERE source_id LIKE 'casework register/%'") == [(left,)]
    held = str([made.rows(f"SELECT * FROM {table}") for table in ("casework_entry", "casework_change")])
    assert "P1" not in held and "C1" not in held
    sources = [row[0] for row in made.rows("SELECT source_id FROM source WHERE name = 'casework register'")]
    check_conservation(made, sources)
    assert do(made, "meet", LATER, number="6", met_by="Dr").changed
    check_conservation(made, sources)
