"""A table that was checked: what does not add up, by how much, what rests on it, and what was checked."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.tables.fault import CheckReport, Sum, TableFault, Unchecked
from whatworks.money.tables.figure import shown
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.paper import Block, Bullets, Paragraph, Section

ROUNDING = (
    "Rounding of the parts could explain it, if they were rounded before they were added; the table does not say."
)
MOST_NAMED = 10


def table_check_answer(file: str, reports: Sequence[CheckReport]) -> Answer:
    """Return what is wrong with the tables of a document."""
    sections = [
        _summary(file, reports),
        *(_table(at, one) for at, one in enumerate(reports, 1) if one.sums or one.faults),
    ]
    said = tuple(line for one in reports for line in (verdict(one), *(f"  {fault}" for fault in fault_lines(one))))
    return Answer(
        title=f"Does it add up? The tables of {file}",
        sentences=said,
        tables=(_sums(reports), _unchecked(reports)),
        sections=tuple(sections),
        screen=said,
        figures={"file": file, "tables": [_report(one) for one in reports]},
        notice="Nothing was repaired. What is right can only be seen in the originals.",
    )


def _report(report: CheckReport) -> dict[str, Any]:
    return {
        "name": report.name,
        "rows": report.rows,
        "columns": report.columns,
        "sums_checked": len(report.sums),
        "faults": plain(report.faults),
        "not_checked": plain(report.unchecked),
        "one_change_would_mend_all": plain(report.mends),
        "beyond_telling": plain(report.untold),
    }


def fault_lines(report: CheckReport) -> list[str]:
    """Return what is wrong with a table, a sentence a line."""
    lines = []
    for fault in report.faults:
        lines.append(fault.sentence)
        if fault.depends:
            lines.append(f"  On it rest: {'; '.join(f'{place} (line {place.line})' for place in fault.depends)}.")
        if fault.rounding:
            lines.append(f"  {ROUNDING}")
    for mend in report.mends:
        lines.append(
            f"One change would mend every sum: {mend.place} (line {mend.place.line}) "
            f"{shown(mend.would_be, mend.text)} instead of {mend.text}. See the originals."
        )
    lines += [f"Not checked: {one.place} (line {one.place.line}): {one.reason}." for one in report.unchecked]
    if report.untold and report.sums:
        lines.append(untold(report))
    return lines


def untold(report: CheckReport) -> str:
    """Return the sentence on the figures of a table in which a wrong digit is beyond telling."""
    rows: dict[tuple[str, int], list[str]] = {}
    for place in report.untold:
        rows.setdefault((place.row_label or f"row {place.row + 1}", place.line), []).append(place.column_label)
    named = [f"{row}{f', {columns[0]}' if len(columns) == 1 and columns[0] else ''} (line {line})"
             for (row, line), columns in rows.items()]  # fmt: skip
    more = f" and {len(named) - MOST_NAMED} more lines" if len(named) > MOST_NAMED else ""
    many = f"{len(report.untold)} figures are" if len(report.untold) > 1 else "1 figure is"
    where = "; ".join(named[:MOST_NAMED])
    return f"Beyond telling: {many} in no sum, so a wrong digit there does not show: {where}{more}."


def verdict(report: CheckReport) -> str:
    """Return a table's verdict in one sentence.

    >>> verdict(CheckReport("a", 2, 1, (), (), (), ()))
    'a: no sum was found to check.'
    """
    if not report.sums and not report.faults:
        return f"{report.name}: no sum was found to check."
    wrong = sum(fault.kind == "does not foot" for fault in report.faults)
    strange = len(report.faults) - wrong
    more = f", {strange} cell{'s hold' if strange > 1 else ' holds'} no number" if strange else ""
    sums = f"{len(report.sums)} sum{'s' if len(report.sums) != 1 else ''} checked over {report.rows} lines"
    return f"{report.name}: {sums}; {wrong or 'none'} {'does' if wrong == 1 else 'do'} not foot{more}."


def _summary(file: str, reports: Sequence[CheckReport]) -> Section:
    blocks: list[Block] = [Paragraph(verdict(report), "verdict") for report in reports]
    blocks.append(
        Paragraph(
            f"Every table of {file} was read as it stands. Each figure that the table gives as a total was worked out "
            "again from its printed parts. Blank cells and dashes count as zero; figures that are not known count as "
            "nothing, and their totals were left alone."
        )
    )
    return Section("summary", "What was found", tuple(blocks))


def _table(at: int, report: CheckReport) -> Section:
    blocks: list[Block] = []
    if report.faults:
        blocks.append(_faults(at, report).on_page())
        blocks.append(Bullets(tuple(line.strip() for line in fault_lines(report))))
    else:
        blocks.append(Paragraph("Every sum foots."))
        if report.unchecked or report.untold:
            blocks.append(Bullets(tuple(fault_lines(report))))
    return Section(f"table-{at}", report.name, tuple(blocks))


def _faults(at: int, report: CheckReport) -> Rows[TableFault]:
    return Rows(
        name=f"faults-{at}",
        title="Figures that do not add up",
        rows=report.faults,
        columns=(
            TableColumn("Figure", lambda one: str(one.place), width=2.6),
            TableColumn("Line", lambda one: str(one.place.line), numeric=True, width=0.6),
            TableColumn("Printed", lambda one: one.text, numeric=True, width=0.9),
            TableColumn("Its parts give", lambda one: _like(one.recomputed, one, "no number"), numeric=True),
            TableColumn("Difference", lambda one: _like(one.difference, one, "–"), numeric=True),
            TableColumn(
                "What rests on it", lambda one: "; ".join(str(place) for place in one.depends) or "nothing", width=2
            ),
        ),
        notes=("The difference is what is printed less what its parts give.",),
    )


def _like(value: Decimal | None, fault: TableFault, nothing: str) -> str:
    return nothing if value is None else shown(value, fault.text)


def _sums(reports: Sequence[CheckReport]) -> Rows[tuple[str, Sum]]:
    return Rows(
        name="Sums",
        title="Every sum that was checked",
        rows=[(report.name, one) for report in reports for one in report.sums],
        columns=(
            TableColumn("Table", lambda row: row[0]),
            TableColumn("Figure", lambda row: str(row[1].place)),
            TableColumn("Line", lambda row: row[1].place.line),
            TableColumn("Along its", lambda row: row[1].along),
            TableColumn("Printed", lambda row: row[1].printed),
            TableColumn("Its parts give", lambda row: row[1].recomputed),
            TableColumn("Foots", lambda row: "Yes" if row[1].foots else "No"),
        ),
    )


def _unchecked(reports: Sequence[CheckReport]) -> Rows[tuple[str, Unchecked]]:
    return Rows(
        name="Not checked",
        title="Totals that could not be checked",
        rows=[(report.name, one) for report in reports for one in report.unchecked],
        columns=(
            TableColumn("Table", lambda row: row[0]),
            TableColumn("Figure", lambda row: str(row[1].place)),
            TableColumn("Line", lambda row: row[1].place.line),
            TableColumn("Why", lambda row: row[1].reason),
        ),
    )
