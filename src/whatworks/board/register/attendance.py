"""Who was listed at a meeting, in what capacity and for whom; and names in the text that are spelled otherwise."""

import re

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.ledger import add_many
from whatworks.board.register.names import perhaps_one_person
from whatworks.board.register.paper_rows import PaperRows
from whatworks.board.register.recognition import Recogniser
from whatworks.records.documents import Document
from whatworks.records.register.entry import RowSource
from whatworks.records.register.ledger import picked

_NAME = re.compile(r"(?=\b([A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:[A-Z]['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b)")
"""Forename and surname; wherever they begin, so that a title in front does not hide them."""


def put_attendance(paper: PaperRows, recogniser: Recogniser, parsed: ParsedPaper, event_id: int) -> None:
    """Put the lines of the attendee tables in."""
    made = []
    for person in parsed.people:
        body = recogniser.organisation(person.organisation, person.lines, "attendance") if person.organisation else None
        who = recogniser.person(person.name, person.lines, "attendance")
        values = {"event_id": event_id, "person_id": who, "organisation_id": body}
        made.append((values | picked(person, "role capacity heading present"), paper.source(person.lines)))
    paper.counts["attendance"] = len(add_many(paper.connection, "attendance", made))


def put_other_spellings(paper: PaperRows, recogniser: Recogniser, document: Document) -> None:
    """Note names in the text that are a known person's but for the form of the forename, and propose the merge.

    So two spellings of one name come to light, instead of one of them being lost. Papers read before are looked at
    again for the people that this one is the first to name.
    """
    known = tuple(recogniser.names["person"].values())
    new = tuple(recogniser.new_people)
    for line in document.lines:
        _note_variants(recogniser, known, line.text, RowSource(paper.document_id, (line.number, line.number)))
    for document_id, number, text in _earlier_lines(paper, new):
        _note_variants(recogniser, new, text, RowSource(document_id, (number, number)))


def _note_variants(recogniser: Recogniser, known: tuple[str, ...], text: str, source: RowSource) -> None:
    surnames = {name.split()[-1] for name in known}
    for found in _NAME.finditer(text):
        printed = found[1]
        if printed.split()[-1] not in surnames or recogniser.known_person(printed) is not None:
            continue
        if any(perhaps_one_person(printed, name) for name in known):
            recogniser.person_at(printed, source, "prose")


def _earlier_lines(paper: PaperRows, people: tuple[str, ...]) -> list[tuple[str, int, str]]:
    surnames = sorted({name.split()[-1] for name in people if len(name.split()) > 1})
    if not surnames:
        return []
    return paper.connection.rows(
        "SELECT source_id, source_line, text FROM board_line WHERE source_id <> ? AND regexp_matches(text, ?) "
        "ORDER BY source_id, source_line",
        [paper.document_id, "|".join(re.escape(name) for name in surnames)],
    )
