"""What groups do across borough lines, what followed a removal, how few a call-in meets, and whose territory it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from whatworks.places.gangs_records import VICTIM_ROLE, GangRecords, GroupRecord
from whatworks.places.gangs_terms import GroupTerms
from whatworks.places.monthly_counts import month_after
from whatworks.records.refusal import Refused
from whatworks.statistics.displacement.replacement import QUIET_MONTHS, Replacement, replacement
from whatworks.statistics.multiplicity import holm
from whatworks.statistics.networks.agreement import adjusted_mutual_information, chance_of_agreement
from whatworks.statistics.networks.communities import Communities, communities
from whatworks.statistics.networks.dominating_set import dominating_set

OVERDUE = "its review is overdue: nothing is acted on until it is reviewed"


@dataclass(frozen=True, slots=True)
class Crossing:
    """How many there are, and how many of them cross a borough line."""

    of: int
    cross: int


@dataclass(frozen=True, slots=True)
class GroupStudy:
    """One group: its size, its children and exploited, crossings, and how few members a call-in must meet.

    `adults` are those who may be called in. What may not be worked out is None, and `why` says what for.
    """

    group: GroupRecord
    overdue: bool
    members: int
    children: int
    exploited: int
    adults: int
    events: Crossing | None
    ties: Crossing
    call_in: int | None
    divided: Communities | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Territory:
    """Whether an event's place goes with its group: p over random labels, and how well each division fits."""

    groups: int
    events: int
    p: float
    fits: dict[str, float]


@dataclass(frozen=True, slots=True)
class RemovalStudy:
    """What rivals did after one removal; `adjusted_p` is Holm's over all of them. None where `why` says so."""

    group: GroupRecord
    rivals: Replacement | None
    adjusted_p: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class GangStudy:
    """Groups whose review is overdue first; removals; territory, or why none may be told; groups left out of it."""

    terms: GroupTerms
    as_at: date
    groups: tuple[GroupStudy, ...]
    removals: tuple[RemovalStudy, ...]
    territory: Territory | None
    no_territory: str
    circular: tuple[str, ...]
    behind: pl.DataFrame
    """Who or what is behind each count: `unit`, and `cell` (as `members G7`); cells overlap."""


def study_gangs(records: GangRecords, terms: GroupTerms, as_at: date) -> GangStudy:
    """Return what the records say of groups; nothing in it names a person.

    Groups whose review is overdue on `as_at` are counted and not acted on: no call-in, removal or territory.
    """
    day = terms.as_at or as_at
    active = records.active()
    ordered = sorted(records.groups, key=lambda group: (group.review_on >= day, group.code))
    current = [group for group in ordered if group.review_on >= day]
    removals = [_removal(records, active, terms, group) for group in current if group.removed_on]
    tested = [each for each in removals if each.rivals is not None]
    adjusted = iter(holm([each.rivals.p for each in tested if each.rivals]))
    removals = [
        RemovalStudy(each.group, each.rivals, next(adjusted)) if each.rivals is not None else each for each in removals
    ]
    circular = tuple(group.code for group in current if group.rule_uses_place)
    territory, why = _territory(records, active, [group.code for group in current if not group.rule_uses_place], terms)
    groups = tuple(_group(records, active, group, group.review_on < day) for group in ordered)
    behind = [_behind_group(records, active, group) for group in ordered]
    behind += [_cells(_rivals(records, active, terms, each.group)["event"], "rivals", each.group) for each in tested]
    return GangStudy(terms, day, groups, tuple(removals), territory, why, circular, pl.concat(behind))


def _cells(units: pl.Series, name: str, group: GroupRecord) -> pl.DataFrame:
    return units.unique().to_frame("unit").select(pl.col("unit").cast(pl.String), cell=pl.lit(f"{name} {group.code}"))


