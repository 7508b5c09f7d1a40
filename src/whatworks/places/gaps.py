"""Who reports the same incident, where is demand and nobody works, where may few reports mean that few report?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.places.areas import NOWHERE
from whatworks.places.incidents import Incidents, Totals, placed
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

METRES, HOURS = 50.0, 1.0
"""Reports of two agencies this near in place and time, and of one kind, may be of one incident."""
SHIFTS = (-14, -7, 7, 14)
"""Days by which one agency's reports are moved to see how many would match by chance; whole weeks."""
MOST_DEMAND, FEW_REPORTS = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class SameIncident:
    """Reports of one kind over all agencies, and how many incidents they are: `least` to `most`, `likely` between.

    `by_reference` reports share a reference with another agency's; `matched` more are near one in place and time, of
    which chance alone would match about `by_chance`.
    """

    kind: str
    reports: int
    by_reference: int
    matched: int
    by_chance: float

    @property
    def most(self) -> int:
        """Distinct incidents if none but those with one reference are the same."""
        return self.reports - self.by_reference

    @property
    def least(self) -> int:
        """Distinct incidents if all that are near are the same."""
        return self.most - self.matched

    @property
    def likely(self) -> int:
        """Distinct incidents, matches by chance taken off."""
        return self.most - max(0, round(self.matched - self.by_chance))


@dataclass(frozen=True, slots=True)
class AreaGap:
    """One area: incidents (None: not known), activities by agency, and what stands out: `gap`, `under-reported` or "".

    A gap is an area of the first half of all incidents where nobody worked. Under-reporting is possible where need is
    among the highest fifth and reports among the lowest; such a place is never called safe.
    """

    code: str
    name: str
    incidents: int | None
    activities: Mapping[str, int] | None
    need: float | None
    finding: str


@dataclass(frozen=True)
class Gaps:
    """The answer: `silent` says which agency sent nothing from which boroughs, or in which months.

    `placeless` activities of the months asked for say not where: somebody may work where nobody seems to.
    """

    incidents: Incidents
    totals: Totals
    kind: str | None
    same: tuple[SameIncident, ...]
    areas: tuple[AreaGap, ...]
    silent: tuple[str, ...]
    workers: tuple[str, ...]
    placeless: int = 0


def place_gaps(
    store: Engine,
    incidents: Incidents,
    kind: str | None = None,
    need: Mapping[str, float] | None = None,
    *,
    metres: float = METRES,
    hours: float = HOURS,
) -> Gaps:
    """Return what several agencies report together, and where demand meets no activity.

    `need` is a score by area code, higher is more (deprivation, a survey); areas without one are not judged by it.
    """
    far = {"metres": metres, "hours": hours}
    if faults := [Fault("is not a distance", "write a number above 0", field=name, value=f"{value:g}")
                  for name, value in far.items() if not 0 < value < np.inf]:  # fmt: skip
        raise Refused(faults)
    rows = incidents.rows.filter(pl.col("area") != NOWHERE)
    kinds = [kind] if kind else rows["kind"].unique().sort().to_list()
    same = tuple(same_incident(rows.filter(kind=one), one, metres, hours) for one in kinds)
    totals = incidents.totals(kind)
    work, placeless = _activities(store, incidents, totals, kind)
    workers = tuple(sorted({agency for found in work for agency in found}))
    areas = _findings(incidents, totals, work if workers else None, need or {})
    return Gaps(incidents, totals, kind, same, areas, silences(incidents), workers, placeless)


