"""Walk docs/board.md: run its commands, do what owners and secretaries do, and write the page with what was printed."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from first_page import walked

from whatworks.simulation.minutes.minutes import PLANTS, write_made_up_record

PAGE = Path(__file__).resolve().parents[2] / "docs/board.md"
JUNE = """\
Thornley Vale Crime Reduction Board
Minutes of Meeting
Monday 13 June 2022, 11:00 the Corn Exchange, Thornley Vale

Present

Board and advisors

Mayor Rachel Parker\tChair, Thornley Vale Council
Councillor Ahmed Jones\tThornley Vale Council
Michelle Reid\tThornley Vale Council

ITEM 1. Minutes of last meeting

1. The minutes of 14 March 2022 were agreed as a true and accurate record.
2. Action 1 complete.

ITEM 2. Street robbery

3. Michelle Reid presented the plan.

Action 1: Michelle Reid to publish the plan by 30 September 2022.
"""


def papers(folder: Path) -> str:
    """Write the made-up record."""
    write_made_up_record(folder / "record", 1, frozenset(PLANTS))
    return ""


def filled(folder: Path) -> str:
    """Fill a row of the sheet in, as an owner would."""
    book = openpyxl.load_workbook(folder / "actions.xlsx")
    page = book["Actions"]
    places = {cell.value: cell.column for cell in page[1]}
    for heading, words in (("State", "Done"), ("Update", "groups met on 4 April"), ("Closed on", "04/04/2022")):
        page.cell(2, places[heading]).value = words
    book.save(folder / "actions.xlsx")
    return ""


def minutes(folder: Path) -> str:
    """Write the minutes of June."""
    (folder / "record/minutes-2022-06-13.txt").write_text(JUNE, "utf-8")
    return ""


def corrected(folder: Path) -> str:
    """Write a corrected version of the minutes of June."""
    (folder / "record/corrected.txt").write_text(JUNE.replace("30 September", "31 October"), "utf-8")
    return ""


def walk(page: str, folder: Path) -> str:
    """Return the page with what its commands print."""
    return walked(page, folder, {act.__name__: act for act in (papers, filled, minutes, corrected)})


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        Path(sys.argv[1]).write_text(walk(PAGE.read_text("utf-8"), Path(made)), "utf-8")