def _behind_group(records: GangRecords, active: pl.DataFrame, group: GroupRecord) -> pl.DataFrame:
    """Return the members, events and ties behind a group's figures."""
    own, events = records.members.filter(group=group.code), active.filter(group=group.code)
    ties, home = ties_of(active, group.code), _homes(active)
    across = [home.get(person) != home.get(tied_to) for person, tied_to in ties.iter_rows()]
    pairs = ties.select(pl.concat_str("person", pl.lit(" and "), "tied_to"), across=pl.Series(across, dtype=pl.Boolean))
    exploited = own.filter(role=VICTIM_ROLE)["person"]
    rest = own.filter(~pl.col("person").is_in(exploited.unique().implode()))
    child, away = pl.col("under_18").fill_null(True), pl.col("borough").ne_missing(pl.lit(group.borough, pl.String))
    children = rest.filter(child)["person"]
    parts = {
        "members": own["person"], "exploited": exploited, "children": children,
        "adults": rest.filter(~pl.col("person").is_in(children.unique().implode()))["person"],
        "events": events["event"], "events away": events.filter(away)["event"],
        "events at home": events.filter(~away)["event"], "ties": pairs["person"],
        "ties away": pairs.filter("across")["person"], "ties at home": pairs.filter(~pl.col("across"))["person"],
    }  # fmt: skip
    return pl.concat([_cells(units, name, group) for name, units in parts.items()])


