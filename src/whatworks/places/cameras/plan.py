"""Keep, replace or retire each camera, and place new ones, so that a budget sees most need for the homes overlooked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import polars as pl

from whatworks.places.areas import Areas, read_areas
from whatworks.places.cameras.need import Need, need_of
from whatworks.places.cameras.terms import CameraTerms
from whatworks.places.incidents import read_incidents
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.location.access import Floats
from whatworks.statistics.location.covering import maximal_cover

Choice = Literal["keep", "replace", "retire", "new"]
REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that stands, or a place for a new one (`owner` empty). Use is None where its owner sent none."""

    owner: str
    name: str
    kind: str
    required: bool
    installed_on: date | None
    yearly_cost: Decimal
    sight: float
    homes: int | None
    at: tuple[float, float]
    requests: int | None = 0
    evidence: int | None = 0

    def age(self, as_at: date) -> float | None:
        """Return its age in years, where it is known when it was installed."""
        return None if self.installed_on is None else (as_at - self.installed_on).days / 365.25


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a camera, and what that costs a year."""

    camera: Camera
    choice: Choice
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """An estate's share of need seen (each incident once, however many see it), cost a year and homes overlooked.

    `incidents` are those seen, not weighed; `seen` says which of the need's rows they are.
    """

    share: float
    incidents: int
    cost: Decimal
    homes: int
    seen: np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """The estate as it is and as planned. `decisions` have every camera that stands, then the new ones."""

    terms: CameraTerms
    as_at: date
    need: Need
    decisions: tuple[Decision, ...]
    now: Coverage
    planned: Coverage
    areas: Areas | None = None
    """The boroughs of the terms' edition, where the plan is of a partnership's store."""
    uses: pl.DataFrame | None = None
    """Each use (`unit`) by camera and kind (`cell`), where the plan is of a partnership's store."""

    @property
    def behind(self) -> pl.DataFrame | None:
        """The incidents and uses behind each count (`unit`, `cell`); cells overlap."""
        need = self.need
        if need.behind is None or need.units is None or self.uses is None:
            return None
        views = {f"{word} {when}": getattr(self, when).seen == sees
                 for when in ("now", "planned") for word, sees in (("seen", True), ("unseen", False))}  # fmt: skip
        parts = [need.units.filter(pl.Series(rows)).to_frame("unit").with_columns(cell=pl.lit(name))
                 for name, rows in views.items()]  # fmt: skip
        return pl.concat([need.behind, *parts, self.uses])

    @property
    def estate(self) -> tuple[Camera, ...]:
        """The cameras that stand."""
        return tuple(one.camera for one in self.decisions if one.choice != "new")

    @property
    def places(self) -> Floats:
        """Where each camera of the decisions stands, in metres, a row each."""
        return np.array([one.camera.at for one in self.decisions], dtype=np.float64).reshape(-1, 2)

    def count(self, choice: Choice) -> int:
        """Return for how many cameras something was chosen."""
        return sum(one.choice == choice for one in self.decisions)

    def is_old(self, camera: Camera) -> bool:
        """Tell whether a camera is past the years that its kind lasts."""
        return _is_old(camera, self.terms, self.as_at)


def camera_plan(store: Engine, terms: CameraTerms, as_at: date) -> CameraPlan:
    """Return the plan for a partnership's cameras; refused where a kind is not described or the budget is too small."""
    if "camera" not in store.tables():
        raise Refused("this store was made before cameras were declared", "run `whatworks import` once")
    query = files("whatworks.places").joinpath("sql", "camera_use.sql").read_text("utf-8")
    days = {"day": as_at, "first_day": terms.first_day, "last_day": terms.last_day}
    rows = store.fetch(query, days).to_dicts()
    if not rows and not terms.sites:
        raise Refused("no camera stands, and the terms name no site", "import table camera, or add [[sites]]")
    first, last = (day.replace(day=1) for day in (terms.first_day, terms.last_day))
    areas = read_areas(store, "borough", terms.vintage)
    incidents = read_incidents(store, areas, terms.agencies, first, last)
    each = files("whatworks.places").joinpath("sql", "camera_use_each.sql").read_text("utf-8")
    spans = {name: days[name] for name in ("first_day", "last_day")}
    uses = store.fetch(each, spans).with_columns(kind=pl.col("kind").replace({"request": "requests"}))
    uses = uses.select(unit=pl.concat_str(pl.lit("use "), "use"), cell=pl.concat_str("kind", pl.lit(" "), "camera"))
    return replace(plan_of(_estate(rows, terms), need_of(incidents, terms), terms, as_at), areas=areas, uses=uses)


