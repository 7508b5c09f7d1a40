"""The made-up record as papers, each text read once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import read_paper
from whatworks.records.documents import Document, read_document
from whatworks.simulation.minutes.minutes import made_up_record


@cache
def read(name: str, text: str) -> tuple[Document, ParsedPaper]:
    """Return a text as it is read from a file of that name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        return document, read_paper(document)


def papers(seed: int = 1, *plants: str) -> list[tuple[Document, ParsedPaper]]:
    """Return the report and the four meetings of a seed, with contradictions planted."""
    return [read(name, text) for name, text in made_up_record(seed, frozenset(plants)).items()]
