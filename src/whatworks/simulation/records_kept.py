"""Gather what all agencies write down, as clean tables of the room `records`."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from whatworks.records.tables import NEED_LEVELS, PATHWAYS, RECORD_TABLES
from whatworks.simulation.custody_records import custody_spell_frame
from whatworks.simulation.days import dates, day
from whatworks.simulation.needs import ASSESSORS
from whatworks.simulation.numbering import AGENCIES, numbered
from whatworks.simulation.offence_records import offence_frame, sentence_frame
from whatworks.simulation.person_records import ADDRESS_KEEPERS, address_frame, person_frame
from whatworks.simulation.places import SCHEME_BOROUGHS, VINTAGE, area_frame, borough_codes
from whatworks.simulation.scheme import END_REASONS, SCHEME_ID, SCHEME_NAME
from whatworks.simulation.supervision import supervision_frames

if TYPE_CHECKING:
    from whatworks.simulation.settings import SimulationSettings
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


def frames(world: "World") -> dict[str, pl.DataFrame]:
    """Return every table, its columns as declared (without `source_id` and `source_line`), rows of all agencies."""
    found = {
        **fixed_frames(world.settings),
        "person": pl.concat(_declared("person", person_frame(world, agency)) for agency in AGENCIES),
        "address": pl.concat(_declared("address", address_frame(world, agency)) for agency in ADDRESS_KEEPERS),
        "offence": pl.concat(
            _declared("offence", offence_frame(world, agency)) for agency in ("police", "court", "probation")
        ),
        "sentence": sentence_frame(world),
        "custody_spell": custody_spell_frame(world),
        **supervision_frames(world),
        "need": need_frame(world),
        "participation": participation_frame(world),
    }
    return {name: _declared(name, found[name]) for name in RECORD_TABLES}


def fixed_frames(settings: "SimulationSettings") -> dict[str, pl.DataFrame]:
    """Return the small tables that are the same whoever lives there: organisation, area, scheme, scheme_area."""
    boroughs = borough_codes()
    return {
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


def need_frame(world: "World") -> pl.DataFrame:
    """Return table `need`: what probation, council and health have assessed and written down."""
    as_at, made = day(world.settings.as_at), world.assessments
    parts = []
    for code, agency in enumerate(ASSESSORS):
        by_now = (made.assessed <= as_at) & (made.recorded <= as_at)
        chosen = (made.agency == code) & by_now & world.known_to[agency][made.person]
        rows = np.flatnonzero(chosen)
        parts.append(
            pl.DataFrame(
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
        )
    return pl.concat(parts)


def participation_frame(world: "World") -> pl.DataFrame:
    """Return table `participation`, which probation keeps."""
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
            "end_reason": pl.Series(END_REASONS).gather(found.reason.astype(np.int64)),
            "area_code": pl.Series(borough_codes()).gather(found.borough),
        }
    ).with_columns(organisation_id=pl.lit("probation"), scheme_id=pl.lit(SCHEME_ID))


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame's columns in the order of the declaration."""
    return frame[[name for name in RECORD_TABLES[table].columns() if not name.startswith("source_")]]
