"""The pages show what commands answer, to whoever opened the printed address, and to nobody else."""

import json
import re
import sys
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from whatworks.cli import main
from whatworks.cli.app import build
from whatworks.cli.web import ONLY_A_TERMINAL, _commands, questions
from whatworks.journeys.kind import READY_MADE as JOURNEYS
from whatworks.money.contracts.load import READY_MADE as CONTRACTS
from whatworks.records.partnership import Partnership
from whatworks.web import make_site
from whatworks.web.site import LARGEST, PAGES

HOST = "http://127.0.0.1:8765/"
ADDRESSES = (
    "/", "/extracts", "/extracts/police%20crimes", "/evaluations", "/evaluations/rossi",
    "/evaluations/rossi/paper.html", "/evaluations/rossi/tables.xlsx", "/board/actions", "/board/actions/1",
    "/questions", "/questions/journeys/victims", "/questions/journeys/victims?by=borough&ask=1",
)  # fmt: skip


def text(answer: Any) -> str:
    """Return a page's words, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return what a command prints: its status, standard output and standard error."""

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return command


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_shown_and_kept_nowhere_and_runs_no_script(browser, address: str) -> None:
    answer = browser(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert b"<script" not in answer.data


def test_whoever_did_not_open_the_printed_address_learns_nothing(site) -> None:
    rules = [rule for rule in site.url_map.iter_rules() if rule.endpoint not in ("static", "fonts", "start")]
    assert len(rules) >= 10
    stranger = site.test_client()
    for rule in rules:
        for values in ({"name": "rossi", "file": "paper.html", "number": 1, "room": "journeys"}, {"number": 99}):
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda part, of=values: str(of.get(part[1], "none")), rule.rule)
            answer = stranger.get(address, base_url=HOST)
            assert answer.status_code == (403 if address == "/" else 404)
            assert "rossi" not in text(answer) and "Aid on release" not in text(answer)
    assert stranger.get("/start/another-key", base_url=HOST).status_code == 404
    assert stranger.get("/extracts", base_url=HOST).status_code == 404


@pytest.mark.parametrize(
    "headers, host",
    [({}, "http://evil.example:8765/"), ({}, "http://127.0.0.1.evil.example/"),
     ({"Sec-Fetch-Site": "cross-site"}, HOST), ({"Sec-Fetch-Site": "same-site"}, HOST)],
)  # fmt: skip
def test_another_site_gets_nothing_from_an_open_browser(site, headers, host) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    assert client.get("/extracts", base_url=HOST).status_code == 200
    cookie = client.get_cookie("whatworks_session", "127.0.0.1")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Strict"
    sent = {"Cookie": f"whatworks_session={cookie.value}", **headers}
    assert client.get("/extracts", base_url=host, headers=sent).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/evaluations/..%2f..%2fwhatworks.toml", "/evaluations/rossi/..%2f..%2f..%2fwhatworks.toml",
     "/evaluations/rossi/manifest.json", "/evaluations/%2e%2e/partnership.duckdb", "/static/../site.py",
     "/fonts/..%2fdrawing.py", "/extracts/no%20such", "/board/actions/99999", "/board/actions/-1", "/questions/a/b"],
)  # fmt: skip
def test_an_address_opens_nothing_that_is_not_a_page(browser, address: str) -> None:
    assert browser(address).status_code == 404


def test_every_question_that_a_command_answers_is_asked_on_a_page(browser, town: Path) -> None:
    asked = {one.path for one in questions()}
    assert {"journeys/time", "journeys/lost", "surveys/estimate", "places/concentration"} <= asked
    assert "journeys/published" in asked  # with a file that is sent
    page = text(browser("/questions"))
    for one in questions():
        assert one.thing or one.told[0] in page
        assert "--" not in " ".join(one.told)
        assert browser(f"/questions/{one.path}").status_code == 200


