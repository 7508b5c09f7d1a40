"""What is not a record can be dropped, and is counted for ever; the counts can fail."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from whatworks.records.corrections.dropping import drop_rows
from whatworks.records.engine import Store
from whatworks.records.imports.conservation import ConservationError, check_conservation
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

Take = Callable[..., Any]
PEOPLE = "person_id,sex\n1,male\n2,female\n3,male\n"
SAID: dict[str, Any] = {"reason": "a report's last line", "by": "A Person", "on": date(2025, 7, 2)}
COUNTS = "SELECT rows_in, rows_kept, rows_quarantined, rows_excluded, rows_dropped FROM source WHERE name = 's1'"


def test_a_trailer_is_dropped_by_a_person_and_still_counted(store: Store, take: Take, rows: Any) -> None:
    take(f"{PEOPLE}Total people,3\n*** END ***\n", "person")
    assert rows(COUNTS) == [(5, 3, 2, 0, 0)]
    report = drop_rows(store, "s1", begins="total people", **SAID)
    assert (report.lines, report.dropped_in_all) == ((5,), 1)
    assert drop_rows(store, "s1", lines=[6], **SAID).dropped_in_all == 2
    assert rows(COUNTS) == [(5, 3, 0, 0, 2)]
    assert rows("SELECT line, raw, reason, dropped_by, dropped_on FROM dropped ORDER BY line") == [
        (5, "Total people,3", SAID["reason"], "A Person", SAID["on"]),
        (6, "*** END ***", SAID["reason"], "A Person", SAID["on"]),
    ]


def test_what_was_dropped_stays_written_down_when_a_newer_extract_comes(store: Store, take: Take, rows: Any) -> None:
    take(f"{PEOPLE}Total,3\n", "person", source="s1")
    drop_rows(store, "s1", lines=[5], **SAID)
    take(f"{PEOPLE}4,male\nTotal,4\n", "person", source="s1", replace=True)
    assert rows(COUNTS) == [(5, 4, 1, 0, 0)]
    assert rows("SELECT line, raw, replaced FROM dropped") == [(5, "Total,3", True)]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_mapping_leaves_lines_out_and_they_are_counted(take: Take, rows: Any, end: str) -> None:
    mapping = '[file]\nnot_records = ["*** END", "Total"]\n[[table]]\ntable = "person"\n'
    mapping += 'columns = { person_id = "person_id", sex = "sex" }\n'
    take(f"{PEOPLE}Total,3\n*** END ***{end}", mapping=parse_mapping(mapping, "m.toml"))
    assert rows(COUNTS) == [(5, 3, 0, 0, 2)]
    assert rows("SELECT line, reason, dropped_by FROM dropped ORDER BY line") == [
        (5, 'begins with "Total"', None),
        (6, 'begins with "*** END"', None),
    ]


def test_a_line_lost_after_it_was_dropped_is_missed(store: Store, take: Take, rows: Any) -> None:
    take(f"{PEOPLE}Total,3\n", "person")
    drop_rows(store, "s1", lines=[5], **SAID)
    rows("DELETE FROM dropped")
    with pytest.raises(ConservationError, match="1 dropped \\(0 there\\)"):
        check_conservation(store, ["s1/person"])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lines": [2]}, "line 2 of 's1' is not in quarantine"),
        ({"begins": "Sum"}, "no quarantined line of 's1' begins so"),
        ({}, "names lines, or how they begin"),
        ({"begins": " "}, "names lines, or how they begin"),
        ({"lines": [5], "begins": "Total"}, "and not both"),
        ({"lines": [5], "reason": " "}, "needs a reason; give it with --reason"),
        ({"lines": [5], "by": ""}, "needs the name of who decides; give it with --by"),
    ],
)
def test_a_drop_that_is_not_said_whole_is_refused(
    store: Store, take: Take, rows: Any, said: dict[str, Any], words: str
) -> None:
    take(f"{PEOPLE}Total,3\n", "person")
    with pytest.raises(Refused, match=words):
        drop_rows(store, "s1", **{**SAID, **said})
    assert rows(COUNTS) == [(4, 3, 1, 0, 0)]
