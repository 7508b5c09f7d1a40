"""Do victims get contact or a leaflet? To send information is not contact, and contact is understood if they say so."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

import polars as pl

from whatworks.journeys.cases import reported
from whatworks.journeys.trials import Rate
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

Group = Literal["residence", "referral_source", "borough"]
REACHES = ("understood", "contacted", "informed", "tried", "nobody")
"""The furthest that anybody came: confirmed by the victim, contact, information only, tried in vain, not tried."""


@dataclass(frozen=True, slots=True)
class VictimGroup:
    """Victims by the furthest that anybody came with them, and how many had their needs assessed."""

    name: str
    reached: dict[str, int]
    assessed: int
    in_json: ClassVar = ("victims", "contact", "coverage")

    @property
    def victims(self) -> int:
        """How many there are."""
        return sum(self.reached.values())

    @property
    def contact(self) -> Rate:
        """Victims with contact, understood or not."""
        return Rate(self.reached["understood"] + self.reached["contacted"], self.victims)

    @property
    def coverage(self) -> Rate:
        """Victims whose needs were assessed."""
        return Rate(self.assessed, self.victims)


@dataclass(frozen=True, slots=True)
class VictimReport:
    """All victims known to the agencies and each group of them; `repeated` are people who are victims in several cases.

    `unreported` came by another way than a report to the police. Victims whom no agency knows are in no number here.
    `rows` has each with the `furthest` that anybody came.
    """

    first: date
    last: date
    everybody: VictimGroup
    groups: tuple[VictimGroup, ...]
    unreported: Rate
    repeated: int
    rows: pl.DataFrame


def victims(
    connection: Engine, first: date | None = None, last: date | None = None, by: Group = "residence"
) -> VictimReport:
    """Return how far victims who became known from a day to another were reached; refused where there are none."""
    return victims_of(reported(connection, "victim", "victim_reached"), first, last, by)


def victims_of(
    rows: pl.DataFrame, first: date | None = None, last: date | None = None, by: Group = "residence"
) -> VictimReport:
    """Return the same of a frame of victims, whose columns are those of `sql/victim_reached.sql`."""
    wanted = rows.filter(pl.col("known_on").is_between(first or date.min, last or date.max)).sort("known_on")
    if wanted.is_empty():
        remedy = f"there are {rows.height:,} in all; import table victim, or ask for another time"
        raise Refused(Fault("no victim became known in that time", remedy, field="from"))
    furthest = pl.lit("nobody")
    for name in reversed(REACHES[:-1]):
        furthest = pl.when(name).then(pl.lit(name)).otherwise(furthest)
    named = wanted.with_columns(pl.col(by).fill_null("not known"), furthest=furthest)
    cases = wanted.filter(pl.col("linked_id").is_not_null()).group_by("linked_id").len()
    other = int((wanted["referral_source"] != "police_report").sum())
    return VictimReport(
        first=wanted["known_on"][0],
        last=wanted["known_on"][-1],
        everybody=_group("all", named),
        groups=tuple(_group(name, named.filter(pl.col(by) == name)) for name in sorted(set(named[by]))),
        unreported=Rate(other, wanted.height),
        repeated=cases.filter(pl.col("len") > 1).height,
        rows=named,
    )


def _group(name: str, rows: pl.DataFrame) -> VictimGroup:
    furthest = rows["furthest"].to_list()
    return VictimGroup(name, {reach: furthest.count(reach) for reach in REACHES}, int(rows["assessed"].sum()))