def test_a_page_says_what_the_command_says(browser, town: Path, said) -> None:
    page = text(browser("/questions/journeys/victims?by=referral_source&ask=1"))
    status, out, _ = said("journeys", "victims", "--by", "referral_source", "--partnership", str(town))
    assert status == 0
    sentences = [line for line in out.splitlines() if line.endswith(".")]
    assert len(sentences) >= 3
    for sentence in sentences:
        assert " ".join(sentence.split()) in page
    figures = re.findall(r"\d[\d,.]+%? to \d[\d,.]+%", out)
    assert figures and all(figure in page for figure in figures)


@pytest.mark.parametrize(
    "query, words",
    [("kind=magistrats", ["magistrats"]), ("kind=magistrates&first=31/02/2024", ["31/02/2024"]),
     ("kind=magistrates&first=2024-05-01&last=2024-04-01", ["--from", "2024-05-01"])],
)  # fmt: skip
def test_a_refusal_is_the_rooms_own_words_and_what_was_filled_in_stays(
    browser, town: Path, said, query: str, words: list[str]
) -> None:
    values = dict(part.split("=") for part in query.split("&"))
    flags = {"first": "--from", "last": "--to"}
    options = [word for name, value in values.items() if name in flags for word in (flags[name], value)]
    status, _, err = said("journeys", "time", values["kind"], *options, "--partnership", str(town))
    assert status == 2
    answer = browser(f"/questions/journeys/time?{query}&ask=1")
    assert answer.status_code == 422 and "<title>Error:" in answer.get_data(as_text=True)
    refused = [line.strip() for line in err.splitlines()[1:]]
    assert refused and all(" ".join(line.split()) in text(answer) for line in refused)
    for value in values.values():
        assert f'value="{value}"' in answer.get_data(as_text=True)


def test_all_that_a_form_may_not_hold_is_said_at_once(browser) -> None:
    page = text(browser("/questions/journeys/funnel?repeat=one&ask=1"))
    assert 'Repeat "one": is not a whole number' in page
    page = text(browser("/questions/journeys/compare?kind=&by=ward&within=-1&ask=1"))
    assert "Kind: is empty" in page and 'By "ward": is not one of the choices' in page
    assert 'Within "-1": is outside of what can be asked; it is at least 0' in page


def test_what_was_told_on_the_screen_is_not_given_back_by_a_page(town: Path, site, said, tmp_path: Path) -> None:
    """A page reads the same book as the command: the second of two counts a few people apart is withheld."""
    where = ("--by", "referral_source", "--partnership", str(town))
    days = [f"2024-0{month}-01" for month in (7, 8)]
    outs = [said("journeys", "victims", "--to", day, *where)[1] for day in days]
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    for day, out in zip(days, outs, strict=True):
        page = text(client.get(f"/questions/journeys/victims?last={day}&by=referral_source&ask=1", base_url=HOST))
        for sentence in (line for line in out.splitlines() if line.endswith(".")):
            assert " ".join(sentence.split()) in page


def test_numbers_lead_back_to_protocol_files_and_command(browser, town: Path) -> None:
    figures = json.loads((town / "papers/rossi/summary.json").read_text())
    page = text(browser("/evaluations/rossi"))
    assert figures["protocol"]["sha256"] in page and figures["outcomes"][0]["sentence"] in page
    assert browser("/evaluations/rossi/paper.html").data == (town / "papers/rossi/paper.html").read_bytes()


def test_rows_in_are_rows_kept_set_aside_and_left_out(browser) -> None:
    rows = re.findall(r"<tr.*?</tr>", browser("/extracts").get_data(as_text=True), re.DOTALL)[1:]
    assert len(rows) > 10
    for row in rows:
        whole, kept, aside, out = (int(cell.replace(",", "")) for cell in re.findall(r"--numeric\">([\d,]+)</td>", row))
        assert whole == kept + aside + out


