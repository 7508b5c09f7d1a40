"""Where an import's rows wait until all of them have been looked at: tables that vanish with the transaction."""

from collections.abc import Iterable, Sequence

import polars as pl

from whatworks.records.engine import Store
from whatworks.records.mappings.block_plan import Checked
from whatworks.records.mappings.mapping import TableBlock
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.ddl import create_statement
from whatworks.records.tables.references import key_columns

_STAGED = "staged_"


class Staging:
    """The rows, faults and raw texts of one import. All columns may be null here: faulty rows wait among the sound."""

    def __init__(self, connection: Store, tables: Iterable[str]) -> None:
        wanted = set(tables)
        self.connection = connection
        self.tables = [table for table in RECORD_TABLES if table in wanted]
        self.drop()
        for table in self.tables:
            statement = create_statement(_STAGED + table, RECORD_TABLES[table])
            connection.change(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1).replace(" NOT NULL", ""))
        connection.change(
            "CREATE TEMP TABLE staged_fault (source_id VARCHAR, line BIGINT, field VARCHAR, value VARCHAR, "
            "problem VARCHAR, remedy VARCHAR, rule VARCHAR)"
        )
        connection.change("CREATE TEMP TABLE staged_raw (line BIGINT, raw VARCHAR)")

    def add(self, table: str, source_id: str, checked: Checked) -> None:
        """Put a batch's rows and faults with the others."""
        columns = ", ".join(f'"{name}"' for name in checked.rows.columns)
        self._insert(
            f"INSERT INTO staged_{table} (source_id, {columns}) SELECT ?, {columns} FROM batch",
            checked.rows,
            [source_id],
        )
        self.add_faults(source_id, checked.faults)

    def add_faults(self, source_id: str, faults: pl.DataFrame) -> None:
        """Put faults with the others."""
        if faults.height:
            sql = "INSERT INTO staged_fault SELECT ?, line, field, value, problem, remedy, rule FROM batch"
            self._insert(sql, faults, [source_id])

    def add_raws(self, lines: Sequence[int], raws: Sequence[str]) -> None:
        """Put the raw texts of faulty lines with the others."""
        if lines:
            batch = pl.DataFrame({"line": lines, "raw": raws}, schema={"line": pl.Int64, "raw": pl.String})
            self._insert("INSERT INTO staged_raw SELECT line, raw FROM batch", batch)

    def lines_without_raw(self) -> list[int]:
        """Return the faulty lines whose raw text is not here yet, in order."""
        rows = self.connection.rows(
            "SELECT DISTINCT line FROM staged_fault AS f "
            "WHERE NOT EXISTS (SELECT 1 FROM staged_raw AS r WHERE r.line = f.line) ORDER BY line"
        )
        return [line for (line,) in rows]

    def leave_out(self, block: TableBlock, source_id: str) -> int:
        """Drop the sound rows that a block leaves out as repeats, or as known already; return how many."""
        repeats = self.drop_repeats(block.table, source_id) if block.distinct else 0
        return repeats + (self.drop_known(block.table, source_id) if block.only_new else 0)

    def drop_known(self, table: str, source_id: str) -> int:
        """Drop sound rows whose number a row of another file holds already; return how many."""
        same = " AND ".join(f"s.{key} = t.{key}" for key in key_columns(table))
        dropped = self.connection.rows(
            f"DELETE FROM staged_{table} s WHERE s.source_id = ? AND EXISTS (SELECT 1 FROM {table} t WHERE {same}) "
            "AND NOT EXISTS (SELECT 1 FROM staged_fault f WHERE f.source_id = s.source_id AND f.line = s.source_line) "
            "RETURNING 1",
            [source_id],
        )
        return len(dropped)

    def drop_repeats(self, table: str, source_id: str) -> int:
        """Drop sound rows that equal, line aside, an earlier one of this source; return how many."""
        own = ", ".join(f'"{name}"' for name in RECORD_TABLES[table].columns() if name != "source_line")
        sound = "NOT EXISTS (SELECT 1 FROM staged_fault f WHERE f.source_id = ? AND f.line = s.source_line)"
        dropped = self.connection.rows(
            f"DELETE FROM staged_{table} WHERE source_id = ? AND source_line IN (SELECT source_line FROM (SELECT "
            f"origin, source_line, row_number() OVER (PARTITION BY {own} ORDER BY origin, source_line) AS nth FROM ("
            f"SELECT 0 AS origin, {own}, source_line FROM {table} WHERE source_id = ? UNION ALL "
            f"SELECT 1, {own}, source_line FROM staged_{table} s WHERE source_id = ? AND {sound})) "
            "WHERE nth > 1 AND origin = 1) RETURNING 1",
            [source_id] * 4,
        )
        return len(dropped)

    def keep_sound(self, table: str) -> None:
        """Put the rows without a fault into the table."""
        columns = ", ".join(f'"{name}"' for name in RECORD_TABLES[table].columns())
        self.connection.change(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM staged_{table} s WHERE NOT EXISTS "
            "(SELECT 1 FROM staged_fault f WHERE f.source_id = s.source_id AND f.line = s.source_line)"
        )

    def quarantine(self) -> None:
        """Set the others aside with their raw text and every fault, and hold what did parse of them."""
        self.connection.change(
            "INSERT INTO quarantine SELECT f.source_id, f.line, r.raw, f.field, f.value, f.problem, f.remedy, f.rule "
            "FROM staged_fault f JOIN staged_raw r USING (line) ORDER BY f.source_id, f.line, f.field, f.rule"
        )
        held = [
            f"SELECT source_id, source_line, {row_as_json(table)} AS row_values FROM staged_{table} s WHERE EXISTS "
            "(SELECT 1 FROM staged_fault f WHERE f.source_id = s.source_id AND f.line = s.source_line)"
            for table in self.tables
        ]
        self.connection.change(
            "INSERT INTO held_row SELECT f.source_id, f.line, coalesce(min(h.row_values), '{}') "
            f"FROM (SELECT DISTINCT source_id, line FROM staged_fault) f LEFT JOIN ({' UNION ALL '.join(held)}) h "
            "ON h.source_id = f.source_id AND h.source_line = f.line GROUP BY f.source_id, f.line ORDER BY 1, 2"
        )

    def drop(self) -> None:
        """Give the memory back."""
        self.connection.drop(*(_STAGED + table for table in (*self.tables, "fault", "raw")))

    def _insert(self, sql: str, batch: pl.DataFrame, parameters: Sequence[str] = ()) -> None:
        with self.connection.lent("batch", batch):
            self.connection.change(sql, parameters)


def row_as_json(table: str) -> str:
    """Return the SQL expression that writes a row's own columns as JSON.

    >>> row_as_json("scheme_area").count(",")
    7
    """
    columns = [name for name in RECORD_TABLES[table].columns() if name not in ("source_id", "source_line")]
    return "CAST(json_object(" + ", ".join(f"'{name}', \"{name}\"" for name in columns) + ") AS VARCHAR)"


def key_list(table: str, alias: str = "") -> str:
    """Return a table's key columns for a SQL statement.

    >>> key_list("person", "p")
    'p.organisation_id, p.person_id'
    """
    return ", ".join(f"{alias}.{name}" if alias else name for name in key_columns(table))
