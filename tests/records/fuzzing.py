"""Make extracts with seeded faults, and judge every record of them without the code under test.

The judge reads with the csv, json, openpyxl and pyarrow modules, checks with plain Python, and knows nothing of
whatworks but the data dictionary's words.
"""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

AS_AT = date(2025, 6, 30)
PERSONS = [f"P{n}" for n in range(40)]
LONGEST = 3_000
GROUPS = {"VIO": "violence", "THF": "theft", "DRG": "drug_possession_supply"}
SANCTIONS = {"C": "conviction", "K": "caution"}
OURS = {
    "CrimeNo": "offence_id", "Person": "person_id", "From": "committed_from", "To": "committed_to",
    "Recorded": "recorded_on", "Sanctioned": "sanctioned_on", "Sanction": "sanction", "Group": "offence_group",
    "Ref": "offence_ref", "Ward": "area_code",
}  # fmt: skip
DATES = ("From", "To", "Recorded", "Sanctioned")
MAPPING = "\n".join([
    '[[table]]\ntable = "offence"\n[table.columns]', *(f'{ours} = "{theirs}"' for theirs, ours in OURS.items()),
    "[table.formats]", *(f'{OURS[name]} = "%d/%m/%Y"' for name in DATES),
    "[table.codes.offence_group]", *(f'"{theirs}" = "{ours}"' for theirs, ours in GROUPS.items()),
    "[table.codes.sanction]", *(f'"{theirs}" = "{ours}"' for theirs, ours in SANCTIONS.items()),
])  # fmt: skip


@dataclass
class Seeded:
    """A record as written, what was done to it, and the column that must be named (None: the row as a whole)."""

    values: dict[str, str]
    mutation: str = "none"
    must_name: str | None = None
    must_fail: bool = False
    spoil: Callable[[bytes], bytes] | None = None
    """Done to the record's line once it is bytes; only where the file is delimited text."""
    line: int = 0
    raw: str = ""


@dataclass
class Verdict:
    """What the judge says: our column -> value of a sound record; our columns at fault; or that it is broken."""

    values: dict[str, object] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    broken: bool = False


def sound_record(n: int, rng: random.Random) -> Seeded:
    start = AS_AT - timedelta(days=rng.randrange(30, 2000))

    def later(least: int, most: int) -> str:
        return (start + timedelta(days=rng.randrange(least, most))).strftime("%d/%m/%Y")

    values = {
        "CrimeNo": f"C{n:05}",
        "Person": rng.choice(PERSONS),
        "From": start.strftime("%d/%m/%Y"),
        "To": later(0, 5) if rng.random() < 0.7 else "",
        "Recorded": later(0, 20) if rng.random() < 0.9 else "",
        "Sanctioned": later(5, 29) if rng.random() < 0.5 else "",
        "Sanction": rng.choice(["C", "K", ""]),
        "Group": rng.choice([*GROUPS, ""]),
        "Ref": f"R/{rng.randrange(10**6)}" if rng.random() < 0.6 else "",
        "Ward": rng.choice(["W01", "Nunhead", "Bögel", "Côte"]),
    }
    return Seeded(values)


BAD_DATES = (
    "31/02/2024", "00/01/2024", "12/13/2024", "29/02/2023", "31/01/24", "1/1/1", "01/01/1899", "01/01/2101", "n/k",
    "2024-01-31", "31.01.2024", "01/01/2024x", "x01/01/2024", "01/01/20 24", "45321", "//", "01/01/-024", "0x/01/2024",
    "01/01/02024", "O1/01/2024", "31/Jan/2024", "01/01/2024 25:00", "true", "null", "NaN", "0", "-",
)  # fmt: skip