def same_incident(rows: pl.DataFrame, kind: str, metres: float = METRES, hours: float = HOURS) -> SameIncident:
    """Return how many of the reports of one kind are of incidents that another agency reports too.

    Each report is matched with one of another agency at most, as many as can be.
    """
    shared = rows.filter(pl.col("incident_ref").is_not_null())
    known = shared.group_by("incident_ref").agg(pl.len())["len"]
    by_reference = int((known - 1).sum())
    once = rows.with_columns(
        key=pl.coalesce("incident_ref", pl.concat_str("organisation_id", pl.lit("/"), "incident_id"))
    ).filter(
        pl.col("x").is_finite()
        & pl.col("y").is_finite()
        & ~pl.col("time_precision").is_in(["day", "month"]).fill_null(False)
    )
    alone = once.filter(pl.len().over("key") == 1)
    matched = _matched(alone, metres, hours, timedelta(0))
    by_chance = [_matched(alone, metres, hours, timedelta(days=days)) for days in SHIFTS] if matched else [0]
    return SameIncident(kind, rows.height, by_reference, matched, sum(by_chance) / len(by_chance))


def _matched(rows: pl.DataFrame, metres: float, hours: float, shift: timedelta) -> int:
    """Return how many reports would go if each pair of agencies were matched, later agencies against all before."""
    agencies = rows["organisation_id"].unique().sort().to_list()
    rows, found = rows.with_row_index("at"), 0
    gone = np.zeros(rows.height, dtype=np.bool_)
    for first, second in combinations(agencies, 2):
        left, right = (rows.filter(pl.col("organisation_id") == one) for one in (first, second))
        pairs = _near(left, right.with_columns(pl.col("from_time") + shift), metres, hours)
        keep = ~gone[right["at"].to_numpy()[pairs[:, 1]]]
        match = _matching(pairs[keep], left.height, right.height)
        gone[right["at"].to_numpy()[match]] = True
        found += len(match)
    return found


def _near(left: pl.DataFrame, right: pl.DataFrame, metres: float, hours: float) -> NDArray[np.int64]:
    from scipy.spatial import cKDTree

    if not left.height or not right.height:
        return np.zeros((0, 2), dtype=np.int64)
    trees = [cKDTree(frame.select("x", "y").to_numpy()) for frame in (left, right)]
    close = trees[0].query_ball_tree(trees[1], metres)
    pairs = np.array([(a, b) for a, found in enumerate(close) for b in found], dtype=np.int64).reshape(-1, 2)
    times = [frame["from_time"].dt.epoch("s").to_numpy() for frame in (left, right)]
    soon = np.abs(times[0][pairs[:, 0]] - times[1][pairs[:, 1]]) <= hours * 3600
    kept: NDArray[np.int64] = pairs[soon]
    return kept


