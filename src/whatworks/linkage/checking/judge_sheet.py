"""Hand sampled pairs to a judge as a spreadsheet: what both agencies wrote down, side by side, and room for an answer.

A sheet holds personal data, so only its owner may read it. It shows neither what the model believes nor whether the
records were joined: a judge who knows what is expected finds it.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from whatworks.linkage.checking.samples import KeptSample
from whatworks.records.audit.export import NUMBER, begin_export
from whatworks.records.engine import Store
from whatworks.records.writing.private_file import write_private

QUESTION, JUDGE, ANSWER = "Question (do not change)", "Judge", "Same person?"
WORDS = "What agrees and what differs"
PAIRS_SHEET, HELP_SHEET = "Pairs", "Help"
EXPORT = "pairs of records to judge"
"""What the audit calls such a sheet."""
YES_NO = ("yes", "no", "cannot tell")
COMPARED = (
    "Agency", "Forename", "Surname", "Date of birth", "Sex", "Postcode", "PNC number", "Prison number",
    "Case reference number",
)  # fmt: skip
"""What a sheet shows of both records, in the order of the columns of `judged_values.sql`."""
_HELP = (
    "Each row shows two records, (1) and (2). Say in the column Same person? whether they are of one person:",
    f"{', '.join(YES_NO)}. Leave a row empty where you have not looked at it.",
    "Judge by yourself: the other judge has the same pairs in another order.",
    "People marry, move and are written down wrongly; brothers and sisters, fathers and sons share names and homes.",
    "The sheet is read back with: whatworks link check --read FILE",
    "These rows are about people: treat the sheet as you treat the extracts, and delete it when it is read.",
)


def sheet_name(sample: int, judge: str) -> str:
    """Return the name of a judge's file.

    >>> sheet_name(3, "A. Khan (police)"), sheet_name(3, "Zoë Ångström")
    ('pairs-3-a-khan-police.xlsx', 'pairs-3-zoë-ångström.xlsx')
    """
    plain = re.sub(r"[\W_]+", "-", judge.casefold()).strip("-")
    return f"pairs-{sample}-{plain[:40] or 'judge'}.xlsx"


def question_code(sample: int, question: int) -> str:
    """Return how a sheet names a question, so that no spreadsheet takes it for a number or a day.

    >>> question_code(3, 17)
    'S3Q17'
    """
    return f"S{sample}Q{question}"


def write_judge_sheet(
    connection: Store,
    sample: KeptSample,
    judge: str,
    path: Path,
    at: date,
    *,
    words: Sequence[str] | None = None,
    order: int = 0,
    only: frozenset[int] | None = None,
) -> int:
    """Write the pairs of a sample for one judge to an .xlsx file; return how many.

    `words` says of each pair what agrees and what differs. Each `order` (0 for the first judge, 1 for the second) mixes
    the pairs in another way. `only` these questions are written, where they are given. The sheet is a numbered export
    of the time or day `at`. Refused is a `path` that cannot be written.
    """
    rows = connection.rows(judged_values_sql(), {"sample": sample.sample})
    mixed = np.random.default_rng([sample.seed, order]).permutation(len(rows)).tolist()
    mixed = [place for place in mixed if only is None or rows[place][0] in only]
    version, people = f"sample {sample.sample}", _people(sample, only)
    export = begin_export(connection, EXPORT, path.name, version=version, people=people, at=at)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        book.set_properties(
            {"title": "Pairs of records to judge", "created": datetime.combine(sample.drawn_on, time())}
        )
        sheet = book.add_worksheet(PAIRS_SHEET)
        _write_header(book, sheet, words is not None, len(mixed))
        text = book.add_format({"num_format": "@"})
        for line, place in enumerate(mixed, 1):
            question, *values = rows[place]
            described = [] if words is None else [words[place]]
            cells = [question_code(sample.sample, question), judge, "", *described, *(value or "" for value in values),
                     str(export.number)]  # fmt: skip
            for column, value in enumerate(cells):
                sheet.write_string(line, column, value, text)
        helping = book.add_worksheet(HELP_SHEET)
        for line, text_line in enumerate((*_HELP, *(f"{name}: {value}" for name, value in export.lines))):
            helping.write_string(line, 0, text_line)
    write_private(path, content.getvalue())
    return len(mixed)


def _people(sample: KeptSample, only: frozenset[int] | None) -> set[tuple[str, str]]:
    asked = sample.questions if only is None else sample.questions.filter(pl.col("question").is_in(list(only)))
    ends = (asked.select(f"{side}_organisation_id", f"{side}_person_id") for side in ("left", "right"))
    return {(organisation, person) for end in ends for organisation, person in end.iter_rows()}


def judged_values_sql() -> str:
    """Return the query of what a sheet shows of the pairs of a sample."""
    return files("whatworks.linkage").joinpath("checking/judged_values.sql").read_text(encoding="utf-8")


def _write_header(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, words: bool, rows: int) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True})
    compared = [f"{name} ({side})" for name in COMPARED for side in (1, 2)]
    headings = [QUESTION, JUDGE, ANSWER, *([WORDS] if words else []), *compared, NUMBER]
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, 60 if heading == WORDS else 14)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 3)
    if rows:
        sheet.data_validation(1, 2, rows, 2, {"validate": "list", "source": list(YES_NO), "ignore_blank": True})
