"""What a paper strikes through or hides is not read, and the paper says so; a line broken by hand goes on."""

from pathlib import Path

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font

from whatworks.board.doubts import doubts
from whatworks.board.reading.paper import read_paper
from whatworks.records.documents.opening import read_document

HEAD = [
    "Anytown Crime Board",
    "Minutes of the meeting held on 12 May 2025",
    "Present: Ann Lee (Chair), Bo Day",
    "1. WELCOME",
]


def minutes() -> "docx.document.Document":
    paper = docx.Document()
    for text in HEAD:
        paper.add_paragraph(text)
    return paper


def test_struck_and_hidden_words_are_no_promises(tmp_path: Path) -> None:
    paper = minutes()
    paper.add_paragraph().add_run("ACTION: Bo Day to write to the bank by 30 June 2025.").font.strike = True
    paper.add_paragraph().add_run("ACTION: Bo Day to call the bank.").font.double_strike = True
    paper.add_paragraph().add_run("ACTION: Bo Day to visit the bank.").font.hidden = True
    kept = paper.add_paragraph("ACTION: Ann Lee to report by ")
    kept.add_run("3 June 2025").font.strike = True
    kept.add_run("5 June 2025").font.strike = False
    paper.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    [action] = read_paper(document).actions
    assert (action.text, str(action.due_from)) == ("Ann Lee to report by 5 June 2025", "2025-06-05")
    assert document.partial == "3 struck-through texts and 1 hidden text were not read."


def test_struck_words_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<body><p>Costs are <s>£20</s><del> </del> £30.<p>Agreed.", encoding="utf-8")
    document = read_document(tmp_path / "a.html")
    assert document.lines[0].text == "Costs are £30."
    assert document.partial == "1 struck-through text was not read."


def test_a_line_broken_by_hand_goes_on(tmp_path: Path) -> None:
    paper = minutes()
    for first, then in (
        ("ACTION: Ann", "Lee to write to the bank by 30 June 2025."),
        ("ACTION: Bo Day to report by", "5 June 2025."),
        ("ACTION: Ann Lee to call.", "ACTION: Bo Day to visit."),
    ):
        run = paper.add_paragraph().add_run(first)
        run.add_break(WD_BREAK.LINE)
        run.add_text(then)
    paper.save(str(tmp_path / "a.docx"))
    actions = read_paper(read_document(tmp_path / "a.docx")).actions
    assert [(one.owners, str(one.due_from)) for one in actions] == [
        (("Ann Lee",), "2025-06-30"),
        (("Bo Day",), "2025-06-05"),
        (("Ann Lee",), "None"),
        (("Bo Day",), "None"),
    ]


def test_words_taken_back_are_listed_and_their_style_is_asked(tmp_path: Path) -> None:
    paper = minutes()
    style = paper.styles.add_style("Withdrawn", WD_STYLE_TYPE.PARAGRAPH)
    style.font.strike = True
    paper.add_paragraph("ACTION: Bo Day to sell the bus.", style=style)
    kept = paper.add_paragraph("ACTION: Bo Day to buy a ", style=style)
    for run in kept.runs:
        run.font.strike = False
    kept.add_run("van.").font.strike = False
    deleted = OxmlElement("w:del")
    run = kept.add_run("x")._r
    run.remove(run.find(qn("w:t")))
    gone = OxmlElement("w:delText")
    gone.text = " by 3 June 2025"
    run.append(gone)
    deleted.append(run)
    kept._p.append(deleted)
    paper.sections[0].footer.paragraphs[0].text = "Anytown Crime Board 1"
    paper.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert [(one.kind, one.text, one.line) for one in document.asides] == [
        ("foot", "Anytown Crime Board 1", 0),
        ("struck-through", "ACTION: Bo Day to sell the bus.", 5),
        ("deleted", " by 3 June 2025", 6),
    ]
    paper_read = read_paper(document)
    assert [(one.text, one.due_from) for one in paper_read.actions] == [("Bo Day to buy a van.", None)]
    taken_back = [one for one in doubts(paper_read, document) if one.kind == "taken back"]
    assert [(one.text, one.lines) for one in taken_back] == [
        ("ACTION: Bo Day to sell the bus.", (5, 5)),
        ("by 3 June 2025", (6, 6)),
    ]


def test_a_page_hides_in_many_ways(tmp_path: Path) -> None:
    page = """<head><style>.gone, #x { text-decoration: line-through } .sr{display:none}</style></head><body>
    <h1>Board</h1><p>We met <span class="gone">twice</span><b id="x">thrice</b> and ended.<p hidden>A note.
    <p style="visibility: hidden">Another.<table><tr><td>A<td>B<tr><td>C <del>D</del><td class="sr">E</table>"""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    document = read_document(tmp_path / "a.html")
    assert [line.text for line in document.lines] == ["Board", "We met and ended.", "A\tB", "C\t"]
    assert [(one.kind, one.text, one.line) for one in document.asides] == [
        ("struck-through", "twice", 2),
        ("struck-through", "thrice", 2),
        ("hidden", "A note.", 3),
        ("hidden", "Another.", 3),
        ("struck-through", "D", 4),
        ("hidden", "E", 4),
    ]


def test_struck_cells_and_hidden_rows_of_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Action", "Owner"], ["Sell the bus", "Bo Day"], ["Buy a van", "Ann Lee"], ["Call the bank", "Bo Day"]):
        book.worksheets[0].append(row)
    for place in ("A2", "B2"):
        book.worksheets[0][place].font = Font(strike=True)
    book.worksheets[0].row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert [line.text for line in document.lines] == [
        "Action\tOwner",
        "\t",
        "Buy a van\tAnn Lee",
        "Call the bank\tBo Day",
    ]
    assert [(one.text, one.line) for one in document.asides] == [("Sell the bus", 2), ("Bo Day", 2)]
    assert document.partial == "2 struck-through texts were not read. 1 hidden row was read with the rest."
