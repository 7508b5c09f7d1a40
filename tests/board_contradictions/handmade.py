"""Papers made by hand for one rule at a time: each line is a paragraph, and the fields are given."""

import re
from datetime import date
from hashlib import sha256
from typing import Any

from whatworks.board.contradictions.record import RecordPaper, in_order
from whatworks.board.parsed import ListedPerson, MinuteParagraph, ParsedPaper
from whatworks.records.documents import Document, Line

NUMBER = re.compile(r"^\W*(\d+(?:\.\d+)*)\.? ")


def paper(text: str, name: str = "a.txt", **fields: Any) -> tuple[Document, ParsedPaper]:
    """Return a paper whose lines are its paragraphs; a number at a line's head is the paragraph's."""
    lines = tuple(Line(at, words) for at, words in enumerate(text.split("\n"), 1))
    paragraphs = tuple(
        MinuteParagraph(
            found[1] if (found := NUMBER.match(line.text)) else None, "1", line.text, (line.number, line.number)
        )
        for line in lines
        if line.text.strip()
    )
    given: dict[str, Any] = {
        "kind": "minutes", "body": "Testshire Crime Board", "date": date(2020, 6, 1), "weekday_ok": None, "time": None,
        "time_text": None, "end": None, "place": None, "next": None, "previous": None, "inferred": (),
        "paragraphs": paragraphs, "lines": {"date": (1, 1)},
    }  # fmt: skip
    digest = sha256(f"{name}{text}".encode()).hexdigest()
    return Document(name, "text", digest, lines), ParsedPaper(**{**given, **fields})


def record(*papers: tuple[Document, ParsedPaper]) -> tuple[RecordPaper, ...]:
    """Return papers as the rules see them."""
    return in_order(papers)


def person(name: str, line: int, capacity: Any = "board", organisation: str | None = None, **more: Any) -> ListedPerson:
    """Return somebody on an attendance list; who sends apologies is not present."""
    return ListedPerson(
        name, None, organisation, capacity, capacity != "apologies", (line, line), more.get("heading", "Board")
    )