def plan_of(estate: Sequence[Camera], need: Need, terms: CameraTerms, as_at: date) -> CameraPlan:
    """Return the plan: of each camera at most one option, of a required one exactly one, new sites if worth it.

    A camera past its years is never kept. Of plans that see as much the cheapest is taken, so that what sees nothing
    new is retired, unless something requires it.
    """
    sites = [_new(terms, at) for at in range(len(terms.sites))]
    options = [*_options(estate, terms, as_at), *((len(estate) + at, "new", one) for at, one in enumerate(sites))]
    sees = np.column_stack([_sees(one, need) for _, _, one in options])
    best = maximal_cover(
        need.weights,
        sees,
        [float(one.yearly_cost) for _, _, one in options],
        float(terms.budget),
        penalty=[terms.need_per_home * (one.homes or 0) for _, _, one in options],
        group=[group for group, _, _ in options],
        required=[one.required for _, _, one in options],
    )
    chosen = {options[at][0]: options[at] for at in best.options}
    decisions = [
        Decision(camera, chosen[at][1], chosen[at][2].yearly_cost)
        if at in chosen
        else Decision(camera, "retire", Decimal(0))
        for at, camera in enumerate(estate)
    ]
    decisions += [Decision(one, "new", one.yearly_cost) for group, _, one in chosen.values() if group >= len(estate)]
    return CameraPlan(
        terms,
        as_at,
        need,
        tuple(decisions),
        _coverage(estate, need),
        _coverage([one for _, _, one in chosen.values()], need),
    )


def _estate(rows: Sequence[dict[str, Any]], terms: CameraTerms) -> list[Camera]:
    remedy = "add it to the terms: what one sees, lasts and costs"
    unknown = sorted({row["kind"] for row in rows} - set(terms.kinds))
    faults = [Fault("is not described", remedy, field=f"kinds.{kind}") for kind in unknown]
    blind = [row["camera"] for row in rows if row["easting"] is None or row["northing"] is None]
    remedy = "give its easting and northing: what it sees is not known, and would count as nothing"
    faults += [Fault("has no place", remedy, field="camera", value=name) for name in blind]
    if faults:
        raise Refused(faults)
    return [
        Camera(
            row["owner"],
            row["camera"],
            row["kind"],
            row["duty"] == REQUIRED,
            row["installed_on"],
            terms.kinds[row["kind"]].yearly_cost if row["annual_cost"] is None else Decimal(row["annual_cost"]),
            row["sight"] or terms.kinds[row["kind"]].sight,
            row["homes"],
            (row["easting"], row["northing"]),
            row["requests"],
            row["evidence"],
        )
        for row in rows
    ]


def _new(terms: CameraTerms, at: int) -> Camera:
    site = terms.sites[at]
    kind = terms.kinds[site.kind]
    place = (site.easting, site.northing)
    return Camera("", site.name, site.kind, False, None, kind.new_cost, kind.sight, site.homes_overlooked, place)


def _options(estate: Sequence[Camera], terms: CameraTerms, as_at: date) -> Iterator[tuple[int, Choice, Camera]]:
    """Yield what can become of each camera: its number, the choice, and the camera as it then is."""
    for at, one in enumerate(estate):
        kind = terms.kinds[one.kind]
        if not _is_old(one, terms, as_at):
            yield at, "keep", one
        new = Camera(one.owner, one.name, one.kind, one.required, as_at, kind.new_cost, kind.sight, one.homes, one.at)
        yield at, "replace", new


def _is_old(one: Camera, terms: CameraTerms, as_at: date) -> bool:
    age = one.age(as_at)
    return age is not None and age >= terms.kinds[one.kind].lasts_years


def _sees(one: Camera, need: Need) -> np.ndarray[Any, np.dtype[np.bool_]]:
    found: np.ndarray[Any, np.dtype[np.bool_]] = np.hypot(*(need.places - np.array(one.at)).T) <= one.sight
    return found


def _coverage(cameras: Sequence[Camera], need: Need) -> Coverage:
    total, seen = float(need.weights.sum()), np.zeros(len(need.weights), dtype=np.bool_)
    for one in cameras:
        seen |= _sees(one, need)
    return Coverage(
        float(need.weights[seen].sum()) / total if total else 0.0,
        int((need.weights[seen] > 0).sum()),
        sum((one.yearly_cost for one in cameras), Decimal(0)),
        sum(one.homes or 0 for one in cameras),
        seen & (need.weights > 0),
    )
