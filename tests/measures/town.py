"""A made-up town of a handful of people, whose records a test writes by hand."""

import zlib
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from police_number import police_number
from whatworks.linkage import link
from whatworks.measures import MeasureSettings, PreparedReport, measure_outcomes, period_outcomes, prepare, profile
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

AGENCIES = {"police": "police", "court": "court", "prison": "prison", "probation": "probation", "council": "council"}
SETTINGS = MeasureSettings(date(2025, 6, 30), "police")
KEYS = {
    "offence": "offence_id",
    "sentence": "sentence_id",
    "custody_spell": "spell_id",
    "address": "address_id",
    "requirement": "requirement_id",
    "appointment": "appointment_id",
    "breach": "breach_id",
    "need": "need_id",
}
PERSON_TABLES = {"offence", "sentence", "custody_spell", "address", "requirement", "need"}


def day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


def number(who: str) -> str:
    """Return a police number of the made-up person's own."""
    return police_number(2001, zlib.crc32(who.encode()) % 9_999_998 + 1)


class Town:
    """Records are added by name of table; `who` is the person, known to every agency under a number of its own."""

    def __init__(self, settings: MeasureSettings = SETTINGS) -> None:
        self.settings = settings
        self.connection = scratch()
        self.number: Counter[str] = Counter()
        create_tables(self.connection)
        for agency, kind in AGENCIES.items():
            self.add("organisation", organisation_id=agency, name=agency, kind=kind)

    def add(self, table: str, **values: Any) -> None:
        """Add one row; texts like 2024-02-29 become dates in date columns."""
        self.number[table] += 1
        row = {"source_id": "made up", "source_line": self.number[table], **values}
        marks = ", ".join("?" for _ in row)
        self.connection.rows(f'INSERT INTO "{table}" ({", ".join(row)}) VALUES ({marks})', list(row.values()))

    def person(self, who: str, *, agencies: tuple[str, ...] = tuple(AGENCIES), **values: Any) -> None:
        for agency in agencies:
            self.add(
                "person", organisation_id=agency, person_id=f"{agency[:2]}-{who}", **{"pnc_id": number(who), **values}
            )

    def record(self, table: str, agency: str, who: str | None = None, **values: Any) -> None:
        """Add a record of an agency, with a key of its own unless one is given."""
        if table in PERSON_TABLES:
            values["person_id"] = f"{agency[:2]}-{who}"
        values.setdefault(KEYS[table], f"{table}{self.number[table] + 1}")
        self.add(table, organisation_id=agency, **values)

    def offence(
        self, who: str, committed: str, sanctioned: str | None = None, *, ref: str | None = "", **values: Any
    ) -> None:
        """Add an offence to the police record: of its own reference unless told; sanctioned means convicted."""
        values = {"offence_group": "theft", "recorded_on": committed, "sanction": "conviction", **values}
        if sanctioned is None:
            values["sanction"] = None
        reference = f"R{self.number['offence'] + 1}" if ref == "" else ref
        agency = values.pop("agency", "police")
        self.record(
            "offence", agency, who, committed_from=committed, sanctioned_on=sanctioned, offence_ref=reference, **values
        )

    def custody(self, who: str, received: str, released: str | None, status: str = "sentence", **values: Any) -> None:
        self.record("custody_spell", "prison", who, received_on=received, released_on=released, status=status, **values)

    def sentence(self, who: str, on: str, kind: str = "custody", length: int | None = 100, **values: Any) -> None:
        self.record("sentence", "court", who, sentenced_on=on, kind=kind, length_days=length, **values)

    def prepare(self, **changes: Any) -> PreparedReport:
        self.settings = replace(self.settings, **changes)
        link(self.connection)
        return prepare(self.connection, self.settings)

    def letters(self) -> dict[str, str]:
        """Return the letter by which a test calls each person, by linked number."""
        return dict(self.ask("SELECT linked_id, MAX(SPLIT_PART(person_id, '-', 2)) FROM identity GROUP BY linked_id"))

    def linked_id(self, who: str) -> str:
        """Return the person's linked number: that of their police number, if any agency holds it."""
        rows = self.ask(
            "SELECT linked_id FROM identity WHERE SPLIT_PART(person_id, '-', 2) = "
            f"'{who}' ORDER BY method = 'unlinked', linked_id"
        )
        return rows[0][0] if rows else who

    def cohort(self, people: dict[str, str], kind: str | None = None) -> pl.DataFrame:
        """Return the cohort of {who: index date}, units numbered from 1."""
        return pl.DataFrame(
            {
                "unit": list(range(1, len(people) + 1)),
                "linked_id": [self.linked_id(who) for who in people],
                "index_date": [day(on) for on in people.values()],
                "kind": pl.Series([kind] * len(people), dtype=pl.String),
            }
        )

    def outcomes(self, people: dict[str, str], kind: str | None = None, months: int = 12) -> dict[str, dict[str, Any]]:
        """Return every outcome of each person at one and at two years, by name; needs and maturity at `months`."""
        self.prepare()
        cohort = self.cohort(people, kind)
        both, alone = (
            measure_outcomes(self.connection, cohort, windows=windows, settings=self.settings)
            for windows in ((12, 24), (months,))
        )
        ended = [name for name in alone.columns if name[-2:] in ("1y", "2y")]
        assert both.select(ended).equals(alone.select(ended)), "a window hangs on what other windows are asked for"
        frame = both.with_columns(alone.drop("unit"))
        return dict(zip(people, frame.to_dicts(), strict=True))

    def profiles(self, people: dict[str, str], kind: str | None = None) -> dict[str, dict[str, Any]]:
        """Return every covariate of each person, by name."""
        self.prepare()
        frame = profile(self.connection, self.cohort(people, kind), self.settings)
        return dict(zip(people, frame.to_dicts(), strict=True))

    def periods(self, people: dict[str, str], kind: str | None = None, **spans: int) -> pl.DataFrame:
        self.prepare()
        return period_outcomes(self.connection, self.cohort(people, kind), settings=self.settings, **spans)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        return self.connection.rows(statement)
