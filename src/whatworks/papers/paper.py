"""The paper as a value: sections of paragraphs, tables and figures, built once and then rendered in every form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Tone = Literal["body", "lead", "verdict", "notice"]
Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one tone. Body paragraphs are numbered through the paper, so that members can refer to them."""

    text: str
    tone: Tone = "body"
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they stand for, as pairs."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column names the row. `numeric` columns are set to the right; `widths` are relative."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with the words that stand for it; `draw` gives a Vega-Lite chart, or SVG text."""

    name: str
    title: str
    alternative: str
    draw: Callable[[], dict[str, Any] | str]
    number: int | None = None


Block = Paragraph | Bullets | Facts | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. The sections of an annex stand after all others, behind its contents."""

    name: str
    heading: str
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A board paper. `sheets` are its figures as plain tables, one a sheet of the spreadsheets.

    `reading` says on the spreadsheets' cover how to read the tables, `foot` closes each page of the HTML.
    """

    title: str
    item: str
    prepared_for: str
    as_at: date
    notice: str
    sections: tuple[Section, ...]
    sheets: tuple[Table, ...]
    reading: tuple[str, ...] = ()
    foot: str = ""

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Figure))

    def contents(self) -> tuple[tuple[Section, tuple[Table | Figure, ...]], ...]:
        """Return the annex's sections, each with its tables and figures; nothing where there is no annex."""
        return tuple(
            (section, tuple(block for block in section.blocks if isinstance(block, Table | Figure)))
            for section in self.sections
            if section.annex
        )


def annexed(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections as those of an annex, each with its address before its heading.

    >>> [(part.heading, part.annex) for part in annexed([Section("a", "Method", ())])]
    [('A1. Method', True)]
    """
    return tuple(
        replace(section, heading=f"A{number}. {section.heading}", annex=True)
        for number, section in enumerate(sections, start=1)
    )


def printed(cell: Cell) -> str:
    """Return a cell as a page shows it.

    >>> printed(1200), printed(Decimal("1200.50")), printed("n/a")
    ('1,200', '1,200.50', 'n/a')
    """
    return cell if isinstance(cell, str) else f"{cell:,}"


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections with paragraphs, tables and figures numbered through, each kind on its own.

    Numbers in the cells of tables become text, thousands separated: pages hold text, spreadsheets numbers.

    >>> found = numbered([Section("a", "A", (Paragraph("One."), Paragraph("!", "notice"), Paragraph("Two.")))])
    >>> [block.number for block in found[0].blocks]
    [1, None, 2]
    """
    reached = {Paragraph: 0, Table: 0, Figure: 0}
    done = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table | Figure) or (isinstance(block, Paragraph) and block.tone == "body"):
                reached[type(block)] += 1
                block = replace(block, number=reached[type(block)])
            if isinstance(block, Table):
                block = replace(block, rows=tuple(tuple(printed(cell) for cell in row) for row in block.rows))
            blocks.append(block)
        done.append(replace(section, blocks=tuple(blocks)))
    return tuple(done)