def seeded_extract(rng: random.Random, records: int, *, delimited: bool) -> list[Seeded]:
    """Return records of which the first hold each bad date in turn, and two in three of the others were changed."""
    written: list[Seeded] = []
    for n in range(records):
        record = sound_record(n, rng)
        if n < len(BAD_DATES):
            record.mutation = "bad_date"
            _spoil(record, DATES[n % len(DATES)], BAD_DATES[n])
        elif rng.random() < 2 / 3:
            kind = rng.choice([*_CELLS, *_LINES] if delimited else _CELLS)
            record.mutation = kind.__name__
            kind(record, rng, written)
        written.append(record)
    return written


def bad_date(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    _spoil(record, rng.choice(DATES), rng.choice(BAD_DATES))


def future_event(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    day = AS_AT + timedelta(days=rng.choice([1, 2, 365, 20_000]))
    _spoil(record, rng.choice(DATES), day.strftime("%d/%m/%Y"))


def wrong_order(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    start = datetime.strptime(record.values["From"], "%d/%m/%Y")
    day = start - timedelta(days=rng.choice([1, 40]))
    _spoil(record, rng.choice(["To", "Sanctioned"]), day.strftime("%d/%m/%Y"))


def unknown_code(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    name, codes = rng.choice([("Group", GROUPS), ("Sanction", SANCTIONS)])
    code = rng.choice([*codes])
    _spoil(record, name, rng.choice([code.lower(), code + "S", "?", "violence", "0", code[::-1] + "x"]))


def empty_key(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    _spoil(record, rng.choice(["CrimeNo", "Person", "From"]), rng.choice(["", " ", "   "]))


def taken_key(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    whole = [one for one in others if one.spoil is None and one.mutation != "too_long"]
    if whole:
        _spoil(record, "CrimeNo", rng.choice(whole).values["CrimeNo"] or " ")


def unknown_person(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    person = record.values["Person"]
    _spoil(record, "Person", rng.choice([person.lower(), person + "0" * 3, "P-1", "0", "Bögel", person + person]))


def several_faults(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    _spoil(record, "Recorded", "31/02/2024")
    _spoil(record, "Group", "ZZZ")
    _spoil(record, "Person", "P999")


def harmless(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    name = rng.choice([*record.values])
    value = record.values[name]
    record.values[name] = rng.choice([f" {value}", f"{value}  ", f"  {value} "])


def odd_text(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    odd = ['say "no"', "a;b,c|d", "two\nlines", "Zoë", "'", '"', '""', ",", "a\tb", "0",
           "#N", "NULL", "-1", "{}", "[1]", "\\n", "=1+1", "x" * 500]  # fmt: skip
    record.values[rng.choice(["Ref", "Ward"])] = rng.choice(odd)


def emptied(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.values[rng.choice(["To", "Recorded", "Sanctioned", "Sanction", "Group", "Ref", "Ward"])] = ""


def any_character(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    """Change one character of any cell: the judge, not the mutation, knows whether that is a fault."""
    name = rng.choice([*record.values])
    value = record.values[name]
    at = rng.randrange(len(value) + 1)
    record.values[name] = value[:at] + rng.choice("0123456789/-.: abzCPW#é") + value[at + rng.randrange(2) :]


def too_long(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.values["Ref"] = "x" * (LONGEST + rng.choice([1, 5_000]))
    record.must_fail = True


def field_lost(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.must_fail, record.spoil = True, lambda line: b"lost"


def field_more(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.must_fail, record.spoil = True, lambda line: line + b"{delimiter}more"


def open_quote(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.must_fail, record.spoil = True, lambda line: b'"' + line


def text_after_quote(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.must_fail, record.spoil = True, lambda line: b'"C"1' + line


def zero_byte(record: Seeded, rng: random.Random, others: list[Seeded]) -> None:
    record.must_fail, record.spoil = True, lambda line: line + b"{zero}"


_CELLS = (bad_date, future_event, wrong_order, unknown_code, empty_key, taken_key, unknown_person, several_faults,
          harmless, odd_text, emptied, any_character, any_character, too_long)  # fmt: skip
_LINES = (field_lost, field_more, open_quote, text_after_quote, zero_byte)


def _spoil(record: Seeded, name: str, value: str) -> None:
    record.values[name] = value
    record.must_fail, record.must_name = True, OURS[name]


def judge(records: list[Seeded]) -> list[Verdict]:
    """Say of each record whether it is sound, with its values, or which of our columns are at fault."""
    verdicts = [_judge(record) for record in records]
    keys = [record.values["CrimeNo"].strip() for record in records]
    used = [key for key, verdict in zip(keys, verdicts, strict=True) if not verdict.broken]
    for key, verdict in zip(keys, verdicts, strict=True):
        if not verdict.broken and key and used.count(key) > 1:
            verdict.faults.add("offence_id")
    return verdicts


def _judge(record: Seeded) -> Verdict:
    size = len(record.raw.encode()) if record.raw else sum(len(v.encode()) + 1 for v in record.values.values()) - 1
    if record.spoil is not None or size > LONGEST:
        return Verdict(broken=True)
    verdict = Verdict()
    found = {name: value.strip() or None for name, value in record.values.items()}
    for name, text in found.items():
        verdict.values[OURS[name]] = text
    for name in ("CrimeNo", "Person", "From"):
        if found[name] is None:
            verdict.faults.add(OURS[name])
    if found["Person"] is not None and found["Person"] not in PERSONS:
        verdict.faults.add("person_id")
    for name, codes in (("Group", GROUPS), ("Sanction", SANCTIONS)):
        text = found[name]
        verdict.values[OURS[name]] = codes.get(text) if text else None
        if text is not None and text not in codes:
            verdict.faults.add(OURS[name])
    days = {name: _day(found[name]) for name in DATES}
    for name, day in days.items():
        verdict.values[OURS[name]] = day
        if (found[name] is not None and day is None) or (day is not None and day > AS_AT):
            verdict.faults.add(OURS[name])
        if name in ("To", "Sanctioned") and day is not None and days["From"] is not None and day < days["From"]:
            verdict.faults.add(OURS[name])
    return verdict


def _day(text: str | None) -> date | None:
    if text is None or not re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", text):
        return None
    try:
        day = datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None


def write_delimited(
    path: Path, records: list[Seeded], delimiter: str, encoding: str, newline: str, quoting: int
) -> None:
    """Write the records as text, and note the line and raw text of each."""

    def text(values: list[str]) -> str:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter, lineterminator="\r\n", quoting=quoting).writerow(values)  # type: ignore[arg-type]
        return line.getvalue().removesuffix("\r\n")

    lines, at = [text([*OURS])], 2
    for record in records:
        raw = text([*record.values.values()])
        if record.spoil is not None:
            raw = record.spoil(raw.encode()).decode().replace("{delimiter}", delimiter).replace("{zero}", "\0")
        record.line, record.raw = at, raw
        at += raw.count("\n") + 1
        lines.append(raw)
    path.write_bytes((newline.join(lines) + newline).encode(encoding))


def write_json_lines(path: Path, records: list[Seeded]) -> None:
    for at, record in enumerate(records, 1):
        record.line, record.raw = at, json.dumps(record.values, ensure_ascii=at % 2 == 0)
    path.write_text("".join(record.raw + "\n" for record in records), encoding="utf-8")


def write_parquet(path: Path, records: list[Seeded]) -> None:
    for at, record in enumerate(records, 1):
        record.line = at
    pq.write_table(pa.table({name: [one.values[name] for one in records] for name in OURS}), path, row_group_size=37)


def write_workbook(path: Path, records: list[Seeded]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Crimes")
    sheet.append([*OURS])
    for at, record in enumerate(records, 2):
        record.line = at
        cells = []
        for value in record.values.values():
            cell = openpyxl.cell.WriteOnlyCell(sheet)
            cell.data_type, cell._value = "s", value
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
