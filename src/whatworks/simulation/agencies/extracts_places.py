"""Send what agencies hold of places: incidents of three agencies, activities, boundaries of boroughs."""

import polars as pl

from whatworks.simulation.agencies.extract import SLASHES, Block, Extract
from whatworks.simulation.society.places import VINTAGE

_REPORT = {
    "incident_ref": "CAD ref", "kind": "Type", "from_time": "From", "to_time": "To", "easting": "X", "northing": "Y",
    "area_code": "Ward",
}  # fmt: skip
_ACTIVITY = {
    "activity_id": "No", "kind": "Activity", "about_kind": "About", "from_time": "Start", "to_time": "End",
    "area_code": "Ward",
}  # fmt: skip


def own_rows(agency: str) -> pl.Expr:
    """Return which rows of a table that several agencies fill are one's own."""
    return pl.col("organisation_id") == agency


def _file(agency: str, table: str, columns: dict[str, str], dates: str = "%Y-%m-%d") -> Extract:
    edition = {"area_vintage": VINTAGE} if "area_code" in columns else {}
    block = Block(table, columns, constants=edition, rows=own_rows(agency))
    return Extract(f"{agency}_{table}.csv", agency, f"{agency} {table}", (block,), dates=dates)


_REFUGES = {
    "refuge_service": {
        "refuge_id": "Service", "host_borough": "Host", "units": "Counted in", "places": "Places",
        "annual_cost": "Yearly cost", "from_date": "Open from",
    },
    "refuge_referral": {
        "referral_id": "Call", "person_id": "Person", "referred_on": "Called on", "origin_borough": "From borough",
        "refuge_id": "Service", "outcome": "Outcome", "reason": "Why", "decided_on": "Known on",
    },
    "refuge_stay": {
        "stay_id": "Stay", "refuge_id": "Service", "referral_id": "Call", "person_id": "Person",
        "origin_borough": "From borough", "places": "Places", "entered_on": "In", "left_on": "Out",
    },
}  # fmt: skip
_CAMERAS = {
    "camera": {
        "camera_id": "Camera", "kind": "Kind", "duty": "Duty", "installed_on": "Installed",
        "annual_cost": "Yearly cost", "sight": "Sees", "homes_overlooked": "Homes", "easting": "X", "northing": "Y",
    },
    "camera_use": {"use_id": "Use", "camera_id": "Camera", "kind": "Kind", "used_on": "Used on"},
}  # fmt: skip


def _of_refuges(table: str, columns: dict[str, str]) -> Extract:
    return Extract(f"council_{table}.csv", "council", f"council {table}", (Block(table, columns),), dates=SLASHES)


def _of_cameras(agency: str, table: str, columns: dict[str, str]) -> Extract:
    block = Block(table, columns, rows=own_rows(agency))
    return Extract(f"{agency}_{table}.csv", agency, f"{agency} {table}", (block,))


PLACE_FILES = (
    _file("police", "incident", {"incident_id": "Crime no", **_REPORT}, SLASHES),
    _file("council", "incident", {"incident_id": "Case", **_REPORT}),
    _file("health", "incident", {"incident_id": "Attendance", **_REPORT}),
    _file("police", "activity", _ACTIVITY),
    _file("council", "activity", _ACTIVITY),
    Extract(
        "council_boundaries.csv",
        "council",
        "boundaries borough",
        (
            Block(
                "area_boundary",
                {"area_code": "Code", "kind": "Kind", "name": "Name", "geometry": "Outline"},
                constants={"vintage": VINTAGE},
            ),
        ),
    ),
    *(_of_refuges(table, columns) for table, columns in _REFUGES.items()),
    *(_of_cameras(agency, table, columns) for table, columns in _CAMERAS.items() for agency in ("police", "council")),
    Extract(
        "police_incident_person.csv",
        "police",
        "police incident_person",
        (
            Block(
                "incident_person",
                {"incident_id": "Crime no", "person_id": "Nominal", "role": "Part"},
                rows=pl.col("role") == "suspect",
            ),
        ),
    ),
    _file(
        "police",
        "offending_group",
        {"group_id": "Group", "evidence_rule": "Rule", "rule_uses_place": "Rule uses place", "version": "Version",
         "review_on": "Review", "area_code": "Ward", "strand": "Strand", "removed_on": "Removed"},
    ),
    _file(
        "police",
        "offending_group_membership",
        {"membership_id": "No", "group_id": "Group", "person_id": "Nominal", "role": "Part", "under_18": "Child",
         "evidence": "Grounds", "from_date": "From"},
    ),
)  # fmt: skip
"""The files of places; a subject adds its own at the end, so that no other file's dirt is drawn anew."""
