"""Who spends, who funds, and what rests on money not yet committed."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from whatworks.money.tables import exposure, load_exposure
from whatworks.money.tables.chosen import choose_table
from whatworks.money.tables.commitment import ExposureTerms
from whatworks.money.tables.sample import made_grid
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused

EXAMPLE = Path(str(files("whatworks") / "examples/money/diamond-2008-exposure.toml"))
TABLE = made_grid(
    [
        ["Item", "2026/27", "2027/28", "Total"],
        ["Staff", "60", "70", "130"],
        ["Ministry", "40", "50", "90"],
        ["Borough", "20", "15", "35"],
    ]
)


def terms(**changes: object) -> ExposureTerms:
    given = {
        "title": "Made up",
        "source": "made up",
        "unit": 1,
        "prices": "cash",
        "cost": "Staff",
        "funder": [
            {"name": "the ministry", "lines": ["Ministry"], "committed": ["2026/27"], "fallback": "reserves"},
            {"name": "the borough", "lines": ["Borough"]},
        ],
    }
    return ExposureTerms.model_validate(given | changes)


@pytest.mark.real_data
def test_the_diamond_table_gives_the_published_figures(diamond_report: Path) -> None:
    found = exposure(choose_table(read_document(diamond_report)), load_exposure(EXAMPLE))
    central, police, local, _ = found.funders
    assert (central.total, round(100 * central.share, 1)) == (2555, Decimal("46.0"))
    assert (police.total, police.printed) == (1395, 1394)
    assert central.not_committed == 900 + 350 + 212 + 93 == 1555
    mps, team = found.spenders
    assert (mps.total, local.total, team.total) == (3230, 1489, 1522)
    assert found.cost.total == 5560
    assert any(
        sentence.startswith("1,555 of 2009/2010 and 2010/2011") and "not yet committed" in sentence
        for sentence in found.sentences
    )
    assert any("whose size is not stated" in sentence for sentence in found.sentences)


def test_a_gap_is_said_by_year() -> None:
    # 40 + 20 is the 60 of staff; 50 + 15 is 5 less than 70
    found = exposure(TABLE, terms())
    assert found.gap == (0, -5)
    assert "In 2027/28 funding is 5 less than the cost." in found.sentences


def test_a_fallback_that_is_too_small_says_by_how_much() -> None:
    funder = {"name": "m", "lines": ["Ministry"], "committed": ["2026/27"], "fallback": "r", "fallback_size": "30"}
    found = exposure(TABLE, terms(funder=[funder]))
    assert "If it does not come, it falls on r of 30, 20 too little." in found.sentences


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cost": "Staf"}, 'did you mean "Staff"'),
        (
            {"funder": [{"name": "m", "lines": ["Ministry"], "committed": ["2031/32"]}]},
            "is not a year of the table; its years are 2026/27, 2027/28",
        ),
    ],
)
def test_names_that_the_table_does_not_hold_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        exposure(TABLE, terms(**changes))


def test_faults_of_the_terms_name_their_file_and_come_at_once(tmp_path: Path) -> None:
    funder = {"name": "m", "lines": ["Ministri"], "committed": ["2031/32"]}
    with pytest.raises(Refused) as refused:
        exposure(TABLE, terms(cost="Staf", funder=[funder]), "plan.csv", "terms.toml")
    assert str(refused.value).splitlines() == [
        'terms.toml, cost "Staf": is not a line of plan.csv; did you mean "Staff"?',
        'terms.toml, funder.1.lines "Ministri": is not a line of plan.csv; did you mean "Ministry"?',
        'terms.toml, funder.1.committed "2031/32": is not a year of plan.csv; its years are 2026/27, 2027/28',
    ]
    path = tmp_path / "terms.toml"
    path.write_text('title = "x"\nsource = "x"\nunit = 1000\ncost = "Staff"\nprices = "2011-12"\n')
    with pytest.raises(Refused, match=r'^terms.toml, prices "2011-12": is not a year'):
        load_exposure(path)


def test_a_line_named_twice_would_count_twice(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    sides = '[[funder]]\nname = "m"\nlines = ["Ministry"]\n[[funder]]\nname = "b"\nlines = ["ministry", "Borough"]\n'
    path.write_text(f'title = "x"\nsource = "x"\nunit = 1\ncost = "Staff"\nprices = "cash"\n{sides}')
    with pytest.raises(Refused, match=r'^terms.toml, funder.lines "ministry": stands there twice'):
        load_exposure(path)


def test_a_figure_that_is_not_known_is_not_taken_for_nought() -> None:
    with pytest.raises(Refused, match="is not a known figure"):
        exposure(made_grid([["Item", "2026/27"], ["Staff", "tbc"], ["Rent", "5"]]), terms(funder=[]))


def test_a_missing_price_year_and_unknown_keys_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('title = "x"\nsource = "x"\nunit = 1000\ncost = "Staff"\npries = "cash"\n')
    with pytest.raises(Refused) as refused:
        load_exposure(path)
    assert {fault.field for fault in refused.value.faults} == {"prices", "pries"}
