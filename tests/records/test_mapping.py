"""A mapping is checked whole before a row is read, and all its faults are said at once."""

import pytest

from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

GOOD = """
[file]
delimiter = ";"
[[table]]
table = "offence"
when = [{ column = "Type", equals = "CRIME" }]
[table.columns]
offence_id = "CrimeNo"
person_id = "URN"
committed_from = "From"
offence_group = "Class"
[table.constants]
sanction = "conviction"
[table.formats]
committed_from = "%d/%m/%Y"
[table.codes.offence_group]
"VIO" = "violence"
"""


def test_a_mapping_says_what_it_needs_and_fills() -> None:
    block = parse_mapping(GOOD, "m.toml").table[0]
    assert block.needs() == ("CrimeNo", "URN", "From", "Class", "Type")
    assert block.fills() == {"offence_id", "person_id", "committed_from", "offence_group", "sanction"}


def test_the_hash_is_of_the_content() -> None:
    reworded = "# a comment\r\n" + GOOD.replace("\n", "\r\n").replace('{ column = "Type"', '{column   = "Type"')
    assert parse_mapping(GOOD, "m").sha256() == parse_mapping(reworded, "m").sha256()
    assert parse_mapping(GOOD, "m").sha256() != parse_mapping(GOOD.replace("URN", "URN2"), "m").sha256()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('table = "offence"', 'table = "offense"', "not one of organisation, area"),
        ("[table.columns]", "[table.column]", "table.1.column: is not a setting"),
        ("person_id =", "person =", "'person' is not a column of offence"),
        ('person_id = "URN"', "", "'person_id' must be filled"),
        ("sanction =", "committed_from =", "'committed_from' is filled twice"),
        ("%d/%m/%Y", "%d/%m/%y", "two_digit_years"),
        ("%d/%m/%Y", "%d/%m", "has no year"),
        ("%d/%m/%Y", "%Q/%m/%Y", "not among"),
        ("%d/%m/%Y", "%m/%Y", "needs a day and a month"),
        ('equals = "CRIME"', 'equals = "CRIME", empty = true', "exactly one of"),
        ("codes.offence_group", "codes.offence_code", "nothing fills it"),
        ('delimiter = ";"', 'delimiter = ";;"', "file.delimiter"),
        ('delimiter = ";"', "delimiter = '\"'", "file.delimiter"),
        ('delimiter = ";"', 'delimiter = "§"', "file.delimiter"),
        ('delimiter = ";"', 'encoding = "utf-9"', "encoding 'utf-9' is not known"),
        ("[[table]]", "[[tables]]", "is not a setting"),
        ("sanction =", "source_id =", "'source_id' is not a column of offence that a mapping may fill"),
        ("[file]", "[file", "cannot be read as TOML"),
        ('column = "Type",', "column = 3,", "table.1.when.1.column: is not text"),
        ("when = [{", 'when = [{ column = "Sort", empty = true }, { colum = "x", ', "table.1.when.2.colum: is not a"),
        (
            "[table.codes.offence_group]",
            '[table.key]\nevent_id = ["URN", 3]\n[table.codes.x]',
            "table.1.key.event_id.2:",
        ),
    ],
)
def test_a_fault_is_refused_by_its_place(before: str, after: str, words: str) -> None:
    assert before in GOOD
    with pytest.raises(Refused, match=r"m\.toml") as refused:
        parse_mapping(GOOD.replace(before, after, 1), "m.toml")
    assert words in str(refused.value)


def test_all_faults_of_a_block_are_said_at_once() -> None:
    bad = GOOD.replace("%d/%m/%Y", "%d/%m/%y").replace("person_id =", "person =")
    with pytest.raises(Refused) as refused:
        parse_mapping(bad, "m.toml")
    assert all(words in str(refused.value) for words in ("two_digit_years", "'person' is not", "'person_id' must be"))
