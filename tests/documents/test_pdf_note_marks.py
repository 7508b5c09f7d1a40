"""A raised mark in a PDF is a note's, in whichever of their ways the programs raise it."""

from pathlib import Path

import pytest
import typst

from whatworks.records.documents.opening import read_document
from whatworks.records.refusal import Refused


def page(steps: str) -> bytes:
    """Return a PDF of one page in Helvetica (/F1) with these steps; readers make the table of places themselves."""
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents 4 0 R >>",
        f"<< /Length {len(steps)} >>\nstream\n{steps}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode()


def read(path: Path, steps: str) -> str:
    """Return the first line of such a page, which ends with another."""
    path.write_bytes(page(f"{steps} BT /F1 10 Tf 1 0 0 1 72 600 Tm (The meeting closed at noon) Tj ET"))
    lines = [" ".join(line.text.split()) for line in read_document(path).lines if line.text.strip()]
    assert lines[1:] == ["The meeting closed at noon"]
    return lines[0]


# Helvetica at 10: a digit is 5.56 wide, a space 2.78. "Premises costs 400" is 86.71 wide, the rest is laid behind.
OWN_BLOCK = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Premises costs 400) Tj ET BT /F1 6 Tf 1 0 0 1 158 703.5 Tm (1) Tj ET"
ONE_BLOCK = "BT /F1 10 Tf 72 700 Td (Premises costs 400) Tj /F1 6 Tf 86 3.5 Td [(1)] TJ ET"
RISE = "BT /F1 10 Tf 72 700 Td (Premises costs 400) Tj 4 Ts (1) Tj 0 Ts ( a year) Tj ET"
LETTERS = "BT /F1 10 Tf 72 700 Td [(Prem) 20 (ises costs 4) 0 (00)] TJ /F1 6 Tf 3.5 Ts [(1) 0 (,) 0 (2)] TJ ET"
TURNED = (
    "q 1 0 0 -1 0 842 cm BT /F1 10 Tf 1 0 0 -1 72 142 Tm (Premises costs 400) Tj ET "
    "BT /F1 6 Tf 1 0 0 -1 158 138.5 Tm (1) Tj ET Q"
)
SCALED = "BT /F1 1 Tf 10 0 0 10 72 700 Tm (Premises costs 400) Tj 6 0 0 6 158 703.5 Tm (1) Tj ET"


@pytest.mark.parametrize("steps", [OWN_BLOCK, ONE_BLOCK, RISE, LETTERS, TURNED, SCALED])
def test_raised_mark_is_not_read(tmp_path: Path, steps: str) -> None:
    assert read(tmp_path / "a.pdf", steps).removesuffix(" a year") == "Premises costs 400"


BESIDE = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Premises costs 400) Tj ET BT /F1 10 Tf 1 0 0 1 158.7 700 Tm (1) Tj ET"
LOWERED = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Premises costs 400) Tj ET BT /F1 6 Tf 1 0 0 1 158.7 698 Tm (1) Tj ET"
SQUARE = "BT /F1 10 Tf 72 700 Td (An office of 90 m) Tj 4 Ts (2) Tj 0 Ts ( is to let) Tj ET"
ORDINAL = "BT /F1 10 Tf 72 700 Td (Done by the 3) Tj 4 Ts (r) Tj (d) Tj 0 Ts ( of June) Tj ET"


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (BESIDE, "Premises costs 4001"),
        (LOWERED, "Premises costs 4001"),
        (SQUARE, "An office of 90 m2 is to let"),
        (ORDINAL, "Done by the 3rd of June"),
    ],
)
def test_what_is_no_mark_is_read(tmp_path: Path, steps: str, text: str) -> None:
    assert read(tmp_path / "a.pdf", steps) == text


def test_mark_that_a_font_draws_and_the_structure_names(tmp_path: Path) -> None:
    """Typst writes a raised digit of the font at the height of the line: only the structure says that it is raised."""
    rows = "[Item], [2024/25], [2025/26], [Staff], [1,200], [1,300], [Rent], [400#super[1]], [450], "
    source = f"#table(columns: 3, {rows} [Total], [1,600], [1,750#super[(a)]])"
    (tmp_path / "a.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))
    assert read_document(tmp_path / "a.pdf").tables[0].texts()[1:] == (
        ("Staff", "1,200", "1,300"),
        ("Rent", "400", "450"),
        ("Total", "1,600", "1,750"),
    )


@pytest.mark.parametrize("steps", ["BT /F1 10 Tf [" + "(a)1 " * 100_000 + "] TJ ET", "1 0 0 1 0 0 cm " * 50_000])
def test_page_of_more_steps_than_writing_has_is_not_read(tmp_path: Path, steps: str) -> None:
    (tmp_path / "a.pdf").write_bytes(page(f"{steps} BT /F1 10 Tf 1 0 0 1 72 600 Tm (The meeting closed at noon) Tj ET"))
    with pytest.raises(Refused, match="without text"):
        read_document(tmp_path / "a.pdf")