def call_in(ties: pl.DataFrame, adults: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest adults who reach all of them: each is met, or tied (`person`, `tied_to`) to somebody who is.

    >>> call_in(pl.DataFrame({"person": ["a", "a"], "tied_to": ["b", "c"]}), ["a", "b", "c", "d"])
    ('a', 'd')
    """
    people = sorted(adults)
    return tuple(people[at] for at in dominating_set(_matrix(ties, people)))


def ties_of(active: pl.DataFrame, group: str) -> pl.DataFrame:
    """Return pairs of members of a group who were suspected of one event: `person`, `tied_to`."""
    own = active.filter(group=group).select("event", "person").unique()
    pairs = own.join(own, on="event", suffix="_other").filter(pl.col("person") < pl.col("person_other"))
    return pairs.select(person="person", tied_to="person_other").unique().sort("person", "tied_to")


def _group(records: GangRecords, active: pl.DataFrame, group: GroupRecord, overdue: bool) -> GroupStudy:
    own = records.members.filter(group=group.code)
    exploited = own.filter(role=VICTIM_ROLE)["person"].unique()
    rest = own.filter(~pl.col("person").is_in(exploited.implode()))
    children = rest.filter(pl.col("under_18").fill_null(True))["person"].unique()
    adults = sorted(set(rest["person"]) - set(children))
    ties = ties_of(active, group.code)
    events = active.filter(group=group.code).select("event", "borough").unique()
    away = None if group.borough is None else Crossing(len(events), int((events["borough"] != group.borough).sum()))
    home = _homes(active)
    across = sum(home.get(person) != home.get(tied_to) for person, tied_to in ties.iter_rows())
    sizes = own["person"].n_unique(), len(children), len(exploited), len(adults)
    crossings = away, Crossing(len(ties), across)
    if overdue:
        return GroupStudy(group, True, *sizes, *crossings, None, None, OVERDUE)
    reached, divided = call_in(ties, adults), communities(_matrix(ties, adults))
    return GroupStudy(group, False, *sizes, *crossings, len(reached), divided)


def _homes(active: pl.DataFrame) -> dict[str, str]:
    """Return each person's own borough: where most of the person's events are, the first by code where several are."""
    counted = active.select("event", "person", "borough").unique().group_by("person", "borough").len()
    return dict(
        counted.sort("len", "borough", descending=[True, False])
        .unique("person", keep="first")
        .select("person", "borough")
        .iter_rows()
    )


def _matrix(ties: pl.DataFrame, people: Sequence[str]) -> np.ndarray:
    place = {person: at for at, person in enumerate(people)}
    matrix = np.zeros((len(people), len(people)))
    for person, tied_to in ties.iter_rows():
        if person in place and tied_to in place:
            matrix[place[person], place[tied_to]] = 1
    return matrix


def _removal(records: GangRecords, active: pl.DataFrame, terms: GroupTerms, group: GroupRecord) -> RemovalStudy:
    """Return what rivals' events did where the group stood, against wards of its borough where none was removed."""
    month = (group.removed_on or date.max).replace(day=1)
    first, end = (month_after(month, at) for at in (-QUIET_MONTHS - terms.before, terms.after))
    if group.ward is None:
        return RemovalStudy(
            group, None, why="it is recorded in no ward, so that there is nothing to compare within its borough"
        )
    asked = [month_after(first, at) for at in range(terms.before)] + [
        month_after(month, at) for at in range(terms.after)
    ]
    silent = any(records.wards.get(ward) == group.borough and one in asked for ward, one in records.unknown)
    if silent or not records.months or first < records.months[0] or month_after(end, -1) > records.months[-1]:
        return RemovalStudy(
            group, None, why=f"events from {first:%Y-%m} to {month_after(end, -1):%Y-%m} are not all known"
        )
    other = {each.ward for each in records.groups if each.removed_on and each.code != group.code}
    if group.ward in other or not {ward for ward, of in records.wards.items() if of == group.borough} - other - {
        group.ward
    }:
        return RemovalStudy(group, None, why="no ward of its borough is without a removal to compare with")
    day, events = pl.col("day"), _rivals(records, active, terms, group, before=True)
    season = (day.dt.month() - 1) // 3
    rows = events.select(after=day >= month, there=pl.col("ward") == group.ward, season=season)
    try:
        outcome = replacement(
            rows["after"].to_numpy(), rows["there"].to_numpy(), rows["season"].to_numpy(), (terms.before, terms.after)
        )
    except Refused as refused:
        return RemovalStudy(group, None, why=refused.faults[0].problem)
    return RemovalStudy(group, outcome)


def _rivals(
    records: GangRecords, active: pl.DataFrame, terms: GroupTerms, group: GroupRecord, before: bool = False
) -> pl.DataFrame:
    """Return rivals' events after a removal where the group stood; with `before` those of both times and all wards."""
    month, day = (group.removed_on or date.max).replace(day=1), pl.col("day")
    first, quiet, end = (month_after(month, at) for at in (-QUIET_MONTHS - terms.before, -QUIET_MONTHS, terms.after))
    other = {each.ward for each in records.groups if each.removed_on and each.code != group.code}
    found = active.filter(pl.col("group") != group.code, borough=group.borough).filter(
        ~pl.col("ward").is_in(list(other - {None})), day >= first, day < end, (day < quiet) | (day >= month)
    )
    events = found.select("event", "day", "ward").unique("event", maintain_order=True)
    return events if before else events.filter(day >= month, pl.col("ward") == group.ward)


def _territory(
    records: GangRecords, active: pl.DataFrame, groups: Sequence[str], terms: GroupTerms
) -> tuple[Territory | None, str]:
    own = (
        active.filter(pl.col("group").is_in(list(groups)))
        .select("event", "ward", "borough", "group")
        .unique(maintain_order=True)
    )
    once = own.filter(pl.len().over("event") == 1).sort("event")
    many = once["group"].n_unique()
    if many < 2:
        return None, "fewer than two groups, whose evidence rule does not use place, have events of their own"
    labels = once["group"].to_list()
    lines = {"borough": once["borough"].to_list()}
    lines |= {name: [parts.get(ward, "") for ward in once["ward"]] for name, parts in records.divisions.items()}
    p = chance_of_agreement(labels, once["ward"].to_list(), seed=terms.seed)
    return Territory(
        many, len(once), p, {name: adjusted_mutual_information(labels, line) for name, line in lines.items()}
    ), ""
