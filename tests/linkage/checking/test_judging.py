"""A sample goes out to two judges as sheets and comes back as judgements; bad sheets are refused in words."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest

from linkage.checking.judged_store import TODAY, answer, change, drawn, sheet, store
from whatworks.linkage.checking.answers import present_answers, take_answers
from whatworks.linkage.checking.judge_sheet import ANSWER, JUDGE, PAIRS_SHEET, QUESTION, sheet_name
from whatworks.linkage.checking.judged_sample import judged_sample
from whatworks.linkage.checking.samples import read_sample
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused


def test_a_sheet_shows_both_records_to_its_owner_and_nothing_of_the_model(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    path = sheet(connection, number, "A. Khan", tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    page = openpyxl.load_workbook(path)[PAIRS_SHEET]
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows()]
    header = rows[0]
    assert header[:3] == (QUESTION, JUDGE, ANSWER)
    first = dict(zip(header, rows[1], strict=True))
    assert first["Forename (1)"] == first["Forename (2)"]
    assert (first["Agency (1)"], first["Agency (2)"]) == ("court", "police")
    assert first["Surname (2)"] == "=1+1"  # as text: no spreadsheet reckons with what an agency wrote
    assert all(cell.data_type in "sn" for row in page.iter_rows() for cell in row)
    shown = " ".join(str(value) for row in rows for value in row)
    assert "0.99" not in shown
    assert "joined" not in shown.casefold()
    assert len(rows) - 1 == read_sample(connection, number).questions.height


def test_two_judges_have_the_same_pairs_in_another_order(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    codes = []
    for order, judge in enumerate(("A", "B")):
        page = openpyxl.load_workbook(sheet(connection, number, judge, tmp_path, order))[PAIRS_SHEET]
        codes.append([row[0].value for row in page.iter_rows(min_row=2)])
    assert codes[0] != codes[1]
    assert sorted(codes[0]) == sorted(codes[1])


def test_judges_names_in_any_writing_give_files_of_their_own() -> None:
    names = ["李", "王", "Zoë", "Zoe", "O'Neil", "A/B"]
    files = {sheet_name(1, name) for name in names}
    assert len(files) == len(names)
    assert not any(set(file) & set("/\\'\" :") for file in files)


def test_judgements_come_back_and_a_later_sheet_replaces_them(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    path = sheet(connection, number, "A. Khan", tmp_path)
    answer(path, {"S1Q1": "No", "S1Q2": "Can’t tell", "S1Q3": ""}, rest="yes")
    taken = take_answers(connection, path, TODAY)
    asked = read_sample(connection, number).questions.height
    assert (taken.sample, taken.judge) == (number, "A. Khan")
    assert (taken.answered, taken.left_open, taken.changed) == (asked - 1, 1, 0)
    answer(path, {"S1Q1": "yes", "S1Q2": "cannot tell", "S1Q3": "no"}, rest="yes")
    again = take_answers(connection, path, date(2024, 7, 2))
    assert (again.answered, again.changed) == (asked, 1)
    present = present_answers(connection, number)
    assert present.height == asked
    assert dict(zip(present["question"], present["answer"], strict=True))[1] == "same"
    [(rows,)] = connection.rows("SELECT count(*) FROM link_judgement")
    assert rows == asked + 1  # the new answer and the changed one were added, nothing was taken away


def test_a_sheet_saved_as_csv_is_read_too(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    path = sheet(connection, number, "A", tmp_path)
    answer(path, {}, rest="yes")
    rows = [[cell.value or "" for cell in row] for row in openpyxl.load_workbook(path)[PAIRS_SHEET].iter_rows()]
    pl.DataFrame(rows[1:], schema=[str(name) for name in rows[0]], orient="row").write_csv(tmp_path / "a.csv")
    assert take_answers(connection, tmp_path / "a.csv", TODAY).answered == len(rows) - 1


def test_split_judgements_count_a_half_and_the_judges_agreement_is_told(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    for order, (judge, said) in enumerate((("A", {"S1Q1": "no", "S1Q2": "no"}), ("B", {"S1Q1": "no"}))):
        path = sheet(connection, number, judge, tmp_path, order)
        answer(path, said, rest="yes")
        take_answers(connection, path, TODAY)
    made = judged_sample(connection, read_sample(connection, number))
    same = dict(zip(made.pairs["question"].to_list(), made.judged.same.tolist(), strict=True))
    assert (same[1], same[2], same[3]) == (0.0, 0.5, 1.0)
    assert (made.asked, made.twice, made.unlike) == (len(made.judged), len(made.judged), 1)
    [agreement] = made.agreements
    n = made.asked
    chance = (2 / n) * (1 / n) + ((n - 2) / n) * ((n - 1) / n)
    assert agreement.kappa == pytest.approx((1 - 1 / n - chance) / (1 - chance))


def test_pairs_left_open_are_stood_for_by_the_others_of_their_band(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    path = sheet(connection, number, "A", tmp_path)
    left_open = {f"S1Q{question}": "" for question in range(1, 60)}
    answer(path, left_open, rest="yes")
    take_answers(connection, path, TODAY)
    sample = read_sample(connection, number)
    made = judged_sample(connection, sample)
    assert len(made.judged) == sample.questions.height - 59
    sure = made.judged.probability >= 0.999
    everywhere = sample.questions.filter(pl.col("probability") >= 0.999)
    assert made.judged.weight[sure].sum() == pytest.approx(everywhere["weight"].sum())


def test_a_sample_comes_back_as_it_was_drawn() -> None:
    connection = store()
    first, second = drawn(connection), drawn(connection, seed=2)
    assert (first, second) == (1, 2)
    sample = read_sample(connection)
    assert (sample.sample, sample.seed, sample.model_id, sample.threshold) == (2, 2, "m1", 0.3)
    assert sample.cells.pairs.sum() == 400
    assert np.isclose(sample.questions["weight"].sum(), 400, rtol=0.02)
    with pytest.raises(Refused, match=r'sample "7": is not a sample; samples drawn: 1, 2'):
        read_sample(connection, 7)


BAD = [
    ((3, "answer", "perhaps his brother"), r'row 3, Same person\? "aaaaaaa aaa aaaaaaa": is not an answer'),
    ((4, "question", "S1Q99999"), r'row 4, Question .* "S1Q99999": was not asked'),
    ((4, "question", "Ann Lee"), r'row 4, Question .* "Aaa Aaa": is not a question'),
    ((4, "question", None), r"row 4, Question .*: is not a question"),
    ((5, "judge", "B"), r"row 5, Judge: is not the one judge of the sheet"),
    ((5, "judge", None), r"row 5, Judge: is not the one judge of the sheet"),
    ((5, "question", "S9Q1"), r"holds questions of several samples"),
    ((1, "answer", "Verdict"), r"Same person\?: is not there; use a sheet that `whatworks link check --sheet` wrote"),
]


@pytest.mark.parametrize(("where", "words"), BAD)
def test_a_bad_sheet_is_refused_in_words_and_nothing_is_kept(
    where: tuple[int, str, str | None], words: str, tmp_path: Path
) -> None:
    connection = store()
    path = sheet(connection, drawn(connection), "A", tmp_path)
    answer(path, {}, rest="yes")
    change(path, *where)
    with pytest.raises(Refused, match=words):
        take_answers(connection, path, TODAY)
    assert connection.rows("SELECT count(*) FROM link_judgement") == [(0,)]


def test_all_faults_of_a_sheet_are_told_at_once(tmp_path: Path) -> None:
    connection = store()
    path = sheet(connection, drawn(connection), "A", tmp_path)
    answer(path, {}, rest="yes")
    change(path, 3, "answer", "hm")
    change(path, 4, "judge", "B")
    change(path, 5, "question", openpyxl.load_workbook(path)[PAIRS_SHEET].cell(6, 1).value)
    with pytest.raises(Refused) as refused:
        take_answers(connection, path, TODAY)
    assert [(one.row, one.problem) for one in refused.value.faults] == [
        (4, "is not the one judge of the sheet"),
        (5, "stands twice"),
        (6, "stands twice"),
        (3, "is not an answer"),
    ]


def test_other_files_and_sheets_without_answers_are_refused(tmp_path: Path) -> None:
    connection = store()
    path = sheet(connection, drawn(connection), "A", tmp_path)
    with pytest.raises(Refused, match="holds no answer"):
        take_answers(connection, path, TODAY)
    answer(path, {}, rest="yes")
    with pytest.raises(Refused, match="no pairs were drawn"):
        take_answers(store(), path, TODAY)
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["name", "count"])
    book.active.append(["theft", 4])
    book.save(other)
    with pytest.raises(Refused, match="has no sheet 'Pairs'"):
        take_answers(connection, other, TODAY)
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match="is not there; use a sheet that"):
        take_answers(connection, tmp_path / "t.csv", TODAY)
    with pytest.raises(Refused, match="is not there"):
        take_answers(connection, tmp_path / "missing.xlsx", TODAY)


def test_a_sheet_that_expired_is_refused_and_each_sheet_stands_in_the_audit(tmp_path: Path) -> None:
    connection = store()
    number = drawn(connection)
    path = sheet(connection, number, "A", tmp_path)
    answer(path, {}, rest="yes")
    exports = [one for one in StoreBook(connection).entries() if one.payload["act"] == "exported"]
    [(people,)] = connection.rows("SELECT count(*) FROM audit_person")
    assert len(exports) == 1 and len(exports[0].payload["people"]) == people > 100
    with pytest.raises(Refused, match="expired on"):
        take_answers(connection, path, TODAY + timedelta(days=29))
    assert take_answers(connection, path, TODAY + timedelta(days=28)).left_open == 0
