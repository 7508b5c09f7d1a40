"""The papers that are held: each with its parse and its lines, so that anything drawn from it can be quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from whatworks.board.parsed import ParsedPaper
from whatworks.records.documents import Document
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A paper of the register. `lines[0]` is its first line, which is counted as line 1."""

    id: str
    name: str
    kind: str
    event_id: int | None
    dated: date | None
    parsed: ParsedPaper
    lines: tuple[str, ...]

    def quote(self, lines: tuple[int, int]) -> str:
        """Return the text of these lines, as it stands, joined by spaces where a sentence runs on."""
        return " ".join(line.strip() for line in self.lines[lines[0] - 1 : lines[1]] if line.strip())


@cache
def _adapter() -> TypeAdapter[ParsedPaper]:
    return TypeAdapter(ParsedPaper)


def put_document(
    connection: Connection, parsed: ParsedPaper, document: Document, event_id: int | None, author: Author
) -> None:
    """Keep a paper whole: its parse and all of its lines."""
    document_id = document.sha256[:12]
    connection.change(
        "INSERT INTO board_document (source_id, sha256, name, kind, body, dated, event_id, read_on, read_by, partial, "
        "parsed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            document_id,
            document.sha256,
            document.name,
            parsed.kind,
            parsed.body,
            parsed.date,
            event_id,
            author.on,
            author.by,
            bool(document.partial or parsed.partial),
            _adapter().dump_json(parsed).decode(),
        ],
    )
    numbers = [line.number for line in document.lines]
    texts = [line.text for line in document.lines]
    connection.change("INSERT INTO board_line SELECT ?, unnest(?), unnest(?)", [document_id, numbers, texts])


def stored_documents(connection: Connection, *, replaced: bool = False) -> Iterator[StoredDocument]:
    """Yield the papers in the order of their dates; versions that were replaced only if `replaced`."""
    found = connection.rows(
        "SELECT source_id, name, kind, event_id, dated, parsed FROM board_document "
        "WHERE ? OR replaced_by IS NULL ORDER BY dated NULLS LAST, name, source_id",
        [replaced],
    )
    for source_id, name, kind, event_id, dated, parsed in found:
        lines = connection.rows("SELECT text FROM board_line WHERE source_id = ? ORDER BY source_line", [source_id])
        held = _adapter().validate_json(parsed)
        yield StoredDocument(source_id, name, kind, event_id, dated, held, tuple(line[0] for line in lines))


def standing_document(connection: Connection, event_id: int, kind: str) -> Row | None:
    """Return the paper of a kind that stands for a meeting, or None."""
    found = connection.rows(
        "SELECT source_id, name FROM board_document WHERE event_id = ? AND kind = ? AND replaced_by IS NULL",
        [event_id, kind],
    )
    return {"source_id": found[0][0], "name": found[0][1]} if found else None


def document_names(connection: Connection) -> dict[str, str]:
    """Return the file names of all papers by number."""
    return dict(connection.rows("SELECT source_id, name FROM board_document"))
