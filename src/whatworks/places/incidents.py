"""Reports of crime and disorder, each in its area and month; and which agencies and months are not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.places.areas import NOWHERE, Areas, on_the_grid
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

NEVER_NONE = 10.0
"""A borough with so many reports a month on average has a month without any by chance once in 20,000 months."""
STRAYS = 0.05
"""A borough of which an agency has less than this share of what it has of its middle borough is not its own."""
PART = 0.1
"""A month of which an agency sent all but less than this share is as good as whole."""
DAYS_APART, AGAIN = 31, 0.1
"""Reports with one reference are one incident; where more than a tenth are so far apart, numbers start anew."""
FAR = 1000.0
"""Metres from the outline of the area whose code a report gives, beyond which its point is said to be elsewhere."""
FINE = ("minute", "hour")
"""Precisions that say at what hour."""


@dataclass(frozen=True)
class Totals:
    """Incidents by area over `months` (not a number: not known), and the months left out since nothing is known."""

    values: NDArray[np.float64]
    months: tuple[date, ...]
    left_out: tuple[date, ...]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which areas are known."""
        return ~np.isnan(self.values)


@dataclass(frozen=True)
class Incidents:
    """Reports, one a row, with `x`, `y` in metres and `area`, the place of its area (`NOWHERE`: in none of them).

    Columns: organisation_id, incident_id, incident_ref, kind, from_time, to_time, time_precision, place_precision, x,
    y, area, far (its point is far from the area that its code names), month (its first day). `agencies` are those whose
    reports are asked for, senders or not.
    """

    areas: Areas
    rows: pl.DataFrame
    agencies: tuple[str, ...]

    @property
    def nowhere(self) -> int:
        """How many reports lie in none of the areas, or have no place."""
        return self.strays()["nowhere"].height

    def strays(self, kind: str | None = None) -> dict[str, pl.DataFrame]:
        """Return the reports (of one kind) that lie `nowhere`, and those whose point is `far` from their own area."""
        rows = self.rows if kind is None else self.rows.filter(kind=kind)
        return {"nowhere": rows.filter(pl.col("area") == NOWHERE), "far": rows.filter("far")}

    @cached_property
    def months(self) -> tuple[date, ...]:
        """Every month from the first report to the last, by its first day."""
        first, last = self.rows["month"].min(), self.rows["month"].max()
        return tuple(pl.date_range(first, last, "1mo", eager=True)) if isinstance(first, date) else ()  # type: ignore[arg-type]

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Whether each agency's reports of each area are known in each month: agencies by areas by months.

        They are not known where the agency sent nothing at all, of any kind, in that month; or, ever, no more from the
        area's borough than strays over its border, a twentieth of its middle borough; or nothing in that month from a
        borough that usually sends so many that chance leaves no month out: silence is not zero. Where boroughs are not
        known, all areas together count as one.
        """
        parents = np.unique([borough or "" for borough in self.areas.boroughs], return_inverse=True)[1]
        sent = np.zeros((len(self.agencies), int(parents.max(initial=0)) + 1, len(self.months)))
        agency, area, month = self._places(self.rows)
        np.add.at(sent, (agency, parents[area], month), 1.0)
        heard = sent.any(axis=1, keepdims=True) & ~self.partial[:, None, :]
        usual = sent.sum(axis=2, keepdims=True) / np.maximum(heard.sum(axis=2, keepdims=True), 1)
        whole = np.array([np.median(of[of > 0]) if of.any() else 0.0 for of in usual[:, :, 0]])[:, None, None]
        known = heard & (usual > STRAYS * whole) & ((sent > 0) | (usual < NEVER_NONE))
        return np.asarray(known[:, parents, :], dtype=np.bool_)

    @cached_property
    def partial(self) -> NDArray[np.bool_]:
        """Whether an agency sent its first or last month in part only: agencies by months.

        So it seems where it is silent before its first day, or after its last one, and on those days of the month it
        has ten reports or more, and a tenth of all, in its other months on average. Reports of which only the month is
        known tell nothing.
        """
        found = np.zeros((len(self.agencies), len(self.months)), dtype=np.bool_)
        dated = self.rows.filter(pl.col("time_precision").ne_missing("month"))
        for at, agency in enumerate(self.agencies):
            days = dated.filter(organisation_id=agency).select("month", day=pl.col("from_time").dt.day())
            months = days["month"].unique().sort()
            for month, early in ((months.first(), True), (months.last(), False)) if len(months) > 1 else ():
                here, others = days.filter(pl.col("month") == month)["day"], days.filter(pl.col("month") != month)
                silent = pl.col("day") < here.min() if early else pl.col("day") > here.max()
                usual = others.filter(silent).height / (len(months) - 1)
                least = max(NEVER_NONE, PART * others.height / (len(months) - 1))
                found[at, self.months.index(month)] |= usual >= least
        return found

    def reporters(self, kind: str | None = None) -> tuple[str, ...]:
        """Return the agencies asked for that report such a kind, or that sent nothing at all: those may have any."""
        of_kind = self.rows if kind is None else self.rows.filter(kind=kind)
        tells, sends = (set(rows["organisation_id"].unique()) for rows in (of_kind, self.rows))
        return tuple(name for name in self.agencies if name in tells or name not in sends)

    def reported(self, kind: str | None = None) -> NDArray[np.bool_]:
        """Return whether an area is known in a month: of every agency that reports such a kind. Areas by months."""
        asked = [name in self.reporters(kind) for name in self.agencies]
        return np.asarray(self.known[asked].all(axis=0), dtype=np.bool_)

    def counts(self, kind: str | None = None) -> NDArray[np.float64]:
        """Return distinct incidents of a kind by area and month; not a number where an agency is not known.

        Reports that share a reference are one incident.
        """
        found = np.zeros((len(self.areas), len(self.months)))
        np.add.at(found, self._places(self.distinct(kind))[1:], 1.0)
        return np.where(self.reported(kind), found, np.nan)

    def totals(self, kind: str | None = None) -> "Totals":
        """Return each area's incidents over the months in which something is known, those areas not wholly known apart.

        A month in which no area is known is left out; an area is known where it is in every other month.
        """
        counts = self.counts(kind)
        heard = np.asarray((~np.isnan(counts)).any(axis=0))
        if not heard.any():
            silent = [name for name, known in zip(self.agencies, self.known, strict=True) if not known.any()]
            who = f"{', '.join(silent)} sent nothing" if silent else "in no month did all agencies send something"
            raise Refused(f"no area is known: {who}", "ask for fewer agencies with --agency, or other months")
        months = tuple(month for month, kept in zip(self.months, heard, strict=True) if kept)
        return Totals(counts[:, heard].sum(axis=1), months, tuple(m for m in self.months if m not in months))

    def distinct(self, kind: str | None = None) -> pl.DataFrame:
        """Return each incident (of one kind) once by `unit`; of reports with one reference, the first that has a place.

        Refused where references come again over a month apart: numbers that start anew would make many incidents one.
        """
        kinds = self.rows["kind"].unique().sort().to_list()
        if kind is not None and kind not in kinds:
            remedy = f"use one of {', '.join(kinds[:20])}"
            raise Refused(Fault("is not a kind of incident that was reported", remedy, field="kind", value=kind))
        rows = self.rows if kind is None else self.rows.filter(kind=kind)
        alone = pl.concat_str([pl.col("organisation_id"), pl.lit("/"), pl.col("incident_id")])
        rows = rows.with_row_index("at").with_columns(unit=pl.coalesce("incident_ref", alone))
        _check_references(rows)
        placed = rows.sort(pl.col("area") == NOWHERE, ~pl.col("x").is_finite(), "at")
        return placed.unique("unit", keep="first", maintain_order=True).sort("at").drop("at")

    def _places(self, rows: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return agency, area and month of each report that lies in an area, by their places."""
        rows = rows.filter(pl.col("area") != NOWHERE)
        first = self.months[0] if self.months else date(2000, 1, 1)
        month = (rows["month"].dt.year() - first.year) * 12 + rows["month"].dt.month().cast(pl.Int32) - first.month
        agency = rows["organisation_id"].replace_strict(
            list(self.agencies), list(range(len(self.agencies))), return_dtype=pl.Int64
        )
        return agency.to_numpy(), rows["area"].to_numpy(), month.cast(pl.Int64).to_numpy()


