"""A reference that two agencies' records share speaks for one person where names or births agree, and never alone."""

from dataclasses import replace
from datetime import date
from math import log2
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.linkage import LinkageSettings, train_and_link
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.stored import pairs
from whatworks.linkage.stored.records import renew_records
from whatworks.linkage.stored.references import bear_it_out, reference_bits, sharing_a_reference
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.records.tables.ddl import create_tables
from whatworks.simulation import SimulationSettings, simulate
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.truth.linkage_score import score_linkage

NAME, BORN = (16 ** (len(PERSON_COMPARISONS) - place) for place in (1, 2))
SAME, BROTHERS, SAME_SURNAME_ALONE, NOTHING = NAME + BORN, 7 * NAME + 6 * BORN, 6 * NAME, 0
POLICE = 40


def store() -> DuckDBStore:
    """Return forty people of the police and as many of a court, whom it knows by the same numbers."""
    connection = DuckDBStore(None)
    create_tables(connection)
    add = "INSERT INTO person (source_id, source_line, organisation_id, person_id) VALUES ('s', ?, ?, ?)"
    people = [(line, agency, f"{line:02d}") for agency in ("court", "police") for line in range(POLICE)]
    connection.change_each(add, people)
    renew_records(connection)
    return connection


def told(connection: DuckDBStore, agency: str, person: int, reference: str) -> None:
    """Have an agency write down an offence of a person under a reference."""
    connection.change(
        "INSERT INTO offence (source_id, source_line, organisation_id, offence_id, person_id, offence_ref, "
        "committed_from) VALUES ('s', 1, ?, ?, ?, ?, DATE '2024-01-01')",
        [agency, f"{person} {reference}", f"{person:02d}", reference],
    )


def bits(connection: DuckDBStore, person: int, code: int) -> float:
    """Return what is added to the pair of a person's two records, where they agree so."""
    rows = connection.rows("SELECT record FROM link_record WHERE person_id = ? ORDER BY record", [f"{person:02d}"])
    left, right = (np.array([record], dtype=np.int64) for (record,) in rows)
    shared = sharing_a_reference(connection, left, right) & bear_it_out(np.array([code]))
    return float(shared[0]) * reference_bits(connection)


@pytest.mark.parametrize(
    ("code", "worth"), [(SAME, 2.0), (NAME, 2.0), (BORN, 2.0), (BROTHERS, 0), (SAME_SURNAME_ALONE, 0), (NOTHING, 0)]
)
def test_it_counts_where_names_or_births_agree_and_neither_differs(code: int, worth: float) -> None:
    """Ten of the forty may stand under it by chance: one in common makes the odds four times what they were."""
    connection = store()
    told(connection, "police", 7, "01/23 AB-4")
    told(connection, "court", 7, "0123ab4")
    assert worth in (0, log2(POLICE / 10))
    assert bits(connection, 7, code) == worth
    assert bits(connection, 8, code) == 0


@pytest.mark.parametrize("reference", ["N/A", "0000", "TBC"])
def test_a_reference_without_a_digit_names_no_case(reference: str) -> None:
    connection = store()
    told(connection, "police", 7, reference)
    told(connection, "court", 7, reference)
    assert bits(connection, 7, SAME) == 0


@pytest.mark.parametrize(("people", "worth"), [(10, 2.0), (11, 0.0)])
def test_a_reference_of_very_many_names_no_case(people: int, worth: float) -> None:
    connection = store()
    told(connection, "court", 0, "R1")
    for person in range(people):
        told(connection, "police", person, "R1")
    assert bits(connection, 0, SAME) == worth


def test_people_tried_together_are_not_joined_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of cases stand under a relative's or another's reference, and no more pairs are joined wrongly."""
    identity = replace(IdentitySettings.realistic(), co_defendants=0.25, siblings=0.06, carelessness=4.0)
    folder = tmp_path / "p"
    simulate(folder, people=900, seed=12, settings=SimulationSettings(identity=identity))
    here = Partnership.open(folder)
    truth = pl.read_parquet(folder / "truth" / "identities.parquet")
    with DuckDBStore(here.store_path) as made:
        import_folder(made, here, received_on=date(2026, 3, 1))

        def wrong(asked: object) -> int:
            monkeypatch.setattr(pairs, "reference_bits", asked)
            made.change("DELETE FROM link_scoring")
            made.change("DELETE FROM link_run")
            train_and_link(made, LinkageSettings(), date(2026, 3, 1))
            found = score_linkage(made.fetch("SELECT organisation_id, person_id, linked_id FROM identity"), truth)
            return found.joined - found.right

        def nothing(_: object) -> float:
            return 0.0

        assert wrong(reference_bits) <= wrong(nothing)
