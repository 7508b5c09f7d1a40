"""Where harm lies: how far offences, harm or victimisation crowd onto few people, beside what chance alone gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from whatworks.people.contacts import KINDS, contacts
from whatworks.people.fall import ACCUSED
from whatworks.people.overlap import ANY_CONTACT, RESIDENTS
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.limits.concentration import Concentration, concentration

Crowding = Literal["offences", "harm", "victimisation"]
AFFECTED = "everybody with any contact at any agency, as victim or otherwise"


@dataclass(frozen=True, slots=True)
class PeopleConcentration:
    """The figures of one measure over so many people, whom `population` names.

    `unweighed` events have no weight in the edition and are left out of harm. `rows` are everybody with a contact:
    `unit`, `events` and `held`, the sum of weights in harm.
    """

    of: Crowding
    population: str
    figures: Concentration
    edition: str | None
    unweighed: int
    rows: pl.DataFrame = field(repr=False)


def people_concentration(
    engine: Engine, of: Crowding, first: date, last: date, *, edition: str | None = None, residents: int | None = None
) -> PeopleConcentration:
    """Return how far events of the days from first to last crowd: each offence once, however many agencies report it.

    Offences are those a person is suspected or proven of; harm weighs them by a named edition. They are held against
    everybody with any contact in that time, or as many `residents`.
    """
    if (of == "harm") != (edition is not None):
        problem, remedy = "is harm by a named edition, and that alone", "give --edition with --of harm, and only then"
        raise Refused(Fault(problem, remedy, field="edition", value=edition or ""))
    if first > last:
        raise Refused(Fault("lies before --from", "swap the two days", field="to", value=str(last)))
    return concentration_of(contacts(engine, KINDS, first, last, edition), of, edition, residents)


def concentration_of(
    found: pl.DataFrame, of: Crowding, edition: str | None = None, residents: int | None = None
) -> PeopleConcentration:
    """Return the same of a frame of contacts."""
    victim = of == "victimisation"
    own = pl.col("kind") == "victim" if victim else (pl.col("kind") == "offence") & pl.col("role").is_in(ACCUSED)
    events = found.filter(own).group_by("linked_id", "event").agg(weight=pl.max("seriousness"))
    unweighed = events["weight"].null_count() if of == "harm" else 0
    events = events.drop_nulls("weight") if of == "harm" else events.with_columns(weight=pl.lit(1))
    counted = found if victim else found.filter(~pl.col("role").is_in(["victim", "cleared"]))
    held = events.group_by(unit="linked_id").agg(events=pl.len(), held=pl.sum("weight"))
    rows = counted.select(unit="linked_id").unique().join(held, on="unit", how="left").fill_null(0).sort("unit")
    size = rows.height if residents is None else residents
    if rows.is_empty():
        raise Refused(
            "nobody has a contact that counts in this time", "ask for a longer time, or import the agencies' records"
        )
    if size < rows.height:
        problem = f"is fewer than the {rows.height:,} people with a contact"
        raise Refused(Fault(problem, "give the residents of the age", field="residents", value=str(size)))
    weights: Mapping[int, int] = {int(weight): many for weight, many in events.group_by("weight").len().iter_rows()}
    weights = {weight: many for weight, many in weights.items() if weight}
    figures = concentration([*rows["held"].to_list(), *[0] * (size - rows.height)], weights=weights)
    name = RESIDENTS if residents is not None else AFFECTED if victim else ANY_CONTACT
    return PeopleConcentration(of, name, figures, edition, unweighed, rows)
