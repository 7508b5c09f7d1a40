"""Read a judge's sheet that came back, and keep the answers: all faults of a sheet are told at once."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from whatworks.linkage.checking.judge_sheet import ANSWER, EXPORT, JUDGE, PAIRS_SHEET, QUESTION
from whatworks.linkage.checking.samples import read_sample
from whatworks.records.audit.export import NUMBER, check_export
from whatworks.records.engine import Engine, Store
from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.shown import shown

Answer = Literal["same", "different", "cannot tell"]
_WORDS: dict[Answer, tuple[str, ...]] = {
    "same": ("same", "yes", "y", "true", "one person", "same person", "match"),
    "different": ("different", "no", "n", "false", "two people", "different people", "not the same", "no match"),
    "cannot tell": ("cannot tell", "can't tell", "unsure", "not sure", "don't know", "unclear", "maybe", "?"),
}
KNOWN: dict[str, Answer] = {word: answer for answer, words in _WORDS.items() for word in words}
ASKED = (QUESTION, JUDGE, ANSWER, NUMBER)
"""The columns of a sheet that are read."""
SAME_AS_SAID: dict[Answer, float] = {"same": 1.0, "different": 0.0, "cannot tell": 0.5}
"""What each answer counts for: who cannot tell counts a half."""


def answer_of(text: str) -> Answer | None:
    """Return the answer that a text gives; None where it gives none of the three.

    >>> answer_of(" Yes."), answer_of("Can\u2019t tell"), answer_of("perhaps his brother")
    ('same', 'cannot tell', None)
    """
    return KNOWN.get(" ".join(text.replace("\u2019", "'").casefold().split()).removesuffix("."))


@dataclass(frozen=True, slots=True)
class AnswersTaken:
    """What a judge's sheet brought: pairs answered, left open, and answers that replace earlier ones of the judge."""

    sample: int
    judge: str
    answered: int
    left_open: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    code: str
    judge: str
    text: str
    export: str


def take_answers(connection: Store, path: Path, on: date, today: date | None = None) -> AnswersTaken:
    """Keep the answers of a sheet that `write_judge_sheet` made, as .xlsx or saved as CSV.

    Rows without an answer are left open. Refused, all faults at once, are files that are no such sheet, questions that
    were not asked or stand twice, answers that are none of the three, a sheet of several judges or of none, one without
    any answer, and one that expired before `today` (`on` if not given), whatever day is kept. A sheet read again
    replaces the judge's earlier answers, which stay in the store.
    """
    lines = _read(path)
    faults = [*_judge_faults(path, lines), *_question_faults(path, lines), *_answer_faults(path, lines)]
    places = [(line, _parts(line.code)) for line in lines]
    samples = {parts[0] for _, parts in places if parts}
    if len(samples) > 1:
        faults.append(Fault("holds questions of several samples", "send each sample's sheet by itself", path.name))
    if not faults:
        faults = _unknown_questions(connection, path, lines, samples) + _export_faults(
            connection, path, lines, today or on
        )
    if faults:
        raise Refused(faults)
    answers = {parts[1]: answer for line, parts in places if parts and (answer := answer_of(line.text))}
    if not answers:
        raise Refused(Fault("holds no answer", f"answer in the column {ANSWER}", path.name))
    sample, judge = samples.pop(), lines[0].judge
    changed = _keep(connection, sample, judge, answers, on)
    return AnswersTaken(sample, judge, len(answers), len(lines) - len(answers), changed)


def _read(path: Path) -> list[_Line]:
    remedy = "use a sheet that `whatworks link check --sheet` wrote; leave its headings as they are"
    try:
        reader = open_reader(path, FileSettings(sheet=PAIRS_SHEET, header_row=1), asked=ASKED)
    except Refused as refused:
        if "has no sheet" not in str(refused):
            raise
        raise Refused(Fault(f"has no sheet {PAIRS_SHEET!r}", remedy, path.name)) from None
    missing = [name for name in ASKED if name not in reader.header]
    if missing:
        raise Refused([Fault("is not there", remedy, path.name, field=name) for name in missing])
    lines = []
    for batch in reader.batches():
        if batch.broken:
            raise Refused([Fault(fault.problem, fault.remedy, path.name, fault.line) for fault in batch.broken])
        rows = batch.texts.select(pl.col(ASKED).fill_null("").str.strip_chars()).rows()
        lines += [_Line(int(at), *row) for at, row in zip(batch.lines, rows, strict=True) if any(row)]
    return lines


