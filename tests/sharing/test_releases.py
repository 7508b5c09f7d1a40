"""Reading named people, and releasing their records: what is refused, what is written, and what is kept of it."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.audit.reader import Reader
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.imports.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.sharing import consult, resolve
from whatworks.sharing.selection import covers, standing_of

DAY = date(2025, 6, 30)


def run(here: Partnership, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(build(), ["sharing", *words, "--partnership", str(here.root)])
    shown = done.output + str(done.exception or "")
    assert (done.exit_code == 0) == (status == 0), shown
    return shown


def deeds(here: Partnership) -> list[dict[str, object]]:
    with DuckDBStore(here.store_path) as store:
        return [entry.payload for entry in StoreBook(store).entries("deed")]


def test_people_stand_in_their_schemes_areas_and_ages_on_a_day(store: DuckDBStore) -> None:
    found = {pair[1]: sets for (_, sets), people in resolve(store, "police", "everybody", DAY).groups.items()
             for pair in (("police", person) for person in people)}  # fmt: skip
    assert found == {
        "P1": {"scheme:GATE", "area:E1", "adult"},
        "P2": {"scheme:GATE", "area:E2", "adult"},
        "P3": {"scheme:GATE", "area:E1", "under_18"},
        "P4": {"area:E1", "adult"},
        "P5": set(),
    }
    assert {*resolve(store, "police", "scheme:GATE + adult", DAY).pairs()} == {("police", "P1"), ("police", "P2")}
    assert {*resolve(store, "police", "police:P3", DAY).pairs()} == {("police", "P3")}
    grown = resolve(store, "police", "adult", date(2027, 1, 1))
    assert ("police", "P3") in set(grown.pairs())
    assert ("police", "P3") not in set(resolve(store, "police", "adult", date(2026, 12, 31)).pairs())


def test_people_stand_on_the_lists_that_agencies_sent_while_they_are_on_them(store: DuckDBStore) -> None:
    for number, left in (("P1", None), ("P2", "2025-06-30"), ("P4", "2025-07-01")):
        store.change("INSERT INTO list_entry (source_id, source_line, organisation_id, list_entry_id, list_name, "
                     "person_id, entered_on, left_on) VALUES ('d', 1, 'police', ?, 'prolific', ?, '2024-01-01', ?)",
                     [number, number, left])  # fmt: skip
    listed = resolve(store, "police", "list:prolific", DAY)
    assert set(listed.pairs()) == {("police", "P1"), ("police", "P4")}
    assert not resolve(store, "police", "list:prolific", date(2023, 1, 1)).groups


def test_a_person_whose_records_disagree_about_the_age_is_in_neither(store: DuckDBStore) -> None:
    for organisation, number in (("police", "P1"), ("council", "C1")):
        store.change("INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, "
                     "probability) VALUES ('d', 1, ?, ?, 'L1', 'shared_number', 1.0)",
                     [organisation, number])  # fmt: skip
    store.change("INSERT INTO person (source_id, source_line, organisation_id, person_id, date_of_birth) "
                 "VALUES ('d', 1, 'council', 'C1', '2010-05-01')")  # fmt: skip
    ((_, sets),) = resolve(store, "police", "police:P1", DAY).groups
    assert not sets & {"adult", "under_18"} and "scheme:GATE" in sets
    ((_, sets),) = resolve(store, "council", "council:C1", DAY).groups
    assert "scheme:GATE" in sets, "a linked record's sets are the person's"


def test_consult_keeps_what_was_read_and_why_and_refuses_the_rest(agreed: Partnership, store: DuckDBStore) -> None:
    own, other = Reader("ks", "K. Sample"), Reader("pq", "P. Quill", "probation")
    ask = ("person", ["surname"], [("police", "P1")], "offender_management", "for the panel of 30 June", DAY)
    consult(store, agreed, own, *ask)
    consult(store, agreed, other, *ask)
    [first, second] = [entry.payload for entry in StoreBook(store).entries("deed")]
    assert first["act"] == second["act"] == "consulted"
    assert first["more"] == {"fields": ["surname"], "purpose": "offender_management"}
    assert second["by"]["organisation_id"] == "probation"
    assert "P1" not in json.dumps(first), "nobody is named in the chain"
    for fields, people, missing in (
        (["pnc_id", "ethnicity"], [("police", "P1")], "ethnicity is not among its fields"),
        (["surname"], [("police", "P1"), ("police", "P4")], "not in list:joint-concern or scheme:GATE"),
        (["surname"], [("police", "unknown")], "not in list:joint-concern"),
    ):
        with pytest.raises(Refused, match=missing):
            consult(store, agreed, other, "person", fields, people, "offender_management", "a reason", DAY)
    with pytest.raises(Refused) as refused:
        consult(store, agreed, other, "person", ["surname"], [("police", "P1")], "law enforcement", " ", DAY)
    assert [fault.field for fault in refused.value.faults] == ["--purpose", "--why"]
    assert len(StoreBook(store).entries("deed")) == 2, "a refusal reads nobody"
    official = Reader("o", "O. Low", None, (), "official")
    with pytest.raises(Refused, match="cleared to official"):
        consult(store, agreed, official, *ask)


def release(here: Partnership, *more: str, see: str = "person.surname,person.pnc_id", whose: str = "everybody",
            status: int = 0) -> str:  # fmt: skip
    return run(here, "release", "--to", "probation", "--of", "police", "--see", see, "--whose", whose, "--for",
               "offender_management", "--by", "K. Sample", "--why", "monthly panel", *more,
               status=status)  # fmt: skip


def test_a_release_holds_permitted_fields_of_permitted_people_and_is_logged(agreed: Partnership) -> None:
    said = json.loads(release(agreed, "--json"))
    path = Path(said["file"])
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    assert rows[0] == ["surname", "pnc_id", "whatworks release 1 to probation, destroy after 2026-06-30"]
    assert sorted(row[0] for row in rows[1:]) == ["Ashgrove", "Birchall", "Cedarlow"], "those of the scheme alone"
    [entry] = deeds(agreed)
    assert (entry["act"], len(entry["people"])) == ("released", 3)
    kept = entry["more"]
    assert (kept["receiver"], kept["clauses"], kept["expires_on"]) == (
        "probation",
        "MAOM-2024 clause 4.1",
        "2026-06-30",
    )
    assert len(kept["sha256"]) == 64 and "Ashgrove" not in json.dumps(entry)
    assert "until 2026-06-30  release person of police to probation: MAOM-2024 clause 4.1" in run(
        agreed, "releases", "--on", "2025-07-01"
    )
    assert "EXPIRED on 2026-06-30" in run(agreed, "releases", "--on", "2026-07-01")


def test_what_no_clause_permits_is_left_out_and_said(agreed: Partnership) -> None:
    text = (agreed.root / "sharing" / "offender_management.toml").read_text("utf-8")
    more = text[text.index('[[clause]]\nnumber = "4.1"') : text.index('[[clause]]\nnumber = "4.2"')]
    more = more.replace('"4.1"', '"4.5"').replace('"list:joint-concern", "scheme:GATE"', '"area:E1 + adult"')
    more = more.replace('"person_id", "forename", "surname", "date_of_birth", "pnc_id"', '"surname"')
    (agreed.root / "sharing" / "offender_management.toml").write_text(f"{text}\n{more}", "utf-8")
    said = json.loads(release(agreed, "--json", see="person.surname,person.forename,person.crn"))
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(Path(said["file"]).read_text("utf-8")))}
    assert rows == {"surname": "forename", "Ashgrove": "Sample", "Birchall": "Sample", "Cedarlow": "Sample",
                    "Driftell": "[withheld]"}  # fmt: skip
    assert "Not all of it: Refused." in said["says"] and "crn" in said["says"]


def test_a_released_cell_is_no_formula(agreed: Partnership) -> None:
    with DuckDBStore(agreed.store_path) as store:
        store.change("UPDATE person SET surname = '=HYPERLINK(1)' WHERE person_id = 'P1'")
    path = Path(json.loads(release(agreed, "--json"))["file"])
    assert "'=HYPERLINK(1)" in path.read_text("utf-8") and "\n=" not in path.read_text("utf-8")


def test_nothing_is_written_where_nothing_may_be_released(agreed: Partnership) -> None:
    for see, whose, words in (
        ("person.crn", "everybody", "crn is not among its fields"),
        ("person.surname", "area:E9", "nobody is asked for"),
        ("person.surnme,person.crn", "evrybody", "did you mean 'surname'"),
        ("person.surname,offence.sanction", "everybody", "is not fields of one table"),
        ("briefing.secret", "everybody", "has no rows of people"),
    ):
        assert words in release(agreed, see=see, whose=whose, status=2)
    assert not list((agreed.root / "releases").glob("*"))
    assert "P9" not in release(agreed, whose="police:P9", status=2), "a number is not repeated"


def test_a_release_that_has_expired_is_not_taken_in_again(agreed: Partnership, store: DuckDBStore) -> None:
    expires = DAY + timedelta(365)
    store.close()
    file = Path(json.loads(release(agreed, "--json", see="person.person_id,person.surname"))["file"])
    mapping = agreed.root / "mappings" / "released.toml"
    mapping.write_text('[[table]]\ntable = "person"\n[table.columns]\nperson_id = "person_id"\nsurname = "surname"\n')
    from whatworks.records.mappings.mapping import load_mapping

    with DuckDBStore(agreed.store_path) as again:

        def take(on: date) -> int:
            return sum(block.kept for block in import_file(
                again, file, organisation_id="probation", source="released", as_at=DAY, received_on=on,
                mapping=load_mapping(mapping)).blocks)  # fmt: skip

        with pytest.raises(Refused, match=f"is release 1 to probation, which expired on {expires}"):
            take(expires + timedelta(1))
        assert take(expires) == 3


def test_what_is_known_of_a_request_is_that_of_the_agreement_by_set(store: DuckDBStore) -> None:
    people = standing_of(store, [("police", "P1"), ("police", "P5"), ("council", "C9")], DAY, unless="council")
    assert sorted(len(sets) for (_, sets) in people.groups) == [0, 0, 3]
    assert covers(["everybody"], frozenset())


def test_nobody_is_released_by_an_empty_set_without_a_reason_or_to_those_whose_records_they_are(
    agreed: Partnership,
) -> None:
    assert "--whose: is empty" in release(agreed, whose="", status=2)
    for whose in ("+", "scheme:GATE +"):
        assert "names nobody in a part of it" in release(agreed, whose=whose, status=2)
    assert "--why: is empty" in release(agreed, "--why", "  ", status=2)
    assert "is whose records they are" in release(agreed, "--to", "police", status=2)
    assert not (agreed.root / "releases").exists()


def test_the_subject_of_a_release_is_told_its_file_and_a_misspelt_agency_is_refused(agreed: Partnership) -> None:
    path = Path(json.loads(release(agreed, "--json"))["file"])
    told = run(agreed, "subject", "police:P1", "--why", "asked")
    assert f"{path.name} until 2026-06-30" in told
    assert "did you mean 'police'?" in run(agreed, "subject", "polise:P1", "--why", "asked", status=2)
    assert "--why: is empty" in run(agreed, "subject", "police:P1", "--why", " ", status=2)


@pytest.mark.parametrize("why", ["asked by Ashgrove", "ASHGROVE's request", "of P1"])
def test_an_erasure_is_refused_for_a_reason_that_names_the_person(agreed: Partnership, why: str) -> None:
    told = run(agreed, "erase", "police:P1", "--by", "D. Officer", "--why", why, status=2)
    assert "--why: names the person, and it is kept" in told
    assert "Ashgrove" not in told
