"""Gather what all agencies write down, as clean tables of the room `records`."""

import numpy as np
import polars as pl

from whatworks.records.tables.agency_tables import MEASURED_TABLES, NEED_LEVELS, PATHWAYS
from whatworks.simulation.agencies.custody_records import custody_spell_frame
from whatworks.simulation.agencies.numbering import AGENCIES, numbered
from whatworks.simulation.agencies.offence_records import offence_frame, sentence_frame
from whatworks.simulation.agencies.person_records import ADDRESS_KEEPERS, address_frame, person_frame
from whatworks.simulation.days import dates, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.needs import ASSESSORS
from whatworks.simulation.society.places import SCHEME_BOROUGHS, VINTAGE, area_frame, borough_codes
from whatworks.simulation.society.scheme import END_REASONS, SCHEME_ID, SCHEME_NAME
from whatworks.simulation.society.supervision import supervision_frames
from whatworks.simulation.world import World

AGENCY_NAMES = {
    "police": "Northbank Police (made up)",
    "probation": "Northbank Probation (made up)",
    "prison": "Prisons serving Northbank (made up)",
    "court": "Northbank Courts (made up)",
    "council": "Northbank Councils (made up)",
    "health": "Northbank Health (made up)",
}
NEEDS_EACH = 160
"""Room for so many assessments a person in their numbers."""


def agency_frames(world: World, agency: str) -> dict[str, pl.DataFrame]:
    """Return what one agency writes down about people, table by table, its columns as declared."""
    found = {"person": person_frame(world, agency)}
    if agency in ADDRESS_KEEPERS:
        found["address"] = address_frame(world, agency)
    if agency in ("police", "court", "probation"):
        found["offence"] = offence_frame(world, agency)
    if agency in ASSESSORS:
        found["need"] = need_frame(world, agency)
    if agency == "court":
        found["sentence"] = sentence_frame(world)
    if agency == "prison":
        found["custody_spell"] = custody_spell_frame(world)
    if agency == "probation":
        found |= {**supervision_frames(world), "participation": participation_frame(world)}
    return {table: _declared(table, frame) for table, frame in found.items()}


def frames(world: World) -> dict[str, pl.DataFrame]:
    """Return every table, its columns as declared (without `source_id` and `source_line`), rows of all agencies."""
    parts = [fixed_frames(world.settings), *(agency_frames(world, agency) for agency in AGENCIES)]
    found = {table: [part[table] for part in parts if table in part] for table in MEASURED_TABLES}
    return {table: pl.concat(few) if len(few) > 1 else few[0] for table, few in found.items()}


def fixed_frames(settings: SimulationSettings) -> dict[str, pl.DataFrame]:
    """Return the small tables that are the same whoever lives there: organisation, area, scheme, scheme_area."""
    boroughs = borough_codes()
    fixed = {
        "organisation": pl.DataFrame(
            {
                "organisation_id": AGENCIES,
                "name": [AGENCY_NAMES[agency] for agency in AGENCIES],
                "kind": AGENCIES,
            }
        ),
        "area": area_frame(),
        "scheme": pl.DataFrame(
            {
                "organisation_id": ["probation"],
                "scheme_id": [SCHEME_ID],
                "name": [SCHEME_NAME],
                "from_date": [settings.first_index],
                "to_date": [None],
            },
            schema_overrides={"to_date": pl.Date},
        ),
        "scheme_area": pl.DataFrame({"area_code": [boroughs[borough] for borough in SCHEME_BOROUGHS]}).with_columns(
            organisation_id=pl.lit("probation"), scheme_id=pl.lit(SCHEME_ID), area_vintage=pl.lit(VINTAGE)
        ),
    }
    return {table: _declared(table, frame) for table, frame in fixed.items()}


def need_frame(world: World, agency: str) -> pl.DataFrame:
    """Return table `need` of probation, council or health: what it has assessed and written down."""
    as_at, made = day(world.settings.as_at), world.assessments
    by_now = (made.assessed <= as_at) & (made.recorded <= as_at)
    own = made.agency == ASSESSORS.index(agency)
    rows = np.flatnonzero(own & by_now & world.known_to[agency][made.person])
    return pl.DataFrame(
        {
            "need_id": numbered("N", world.people.first * NEEDS_EACH + rows, 10),
            "person_id": world.numbers.of[agency].gather(made.person[rows]),
            "pathway": pl.Series(PATHWAYS).gather(made.pathway[rows].astype(np.int64)),
            "assessed_on": dates(made.assessed[rows]),
            "recorded_on": dates(made.recorded[rows]),
            "level": pl.Series(NEED_LEVELS).gather(made.level[rows].astype(np.int64)),
            "met_on": dates(made.met[rows], as_at),
        }
    ).with_columns(organisation_id=pl.lit(agency))


def participation_frame(world: World) -> pl.DataFrame:
    """Return table `participation`, which probation keeps: all who were eligible, referred or not."""
    found = world.participations
    return pl.DataFrame(
        {
            "participation_id": numbered("G", world.people.number[found.person], 8),
            "person_id": world.numbers.of["probation"].gather(found.person),
            "eligible_on": dates(found.eligible),
            "referred_on": dates(found.referred),
            "offered_on": dates(found.offered),
            "started_on": dates(found.started),
            "completed_on": dates(found.completed),
            "ended_on": dates(found.ended),
            "end_reason": pl.Series([*END_REASONS, None]).gather(found.reason.astype(np.int64)),
            "area_code": pl.Series(borough_codes()).gather(found.borough),
        }
    ).with_columns(
        organisation_id=pl.lit("probation"),
        scheme_id=pl.lit(SCHEME_ID),
        offence_ref=pl.lit(None, dtype=pl.String),  # people are referred on release, not for an offence
    )


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame's columns in the order of the declaration; what no agency of the town writes down is empty."""
    columns = [name for name in MEASURED_TABLES[table].columns() if not name.startswith("source_")]
    return frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in columns
    )