def _export_faults(connection: Store, path: Path, lines: list[_Line], on: date) -> list[Fault]:
    faults: list[Fault] = []
    for number in sorted({line.export for line in lines}):
        try:
            check_export(connection, {NUMBER: number}, EXPORT, path.name, on)
        except Refused as refused:
            faults += refused.faults
    return faults


def _parts(code: str) -> tuple[int, int] | None:
    parts = re.fullmatch(r"S(\d{1,9})Q(\d{1,9})", code.upper().replace(" ", ""))
    return (int(parts[1]), int(parts[2])) if parts else None


def _judge_faults(path: Path, lines: list[_Line]) -> list[Fault]:
    names = Counter(line.judge for line in lines)
    if len(names) == 1 and "" not in names:
        return []
    if not lines:
        return [Fault("holds no pair", "send the sheet as it was written, with answers", path.name)]
    usual, _ = names.most_common(1)[0]
    remedy = "write the judge's name in every row, one judge to a sheet"
    odd = [line for line in lines if line.judge != usual or not line.judge]
    return [Fault("is not the one judge of the sheet", remedy, path.name, line.row, JUDGE) for line in odd]


def _question_faults(path: Path, lines: list[_Line]) -> list[Fault]:
    times = Counter(_parts(line.code) for line in lines)
    faults = []
    for line in lines:
        parts = _parts(line.code)
        if parts is None:
            what, remedy = "is not a question", "leave the column as it was written"
        elif times[parts] > 1:
            what, remedy = "stands twice", "keep the row that holds the right answer"
        else:
            continue
        faults.append(Fault(what, remedy, path.name, line.row, QUESTION, shown(line.code, 1, identifying=True)))
    return faults


def _answer_faults(path: Path, lines: list[_Line]) -> list[Fault]:
    remedy = "answer yes, no or cannot tell, or leave it empty"
    return [
        Fault("is not an answer", remedy, path.name, line.row, ANSWER, shown(line.text, 1, codes=KNOWN))
        for line in lines
        if line.text and answer_of(line.text) is None
    ]


def _unknown_questions(connection: Engine, path: Path, lines: list[_Line], samples: set[int]) -> list[Fault]:
    [number] = samples
    try:
        asked = set(read_sample(connection, number).questions["question"].to_list())
    except Refused as refused:
        return [
            Fault(fault.problem, fault.remedy, path.name, field=QUESTION, value=f"S{number}")
            for fault in refused.faults
        ]
    remedy = "read the sheet into the partnership that wrote it"
    return [
        Fault("was not asked", remedy, path.name, line.row, QUESTION, line.code)
        for line in lines
        if (parts := _parts(line.code)) and parts[1] not in asked
    ]


def _keep(connection: Store, sample: int, judge: str, answers: dict[int, Answer], on: date) -> int:
    """Append the answers that are new or differ; return how many differ from earlier ones."""
    before = present_answers(connection, sample).filter(pl.col("judge") == judge)
    known = dict(zip(before["question"].to_list(), before["answer"].to_list(), strict=True))
    fresh = [(question, answer) for question, answer in sorted(answers.items()) if known.get(question) != answer]
    [(last,)] = connection.rows("SELECT COALESCE(MAX(judgement), 0) FROM link_judgement")
    with connection.transaction():
        for number, (question, answer) in enumerate(fresh, int(last) + 1):
            connection.change(
                "INSERT INTO link_judgement (judgement, sample_id, question, judge, answer, judged_on) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [number, sample, question, judge, answer, on],
            )
    return sum(question in known for question, _ in fresh)


def present_answers(connection: Engine, sample: int, last: int | None = None) -> pl.DataFrame:
    """Return each judge's last answer to each question of a sample: columns question, judge, answer.

    With `last` as it stood when the judgement of that number was the last.
    """
    frame: pl.DataFrame = connection.fetch(
        "SELECT question, judge, answer FROM (SELECT question, judge, answer, ROW_NUMBER() OVER "
        "(PARTITION BY question, judge ORDER BY judgement DESC) AS nth FROM link_judgement "
        "WHERE sample_id = $sample AND judgement <= COALESCE($last, judgement)) AS given "
        "WHERE nth = 1 ORDER BY question, judge",
        {"sample": sample, "last": last},
    )
    return frame
