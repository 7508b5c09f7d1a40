"""Groups on record, their members and their events, each event once however many reported it and took part in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

import numpy as np
import polars as pl

from whatworks.places.areas import NOWHERE, Areas, read_areas
from whatworks.places.gangs_terms import GroupTerms
from whatworks.places.incidents import Incidents, read_incidents
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

VICTIM_ROLE = "exploited"
"""Members who are exploited are victims: they count towards no event, tie, call-in or order."""


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group as its owner keeps it; `ward` is the place of the ward where it stands, `borough` that of its borough."""

    code: str
    owner: str
    version: str
    review_on: date
    rule_uses_place: bool
    ward: str | None
    borough: str | None
    strand: str | None
    removed_on: date | None


@dataclass(frozen=True)
class GangRecords:
    """Groups; `members` (group, person, role, under_18, from_date, to_date); `parts`, one row a suspect of an event.

    `parts` have event, day, ward, borough, person; `divisions` say in which part of each other division a ward lies;
    `unknown` has the months in which an agency sent nothing from a ward.
    """

    groups: tuple[GroupRecord, ...]
    members: pl.DataFrame
    parts: pl.DataFrame
    months: tuple[date, ...]
    wards: dict[str, str]
    divisions: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: frozenset[tuple[str, date]] = frozenset()

    def active(self) -> pl.DataFrame:
        """Return each suspect's groups on the day of each event: event, day, ward, borough, person, group."""
        joined = self.parts.join(self.members.filter(pl.col("role") != VICTIM_ROLE), on="person")
        during = pl.col("day").is_between(pl.col("from_date"), pl.coalesce("to_date", pl.lit(date.max)))
        return joined.filter(during).select("event", "day", "ward", "borough", "person", "group").unique(
            maintain_order=True
        )  # fmt: skip


def read_gangs(store: Engine, terms: GroupTerms) -> GangRecords:
    """Return the groups on record in a partnership's store; refused where there are none."""
    stored = store.fetch("SELECT * FROM offending_group ORDER BY organisation_id, group_id")
    if stored.is_empty():
        remedy = "import table offending_group and its members, or leave [groups] out of the terms"
        raise Refused(Fault("no groups are on record", remedy))
    areas = read_areas(store, "ward", terms.vintage)
    incidents = read_incidents(store, areas, terms.agencies)
    divisions = {name: _division(store, areas, name) for name in terms.divisions}
    members, suspects = (store.fetch(_sql(name)) for name in ("group_member", "incident_suspect"))
    return gangs_of(stored, members, incidents, suspects, terms.kinds, divisions)


def gangs_of(
    groups: pl.DataFrame,
    members: pl.DataFrame,
    incidents: Incidents,
    suspects: pl.DataFrame,
    kinds: Sequence[str] = (),
    divisions: dict[str, dict[str, str]] | None = None,
) -> GangRecords:
    """Return the same of frames with the columns of the tables and of `sql/group_member` and `incident_suspect`."""
    areas = incidents.areas
    wards = {code: parent or "" for code, parent in zip(areas.codes, areas.parents, strict=True)}
    if unknown := sorted({*kinds} - {*incidents.rows["kind"]}):
        remedy = f"use one of {', '.join(sorted({*incidents.rows['kind']})[:20])}"
        raise Refused([Fault("is not a kind that was reported", remedy, field="kinds", value=each) for each in unknown])
    _check_editions(groups, areas)
    placed = incidents.rows.filter(pl.col("area") != NOWHERE)
    placed = placed.filter(pl.col("kind").is_in(list(kinds))) if kinds else placed
    event = pl.coalesce("incident_ref", pl.concat_str("organisation_id", pl.lit("/"), "incident_id"))
    reports = placed.select(
        "organisation_id", "incident_id", event.alias("event"), pl.col("from_time").dt.date().alias("day"),
        pl.col("area").replace_strict(range(len(areas)), areas.codes, return_dtype=pl.String).alias("ward"),
    )  # fmt: skip
    once = reports.unique("event", keep="first", maintain_order=True).select("event", "day", "ward")
    parts = (
        suspects.join(reports.select("organisation_id", "incident_id", "event"), on=["organisation_id", "incident_id"])
        .select("event", "person").unique(maintain_order=True).join(once, on="event", maintain_order="left")
        .with_columns(borough=pl.col("ward").replace_strict(wards, return_dtype=pl.String))
    )  # fmt: skip
    made = tuple(
        GroupRecord(
            row["group_id"], row["organisation_id"], row["version"], row["review_on"], row["rule_uses_place"],
            row["area_code"] if row["area_code"] in wards else None, wards.get(row["area_code"], row["area_code"]),
            row["strand"], row["removed_on"],
        )
        for row in groups.iter_rows(named=True)
    )  # fmt: skip
    known = np.all([incidents.reported(kind) for kind in kinds or (None,)], axis=0)
    silent = frozenset((areas.codes[ward], incidents.months[month]) for ward, month in np.argwhere(~known))
    own = members.rename({"group_id": "group"})
    return GangRecords(made, own, parts, incidents.months, wards, divisions or {}, silent)


def _check_editions(groups: pl.DataFrame, areas: Areas) -> None:
    """Refuse groups whose area is of another edition, where the same code may be another ward."""
    faults = [
        Fault(
            f"stands in an area of edition {row['area_vintage']}, and the wards are of {areas.vintage}",
            "record where it stands in that edition, or name the other vintage in the terms",
            field="group",
            value=row["group_id"],
        )
        for row in groups.iter_rows(named=True)
        if row["area_code"] not in (None, *areas.parents) and row.get("area_vintage") not in (None, areas.vintage)
    ]
    if faults:
        raise Refused(faults)


def _division(store: Engine, areas: Areas, name: str) -> dict[str, str]:
    rows = store.fetch(_sql("area_division"), {"vintage": areas.vintage, "division": name})
    if rows.is_empty():
        remedy = f"import a look-up from {areas.vintage} to it as table area_lookup, or leave it out"
        raise Refused(Fault("no ward is known to lie in it", remedy, field="divisions", value=name))
    return dict(rows.iter_rows())


def _sql(name: str) -> str:
    return (files("whatworks.places") / f"sql/{name}.sql").read_text("utf-8")
