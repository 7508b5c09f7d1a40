"""The day of a result that is no sanction (no further action, an acquittal) proves nothing."""

from collections.abc import Callable
from typing import Any

from whatworks.records.imports.importing import ImportReport
from whatworks.records.mappings.mapping import parse_mapping

MAPPING = """
[[table]]
table = "offence"
[table.columns]
offence_id = "No"
person_id = "Person"
committed_from = "Date"
sanction = "Result"
sanctioned_on = "Result Date"
[table.codes.sanction]
"Guilty" = "conviction"
"Caution" = "caution"
"NFA" = ""
"Acquitted" = " "
"""
LINES = """No,Person,Date,Result,Result Date
a,1,2023-01-01,Guilty,2023-02-01
b,1,2023-01-01,NFA,2023-02-02
c,1,2023-01-01, Acquitted ,2023-02-03
d,1,2023-01-01,Caution,2023-02-04
e,1,2023-01-01,,2023-02-05
f,1,2023-01-01,NFA,9999-12-31
g,1,2023-01-01,Guilty,9999-12-31
"""


def test_a_code_that_stands_for_none_of_ours_has_no_day_of_ours(
    take: Callable[..., ImportReport], rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    take("person_id\n1\n", "person")
    take(LINES, mapping=parse_mapping(MAPPING, "made_up.toml"))
    assert rows("SELECT offence_id, sanction, CAST(sanctioned_on AS VARCHAR) FROM offence ORDER BY ALL") == [
        ("a", "conviction", "2023-02-01"),
        ("b", None, None),
        ("c", None, None),
        ("d", "caution", "2023-02-04"),
        ("e", None, "2023-02-05"),  # nothing is said of an empty result: its day stands
        ("f", None, None),
    ]
    assert {row[0] for row in rows("SELECT line FROM quarantine")} == {8}


def test_an_empty_result_has_no_day_where_the_mapping_says_that_it_stands_for_none(
    take: Callable[..., ImportReport], rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    take("person_id\n1\n", "person")
    take(LINES, mapping=parse_mapping(MAPPING + '"" = ""\n', "made_up.toml"))
    assert rows("SELECT offence_id, sanctioned_on FROM offence WHERE offence_id = 'e'") == [("e", None)]
