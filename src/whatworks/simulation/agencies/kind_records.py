"""Write down the kinds of journey beside the planted faults: the Crown Court, requests for kit, serious allegations."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.case_frames import case_frame, stay_frame, wait
from whatworks.simulation.streams import stream
from whatworks.simulation.truth import journey_truth as planted
from whatworks.simulation.world import World

Frames = dict[str, pl.DataFrame]


def kind_frames(world: World, allegations: pl.DataFrame, as_at: int) -> dict[str, Frames]:
    """Return by agency the cases, and their stays, of three kinds that wait at constant rates up to the extract."""
    rng = stream(world.seed, "journey_kinds", world.people.first)
    court, kit = (
        _waited(world, rng, as_at, *of) for of in (("court", "crown_court", "CC"), ("council", "co_location", "KIT"))
    )
    kit["casefile"] = kit["casefile"].with_columns(person_id=pl.lit(None, pl.String))
    return {"court": court, "council": kit, "police": _serious(allegations)}


def _waited(world: World, rng: np.random.Generator, as_at: int, agency: str, kind: str, mark: str) -> Frames:
    completed, other, stages = planted.KINDS[kind]
    people = np.flatnonzero(world.known_to[agency] & (rng.random(len(world.people)) < planted.OF_A_KIND))
    size, cases, parts = len(people), case_frame(world, people, agency, kind, mark), []
    entered, here = as_at - rng.integers(0, planted.TWO_YEARS, size), np.ones(size, dtype=np.bool_)
    for place, (stage, mean, share) in enumerate(stages):
        left, out = entered + wait(rng, mean, size), rng.random(size) < share
        onward = completed if place == len(stages) - 1 else None
        outcome = pl.Series([onward, other], dtype=pl.String).gather(out.astype(np.int64))
        parts.append(stay_frame(cases, stage, place, here, entered, left, as_at, outcome=outcome))
        entered, here = left, here & ~out
    return {"casefile": cases, "case_stage": pl.concat(parts)}


def _serious(allegations: pl.DataFrame) -> Frames:
    """Return a case of each serious allegation, its stays those that its own days make; results take their days."""
    units = allegations.filter(pl.col("seriousness") == "serious").with_columns(
        case_id=pl.col("allegation_id").str.replace("AL", "SA"), kind=pl.lit("serious_allegation")
    )
    charged = pl.col("decision").is_in(["charged", "charged_at_lower_level"])
    ended = pl.when(pl.col("result").is_not_null()).then(pl.col("decided_on").dt.offset_by(f"{planted.RESULT}d"))
    no, result = (
        pl.when(so).then(pl.lit(name)) for so, name in (((~charged), "not_charged"), (ended.is_not_null(), "result"))
    )
    nothing, decided = pl.lit(None, pl.String), pl.when(charged).then("decided_on")
    steps = (
        ("recorded_to_suspect", pl.col("recorded_on"), pl.col("suspect_named_on"), nothing),
        ("suspect_to_referral", pl.col("suspect_named_on"), pl.col("referred_on"), nothing),
        ("referral_to_decision", pl.col("referred_on"), pl.col("decided_on"), no),
        ("charge_to_result", decided, ended, result),
    )
    stays = pl.concat(
        units.filter(entered.is_not_null()).select(
            "organisation_id", "case_id", "kind", case_stage_id=pl.col("case_id") + f"-{place}", stage=pl.lit(stage),
            entered_on=entered, left_on=left, outcome=outcome, reason=nothing, organisation=nothing,
        )
        for place, (stage, entered, left, outcome) in enumerate(steps)
    )  # fmt: skip
    cases = units.select(
        "organisation_id", "case_id", "kind", "person_id", "offence_ref", borough="area_code",
        opening_rule_version=pl.lit("1"), lead_organisation=pl.lit("police"), lawful_basis=nothing,
        review_on=pl.lit(None, pl.Date),
    )  # fmt: skip
    return {"casefile": cases, "case_stage": stays}