def _check_references(rows: pl.DataFrame) -> None:
    shared = rows.group_by("unit").agg(pl.len(), apart=pl.col("from_time").max() - pl.col("from_time").min())
    shared = shared.filter(pl.col("len") > 1)
    again = shared.filter(pl.col("apart") > pl.duration(days=DAYS_APART)).height
    if again > AGAIN * shared.height:
        problem = f"{again:,} of {shared.height:,} references come again over {DAYS_APART} days apart"
        remedy = 'make them unique in the mapping, as incident_ref = ["CAD ref", "From"], or leave them out'
        raise Refused(Fault(problem, remedy, field="incident_ref"))


def read_incidents(
    store: Engine,
    areas: Areas,
    agencies: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> Incidents:
    """Return a partnership's reports, placed in areas; of all agencies that sent any, or those named.

    Refused where a report names an area of another edition: the look-up between the two would mend it.
    """
    rows = store.fetch((files("whatworks.places") / "sql/incident_report.sql").read_text("utf-8"))
    known = [name for (name,) in store.rows("SELECT organisation_id FROM organisation ORDER BY organisation_id")]
    if strange := [name for name in agencies if name not in known]:
        remedy = f"use {', '.join(known)}"
        raise Refused([Fault("is not an agency", remedy, field="agency", value=one) for one in strange])
    if rows.is_empty():
        raise Refused("no incidents were imported yet", "import a file of them as table incident (docs/places.md)")
    _check_editions(store, rows, areas)
    senders = tuple(agencies) or tuple(rows["organisation_id"].unique().sort())
    rows = rows.filter(pl.col("organisation_id").is_in(senders))
    return incidents_of(rows, areas, senders, read_lookup(store, areas), first, last)


def incidents_of(
    rows: pl.DataFrame,
    areas: Areas,
    agencies: Sequence[str],
    lookup: pl.DataFrame | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Incidents:
    """Return the same of rows with the columns of `sql/incident_report.sql`.

    A report's area code is believed where it is one of these areas'; else a look-up (`area_code`, `vintage`,
    `other_code`) is followed; else its point says in which area it lies.
    """
    rows = _placed(_on_the_grid(rows), areas, lookup)
    rows = rows.with_columns(month=pl.col("from_time").dt.date().dt.truncate("1mo"))
    if first is not None:
        rows = rows.filter(pl.col("month") >= first)
    if last is not None:
        rows = rows.filter(pl.col("month") <= last)
    if rows.is_empty():
        raise Refused("no incidents were reported in this time", "ask for other months or agencies")
    return Incidents(areas, rows, tuple(agencies))


def placed(store: Engine, rows: pl.DataFrame, areas: Areas) -> pl.DataFrame:
    """Return any rows that have `area_code`, `area_vintage`, `easting` and `northing` with `x`, `y` and `area`."""
    _check_editions(store, rows, areas)
    return _placed(_on_the_grid(rows), areas, read_lookup(store, areas))


def _check_editions(store: Engine, rows: pl.DataFrame, areas: Areas) -> None:
    """Refuse codes without an edition where several are held: the code may be of any of them."""
    bare = rows.filter(pl.col("area_code").is_not_null() & pl.col("area_vintage").is_null()).height
    held = store.rows(
        "SELECT DISTINCT vintage FROM (SELECT kind, vintage FROM area UNION SELECT kind, vintage FROM area_boundary) "
        "AS a WHERE kind = ? ORDER BY vintage",
        [areas.kind],
    )
    if bare and len(held) > 1:
        problem = f"{bare:,} rows name an area and no edition, and {', '.join(one for (one,) in held)} are held"
        raise Refused(Fault(problem, "say in their mapping which edition it is", field="area_vintage"))


def _placed(rows: pl.DataFrame, areas: Areas, lookup: pl.DataFrame | None) -> pl.DataFrame:
    place, strange = _by_code(rows, areas, lookup)
    pointed = np.isfinite(rows["x"].to_numpy())
    _check_edition(rows, strange & ~pointed, areas)
    look = (place == NOWHERE) & pointed
    if look.any():
        place[look] = areas.at(rows["x"].to_numpy()[look], rows["y"].to_numpy()[look])
    return rows.with_columns(area=pl.Series(place), far=pl.Series(_far(rows, place, pointed & ~look, areas)))


def _far(rows: pl.DataFrame, place: NDArray[np.int64], believed: NDArray[np.bool_], areas: Areas) -> NDArray[np.bool_]:
    """Return which rows have a point far from the area whose code is believed; none where no boundaries are held."""
    found = np.zeros(rows.height, dtype=np.bool_)
    asked = np.flatnonzero(believed & (place != NOWHERE))
    if areas.outlines and asked.size:
        found[asked] = areas.away(rows["x"].to_numpy()[asked], rows["y"].to_numpy()[asked], place[asked]) > FAR
    return found


def codes_within(areas: Areas, lookup: pl.DataFrame | None) -> dict[tuple[str, str], int]:
    """Return the place of the area in which each code of an edition lies; `lookup` is that of `incidents_of`."""
    place = {(code, areas.vintage): at for at, code in enumerate(areas.codes)}
    for code, vintage, other in lookup.iter_rows() if lookup is not None else ():
        if (other, areas.vintage) in place:
            place.setdefault((code, vintage), place[other, areas.vintage])
    return place


def _by_code(
    rows: pl.DataFrame, areas: Areas, lookup: pl.DataFrame | None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return each report's area by its code, and which name one of another edition that no look-up leads from."""
    place = codes_within(areas, lookup)
    named = rows.select("area_code", pl.col("area_vintage").fill_null(areas.vintage))
    found = np.array([place.get(row, NOWHERE) for row in named.iter_rows()], dtype=np.int64)
    other = (named["area_vintage"] != areas.vintage) & named["area_code"].is_not_null()
    return found, other.to_numpy() & (found == NOWHERE)


def _on_the_grid(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `x` and `y`: metres as given, or degrees projected."""
    x, y = (rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy().copy() for name in ("easting", "northing"))
    if "longitude" not in rows.columns:
        return rows.with_columns(x=pl.Series(x), y=pl.Series(y))
    east, north = (rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("longitude", "latitude"))
    degrees = np.isnan(x) & np.isfinite(east) & np.isfinite(north)
    if degrees.any():
        x[degrees], y[degrees] = on_the_grid(east[degrees], north[degrees])
    return rows.with_columns(x=pl.Series(x), y=pl.Series(y))


def read_lookup(store: Engine, areas: Areas) -> pl.DataFrame:
    """Return in which of the areas those of other kinds and editions lie: `area_code`, `vintage`, `other_code`."""
    query = (files("whatworks.places") / "sql/area_within.sql").read_text("utf-8")
    return store.fetch(query, {"vintage": areas.vintage})


def _check_edition(rows: pl.DataFrame, wrong: NDArray[np.bool_], areas: Areas) -> None:
    found = rows.filter(pl.Series(wrong)).group_by("area_vintage").len().sort("area_vintage")
    faults = [
        Fault(
            f"{count:,} reports name areas of edition {vintage}, the areas are of {areas.vintage}, and a code may mean "
            "another area there",
            f"import the look-up from {vintage} to {areas.vintage} as table area_lookup, or name the other --vintage",
            field="area_vintage",
            value=str(vintage),
        )
        for vintage, count in found.iter_rows()
    ]
    if faults:
        raise Refused(faults)