def test_an_action_leads_to_the_lines_of_its_paper(browser, town: Path) -> None:
    listed = browser("/board/actions").get_data(as_text=True)
    number = re.findall(r'/board/actions/(\d+)"', listed)[0]
    page = browser(f"/board/actions/{number}")
    name, first = re.findall(r"(minutes-[\d-]+\.txt), lines (\d+) to", text(page))[0]
    line = (town / "board-papers" / name).read_text("utf-8").splitlines()[int(first) - 1]
    assert " ".join(line.split()) in text(page)


def test_html_in_names_is_text(tmp_path: Path) -> None:
    (tmp_path / "whatworks.toml").write_text('name = "<script>alert(1)</script>"\nas_at = 2025-06-30\n')
    client = make_site(Partnership.open(tmp_path), (), "k").test_client()
    client.get("/start/k", base_url=HOST)
    for page in PAGES:
        answer = client.get(page.ADDRESS, base_url=HOST)
        assert answer.status_code == 200, page
        assert b"<script" not in answer.data and b"&lt;script&gt;" in answer.data


def test_a_fault_of_ours_shows_no_traceback(site, monkeypatch) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    monkeypatch.setattr("whatworks.web.extracts.sources", lambda here: 1 / 0)
    answer = client.get("/extracts", base_url=HOST)
    assert answer.status_code == 500 and "ZeroDivisionError" in text(answer)
    assert "Traceback" not in text(answer) and "/site.py" not in text(answer)


def test_the_first_page_is_under_a_hundred_kilobytes(browser, site) -> None:
    with site.test_client().get("/static/site.css", base_url=HOST) as styles:
        assert styles.status_code == 200
        assert len(browser("/").data) + len(styles.data) < 100_000
        named = re.findall(r'url\("?(/[^")]+)"?\)', styles.get_data(as_text=True))
    for address in named:
        with site.test_client().get(address, base_url=HOST) as file:
            assert file.status_code == 200 and len(file.data) < 60_000, address
    assert len(named) == 2


