"""What stands round a printed page, is hidden in it or struck through is set aside, and listed."""

from pathlib import Path

import typst

from whatworks.records.documents import Document, read_document

ITEMS = "\n\n".join(
    f"{at}.1 The Board heard of the matter, and had nothing to say on it but a word." for at in range(1, 60)
)


def printed(path: Path, source: str) -> Document:
    path.write_bytes(typst.compile(source.encode(), format="pdf"))
    return read_document(path)


def steps(path: Path, *drawn: str) -> Document:
    """Read a PDF of one page in Helvetica (/F1) that these steps draw."""
    text = "\n".join(drawn)
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents 4 0 R >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    path.write_bytes(f"%PDF-1.4\n{body}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode())
    return read_document(path)


def line(at: float, text: str, mode: int = 0) -> str:
    return f"BT {mode} Tr /F1 10 Tf 1 0 0 1 72 {at} Tm ({text}) Tj ET"


def test_heads_and_feet_of_pages(tmp_path: Path) -> None:
    foot = "[Anytown Council #h(1fr) #context [Page #counter(page).display() of 9]]"
    source = f"#set page(header: [Anytown Crime Board #h(1fr) OFFICIAL], footer: {foot})\n{ITEMS}"
    document = printed(tmp_path / "a.pdf", source)
    texts = [" ".join(line.text.split()) for line in document.lines]
    assert [text for text in texts if "Council" in text or "OFFICIAL" in text] == ["Anytown Crime Board OFFICIAL"]
    pages = document.lines[-1].page or 0
    assert pages > 1
    assert [(one.kind, one.text, one.page) for one in document.asides] == [
        aside
        for page in range(1, pages + 1)
        for aside in (
            *([("head", "Anytown Crime Board OFFICIAL", page)] if page > 1 else []),
            ("foot", f"Anytown Council Page {page} of 9", page),
        )
    ]


def test_what_a_browser_prints_round_a_page(tmp_path: Path) -> None:
    document = steps(
        tmp_path / "a.pdf",
        line(800, "12/05/2025, 10:31  Agenda and minutes"),
        line(700, "The Board met at noon."),
        line(20, "https://anytown.example/mgAi.aspx?ID=1 1/1"),
    )
    assert [line.text for line in document.lines] == ["The Board met at noon."]
    assert [one.kind for one in document.asides] == ["head", "foot"]


def test_words_drawn_unseen_are_hidden(tmp_path: Path) -> None:
    seen = [line(700 - 20 * at, "The Board heard a long report on the matter and agreed.") for at in range(3)]
    document = steps(tmp_path / "a.pdf", *seen, line(640, "ACTION: Bo Day to sell the bus.", mode=3), line(620, "End."))
    assert "ACTION" not in document.between((1, len(document.lines)))
    assert [(one.kind, one.text, one.page) for one in document.asides] == [
        ("hidden", "ACTION: Bo Day to sell the bus.", 1)
    ]
    assert document.partial == "1 hidden text was not read."


def test_a_scan_with_its_words_laid_under_the_picture_is_read(tmp_path: Path) -> None:
    document = steps(tmp_path / "a.pdf", line(700, "The Board met at noon and agreed.", mode=3))
    assert (document.lines[0].text, document.asides) == ("The Board met at noon and agreed.", ())


def test_words_with_a_line_through_them_are_struck(tmp_path: Path) -> None:
    through, below = "72 703 m 222 703 l S", "72 678 m 222 678 l S"
    bar = "72 662.8 150 0.5 re f"
    texts = [line(700, "ACTION: Bo Day to sell the bus."), line(680, "ACTION: Bo Day to buy a van."),
             line(660, "ACTION: Bo Day to hire a car."), line(640, "The end of it.")]  # fmt: skip
    document = steps(tmp_path / "a.pdf", through, below, bar, *texts)
    assert [one.text for one in document.lines if one.text] == ["ACTION: Bo Day to buy a van.", "The end of it."]
    assert [(one.kind, one.text) for one in document.asides] == [
        ("struck-through", "ACTION: Bo Day to sell the bus."),
        ("struck-through", "ACTION: Bo Day to hire a car."),
    ]


def test_rules_of_a_table_strike_nothing(tmp_path: Path) -> None:
    cells = ", ".join(f"[{text}]" for text in ("Item", "Cost", "Staff", "100", "Rent", "50"))
    document = printed(tmp_path / "a.pdf", f"#table(columns: 2, stroke: 0.5pt, {cells})\n\n#strike[Gone.] Kept.")
    assert document.tables[0].texts() == (("Item", "Cost"), ("Staff", "100"), ("Rent", "50"))
    assert [(one.kind, one.text) for one in document.asides] == [("struck-through", "Gone.")]


def test_words_turned_on_their_side(tmp_path: Path) -> None:
    turned = "BT /F1 10 Tf 0 1 -1 0 40 300 Tm (DRAFT in the margin) Tj ET"
    document = steps(tmp_path / "a.pdf", turned, line(700, "The Board met at noon."), line(680, "It ended at one."))
    assert [line.text for line in document.lines] == ["The Board met at noon.", "It ended at one."]
    assert [(one.kind, one.text) for one in document.asides] == [("sideways", "DRAFT in the margin")]
    whole = steps(tmp_path / "a.pdf", turned, "BT /F1 10 Tf 0 1 -1 0 60 300 Tm (of a page on its side) Tj ET")
    assert [line.text for line in whole.lines] == ["DRAFT in the margin", "of a page on its side"]


def test_feet_pasted_with_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We spoke of the\nPage 1 of 2\nvan.\n- 2 -\nEnd.\n", encoding="utf-8")
    document = read_document(tmp_path / "a.txt")
    assert [one.text for one in document.lines] == ["We spoke of the", "", "van.", "", "End."]
    assert [(one.kind, one.text, one.line) for one in document.asides] == [
        ("foot", "Page 1 of 2", 2),
        ("foot", "- 2 -", 4),
    ]
