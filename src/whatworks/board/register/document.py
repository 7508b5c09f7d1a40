"""The papers that are held: each with its parse and its lines, so that anything drawn from it can be quoted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.ledger import note
from whatworks.records.documents import Document, Line
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, picked


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
    partial: bool = False
    state: str = "stands"
    """stands, replaced or withdrawn."""

    def quote(self, lines: tuple[int, int]) -> str:
        """Return the text of these lines, as it stands, joined by spaces where a sentence runs on."""
        return " ".join(line.strip() for line in self.lines[lines[0] - 1 : lines[1]] if line.strip())


@cache
def _adapter() -> TypeAdapter[ParsedPaper]:
    return TypeAdapter(ParsedPaper)


def put_document(
    connection: Connection, parsed: ParsedPaper, document: Document, event_id: int | None, author: Author, *, part: bool
) -> None:
    """Keep a paper whole, its parse and all of its lines, or as a part of a record; held before, it is held anew."""
    document_id = document.sha256[:12]
    for table in ("board_document", "board_line"):
        connection.change(f"DELETE FROM {table} WHERE source_id = ?", [document_id])
    note(connection, "document", int(document_id, 16), ("*", None, document.name), author)
    row = {"source_id": document_id, **picked(document, "sha256 name"), **picked(parsed, "kind body")}
    row |= {"dated": parsed.date, "event_id": event_id, "read_on": author.on, "read_by": author.by, "partial": part}
    row["parsed"] = _adapter().dump_json(parsed).decode()
    marks = ", ".join("?" for _ in row)
    connection.change(f"INSERT INTO board_document ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    numbers = [line.number for line in document.lines]
    texts = [line.text for line in document.lines]
    connection.change("INSERT INTO board_line SELECT ?, unnest(?), unnest(?)", [document_id, numbers, texts])


def stored_documents(connection: Connection, *, replaced: bool = False) -> Iterator[StoredDocument]:
    """Yield the papers in the order of their dates; those that were replaced or withdrawn only if `replaced`."""
    found = connection.rows(
        f"SELECT source_id, name, kind, event_id, dated, parsed, partial, {_STATE} FROM board_document "
        f"WHERE ? OR {STANDS} ORDER BY dated NULLS LAST, name, source_id",
        [replaced],
    )
    for source_id, name, kind, event_id, dated, parsed, *how in found:
        lines = connection.rows("SELECT text FROM board_line WHERE source_id = ? ORDER BY source_line", [source_id])
        held = _adapter().validate_json(parsed)
        yield StoredDocument(source_id, name, kind, event_id, dated, held, tuple(line[0] for line in lines), *how)


def as_papers(stored: Iterable[StoredDocument]) -> list[tuple[Document, ParsedPaper]]:
    """Return papers of the register as rules take them: documents, each with its parse."""
    papers = []
    for each in stored:
        lines = tuple(Line(at, text) for at, text in enumerate(each.lines, 1))
        papers.append((Document(each.name, "text", each.id, lines), each.parsed))
    return papers


def last_read(connection: Connection, papers: Sequence[StoredDocument]) -> StoredDocument | None:
    """Return the paper that was read last."""
    days: dict[str, date] = dict(connection.rows("SELECT source_id, read_on FROM board_document"))
    return max(papers, key=lambda each: (days[each.id], each.dated or date.min), default=None)


def papers_of(connection: Connection, event_id: int | None, kind: str) -> list[StoredDocument]:
    """Return the papers of a kind that were read for a meeting, whether or not they stand still."""
    every = stored_documents(connection, replaced=True)
    return [paper for paper in every if paper.kind == kind and event_id is not None and paper.event_id == event_id]


def set_standing(connection: Connection, document_id: str, field: str, value: object, author: Author) -> None:
    """Say that a paper was replaced (`replaced_by`), or withdrawn (`withdrawn_on`); its history tells who and why."""
    connection.change(f"UPDATE board_document SET {field} = ? WHERE source_id = ?", [value, document_id])
    note(connection, "document", int(document_id, 16), (field, None, value), author)


STANDS = "replaced_by IS NULL AND withdrawn_on IS NULL"
"""The condition under which a paper stands."""
_STATE = (
    "CASE WHEN withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN replaced_by IS NOT NULL THEN 'replaced' ELSE 'stands' END"
)


def document_names(connection: Connection) -> dict[str, str]:
    """Return the file names of all papers by number."""
    return dict(connection.rows("SELECT source_id, name FROM board_document"))
