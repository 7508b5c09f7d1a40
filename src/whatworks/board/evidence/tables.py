"""The register of interventions as tables: what is delivered, at what cost, and what is known of its effect."""

import dataframely as dy

from whatworks.records.register.columns import written
from whatworks.records.register.entry import Entry
from whatworks.records.tables.declaration import Table, about

POSITIONS = ("enforcement", "offender_management", "diversion", "early_intervention", "prevention")
"""From enforcement to prevention, in the order of the map."""
FAMILIES = (
    "reoffending", "seriousness", "custody", "compliance", "needs_met", "victimisation", "crime_in_area",
    "child_development", "cost", "other",
)  # fmt: skip
OFFENDING = ("reoffending", "seriousness", "custody", "compliance")
"""Families of outcomes that nobody below the age of criminal responsibility can have."""
EFFECTS = ("difference", "ratio", "standardised_difference")
"""How an effect is expressed. No effect is zero, but for a ratio, where it is one."""
FIDELITIES = ("as_designed", "partly", "not_as_designed")
HEADINGS = ("effect", "mechanism", "moderators", "implementation", "economic")
"""EMMIE's headings (Johnson, Tilley and Bowers, 2015)."""


def _number(what: str, unit: str | None = None, least: float | None = None) -> dy.Float64:
    return dy.Float64(nullable=True, min=least, description=what, metadata=about(unit=unit))


def _count(what: str, unit: str, *, handling: bool = True) -> dy.Int64:
    label = "official-sensitive" if handling else "official"
    return dy.Int64(nullable=True, min=0, description=what, metadata=about(unit=unit, handling=label))  # type: ignore[arg-type]


def _intervention() -> dy.Int64:
    return dy.Int64(min=1, description="The intervention (`board_intervention`).", metadata=about(handling="official"))


class Intervention(Entry):
    """Something that is done, or could be done, about crime: from enforcement to prevention."""

    short = written("Short name, by which commands and files call it.", nullable=False)
    name = written("Its name.", nullable=False)
    position = dy.Enum(POSITIONS, description="Where it stands between enforcement and prevention.")
    strand = written("The strand or priority that it serves.")
    age_from = _count("Youngest age meant.", "years", handling=False)
    age_to = _count("Oldest age meant.", "years", handling=False)
    place = written("Where it is meant for.")
    partners = written("Agencies that take part, separated by semicolons.")
    theory = written("How it is supposed to work.")
    owner = written("Who answers for it; null where nobody does.")
    horizon_years = _count("Years until its outcome can be expected.", "years", handling=False)
    scheme_id = written("The scheme of that number in the partnership's records, if they hold its people.")


class Delivery(Entry):
    """Where an intervention is delivered now, by whom, to whom, at what cost, and how true to its design."""

    intervention_id = _intervention()
    place = written("Where.", nullable=False)
    provider = written("Who delivers it.")
    serves = written("Who receives it, in words.")
    cost_pence_a_year = _count("Cost.", "pence a year", handling=False)
    people_a_year = _count("People served.", "people a year")
    fidelity = dy.Enum(FIDELITIES, nullable=True, description="How true to its design; null where nobody looked.")
    fidelity_evidence = written("What shows that.")
    from_date = dy.Date(nullable=True, description="First day.", metadata=about(handling="official"))
    to_date = dy.Date(nullable=True, description="Last day.", metadata=about(handling="official"))


class Study(Entry):
    """What one study found about one outcome: an evaluation of our own, or a published one entered by hand."""

    intervention_id = _intervention()
    key = written("What tells it from other studies of the intervention.", nullable=False)
    origin = dy.Enum(("own", "published"), description="Whose study it is.")
    title = written("Its title.", nullable=False)
    source = written("Where it can be read.", nullable=False)
    dated = dy.Date(
        nullable=True, description="Day of the data or of publication.", metadata=about(handling="official")
    )
    design = written("Its design.", nullable=False)
    maryland = dy.Int64(nullable=True, min=1, max=5, description="Level on the Maryland scale; null where not rated.")
    outcome = written("The outcome's short name: values are given by it.", nullable=False)
    outcome_label = written("The outcome in words.", nullable=False)
    family = dy.Enum(FAMILIES, description="Sort of outcome.")
    primary = dy.Bool(description="Whether it is the outcome that the study set out to change: only these are heard.")
    effect_kind = dy.Enum(EFFECTS, description="How the effect is expressed.")
    unit = written("Unit of the effect.", nullable=False)
    lower_is_better = dy.Bool(description="Whether less of the outcome is wanted.")
    effect = _number("Effect, with the intervention against without; shares as proportions.")
    ci_low = _number("Lower end of its 95% interval.")
    ci_high = _number("Upper end.")
    treated = _count("People with the intervention.", "people")
    comparison = _count("People without.", "people")
    events_treated = _count("Of them with the outcome, where it is counted.", "people")
    events_comparison = _count("Of those without, with the outcome.", "people")
    follow_up = written("Over which time.")
    population = written("Who was studied.", nullable=False)
    place = written("Where.")
    differs = written("What differs between there and here; travels with the effect.")
    caveats = written("What else has to be said with it.")
    status = written("Whether the protocol was fixed before outcomes were seen; null for a published study.")
    sentence = written("The study's own sentence.")
    result_sha256 = written("Hash of the result file that it came from.")
    minimum_count = _count("Counts below this may not leave, as the result has it.", "people", handling=False)


class Emmie(Entry):
    """What is known about an intervention under one of EMMIE's headings, and how good that knowledge is."""

    intervention_id = _intervention()
    heading = dy.Enum(HEADINGS, description="EMMIE's heading.")
    text = written("What is known.", nullable=False)
    quality = dy.Int64(nullable=True, min=0, max=4, description="Quality of what is known, 0 to 4; null if not rated.")
    source = written("Where that stands.", nullable=False)


EVIDENCE_TABLES: dict[str, type[Table]] = {
    "board_intervention": Intervention,
    "board_delivery": Delivery,
    "board_study": Study,
    "board_emmie": Emmie,
}
"""The store's tables of evidence, made on demand with `create_tables(connection, EVIDENCE_TABLES)`."""
