"""Remember how each imported file was read, so that rows corrected later can be read the same way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.records.engine import Engine, Store
from whatworks.records.mappings.mapping import Mapping
from whatworks.records.readers.reading import Reader
from whatworks.records.readers.record_line import record_line, split_line
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class HowRead:
    """A file's name, headers, the mapping that read it, and what separates values in its raw text (None: JSON)."""

    file: str
    header: tuple[str, ...]
    delimiter: str | None
    mapping: Mapping

    def fields(self, raw: str) -> list[str] | None:
        """Return a raw record's values in the header's order, more or fewer if it is ragged; None if it has none.

        >>> HowRead("a.csv", ("id", "name"), ";", Mapping.model_construct()).fields('7;"Lee; A"')
        ['7', 'Lee; A']
        """
        if raw.startswith("{"):
            try:
                found = json.loads(raw, parse_int=str, parse_float=str)
            except ValueError:
                found = {}
            filled = {name.strip() for name, value in found.items() if value is not None} - {"organisation_id"}
            if filled and filled <= set(self.header):
                return ["" if found.get(name) is None else _shown(found[name]) for name in self.header]
            if self.delimiter is None or found:
                return None
        return split_line(raw, self.delimiter) if self.delimiter is not None else None

    def raw(self, values: Sequence[str | None]) -> str:
        """Return values in the header's order as a raw record of the file's own form."""
        if self.delimiter is not None:
            return record_line(values, self.delimiter)
        return json.dumps(dict(zip(self.header, values, strict=True)), ensure_ascii=False)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def remember(
    connection: Store,
    source: str,
    file: str,
    reader: Reader,
    mapping: Mapping,
    notes: Sequence[str] = (),
) -> None:
    """Write down how the file of `source` is read and what is to be told of it, in place of what stood there."""
    connection.change("DELETE FROM how_read WHERE name = ?", [source])
    connection.change(
        "INSERT INTO how_read (name, file, header, delimiter, mapping, notes) VALUES (?, ?, ?, ?, ?, ?)",
        [
            source,
            file,
            json.dumps(reader.header),
            reader.delimiter,
            mapping.model_dump_json(exclude_none=True),
            json.dumps(notes, ensure_ascii=False),
        ],
    )


def source_notes(connection: Engine) -> dict[str, tuple[str, ...]]:
    """Return what is to be told of each source of which there is something to tell, in the order of their names."""
    rows = connection.rows("SELECT name, notes FROM how_read WHERE notes IS NOT NULL ORDER BY name")
    told = {name: tuple(json.loads(notes)) for name, notes in rows}
    return {name: notes for name, notes in told.items() if notes}


def recall(connection: Engine, source: str) -> HowRead:
    """Return how the file of `source` was read, or refuse a source that the store does not know."""
    rows = connection.rows("SELECT file, header, delimiter, mapping FROM how_read WHERE name = ?", [source])
    if not rows:
        known = [name for (name,) in connection.rows("SELECT name FROM how_read ORDER BY name")]
        remedy = f"the sources are {', '.join(known)}" if known else "nothing has been imported yet"
        raise Refused(Fault(f"{source!r} is not a source of this store", remedy))
    [(file, header, delimiter, mapping)] = rows
    return HowRead(file, tuple(json.loads(header)), delimiter, Mapping.model_validate_json(mapping))