def test_without_the_extra_the_command_says_how_to_get_it(town: Path, said, monkeypatch) -> None:
    for name in [one for one in sys.modules if one.startswith("whatworks.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flask", None)
    status, _, err = said("web", "--partnership", str(town))
    assert status == 2 and "pip install 'whatworks[web]'" in err


def token(page: Any) -> str:
    return re.findall(r'name="form_token" value="(\w+)"', page.get_data(as_text=True))[0]


def test_a_page_takes_files_that_are_sent_and_never_the_name_of_one(browser) -> None:
    asked = {one.path: one for one in questions()}
    assert {one.path for one in asked.values() if one.writes} == {
        "board/meeting/template", "board/paper/export", "board/sheet/export", "casework/sheet/export",
        "quarantine/export",
    }  # fmt: skip
    for one in asked.values():
        for field in one.fields:
            if field.name in ("files", "file", "terms", "rule", "watch"):
                assert (field.kind == "file" or field.or_file) and one.takes_files, one.path
            assert field.name not in ("out", "partnership", "working"), one.path


def test_every_command_has_its_page_or_a_reason_why_it_has_none() -> None:
    paged = {one.path.replace("/", " ") for one in questions()}
    without = set()
    for path, called in _commands(build()):
        group = () if len(path) > 1 else (called.__module__.split(".")[2],)
        without |= set() if " ".join((*group, *path)) in paged else {" ".join(path)}
    assert without == set(ONLY_A_TERMINAL)
    assert all(reason for reason in ONLY_A_TERMINAL.values())


@pytest.mark.parametrize("path, field", [("journeys/time", "kind"), ("contract/check", "terms")])
def test_what_is_ready_made_is_named_and_a_file_is_sent(site, tmp_path: Path, path: str, field: str) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    ready = {"kind": JOURNEYS / "magistrates.toml", "terms": CONTRACTS / "peterborough-bond.toml"}[field]
    for named in (str(ready), f"../{ready.name}", "whatworks.toml", "a/b"):
        answer = client.get(f"/questions/{path}", query_string={"ask": "1", field: named}, base_url=HOST)
        assert answer.status_code == 422 and "is not a name; choose a ready-made one" in text(answer)
    form = {"form_token": token(client.get(f"/questions/{path}", base_url=HOST)), "ask": "1"}
    sent = client.post(f"/questions/{path}", data={**form, field: (BytesIO(ready.read_bytes()), "own.toml")},
                       base_url=HOST)  # fmt: skip
    assert sent.status_code == (200 if field == "kind" else 422)
    assert "own.toml" in text(sent) or sent.status_code == 200  # its gaps are told as the command tells them
    named = client.post(f"/questions/{path}", data={**form, field: ready.stem}, base_url=HOST)
    assert named.status_code == 303 and named.headers["Location"].endswith(f"?ask=1&{field}={ready.stem}")


def test_what_a_command_writes_is_downloaded_and_lies_nowhere(site, town: Path, tmp_path: Path) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    before = sorted(town.rglob("*"))
    for path, kept in (("board/sheet/export", ".xlsx"), ("quarantine/export", "")):
        form = {"form_token": token(client.get(f"/questions/{path}", base_url=HOST))}
        answer = client.post(f"/questions/{path}", data=form, base_url=HOST)
        assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
        assert kept in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
        with ZipFile(BytesIO(answer.data)) as archive:  # a workbook is an archive too
            assert archive.testzip() is None
            assert all(name.endswith(".xlsx") for name in archive.namelist()) == (not kept)
    assert sorted(town.rglob("*")) == before


def test_a_draft_that_is_sent_is_checked_as_the_command_checks_it(site, town: Path, said, tmp_path: Path) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    drafts = sorted((town / "board-papers").glob("minutes-*.txt"))[:2]
    form = {"form_token": token(client.get("/questions/board/check", base_url=HOST))}
    status, out, _ = said("board", "check", *map(str, drafts), "--all", "--partnership", str(town))
    assert status == 0
    with drafts[0].open("rb") as one, drafts[1].open("rb") as other:
        sent = [(one, drafts[0].name), (other, f"../../{drafts[1].name}")]
        answer = client.post("/questions/board/check", data={**form, "files": sent}, base_url=HOST)
    assert answer.status_code == 200
    page = text(answer)
    assert len(out.splitlines()) > 3
    for line in out.splitlines():
        assert " ".join(line.split()) in page
    answer = client.post("/questions/board/check", data=form, base_url=HOST)
    assert answer.status_code == 422 and "Files: is not chosen" in text(answer)
    huge = {**form, "files": [(BytesIO(b"x" * (LARGEST + 1)), "huge.txt")]}
    answer = client.post("/questions/board/check", data=huge, base_url=HOST)
    assert answer.status_code == 413 and "too large" in text(answer)


@pytest.mark.parametrize(
    "name, content",
    [("minutes.docx", b"PK\x03\x04 not a Word file"), ("minutes.pdf", b"%PDF-1.7\n\x00"), ("minutes.txt", b""),
     ("minutes.exe", b"MZ"), ("..", b"Minutes"), ("m.txt", b"\xff\xfe\x00\xd8")],
)  # fmt: skip
def test_a_bad_file_gets_the_commands_own_sentence(site, said, town, tmp_path: Path, name: str, content: bytes) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    form = {"form_token": token(client.get("/questions/board/check", base_url=HOST))}
    data = {**form, "files": [(BytesIO(content), name)]}
    answer = client.post("/questions/board/check", data=data, base_url=HOST)
    if name == "..":
        assert "Files: is not chosen" in text(answer)
        return
    (tmp_path / name).write_bytes(content)
    status, _, err = said("board", "check", str(tmp_path / name), "--partnership", str(town))
    assert status == (0 if name.endswith(".exe") else 2)  # words are read as words, whatever the file is called
    assert answer.status_code == (422 if status else 200)
    for line in err.splitlines()[1:]:
        assert " ".join(line.replace(f"{tmp_path}/", "").split()) in text(answer)


def test_an_empty_form_is_answered_or_refused_never_broken(site) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    changes = 0
    for one in questions():
        address = f"/questions/{one.path}"
        page = client.get(address, base_url=HOST)
        assert page.status_code == 200, one.path
        if one.changes:
            changes += 1
            page = client.post(address, data={"form_token": token(page)}, base_url=HOST)
            assert page.status_code == 422, one.path
        else:
            assert client.get(f"{address}?ask=1", base_url=HOST).status_code in (200, 422), one.path
    assert changes > 40


def test_no_field_of_any_question_reads_a_file_of_the_machine(site, tmp_path: Path, monkeypatch: Any) -> None:
    """Whatever text is filled in, with an ending or without, a folder above it or none: files are sent, never named."""
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    mark, asked = "hidden-in-a-file", 0
    for name in ("other.toml", "other"):
        (tmp_path / name).write_text(f'name = "{mark}"\nkind = "{mark}"\ntitle = "{mark}"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    for one in questions():
        named = [field.name for field in one.fields if field.kind in ("text", "many")]
        chosen = {field.name: field.choices[0] for field in one.fields if field.kind == "choice"}
        for path in (str(tmp_path / "other.toml"), "other.toml", "other") if named and not one.sends else ():
            answer = client.get(
                f"/questions/{one.path}",
                query_string={**chosen, **dict.fromkeys(named, path), "ask": "1"},
                base_url=HOST,
            )
            assert answer.status_code in (200, 422) and mark not in text(answer), (one.path, path)
            asked += 1
    assert asked > 100


def test_an_officer_enters_a_promise_and_closes_it_without_a_terminal(site, town: Path, said) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)

    def save(path: str, **given: str) -> str:
        form = client.get(f"/questions/{path}", base_url=HOST)
        sent = client.post(f"/questions/{path}", data={"form_token": token(form), **given}, base_url=HOST)
        assert sent.status_code == 303, text(sent)
        return text(client.get(sent.headers["Location"], base_url=HOST))

    done = save(
        "board/action/add", text="Write to the prison", owners="Ms Example\nMr Sample", by="B. Officer", on="2025-06-30"
    )
    number = re.findall(r"action (\d+): entered", done)[0]
    page = text(client.get(f"/board/actions/{number}", base_url=HOST))
    assert "Write to the prison" in page and "Ms Example, Mr Sample" in page
    save("board/action/close", number=number, evidence="Letter of 1 July", by="B. Officer", why="sent")
    page = text(client.get(f"/board/actions/{number}", base_url=HOST))
    assert "Letter of 1 July" in page and "B. Officer" in page and "sent" in page
    status, out, _ = said("board", "action", "show", number, "--partnership", str(town))
    assert status == 0 and "Letter of 1 July" in out


@pytest.mark.parametrize("sent", [{}, {"form_token": "0" * 64}, {"form_token": "é"}])
def test_a_form_that_this_site_did_not_draw_changes_nothing(site, town: Path, said, sent) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    given = {"text": "Forged", "owners": "Mallory", "by": "Mallory", **sent}
    assert client.post("/questions/board/action/add", data=given, base_url=HOST).status_code == 404
    assert "Forged" not in text(client.get("/board/actions", base_url=HOST))


def test_another_origin_changes_nothing_even_with_the_forms_own_token(site) -> None:
    client = site.test_client()
    client.get("/start/a-key-for-tests", base_url=HOST)
    form = client.get("/questions/board/action/add", base_url=HOST)
    given = {"text": "Forged", "owners": "Mallory", "by": "Mallory", "form_token": token(form)}
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        sent = client.post("/questions/board/action/add", data=given, base_url=HOST, headers=headers)
        assert sent.status_code == 404
    assert "Forged" not in text(client.get("/board/actions", base_url=HOST))


def test_a_field_that_the_form_does_not_have_is_refused_not_passed_over(browser) -> None:
    page = text(browser("/questions/journeys/time?kynd=magistrates&ask=1"))
    assert "kynd: is not a field; did you mean 'kind'?" in page and "Kind: is empty" in page
