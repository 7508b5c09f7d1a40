"""Copy the store's records of people into a connection of their own, in the form in which they are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.names import standard_name
from whatworks.records.engine import Engine
from whatworks.records.store import Scratch, scratch

TABLE = "standard_record"


@dataclass(frozen=True, slots=True)
class StandardRecords:
    """Records ready to be compared: table `standard_record` of an in-memory connection, by number from zero."""

    engine: Scratch = field(repr=False)
    count: int

    def frequencies(self, column: str) -> NDArray[np.int64]:
        """Return, for each record in order, how many records hold its value of a column: 0 where it is empty."""
        query = f"""
            SELECT CASE WHEN {column} IS NULL THEN 0 ELSE count(*) OVER (PARTITION BY {column}) END AS n
            FROM {TABLE} ORDER BY record
        """
        return self.engine.fetch(query)["n"].to_numpy()

    def pairs_within(self, agency: str) -> int:
        """Return the number of pairs of records of one agency."""
        query = f"SELECT count(*) FROM {TABLE} WHERE organisation = $agency"
        [(count,)] = self.engine.rows(query, {"agency": agency})
        return int(count) * (int(count) - 1) // 2

    def contents(self) -> NDArray[np.object_]:
        """Return, for each record in order, the hash of all that is compared of it."""
        names = self.engine.columns(TABLE)
        compared = ", ".join(f"coalesce({name}, '')" for name in names if name not in ("record", "is_new"))
        query = f"SELECT sha256(concat_ws(chr(31), {compared})) AS content FROM {TABLE} ORDER BY record"
        return self.engine.fetch(query)["content"].to_numpy().astype(object)

    def mark_new(self, new: NDArray[np.bool_]) -> None:
        """Mark, by number, the records that have not been compared yet; all others have been."""
        with self.engine.lent("marked", pl.DataFrame({"record": np.flatnonzero(new)})):
            self.engine.change(f"UPDATE {TABLE} SET is_new = record IN (SELECT record FROM marked)")


def standardise(connection: Engine, new: NDArray[np.bool_] | None = None) -> StandardRecords:
    """Copy `person` out of the store, standardised; records are numbered in order of (organisation_id, person_id).

    `new` marks, by number, the records that have not been compared yet; without it all are.
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
    engine = scratch()
    for table in ("person", "organisation"):
        engine.put(table, connection.fetch(f"SELECT * FROM {table}"))
    _register_names(engine)
    engine.derive("number_as_written", _query("number_as_written"), view=True)
    engine.change(f"CREATE TABLE {TABLE} AS {_query('standardise')}")
    engine.drop("person", "organisation", "name_form")
    [(count,)] = engine.rows(f"SELECT count(*) FROM {TABLE}")
    standard = StandardRecords(engine, count)
    if new is not None:
        standard.mark_new(new)
    return standard


def _query(name: str) -> str:
    return files("whatworks.linkage.model").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _register_names(engine: Scratch) -> None:
    """Write each name as it stands beside its standard form; a name of which nothing is left is not there."""
    comma = "position(',' IN surname)"
    parted = f"unnest([substring(surname, 1, {comma} - 1), substring(surname, {comma} + 1)])"
    rows = engine.rows(
        "SELECT forename FROM person UNION SELECT surname FROM person "
        f"UNION SELECT {parted} FROM person WHERE forename IS NULL AND {comma} > 0"
    )
    written: Sequence[str] = sorted(name for (name,) in rows if name is not None)
    names = [(name, form) for name in written if (form := standard_name(name)).parts]
    frame = pl.DataFrame(
        {
            "written": [name for name, _ in names],
            "whole": [form.whole for _, form in names],
            "root": [form.root for _, form in names],
            "sound": [form.sound for _, form in names],
            "parts": [list(form.parts) for _, form in names],
        },
        schema={
            "written": pl.String,
            "whole": pl.String,
            "root": pl.String,
            "sound": pl.String,
            "parts": pl.List(pl.String),
        },
    )
    engine.put("name_form", frame)
