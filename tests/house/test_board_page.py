"""The page of the officer's day prints what its commands print."""

from pathlib import Path

import pytest
from board_page import PAGE, walk


@pytest.mark.slow
def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert page == walk(page, tmp_path), "run `make docs`"
    assert (tmp_path / "board/papers/contradictions/paper.html").is_file()
