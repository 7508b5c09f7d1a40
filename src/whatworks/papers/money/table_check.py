"""The paper on a table that was checked: what does not add up, by how much, what rests on it, and what was checked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from whatworks.money.plain import plain
from whatworks.money.tables.fault import CheckReport, TableFault, figure
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Paper, Paragraph, Section, Table, numbered

ROUNDING = (
    "Rounding of the parts could explain it, if they were rounded before they were added; the table does not say."
)


def table_check_paper(file: str, reports: Sequence[CheckReport], as_at: date) -> Paper:
    """Return the paper on the tables of a document."""
    sections = [
        _summary(file, reports),
        *(_table(at, one) for at, one in enumerate(reports, 1) if one.sums or one.faults),
    ]
    return Paper(
        title=f"Does it add up? The tables of {file}",
        item="Money",
        prepared_for="The finance lead",
        as_at=as_at,
        notice="Nothing was repaired. What is right can only be seen in the originals.",
        sections=numbered(sections),
        sheets=_sheets(reports),
    )


def table_check_figures(file: str, reports: Sequence[CheckReport]) -> dict[str, Any]:
    """Return what `summary.json` and `--json` hold."""
    return {
        "file": file,
        "tables": [
            {
                "name": report.name,
                "rows": report.rows,
                "columns": report.columns,
                "sums_checked": len(report.sums),
                "faults": [_fault(fault) for fault in report.faults],
                "not_checked": [plain(one) for one in report.unchecked],
                "one_change_would_mend_all": [plain(one) for one in report.mends],
            }
            for report in reports
        ],
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
            f"{figure(mend.would_be)} instead of {figure(mend.printed)}. See the originals."
        )
    lines += [f"Not checked: {one.place} (line {one.place.line}): {one.reason}." for one in report.unchecked]
    return lines


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


def _fault(fault: TableFault) -> dict[str, Any]:
    found: dict[str, Any] = plain(fault)
    return found | {"sentence": fault.sentence}


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
    rows = tuple(
        (
            str(fault.place),
            str(fault.place.line),
            fault.text,
            figure(fault.recomputed) if fault.recomputed is not None else "no number",
            figure(fault.difference) if fault.difference is not None else "–",
            "; ".join(str(place) for place in fault.depends) or "nothing",
        )
        for fault in report.faults
    )
    if rows:
        blocks.append(
            Table(
                name=f"faults-{at}",
                title="Figures that do not add up",
                columns=("Figure", "Line", "Printed", "Its parts give", "Difference", "What rests on it"),
                rows=rows,
                numeric=(False, True, True, True, True, False),
                widths=(2.6, 0.6, 0.9, 1.0, 1.0, 2.0),
                notes=("The difference is what is printed less what its parts give.",),
            )
        )
        blocks.append(Bullets(tuple(line.strip() for line in fault_lines(report))))
    else:
        blocks.append(Paragraph("Every sum foots."))
        if report.unchecked:
            blocks.append(Bullets(tuple(fault_lines(report))))
    return Section(f"table-{at}", report.name, tuple(blocks))


def _sheets(reports: Sequence[CheckReport]) -> tuple[Table, ...]:
    sums: list[list[Decimal | int | str | None]] = [
        [
            report.name,
            str(one.place),
            one.place.line,
            one.along,
            one.printed,
            one.recomputed,
            "Yes" if one.foots else "No",
        ]
        for report in reports
        for one in report.sums
    ]
    columns = ["Table", "Figure", "Line", "Along its", "Printed", "Its parts give", "Foots"]
    left: list[list[Decimal | int | str | None]] = [
        [report.name, str(one.place), one.place.line, one.reason] for report in reports for one in report.unchecked
    ]
    found = (
        sheet("Sums", "Every sum that was checked", columns, sums),
        sheet("Not checked", "Totals that could not be checked", ["Table", "Figure", "Line", "Why"], left),
    )
    return tuple(one for one in found if one.rows)
