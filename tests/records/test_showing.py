"""Messages show shapes: whatever a person's name, number, postcode or birthday strays into, no message repeats it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.refusal import Refused
from whatworks.records.showing.header import seems_data
from whatworks.records.showing.person_like import is_person_like, looks_identifying
from whatworks.records.showing.shown import near_code, shown, shown_in

SETTINGS = 'name = "X"\nas_at = 2025-06-30\n[[agency]]\norganisation_id = "police"\nname = "P"\nkind = "police"\n'
SECRETS = ("Zebedee", "QUIXOTE", "ZZ9 8YX", "1961/7654321K", "Y7777ZZ", "17/05/1931", "zq.canary", "07700900123")
"""A made-up person: names, postcode, PNC and prison numbers, birthday, sign-in name, telephone number."""
EXTRACTS: dict[str, tuple[str, list[str]]] = {
    "no header": ("person", ["{pnc},{name},{post}", "P2,Bo,AB1 2CD"]),
    "no header, names only": ("person", ["Sarah,{name}", "Ann,Lee"]),
    "no header, a code that recurs": ("person", ["{name},male", "Qx,female", "Qy,male"]),
    "shifted by one": (
        "person",
        ["person_id,forename,sex,date_of_birth,ethnicity", "P1,Bo,{name},male,{day}", "P2,Bo,{post},x,y"],
    ),
    "in a code": (
        "offence",
        ["offence_id,person_id,committed_from,offence_group", "O1,P1,2024-01-01,{name}", "O2,P1,2024-01-01,{sign}"],
    ),
    "in a number": (
        "sentence",
        ["sentence_id,person_id,kind,sentenced_on,length_days", "S1,P1,custody,2024-01-31,{pnc}", "S2,P1,fine,{day},1"],
    ),
    "a field too many": ("person", ["person_id,sex", "P1,male,{name}", "P2,{phone},male"]),
    "quote not closed": ("person", ["person_id,forename,sex", 'P1,"{name},male']),
    "a person's number twice": ("person", ["person_id,sex", "{pnc},male", "{pnc},female"]),
    "unknown person": ("sentence", ["sentence_id,person_id,kind,sentenced_on", "S1,{prison},custody,2024-01-31"]),
    "number of their own": ("offence", ["offence_id,person_id,committed_from", "{name},{pnc},31/02/{day}"]),
    "columns unknown": ("person", ["person_id,remarks", "P1,{name} of {post}"]),
    "json lines": (
        "person",
        [
            '{{"person_id":"P1","surname":{{"{name}":1}}}}',
            '{{"person_id":"P2","surname":"{name}"',
            '{{"person_id":"P3","sex":"{name}"}}',
        ],
    ),
}


def fill(text: str) -> str:
    name, pnc, post = random.Random(text).choice(SECRETS[:2]), SECRETS[3], SECRETS[2]
    return text.format(
        name=name, pnc=pnc, post=post, day=SECRETS[5], prison=SECRETS[4], sign=SECRETS[6], phone=SECRETS[7]
    )


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs commands in a partnership's folder and returns all that they say."""
    monkeypatch.chdir(tmp_path)
    Path("whatworks.toml").write_text(SETTINGS)
    for folder in ("mappings", "extracts"):
        Path(folder).mkdir()

    def told(*words: str) -> str:
        answer = CliRunner().invoke(build(), list(words))
        assert answer.exception is None or isinstance(answer.exception, Refused | SystemExit), answer.exception
        return answer.output + str(answer.exception or "")

    return told


def none_of(text: str) -> None:
    for secret in SECRETS:
        assert secret.casefold() not in text.casefold(), secret


@pytest.mark.parametrize("case", EXTRACTS)
def test_no_message_repeats_a_person(case: str, say: Callable[..., str]) -> None:
    table, lines = EXTRACTS[case]
    name = "x.jsonl" if case == "json lines" else "x.csv"
    Path(name).write_text(fill("\n".join(lines)) + "\n", encoding="utf-8")
    wanted = say("import", name, "--as", table, "--from", "police", "--source", "s")
    assert wanted
    strict = say("import", name, "--as", table, "--from", "police", "--source", "t", "--strict")
    listed = say("quarantine", "list") + say("quarantine", "list", "--json")
    drafted = say("mapping", "suggest", name, "--as", table)
    for told in (wanted, strict, listed, drafted):
        none_of(told)


