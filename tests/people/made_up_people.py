"""A store with a few made-up people, each agency's record of whom is linked by hand."""

from collections.abc import Iterable
from datetime import date

from whatworks.people.rule import EXAMPLE, ListRule
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables
from whatworks.records.toml_file import read_toml

AS_AT = date(2025, 6, 30)
BORN = date(1990, 5, 1)
AGENCIES = ("police", "probation", "prison", "council", "health")


def rule(**changed: object) -> ListRule:
    return ListRule.model_validate(read_toml(EXAMPLE) | changed)


def made_up(people: Iterable[str] = (), born: date | None = BORN) -> Store:
    store = scratch()
    create_tables(store)
    for agency in AGENCIES:
        add(store, "organisation", organisation_id=agency, name=agency, kind="council")
    for person in people:
        know(store, person, born)
    return store


def know(
    store: Store, person: str, born: date | None = BORN, agencies: Iterable[str] = AGENCIES, linked: str = ""
) -> None:
    """Make a person known to agencies: the number is the person's name after the agency's first two letters."""
    for agency in agencies:
        number = f"{agency[:3]}-{person}"
        add(store, "person", organisation_id=agency, person_id=number, date_of_birth=born, sex="male")
        add(store, "identity", organisation_id=agency, person_id=number, linked_id=linked or f"L-{person}",
            method="shared_number", probability=1.0)  # fmt: skip


def add(store: Store, table: str, **values: object) -> None:
    [(count,)] = store.rows(f"SELECT count(*) + 1 FROM {table}")
    row = {"source_id": "made up", "source_line": count} | values
    names = ", ".join(f'"{name}"' for name in row)
    store.change(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' for _ in row)})", list(row.values()))


def offence(store: Store, person: str, day: date, agency: str = "police", **more: object) -> None:
    contact(store, "offence", person, agency, committed_from=day, recorded_on=day, **more)


def need(store: Store, person: str, day: date, agency: str = "council") -> None:
    contact(store, "need", person, agency, pathway="health", assessed_on=day, level="high")


def custody(store: Store, person: str, day: date, agency: str = "prison", status: str = "sentence") -> None:
    contact(store, "custody_spell", person, agency, received_on=day, released_on=day, status=status)


def victim(store: Store, person: str, day: date, agency: str = "police") -> None:
    contact(store, "victim", person, agency, referral_source="police_report", known_on=day, residence="resident")


def contact(store: Store, table: str, person: str, agency: str, **values: object) -> None:
    [(number,)] = store.rows(f"SELECT count(*) + 1 FROM {table}")
    key = {"custody_spell": "spell_id"}.get(table, f"{table}_id")
    add(
        store, table, organisation_id=agency, person_id=f"{agency[:3]}-{person}", **{key: f"{table}-{number}"}, **values
    )