def _matching(pairs: NDArray[np.int64], left: int, right: int) -> NDArray[np.int64]:
    """Return the right ends of the most pairs of which no two share an end."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    if not len(pairs):
        return np.zeros(0, dtype=np.int64)
    graph = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(left, right))
    found = maximum_bipartite_matching(graph, perm_type="column")
    ends: NDArray[np.int64] = found[found >= 0].astype(np.int64)
    return ends


def _activities(
    store: Engine, incidents: Incidents, totals: Totals, kind: str | None
) -> tuple[list[dict[str, int]], int]:
    """Return by area how many activities each agency had in the months asked for, about the kind or about any.

    Beside it stands how many have neither an area nor a point.
    """
    rows = store.fetch((files("whatworks.places") / "sql/activity_report.sql").read_text("utf-8"))
    rows = rows.filter(pl.col("from_time").dt.date().dt.truncate("1mo").is_in(list(totals.months)))
    if kind is not None:
        rows = rows.filter(pl.col("about_kind").is_null() | (pl.col("about_kind") == kind))
    found: list[dict[str, int]] = [{} for _ in incidents.areas.codes]
    if rows.is_empty():
        return found, 0
    somewhere = rows.filter(pl.col("area_code").is_not_null() | pl.col("easting").is_not_null())
    placeless = rows.height - somewhere.height
    if somewhere.is_empty():
        return found, placeless
    rows = placed(store, somewhere, incidents.areas).filter(pl.col("area") != NOWHERE)
    for area, agency, count in (
        rows.group_by("area", "organisation_id").len().sort("area", "organisation_id").iter_rows()
    ):
        found[area][agency] = count
    return found, placeless


def _findings(
    incidents: Incidents, totals: Totals, work: Sequence[dict[str, int]] | None, need: Mapping[str, float]
) -> tuple[AreaGap, ...]:
    codes, known = incidents.areas.codes, totals.known
    if strange := sorted(set(need) - set(codes))[:5]:
        remedy = f"give scores of the {incidents.areas.kind}s of {incidents.areas.vintage}"
        raise Refused([Fault("is not one of the areas", remedy, field="area_code", value=one) for one in strange])
    order = np.argsort(-np.nan_to_num(totals.values, nan=-1.0), kind="stable")
    held = np.concatenate([[0.0], np.cumsum(np.nan_to_num(totals.values[order]))[:-1]]) / max(
        np.nansum(totals.values), 1.0
    )
    crowded = {int(at) for at, share in zip(order, held, strict=True) if share < MOST_DEMAND and totals.values[at] > 0}
    people = incidents.areas.people
    rates = totals.values / np.where(people > 0, people, np.nan) if (people > 0).any() else totals.values
    low = np.nanquantile(rates, FEW_REPORTS) if np.isfinite(rates).any() else -np.inf
    high = np.quantile(list(need.values()), 1 - FEW_REPORTS) if need else np.inf
    found = []
    for at, code in enumerate(codes):
        finding = ""
        if work is not None and at in crowded and not work[at]:
            finding = "gap"
        elif code in need and need[code] >= high and known[at] and rates[at] <= low:
            finding = "under-reported"
        count = int(totals.values[at]) if known[at] else None
        found.append(
            AreaGap(code, incidents.areas.names[at], count, None if work is None else work[at], need.get(code), finding)
        )
    return tuple(found)


def silences(incidents: Incidents) -> tuple[str, ...]:
    """Return in words where and when an agency sent nothing: its incidents there are not known, and not zero."""
    found = []
    for agency, known, partial in zip(incidents.agencies, incidents.known, incidents.partial, strict=True):
        if not known.any():
            found.append(f"{agency} sent nothing at all")
            continue
        months = [month for month, any_area in zip(incidents.months, known.any(axis=0), strict=True) if not any_area]
        never = ~known.any(axis=1)
        parents = sorted({incidents.areas.boroughs[at] or "" for at in np.flatnonzero(never)})
        part = [month for month, some in zip(incidents.months, partial, strict=True) if some]
        for what, named in (("nothing in", [one for one in months if one not in part]), ("only a part of", part)):
            if named:
                found.append(f"{agency} sent {what} {', '.join(f'{month:%B %Y}' for month in named)}")
        if never.any():
            where = f"from {', '.join(one for one in parents if one)}" if any(parents) else "from some areas"
            found.append(f"{agency} sent nothing {where}")
        heard = known[~never][:, known.any(axis=0)]
        if not heard.all():
            found.append(f"{agency} sent nothing from some boroughs in {int((~heard.all(axis=0)).sum())} more months")
    return tuple(found)


def read_scores(path: Path) -> dict[str, float]:
    """Return scores by area from a CSV with the columns `area_code` and `score`; every fault of it at once."""
    try:
        rows = pl.read_csv(path, infer_schema_length=0, encoding="utf8-lossy")
    except (OSError, pl.exceptions.PolarsError):
        raise Refused(Fault("cannot be read as a CSV", "send area_code and score", path.name)) from None
    if missing := [name for name in ("area_code", "score") if name not in rows.columns]:
        raise Refused([Fault("is not there", "send area_code and score", path.name, field=name) for name in missing])
    score = rows["score"].str.strip_chars().cast(pl.Float64, strict=False)
    faults = [
        Fault("is not a number", "write it in digits", path.name, at + 2, "score")
        for at, bad in enumerate((score.is_null() | ~score.is_finite()).fill_null(True))
        if bad
    ]
    twice = rows["area_code"].filter(rows["area_code"].is_duplicated()).unique().sort().to_list()
    faults += [Fault("stands twice", "give each area once", path.name, field="area_code", value=one) for one in twice]
    if faults:
        raise Refused(faults)
    return dict(zip(rows["area_code"].str.strip_chars(), score, strict=True))
