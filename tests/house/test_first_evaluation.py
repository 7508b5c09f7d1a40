"""The page that walks a newcomer from three extracts to a paper prints what the commands print."""

from pathlib import Path

from first_page import PAGE, counted, walked


def test_the_way_is_ten_commands_and_two_edited_files_at_most() -> None:
    commands, files = counted(PAGE.read_text("utf-8"))
    assert 0 < commands <= 10
    assert 0 < files <= 2


def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert page == walked(page, tmp_path), "run `make docs`"
    paper = tmp_path / "ourtown/papers/new-leaf"
    assert {"paper.html", "paper.docx", "paper.pdf"} <= {path.name for path in paper.iterdir()}
    assert "To decide whether the programme goes on." in (paper / "paper.html").read_text("utf-8")
