"""Who comes out, and is anybody there? From release, or the end of a provider's order, to the first kept contact."""

from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from whatworks.casework.prepared import prepared, query
from whatworks.journeys.cases import ONWARD, WAITING, Cases
from whatworks.journeys.kind import JourneyKind
from whatworks.journeys.reported import Remark
from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.surveys.reading import borough_names

Start = Literal["release", "order"]
QUERIES: dict[Start, str] = {"release": "release", "order": "order_end"}
TABLES: dict[Start, str] = {"release": "custody_spell", "order": "requirement"}
DEATH, RETURN = "died", "returned"
LINK = "run `whatworks link`"


@dataclass(frozen=True, slots=True)
class Exits:
    """Exits as cases of the engine of journeys, ready for `watched`, and what stands beside them.

    `needs` has a row (`unit`, `pathway`) for each medium or high need, `picked_up` one (`unit`, `picked_up_by`) for
    each exit with a contact; `people` (`unit`, `linked_id`) says whose exit each is.
    """

    cases: Cases
    needs: pl.DataFrame
    picked_up: pl.DataFrame
    people: pl.DataFrame


def exits(store: Engine, kind: JourneyKind, start: Start = "release") -> Exits:
    """Return every exit with its first way out: a kept contact, return to custody, death, or none up to the extract.

    Contacts are those of tables `contact` and `appointment` alike, up to the last day of which each was sent. `kind` is
    the journey through the gate, whose watched days and words are used. Refused where there is no exit.
    """
    prepared(store, "contact", "appointment", TABLES[start])
    derive(store, [replace(query(QUERIES[start]), name="gate_exit")])
    store.derive("residence_wanted", "SELECT DISTINCT e.linked_id, e.exit_on AS on_date FROM gate_exit AS e")
    derive(store, [query("agency_contact")], view=True)
    made = "contacts_from", "gate_number", "first_contact", "gate_duty", "gate_case", "gate_need", "picked_up"
    derive(store, ["residence", *map(query, made)])
    rows = store.fetch("SELECT c.* FROM gate_case AS c WHERE c.exit_on <= c.as_at ORDER BY c.unit")
    nothing = "release" if start == "release" else "end of an order"
    if rows.is_empty():
        remedy = f"import {TABLES[start]}; docs/casework.md shows which columns are needed"
        raise Refused(Fault(f"no {nothing} stands in the records", remedy))
    cases = exits_of(kind, rows.with_columns(pl.col("borough").replace(borough_names(store))))
    if cases.stays.is_empty():
        apart = ", ".join(f"{name.replace('_', ' ')}" for name in cases.apart)
        raise Refused(Fault(f"every {nothing} is told apart ({apart})", "import contacts of the time, and addresses"))
    needs, picked = (store.fetch(f"SELECT t.* FROM {name} AS t ORDER BY 1, 2") for name in ("gate_need", "picked_up"))
    missing = {str(table): int(count) for table, count in store.rows(query("not_linked").text)}.get(TABLES[start], 0)
    remark = Remark(f"rows of {TABLES[start]} are of people not linked yet, and in no figure", missing, LINK)
    cases = replace(cases, remarks=(remark,) if missing else ())
    return Exits(cases, needs, picked, rows.select("unit", "linked_id"))


def exits_of(kind: JourneyKind, rows: pl.DataFrame) -> Cases:
    """Return the cases in a frame of exits, whose columns are those of `sql/gate_case.sql`, each by its first way out.

    On one day a contact comes before a return, and a return before a death. What is told `apart` is in no row.
    """
    if kind.watch is None:
        raise Refused(Fault("watches no stage", "add [watch] with its stage and days", field="kind", value=kind.kind))
    contact, back, death, seen = (
        (pl.col(name) - pl.col("exit_on")).dt.total_days()
        for name in ("contacted_on", "returned_on", "died_on", "as_at")
    )
    first = pl.min_horizontal(seen + 1, contact, back, death)
    gone = pl.when(contact == first).then(pl.lit(ONWARD)).when(back == first).then(pl.lit(RETURN))
    way = pl.when(first > seen).then(pl.lit(WAITING)).otherwise(gone.otherwise(pl.lit(DEATH)))
    stays = rows.with_columns(way=way, days=pl.min_horizontal(first, seen))
    left = pl.col("exit_on") + pl.duration(days=pl.col("days"))
    same = (pl.col("days") == 0) & ~pl.col("way").is_in([ONWARD, WAITING])
    apart = pl.coalesce("apart", pl.when(same).then(pl.lit("same_day_return")))
    stays = stays.with_columns(
        apart=apart, case=pl.int_range(pl.len()), opened_on="exit_on", stage=pl.lit(kind.watch.stage), place=pl.lit(0),
        entered_on="exit_on", left_on=pl.when(pl.col("way") != WAITING).then(left), last_seen=left,
        reason=pl.lit(None, pl.String), final=pl.lit(True), days=pl.col("days").cast(pl.Float64),
        provider=pl.col("provider").fill_null("nobody yet"),
    )  # fmt: skip
    aside = stays.drop_nulls("apart").group_by("apart").len().sort("apart")
    columns = [
        "case", "unit", "borough", "opened_on", "stage", "place", "entered_on", "left_on", "last_seen", "days", "way",
        "reason", "provider", "prison", "final", "as_at",
    ]  # fmt: skip
    return Cases(kind, stays.filter(pl.col("apart").is_null()).select(columns), dict(aside.iter_rows()))


def unseen(found: Exits, after: int) -> pl.DataFrame:
    """Return who is at liberty and has been seen by nobody for so many days or more, the longest first: for the team.

    A row an exit: `unit`, `linked_id`, `opened_on`, `days`, `prison`, `provider`, `borough`.
    """
    waiting = found.cases.stays.filter((pl.col("way") == WAITING) & (pl.col("days") >= after))
    rows = waiting.join(found.people, on="unit", how="left").sort("days", "unit", descending=[True, False])
    return rows.select("unit", "linked_id", "opened_on", "days", "prison", "provider", "borough")
