"""A small store of made-up people, the same in two agencies, with scored pairs and a sample drawn from them."""

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl

from whatworks.linkage.checking.judge_sheet import ANSWER, JUDGE, QUESTION, write_judge_sheet
from whatworks.linkage.checking.samples import keep_sample, read_sample
from whatworks.linkage.checking.sampling import sample_pairs
from whatworks.linkage.records_and_pairs import ScoredPairs, read_records
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

TODAY = date(2024, 7, 1)
PEOPLE = 400


def store(people: int = PEOPLE) -> Store:
    """Make a store of people 0, 1, ... whom court and police both hold, the police as PERSON."""
    connection = scratch()
    create_tables(connection)
    for agency in ("court", "police"):
        connection.change(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id, forename, surname, postcode) "
            "SELECT 's', i + 1, ?, printf('%04d', i), 'Fn' || i, ?, 'AB1 2CD' FROM range(?) AS t(i)",
            [agency, "Court" if agency == "court" else "=1+1", people],
        )
    return connection


def scored(people: int = PEOPLE) -> ScoredPairs:
    """Score person i of the court with person i of the police, in all bands; nine in ten of the sure bands."""
    rng = np.random.default_rng(4)
    likely = np.where(rng.random(people) < 0.8, 0.9995, rng.uniform(0.001, 1, people))
    return ScoredPairs.sorted_from(np.arange(people), people + np.arange(people), likely)


def drawn(connection: Store, seed: int = 1) -> int:
    """Draw and keep a sample; return its number."""
    pairs, records = scored(), read_records(connection)
    joined = pairs.probability >= 0.3
    sample = sample_pairs(records, pairs, joined, seed)
    return keep_sample(connection, records, pairs, joined, sample, threshold=0.3, seed=seed, model_id="m1", on=TODAY)


def sheet(connection: Store, number: int, judge: str, folder: Path, order: int = 0) -> Path:
    """Write a judge's sheet."""
    path = folder / f"{judge}.xlsx"
    write_judge_sheet(connection, read_sample(connection, number), judge, path, TODAY, order=order)
    return path


def answer(path: Path, said: dict[str, str], rest: str = "") -> None:
    """Answer questions of a sheet by their codes, and all others alike."""
    book = openpyxl.load_workbook(path)
    page = book["Pairs"]
    heading = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        code = page.cell(row, heading[QUESTION]).value
        page.cell(row, heading[ANSWER]).value = said.get(code, rest)
    book.save(path)


def change(path: Path, row: int, column: str, value: str | None) -> None:
    """Write a value into a cell of a sheet, by its heading."""
    book = openpyxl.load_workbook(path)
    page = book["Pairs"]
    places = {cell.value: cell.column for cell in page[1]}
    page.cell(row, places[{"question": QUESTION, "judge": JUDGE, "answer": ANSWER}.get(column, column)]).value = value
    book.save(path)