FLAT = (
    '[scheme]\nid = "a"\nname = "A"\ntitle = "A"\n[comparison]\nmethod = "none"\ncovariates = ["age", "ward"]\n'
    '[outcomes]\nprimary = "again"\n[data]\nsource = "flat"\nfile = "f.csv"\ntreatment = "treated"\nid_column = "pid"\n'
    'as_at = 2024-12-31\n[data.outcomes.again]\ncolumn = "again"\nlabel = "Again"\n'
)


@pytest.mark.parametrize("column", ["pid", "treated", "age", "ward", "again"])
@pytest.mark.parametrize("secret", SECRETS)
def test_no_refusal_of_a_flat_file_repeats_a_person(column: str, secret: str, say: Callable[..., str]) -> None:
    names = ["pid", "treated", "age", "ward", "again"]
    rows = [[f"X{n}", str(n % 2), str(20 + n % 9), f"Ward {n % 4}", str(n % 3 % 2)] for n in range(90)]
    for at in (5, 6):
        rows[at][names.index(column)] = secret
    Path("f.csv").write_text("\n".join(",".join(row) for row in [names, *rows]) + "\n")
    Path("a.toml").write_text(FLAT)
    none_of(say("evaluate", "a.toml", "--forms", "json"))
    Path("b.toml").write_text(FLAT.replace('column = "again"', 'column = "again"\npositive = "Yes"'))
    none_of(say("evaluate", "b.toml", "--forms", "json"))
    Path("f.csv").write_text("\n".join(",".join(row) for row in [rows[5], *rows]) + "\n")
    none_of(say("evaluate", "a.toml"))


def test_what_can_be_nobodys_is_shown() -> None:
    assert shown("Femal", 1, codes=["female"]) == "Femal"
    assert shown("Magistrates", 10) == "Magistrates"
    assert shown("Magistrates", 9) == "Aaaaaaaaaaa"
    assert shown("Patel", 500) == "Aaaaa"
    assert shown("Mali", 1, codes=["male"]) == "Aaaa"  # three letters of four are no near miss
    assert shown_in(["N/K"] * 30 + ["1"] * 50, ["N/K"]) == ["N/K"]
    assert shown_in([f"Ann Lee {n}" for n in range(50)] + ["qq"] * 20, ["qq"]) == ["aa"]
    assert not near_code("Male Smith", ["male"])


@pytest.mark.parametrize(
    "header",
    [
        ["id", "Mark", "ward", "Grant", "Date of birth"],
        ["treat", "age", "educ", "re74", "re75", "re78"],
        ["PNC ID", "CRN", "NOMS No", "Post Code", "DoB", "Off1", "IMD2019", "Q4_2023"],
        ["Surname, Forename", "HO Code", "LSOA11CD", "Court 1", "outcome_12m"],
    ],
)
def test_headings_are_no_record(header: list[str]) -> None:
    assert not seems_data(header)


def test_what_people_are_told_by_is_seen() -> None:
    yes = ["SW1A 1AA", "sw1a1aa", "1/1/1970", "1970-01-01T00:00:00", "3 May 1981", "A1234BC", "X123456", "AB123456C"]
    yes += ["943 476 5919", "020 7946 0123", "a.b@c.org", "Siobhan", "O'NEILL", "Khan-Patel", "2001/123456Z"]
    no = ["E01000001", "W05000001", "male", "12", "31.5", "White British", "Not known", "C1", "VIO", "10A", "2019"]
    assert [text for text in yes if not is_person_like(text)] == []
    assert [text for text in no if is_person_like(text)] == []
    assert looks_identifying(["NB1000X", "NB1001Y", "NB1002Z"]) and not looks_identifying(["Camden", "Barnet"])


@pytest.mark.parametrize("secret", SECRETS)
def test_no_level_of_a_factor_names_a_person(secret: str, say: Callable[..., str]) -> None:
    rows = [[f"X{n}", str(n % 2), str(20 + n % 9), f"Ward {n % 4}", str(n % 3 % 2)] for n in range(150)]
    rows[5][3] = rows[6][3] = secret
    lines = ["pid,treated,age,ward,again,place", *(",".join([*row, f"{row[3]} again"]) for row in rows)]
    Path("f.csv").write_text("\n".join(lines) + "\n")
    Path("a.toml").write_text(FLAT.replace('"none"', '"nearest"').replace('"ward"]', '"ward", "place"]'))
    said = say("evaluate", "a.toml", "--forms", "json")
    assert "only repeats what ward: " in said
    none_of(said)
