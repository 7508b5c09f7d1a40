"""The page that walks a practitioner through a day prints what its commands print."""

from pathlib import Path

from casework_page import PAGE, walk


def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert page == walk(page, tmp_path), "run `make docs`"
