"""Where the real papers lie, and how a text becomes a record."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import read_paper
from whatworks.records.documents import read_document

PAPERS = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "board-papers"


@pytest.fixture(scope="session")
def papers() -> Path:
    """Return the folder of real board papers, or skip where it is not there."""
    if not PAPERS.is_dir():
        pytest.skip("the real board papers are not beside the project (set WHATWORKS_SHARED to their folder)")
    return PAPERS


@pytest.fixture(scope="session")
def expected(papers: Path) -> dict[str, dict[str, Any]]:
    """Return the counts and names made by hand, by paper."""
    held: dict[str, dict[str, Any]] = json.loads((papers / "expected.json").read_text(encoding="utf-8"))
    return held


@pytest.fixture(scope="session")
def real(papers: Path) -> dict[str, ParsedPaper]:
    """Return the real papers, read."""
    return {path.stem: read_paper(read_document(path)) for path in sorted(papers.glob("*.txt"))}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], ParsedPaper]:
    """Return a function that reads a text as a paper."""

    def reading(text: str) -> ParsedPaper:
        file = tmp_path / "minutes.txt"
        file.write_text(text, encoding="utf-8")
        return read_paper(read_document(file))

    return reading
