"""Copy the store's records of people into a connection of their own, in the form in which they are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.names import standard_name
from whatworks.linkage.records_and_pairs import held_numbers_sql, numbers_query
from whatworks.records.engine import Engine, Store
from whatworks.records.store import Scratch, scratch

TABLE = "standard_record"
NUMBERS = ("pnc", "prison_no", "crn_no")
COMPARED = (
    "organisation", "forename", "surname", "forename_root", "forename_sound", "surname_sound", "full_name",
    "name_parts", "born", "sex", "postcode", "postcode_sector", "postcode_district", *NUMBERS,
)  # fmt: skip
"""What is known of each record, in the form in which it is compared."""
READ = ("organisation_id", "person_id", "forename", "surname", "date_of_birth", "sex", "postcode", "pnc_id",
        "prison_number", "crn")  # fmt: skip
"""The columns of `person` that the form is made of."""


@dataclass(frozen=True, slots=True)
class StandardRecords:
    """Records ready to be compared: a table or view `standard_record` of an engine, each record with its number."""

    engine: Store = field(repr=False)
    count: int
    numbered: int = -1
    """One more than the highest number of a record; by default the count, as records are numbered from zero."""

    @property
    def scratch(self) -> Scratch:
        """The engine of their own that records to train on are in."""
        if not isinstance(self.engine, Scratch):
            raise TypeError("records of a store are not trained on: copy them first")
        return self.engine

    def frequencies(self, *columns: str) -> dict[str, NDArray[np.int64]]:
        """Return, for each column and record by number, how many records hold its value: 0 where it is empty."""
        hashes = ", ".join(f"CASE WHEN {column} IS NOT NULL THEN hash({column}) END AS {column}" for column in columns)
        values = self.engine.fetch(f"SELECT record, {hashes} FROM {TABLE}")
        holding = values.select("record", *(pl.col(column).count().over(column) for column in columns))
        record, counts = holding["record"].to_numpy(), {}
        for column in columns:
            counts[column] = np.zeros(self.count if self.numbered < 0 else self.numbered, dtype=np.int64)
            counts[column][record] = holding[column].to_numpy()
        return counts

    def pairs_within(self, agency: str) -> int:
        """Return the number of pairs of records of one agency."""
        query = f"SELECT count(*) FROM {TABLE} WHERE organisation = $agency"
        [(count,)] = self.engine.rows(query, {"agency": agency})
        return int(count) * (int(count) - 1) // 2

    def contents(self) -> NDArray[np.object_]:
        """Return, for each record in order, the hash of all that is compared of it."""
        names = self.engine.columns(TABLE)
        compared = ", ".join(f"coalesce({name}, '')" for name in names if name != "record")
        query = f"SELECT sha256(concat_ws(chr(31), {compared})) AS content FROM {TABLE} ORDER BY record"
        return self.engine.fetch(query)["content"].to_numpy().astype(object)


def standardise(connection: Engine) -> StandardRecords:
    """Copy `person` out of the store, standardised; records are numbered in order of (organisation_id, person_id).

    Nothing is written into `connection`.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = scratch()
    >>> create_tables(con)
    >>> columns = "source_id, source_line, organisation_id, person_id, forename, surname"
    >>> people = [["police", "7", "Mr JOHN", "Smith-Lee"], ["court", "9", "UNKNOWN", "unknown"]]
    >>> con.change_each(f"insert into person ({columns}) values ('s', 1, ?, ?, ?, ?)", people)
    >>> rows = "select organisation, full_name, name_parts from standard_record order by record"
    >>> standardise(con).engine.rows(rows)
    [('court', None, None), ('police', 'john smithlee', 'john lee smith')]
    """
    engine = standard_forms(connection)
    engine.change(
        f"CREATE TABLE {TABLE} AS "
        "SELECT CAST(row_number() OVER (ORDER BY organisation, person_id) - 1 AS INT) AS record, "
        f"{', '.join(COMPARED)} FROM standard_form ORDER BY record"
    )
    engine.derive("placeholder", f"WITH {held_numbers_sql('standard_form')} {query('placeholder_number')}")
    engine.drop("standard_form")
    for kind in NUMBERS:
        names_nobody = f"{kind} IN (SELECT number FROM placeholder WHERE kind = '{kind}')"
        engine.change(f"UPDATE {TABLE} SET {kind} = NULL WHERE {names_nobody}")
    engine.drop("placeholder")
    return numbered_from_zero(engine)


def numbered_from_zero(engine: Store) -> StandardRecords:
    """Return the records of a connection's table `standard_record`, which are numbered from zero."""
    [(count,)] = engine.rows(f"SELECT count(*) FROM {TABLE}")
    return StandardRecords(engine, count)


def standard_forms(connection: Engine, people: str = "person", engine: Store | None = None) -> Store:
    """Return an engine with the table of the session `standard_form`: a row each record of a relation like `person`.

    It is a connection of its own, unless the store's is given to be worked in. Numbers are as written (`pnc`, ...) and
    as checked (`pnc_checked`, ...), whoever else holds them.
    """
    engine = engine or scratch()
    read = connection.fetch(f"SELECT {', '.join(READ)} FROM {people}")
    kinds = connection.fetch("SELECT DISTINCT organisation_id, kind FROM organisation")
    numbers = (
        f"number_as_written AS ({query('number_as_written')}), number_in_form AS ({numbers_query('number_in_form')})"
    )
    with engine.lent("person", read), engine.lent("organisation", kinds):
        _register_names(engine)
        engine.derive("standard_form", f"WITH {numbers} SELECT * FROM ({query('standardise')}) AS form")
        engine.drop("name_form")
    return engine


def query(name: str) -> str:
    """Return the query of a file of this folder."""
    return files("whatworks.linkage.model").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _register_names(engine: Store) -> None:
    """Write each name as it stands beside its standard form; a name of which nothing is left is not there."""
    comma = "position(',' IN surname)"
    parted = f"unnest([substring(surname, 1, {comma} - 1), substring(surname, {comma} + 1)])"
    rows = engine.rows(
        "SELECT forename FROM person UNION SELECT surname FROM person "
        f"UNION SELECT {parted} FROM person WHERE forename IS NULL AND {comma} > 0"
    )
    written: Sequence[str] = sorted(name for (name,) in rows if name is not None)
    names = {name: form for name in written if (form := standard_name(name)).parts}
    columns = {part: [getattr(form, part) for form in names.values()] for part in ("whole", "root", "sound")}
    parts = pl.Series("parts", [form.parts for form in names.values()], dtype=pl.List(pl.String))
    texts = pl.DataFrame({"written": list(names), **columns}, schema_overrides=dict.fromkeys(columns, pl.String))
    engine.put("name_form", texts.with_columns(pl.col("written").cast(pl.String), parts))
