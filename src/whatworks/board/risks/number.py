"""Have a watched number: from a result, the store or a file of figures. What cannot be had is never shown as green."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import floor
from pathlib import Path

from whatworks.board.risks.risk import Watch
from whatworks.evaluation.values.file import read_flat
from whatworks.evaluation.whole import read_result
from whatworks.records.engine import Store
from whatworks.records.plain_number import plain_number
from whatworks.records.refusal import Refused
from whatworks.statistics.study_size import Plan, people_needed


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: its value and day, and the limit that follows from other numbers, if one does.

    `value` is None where it could not be had; `problem` then says why.
    """

    value: float | None
    as_at: date | None = None
    limit: float | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Where numbers are looked for: the store, the partnership's folder, and the day up to which they count."""

    connection: Store
    folder: Path
    on: date


def have(watch: Watch, ground: Ground) -> Number:
    """Return the number that is watched, or why it cannot be had."""
    try:
        return _SOURCES[watch.number](watch, ground)
    except Refused as refused:
        return Number(None, problem="; ".join(str(fault) for fault in refused.faults))


def _sample_size(watch: Watch, ground: Ground) -> Number:
    result = read_result(_path(watch, ground))
    return Number(float(result.n.treated), result.data.as_at)


def _matched_share(watch: Watch, ground: Ground) -> Number:
    result = read_result(_path(watch, ground))
    everybody = result.n.treated + result.estimand.treated_dropped
    if not everybody:
        return Number(None, result.data.as_at, problem="nobody was analysed")
    return Number(result.n.treated / everybody, result.data.as_at)


def _linked_share(watch: Watch, ground: Ground) -> Number:
    rows, linked = ground.connection.rows(
        "SELECT count(*), count(*) FILTER (WHERE method <> 'unlinked') FROM identity "
        "WHERE organisation_id = COALESCE(?, organisation_id)",
        [watch.place],
    )[0]
    if not rows:
        return Number(None, problem=f"no person of {watch.place or 'any agency'} is linked yet")
    return Number(linked / rows, _as_at(ground, "organisation_id", watch.place))


def _quarantined_share(watch: Watch, ground: Ground) -> Number:
    rows_in, aside = ground.connection.rows(
        "SELECT COALESCE(SUM(rows_in), 0), COALESCE(SUM(rows_quarantined), 0) FROM source "
        "WHERE name = COALESCE(?, name)",
        [watch.place],
    )[0]
    if not rows_in:
        return Number(None, problem=f"nothing was imported as {watch.place}" if watch.place else "nothing was imported")
    return Number(int(aside) / int(rows_in), _as_at(ground, "name", watch.place))


def _projected_people(watch: Watch, ground: Ground) -> Number:
    needed = float(needed_for_watch(watch))
    found = _figure(watch, ground) if watch.name else _projected_from_records(watch, ground)
    return Number(found.value, found.as_at, needed, found.problem)


def needed_for_watch(watch: Watch) -> int:
    """Return the treated people that the study needs, by the power calculation of room evaluation.

    >>> needed_for_watch(Watch(1, 1, "projected_people", "diamond", None, "below", None, None, 0.40, -0.05))
    1468
    """
    if watch.comparison_share is None or watch.smallest_effect is None:
        raise Refused("the watch does not say which effect is looked for", "give comparison_share and smallest_effect")
    names = ("ratio", "design_effect", "share_matched", "share_linked")
    plan = Plan(watch.comparison_share, **{name: getattr(watch, name) or 1.0 for name in names})
    return people_needed(plan, watch.smallest_effect)


def _projected_from_records(watch: Watch, ground: Ground) -> Number:
    """Project a scheme's starts to its last day, at the rate so far."""
    spans = ground.connection.rows(
        "SELECT min(from_date), max(to_date), bool_or(to_date IS NULL) FROM scheme WHERE scheme_id = ?", [watch.place]
    )[0]
    first, last, endless = spans
    if first is None:
        return Number(None, problem=f"{watch.place} is not a scheme in the records")
    as_at = ground.connection.rows("SELECT max(as_at) FROM source WHERE \"table\" = 'participation'")[0][0]
    if as_at is None or as_at < first:
        return Number(None, as_at, problem="no participation was imported since the scheme began")
    starts = int(
        ground.connection.rows(
            "SELECT count(DISTINCT COALESCE(i.linked_id, p.organisation_id || ':' || p.person_id)) "
            "FROM participation AS p LEFT JOIN identity AS i USING (organisation_id, person_id) "
            "WHERE p.scheme_id = ? AND p.started_on IS NOT NULL",
            [watch.place],
        )[0][0]
    )
    end = watch.until or (None if endless else last)
    if end is None or end < first:
        return Number(None, as_at, problem="the scheme has no last day; give the watch one with --until")
    return Number(float(project(starts, first, as_at, end)), as_at)


def project(starts: int, first: date, as_at: date, last: date) -> int:
    """Return how many will have started by the last day, if they go on starting as they have so far.

    >>> project(100, date(2024, 1, 1), date(2024, 12, 31), date(2025, 12, 31))
    199
    """
    elapsed = (min(as_at, last) - first).days + 1
    return floor(starts * ((last - first).days + 1) / elapsed)


def _figure(watch: Watch, ground: Ground) -> Number:
    """Return the latest value of a figure, from a file with the columns figure, as_at and value."""
    file = read_flat(_path(watch, ground), None, ("figure", "as_at", "value"))
    lacking = [name for name in ("figure", "as_at", "value") if name not in file.texts.columns]
    if lacking:
        return Number(None, problem=f"{file.name} has no column {', '.join(lacking)}")
    found: list[tuple[date, float]] = []
    for line, row in zip(file.lines, file.texts.iter_rows(named=True), strict=True):
        if row["figure"] != watch.name:
            continue
        try:
            found.append((date.fromisoformat(row["as_at"] or ""), plain_number(row["value"] or "")))
        except ValueError:
            problem = "as_at is not a date (2025-06-30) or value is not a number (1,250.5; a decimal comma is not read)"
            return Number(None, problem=f"{file.name}, row {line}: {problem}")
    known = [one for one in found if one[0] <= ground.on]
    if not known:
        return Number(None, problem=f"{file.name} holds no figure {watch.name!r} up to {ground.on.isoformat()}")
    as_at, value = max(known, key=lambda one: one[0])
    return Number(value, as_at)


def _path(watch: Watch, ground: Ground) -> Path:
    if watch.place is None:
        raise Refused("the watch does not say where its number is had", "name the file with --of")
    return ground.folder / watch.place


def _as_at(ground: Ground, column: str, value: str | None) -> date | None:
    found: date | None = ground.connection.rows(
        f"SELECT max(as_at) FROM source WHERE {column} = COALESCE(?, {column})", [value]
    )[0][0]
    return found


_SOURCES: dict[str, Callable[[Watch, Ground], Number]] = {
    each.__name__.removeprefix("_"): each
    for each in (_sample_size, _matched_share, _linked_share, _quarantined_share, _projected_people, _figure)
}
