"""Every remedy that an import prints can be carried out, and what is mended so is taken in.

A case holds a file that is refused or quarantined, words of its remedy, and what a person then does by it. A setting
is taken out of the printed remedy itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import Font

from whatworks.records.corrections.quarantine import show_faults
from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

Take = Callable[..., ImportReport]
PEOPLE = "person_id,sex\n1,male\n2,female\n3,male\n"
MAP = '[[table]]\ntable = "person"\ncolumns = { person_id = "person_id", sex = "sex" }\n'
BORN = '[[table]]\ntable = "person"\ncolumns = { person_id = "person_id", date_of_birth = "born" }\n'
SPLIT = '[[table]]\ntable = "person"\ncolumns = { person_id = "person_id" }\n[table.split]\n'
SPLIT += 'surname = { column = "name", by = ",", part = 1 }\n'
CRIMES = "offence_id,person_id,committed_from\na,1,"


def book(*rows: list[Any], sheets: tuple[str, ...] = ("Sheet",), struck: str = "", formula: str = "") -> bytes:
    """Return a workbook with these rows in each of its sheets."""
    made, content = openpyxl.Workbook(), BytesIO()
    made.remove(made.worksheets[0])
    for name in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if struck:
            sheet[struck].font = Font(strike=True)
        if formula:
            sheet[formula] = '=IF(1=1,"male","female")'
    made.save(content)
    return content.getvalue()


def parquet(**columns: Any) -> bytes:
    content = BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


HALVES = pa.array([1], type=pa.decimal256(40, 0))
ROWS = [["person_id", "sex"], ["1", "male"], ["2", "female"], ["3", "male"]]
TITLED = [["Extract of 2025"], *ROWS]


@dataclass(frozen=True)
class Case:
    """What comes, what is printed, and what is done by it. `mended` and `file_then` are what is sent instead."""

    content: str | bytes
    remedy: str
    mended: str | bytes | None = None
    mapping: str | None = None
    mapping_then: str | None = None
    file: str = "a.csv"
    file_then: str | None = None
    table: str = "person"
    then: dict[str, Any] = field(default_factory=dict)
    kept: int = 3
    dropped: int = 0


SETTING = r"put (\w+ = .+?) under \[file\]"
CASES = {
    "no header": Case("\n\n1,male\n2,female\n3,male\n", "a line of column names above", PEOPLE),
    "empty": Case("", "send the extract again", PEOPLE),
    "no rows": Case("person_id,sex\n", "send the extract again", PEOPLE),
    "title": Case(f"People of 2025\n{PEOPLE}4,male\n", SETTING, mapping=MAP, kept=4),
    "title, no mapping yet": Case(f"People of 2025\n{PEOPLE}4,male\n", SETTING, mapping_then=MAP, kept=4),
    "header row is blank": Case(
        f"\n{PEOPLE}", "take header_row out", mapping=f"[file]\nheader_row = 1\n{MAP}", mapping_then=MAP
    ),
    "header row is another": Case(
        f"\n{PEOPLE}", r"put the line of the column names as header_row under",
        mapping=f"[file]\nheader_row = 1\n{MAP}", mapping_then=f"[file]\nheader_row = 2\n{MAP}",
    ),
    "a column without a name": Case(
        "person_id;sex\n" + "".join(f"{n};male;1990-01-01\n" for n in range(1, 8)), "give every column a name",
        "person_id;sex;date_of_birth\n" + "".join(f"{n};male;1990-01-01\n" for n in range(1, 8)), kept=7,
    ),
    "delimiter": Case("person_id%sex\n1%male\n2%female\n3%male\n", "correct the mapping|write a mapping",
                      mapping_then=f'[file]\ndelimiter = "%"\n{MAP}'),
    "wrong delimiter": Case(PEOPLE.replace(",", ";"), SETTING, mapping=f'[file]\ndelimiter = ","\n{MAP}'),
    "wrong delimiter, tabs": Case(PEOPLE.replace(",", "\t"), SETTING, mapping=f'[file]\ndelimiter = ","\n{MAP}'),
    "a trailer": Case(f"{PEOPLE}Total,3,of,all\n", r'if it is not a record, put its first words as not_records = \["',
                      mapping=MAP, mapping_then=f'[file]\nnot_records = ["Total"]\n{MAP}', dropped=1),
    "a trailer in quotes and stars": Case(
        f'{PEOPLE}"*** END ""OF"" REPORT ***"\n', "if it is not a record", mapping=MAP,
        mapping_then="[file]\nnot_records = ['*** END']\n" + MAP, dropped=1,
    ),
    "a delimiter in a text": Case(f"{PEOPLE}4,male,x\n", "needs quotes around the text", f'{PEOPLE}4,"male"\n', kept=4),
    "a quote that does not close": Case(f'{PEOPLE}4,"ma"le\n', "close it", f'{PEOPLE}4,"male"\n', kept=4),
    "two encodings": Case(
        "person_id,surname\n1,Zoë\n2,Lee\n".encode() + "3,Zoë\n".encode("cp1252"), "one encoding, UTF-8",
        "person_id,surname\n1,Zoë\n2,Lee\n3,Zoë\n",
    ),
    "two extracts joined": Case(
        f"{PEOPLE}{PEOPLE.replace('1,', '4,').replace('2,', '5,').replace('3,', '6,')}", SETTING, mapping=MAP,
        kept=6, dropped=1,
    ),
    "two extracts joined, in quotes": Case(
        '"person_id";"sex"\n1;male\n2;male\n"person_id";"sex"\n3;male\n', SETTING, mapping=MAP, dropped=1,
    ),
    "UTF-7": Case(
        "person_id,surname\n1,Zoë\n2,Lee-£\n3,A\n".encode("utf-7"), "save it as UTF-8",
        "person_id,surname\n1,Zoë\n2,Lee-£\n3,A\n",
    ),
    "long record": Case(f"{PEOPLE}4,{'x' * 2000}\n", r"raise longest_record_bytes under \[settings\]",
                        "person_id,surname\n1,a\n2,b\n" f"4,{'x' * 2000}\n", then={"longest_record_bytes": 4096}),
    "header twice": Case("person_id,sex,sex\n1,male,\n", "its own name", PEOPLE),
    "missing column": Case("number,sex\n1,male\n", "write a mapping that says", mapping_then=MAP.replace(
        'person_id = "person_id"', 'person_id = "number"'), kept=1),
    "missing column of a mapping": Case("number,sex\n1,male\n", "correct the mapping", mapping=MAP,
        mapping_then=MAP.replace('= "person_id"', '= "number"'), kept=1),
    "unknown column": Case("person_id,shoes\n1,9\n", "take it out", "person_id\n1\n", kept=1),
    "unknown column, mapped": Case("person_id,shoes\n1,9\n", "write a mapping", mapping_then=MAP.replace(
        ', sex = "sex"', ""), kept=1),
    "another table": Case("person_id,sex\n7,male\n", "looks like table person: import it as that", table="offence",
                          then={"table": "person"}, kept=1),
    "still to be told": Case(PEOPLE, "name their column in its place", mapping=MAP.replace('= "sex"', '= "?"'),
                             mapping_then=MAP),
    "still to be told, one text for all": Case(
        PEOPLE, r"under \[table.constants\]", mapping=MAP.replace('= "sex"', '= "?"'),
        mapping_then=MAP.replace(', sex = "sex"', "") + '[table.constants]\nsex = "unknown"\n'),
    "code": Case(f"{PEOPLE}4,man\n", "use one of female, male", f"{PEOPLE}4,male\n", kept=4),
    "code, by a mapping": Case("person_id,sex\n1,M\n", r"say in \[table.codes\]", mapping=MAP,
                               mapping_then=MAP + '[table.codes]\nsex = { M = "male" }\n', kept=1),
    "code that the mapping lacks": Case(f"{PEOPLE}4,X\n", "add it to codes.sex", kept=4,
        mapping=MAP + '[table.codes]\nsex = { male = "male", female = "female" }\n',
        mapping_then=MAP + '[table.codes]\nsex = { male = "male", female = "female", X = "other" }\n'),
    "two-figure years": Case("person_id,born\n1,28/02/84\n", "list every form in formats.date_of_birth", mapping=BORN,
        mapping_then=BORN + 'two_digit_years = true\nformats = { date_of_birth = "%d/%m/%y" }\n', kept=1),
    "several forms": Case("person_id,born\n1,28/02/1984\n2,1984-02-28\n", "list every form in formats.date_of_birth",
        mapping=BORN, mapping_then=BORN + 'formats = { date_of_birth = ["%d/%m/%Y", "%Y-%m-%d"] }\n', kept=2),
    "no date": Case("person_id,born\n1,TBC\n", "what stands for no date in missing.date_of_birth", mapping=BORN,
                    mapping_then=BORN + 'missing = { date_of_birth = ["TBC"] }\n', kept=1),
    "day": Case("person_id,date_of_birth\n1,31/02/1984\n", "write the day as in 2024-02-28",
                "person_id,date_of_birth\n1,1984-02-28\n", kept=1),
    "placeholder": Case("person_id,date_of_birth\n1,1900-01-01\n", "leave it empty where it is not known",
                        "person_id,date_of_birth\n1,\n", kept=1),
    "placeholder, by a mapping": Case("person_id,born\n1,1900-01-01\n", "list it in missing.date_of_birth",
        mapping=BORN, mapping_then=BORN + 'missing = { date_of_birth = ["1900-01-01"] }\n', kept=1),
    "placeholder where a date must be": Case(f"{CRIMES}1900-01-01\n", "correct it: every row must have it",
                                             f"{CRIMES}2024-01-01\n", table="offence", kept=1),
    "after the extract": Case("person_id,date_of_birth\n1,2030-01-01\n", "correct the date",
                              "person_id,date_of_birth\n1,2003-01-01\n", kept=1),
    "order": Case("offence_id,person_id,committed_from,committed_to\na,1,2024-02-01,2024-01-01\n",
                  "correct committed_from or committed_to", table="offence", kept=1,
                  mended="offence_id,person_id,committed_from,committed_to\na,1,2024-02-01,2024-03-01\n"),
    "empty key": Case(f"{PEOPLE},male\n", "fill it in", f"{PEOPLE}4,male\n", kept=4),
    "twice": Case(f"{PEOPLE}3,female\n", "keep one of them", PEOPLE),
    "twice the same": Case(f"{PEOPLE}3,male\n", r"distinct = true in the mapping's \[\[table\]\]",
                           mapping=MAP, mapping_then=MAP + "distinct = true\n"),
    "another agency's rows": Case("organisation_id,person_id\nprison,1\n", "import each agency's rows apart",
                                  then={"organisation_id": "prison"}, kept=1),
    "not split": Case('person_id,name\n1,"Lee, A"\n2,Lee\n', "write both with ',' between them", mapping=SPLIT,
                      mended='person_id,name\n1,"Lee, A"\n2,"Lee, B"\n', kept=2),
    "stands alone": Case('person_id,name\n1,"Lee, A"\n2,Lee\n', "say in the mapping which one stands alone",
                         mapping=SPLIT, mapping_then=SPLIT.replace("part = 1", "part = 1, alone = 1"), kept=2),
    "number": Case("sentence_id,person_id,kind,sentenced_on,length_days\na,1,fine,2024-01-01,1.5\n",
                   "a whole number is written in digits", table="sentence", kept=1,
                   mended="sentence_id,person_id,kind,sentenced_on,length_days\na,1,fine,2024-01-01,15\n"),
    "beyond a limit": Case("sentence_id,person_id,kind,sentenced_on,length_days\na,1,fine,2024-01-01,-4\n",
                           "leave it empty if it is not known", table="sentence", kept=1,
                           mended="sentence_id,person_id,kind,sentenced_on,length_days\na,1,fine,2024-01-01,\n"),
    "ending": Case(PEOPLE, "give it the ending .csv", file="a.xlsx", file_then="a.csv"),
    "ending of a workbook": Case(book(*ROWS), "give the file its right ending", file_then="b.xlsx"),
    "no table": Case(PEOPLE, "send it as CSV", file="a.doc", file_then="b.csv"),
    "old workbook": Case(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "save it as .xlsx", book(*ROWS),
                         file="a.xls", file_then="b.xlsx"),
    "sheets": Case(book(*ROWS, sheets=("People", "Notes")), SETTING, mapping=MAP, file="a.xlsx"),
    "sheets with odd names": Case(book(*ROWS, sheets=('1 "old" é', "Notes")), SETTING, mapping=MAP, file="a.xlsx"),
    "no such sheet": Case(book(*ROWS, sheets=("People",)), "its sheets are People", file="a.xlsx",
                          mapping=f'[file]\nsheet = "Peple"\n{MAP}', mapping_then=f'[file]\nsheet = "People"\n{MAP}'),
    "title of a sheet": Case(book(*TITLED), SETTING, mapping=MAP, file="a.xlsx"),
    "no such row of a sheet": Case(book(*ROWS), "correct header_row under", file="a.xlsx",
                                   mapping=f"[file]\nheader_row = 40\n{MAP}",
                                   mapping_then=f"[file]\nheader_row = 1\n{MAP}"),
    "struck out": Case(book(*ROWS, struck="B3"), SETTING, mapping=MAP, file="a.xlsx"),
    "struck out but counts": Case(book(*ROWS, struck="B3"), 'or "read" if they count', file="a.xlsx",
                                  mapping_then=f'[file]\nstruck_out = "read"\n{MAP}'),
    "formulas": Case(book(*ROWS, formula="B3"), "put values in the formulas' place", book(*ROWS), file="a.xlsx",
                     file_then="b.xlsx"),
    "a failed formula": Case(book(*ROWS[:3], ["3", "#N/A"]), "put the value there", book(*ROWS), file="a.xlsx",
                             file_then="b.xlsx"),
    "lists": Case(parquet(person_id=["1"], sex=[["male"]]), "one value in each row",
                  parquet(person_id=["1"], sex=["male"]), file="a.parquet", file_then="b.parquet", kept=1),
    "odd type": Case(parquet(person_id=["1"], sex=HALVES), "write it as text", file="a.parquet",
                  file_then="b.parquet", mended=parquet(person_id=["1"], sex=["male"]), kept=1),
    "no JSON": Case("person_id\n1\n", "one flat JSON object on each line", '{"person_id": "1"}\n', file="a.jsonl",
                    kept=1),
    "a line that is no JSON": Case('{"person_id": "1"}\nTotal: 1\n', "one flat JSON object on each line",
                                   '{"person_id": "1"}\n{"person_id": "2"}\n', file="a.jsonl", kept=2),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_remedy_is_carried_out_and_what_is_mended_is_taken_in(store: Store, take: Take, rows: Any, name: str) -> None:
    case = CASES[name]
    take("person_id\n1\n", "person", source="known", file="known.csv") if case.table != "person" else None
    printed = remedies(store, take, case)
    found = re.search(case.remedy, printed)
    assert found, printed
    mapping = case.mapping_then or case.mapping
    if case.remedy == SETTING:
        mapping = f"[file]\n{found[1]}\n" + re.sub(r"^\[file\]\n.*\n", "", mapping or "")
    again = case.content if case.mended is None else case.mended
    said = {**how(case, mapping), "file": case.file_then or case.file, **case.then}
    report = take(again, said.pop("table", None), source="mended", replace=True, **said)
    assert [(one.kept, one.quarantined, one.dropped) for one in report.blocks] == [(case.kept, 0, case.dropped)]


def how(case: Case, mapping: str | None) -> dict[str, Any]:
    return {"table": case.table} if mapping is None else {"mapping": parse_mapping(mapping, "m.toml")}


def remedies(store: Store, take: Take, case: Case) -> str:
    """Return what a person reads: the refusal, or what stands in quarantine."""
    said = how(case, case.mapping)
    if "longest_record_bytes" in case.then:
        said["longest_record_bytes"] = 1024
    try:
        take(case.content, said.pop("table", None), source="mended", file=case.file, **said)
    except Refused as refused:
        return str(refused)
    return "\n".join(str(fault) for fault in show_faults(store, "mended"))
