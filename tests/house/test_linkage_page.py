"""The page that walks an analyst from extracts to a checked linkage prints what the commands print."""

from pathlib import Path

import pytest
from linkage_page import PAGE, walk


@pytest.mark.slow
def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert page == walk(page, tmp_path), "run `make docs`"
    paper = (tmp_path / "ourtown/papers/resettlement/paper.html").read_text("utf-8")
    assert "Which records belong to one person is itself an estimate." in paper
