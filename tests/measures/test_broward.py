"""Real input the whole way: Broward County's screenings become records; the two-year measure agrees with the file's.

`two_year_recid` was published with the file. The measure works from dates alone: charged with an offence committed
within two years, half-open, of the screening. No disposals are in the file, so nothing can be proven.
"""

import csv
import gzip
import shutil
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from whatworks.linkage import link
from whatworks.measures import MeasureSettings, measure_outcomes, prepare
from whatworks.records import DuckDBStore
from whatworks.records.engine import Store
from whatworks.records.imports.folder import FolderReport, import_folder
from whatworks.records.partnership import Partnership

pytestmark = pytest.mark.real_data
LAST_DAY_OF_FILE = date(2016, 4, 15)
ALL_MATURE = date(2017, 7, 1)
"""The last screening, 31 December 2014, and thirty months. The file's people were kept whether or not two years had
passed (a fault that its users found), so agreement is asked of all of them, as if they had."""


@pytest.fixture(scope="module")
def published(shared_data: Path) -> list[dict[str, str]]:
    with gzip.open(shared_data / "broward/two-years.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def imported(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, FolderReport]:
    root = tmp_path_factory.mktemp("broward") / "partnership"
    shutil.copytree(Path(str(files("whatworks") / "examples/broward")), root)
    with gzip.open(shared_data / "broward/two-years.csv.gz") as packed:
        (root / "extracts/two-years.csv").write_bytes(packed.read())
    partnership = Partnership.open(root)
    store = DuckDBStore(partnership.store_path)
    return store, import_folder(store, partnership, received_on=LAST_DAY_OF_FILE)


@pytest.fixture(scope="module")
def measured(imported: tuple[Store, FolderReport]) -> pl.DataFrame:
    connection = imported[0]
    link(connection)
    settings = MeasureSettings(as_at=ALL_MATURE, conviction_record="broward")
    prepare(connection, settings)
    cohort = connection.fetch(
        "SELECT CAST(p.person_id AS BIGINT) AS unit, i.linked_id, p.started_on AS index_date "
        "FROM participation AS p JOIN identity AS i USING (organisation_id, person_id) ORDER BY unit"
    )
    return measure_outcomes(connection, cohort, windows=(12, 24), settings=settings)


def test_every_row_is_accounted_for(imported: tuple[Store, FolderReport]) -> None:
    tables = Counter(dict(imported[0].rows('SELECT "table", sum(rows_quarantined) FROM source GROUP BY 1')))
    # 64 stays are said to end after the file does (most on 1 January 2020, a placeholder); see the next test.
    assert {table: count for table, count in tables.items() if count} == {"custody_spell": 64}
    blocks = imported[0].rows(
        "SELECT rows_in, rows_kept + rows_quarantined + rows_excluded FROM source WHERE name = 'two years'"
    )
    assert blocks == [(7214, 7214)] * 6


def test_stays_that_end_after_the_file_are_set_aside(published: list[dict[str, str]]) -> None:
    assert sum(row["out_custody"] > LAST_DAY_OF_FILE.isoformat() for row in published) == 64


def test_the_measure_agrees_with_the_published_one(measured: pl.DataFrame, published: list[dict[str, str]]) -> None:
    flag = {int(row["id"]): int(row["two_year_recid"]) for row in published}
    mine = dict(measured.select("unit", "charged_2y").iter_rows())
    assert len(mine) == len(flag) == 7214
    agree = sum(mine[unit] == flag[unit] for unit in flag)
    # The methods page asks for at least 7,160; the file gives 7,167 from its own dates, counted by hand below.
    assert agree == 7167


def test_disagreements_are_of_two_kinds(measured: pl.DataFrame, published: list[dict[str, str]]) -> None:
    mine = dict(measured.select("unit", "charged_2y").iter_rows())
    kinds: Counter[str] = Counter()
    for row in published:
        if mine[int(row["id"])] == int(row["two_year_recid"]):
            continue
        start, offence = date.fromisoformat(row["screening_date"]), date.fromisoformat(row["r_offense_date"])
        late = offence >= start.replace(year=start.year + 2)
        kinds["flagged, but committed after two years" if late else "committed within two years, not flagged"] += 1
    assert kinds == {"flagged, but committed after two years": 46, "committed within two years, not flagged": 1}


def test_nothing_is_proven(measured: pl.DataFrame) -> None:
    assert measured["proven_reoffending_2y"].sum() == 0


def test_an_honest_as_at_date_leaves_the_immature_out(
    imported: tuple[Store, FolderReport], measured: pl.DataFrame, published: list[dict[str, str]]
) -> None:
    del measured  # it fills `identity`
    connection = imported[0]
    settings = MeasureSettings(as_at=LAST_DAY_OF_FILE, conviction_record="broward")
    prepare(connection, settings)
    cohort = connection.fetch(
        "SELECT CAST(p.person_id AS BIGINT) AS unit, i.linked_id, p.started_on AS index_date "
        "FROM participation AS p JOIN identity AS i USING (organisation_id, person_id)"
    )
    outcomes = measure_outcomes(connection, cohort, windows=(12, 24), settings=settings)
    # Thirty months before 15 April 2016 is 15 October 2013.
    old_enough = sum(row["compas_screening_date"] <= "2013-10-15" for row in published)
    assert outcomes["charged_2y"].is_not_null().sum() == old_enough
