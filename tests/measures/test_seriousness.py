"""Seriousness by a named edition, and editions that are refused."""

import pytest

from whatworks.measures import SeverityTable, read_severity, severity_table
from whatworks.records.refusal import Refused

START = "2020-01-15"
MADE_UP = SeverityTable("made up", by_code=(("C9", 12345),), by_group=(("theft", 250), ("robbery", 10000)))


def test_weights_of_proven_reoffences_add_up(town) -> None:
    town.person("ann")
    town.person("ben")
    town.offence("ann", "2020-02-01", "2020-05-01")  # theft: 2.50
    town.offence("ann", "2020-02-02", "2020-05-01", offence_group="robbery")  # 100.00
    town.offence("ann", "2020-02-03", "2020-05-01", offence_code="C9")  # the code's weight goes first: 123.45
    town.offence("ann", "2020-02-04", "2020-05-01", offence_group="handling")  # no weight
    town.offence("ann", "2020-02-05", None, offence_group="robbery")  # not proven
    town.offence("ann", "2021-02-05", "2021-05-01")  # second year: 2.50
    town.settings = town.settings.__class__(
        town.settings.as_at, "police", severity_edition="made up", severity_tables=(MADE_UP,)
    )
    found = town.outcomes({"ann": START, "ben": START}, "release")
    assert (found["ann"]["seriousness_1y"], found["ann"]["seriousness_2y"]) == (225.95, 228.45)
    assert (found["ann"]["unweighted_offences_1y"], found["ben"]["unweighted_offences_1y"]) == (1, 0)
    assert found["ben"]["seriousness_1y"] == 0.0  # who did not reoffend is at zero, not left out
    assert town.prepare().records_without_weight == {"handling": 1}


def test_an_unknown_edition_is_refused_and_says_what_is_at_hand(town) -> None:
    town.person("ann")
    with pytest.raises(Refused, match=r"official 2031.*example"):
        town.prepare(severity_edition="official 2031")


def test_the_shipped_edition_says_that_it_is_made_up() -> None:
    from importlib.resources import files

    text = files("whatworks.measures").joinpath("reference/severity_example.csv").read_text(encoding="utf-8")
    assert text.startswith("# MADE UP")
    assert dict(severity_table("example").by_group)["theft"] == 300  # hundredths of 3


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("group,theft,-1", "weight"),
        ("group,theft,1.234", "weight"),
        ("group,theft,many", "weight"),
        ("group,theft,", "weight"),
        ("group,theft,nan", "weight"),
        ("kind,theft,1", "level"),
        ("group,,1", "key"),
        ("group,robbery,1", "key"),
    ],
)
def test_a_faulty_weight_is_refused_with_its_line(row: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_severity(f"# made up\nlevel,key,weight\ngroup,robbery,100\n\n{row}\n", "mine", "mine.csv")
    assert [(fault.file, fault.row, fault.field) for fault in refused.value.faults] == [("mine.csv", 5, field)]


def test_another_table_is_refused() -> None:
    with pytest.raises(Refused, match="level,key,weight"):
        read_severity("a,b\n1,2\n", "mine")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read_severity("level,key,weight\ngroup,theft,x\nkind,theft,1\n", "mine")
    assert len(refused.value.faults) == 2
