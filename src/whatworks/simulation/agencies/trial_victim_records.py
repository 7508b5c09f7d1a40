"""Write down trials as listed, allegations, and victims with the contact they had."""

import numpy as np
import polars as pl

from whatworks.simulation.agencies.case_frames import case_frame, stay_frame, wait
from whatworks.simulation.agencies.numbering import numbered
from whatworks.simulation.days import NEVER, Ints, dates
from whatworks.simulation.society.places import borough_codes
from whatworks.simulation.truth import journey_truth as planted
from whatworks.simulation.world import World


def listing_frame(world: World, rng: np.random.Generator, as_at: int) -> pl.DataFrame:
    """Return table `trial_listing`, which courts keep; from the change on some that were lost early are ineffective."""
    change = as_at - planted.CHANGE_DAYS
    size = len(world.people) // 4
    on = as_at - planted.TWO_YEARS + rng.integers(0, planted.TWO_YEARS + 30, size)
    true = rng.choice(4, size, p=planted.TRIALS)
    otherwise = (true == 3) & (on >= change) & (rng.random(size) < planted.RECORDED_OTHERWISE)
    outcome = np.where(otherwise, 2, true)
    reasons = pl.Series(["prosecution", "defence", "court", "other"]).gather(
        rng.choice(4, size, p=(0.3, 0.2, 0.4, 0.1))
    )
    known = on <= as_at
    return pl.DataFrame(
        {
            "organisation_id": pl.repeat("court", size, dtype=pl.String, eager=True),
            "listing_id": numbered("L", world.people.first + np.arange(size), 9),
            "case_id": pl.repeat(None, size, dtype=pl.String, eager=True),
            "court_kind": pl.Series(["magistrates", "crown_court"]).gather((rng.random(size) < 0.2).astype(np.int64)),
            "court": pl.Series(["Ashmere", "Dunsgate", "Larkstead"]).gather(rng.integers(0, 3, size)),
            "listed_for": dates(on.astype(np.int32)),
            "outcome": pl.Series(["effective", "cracked", "ineffective", "vacated"])
            .gather(outcome)
            .set(pl.Series(~known), None),
            "reason": reasons.set(pl.Series(~known | (outcome < 2)), None),
        }
    )


def allegation_frame(world: World, rng: np.random.Generator, as_at: int) -> pl.DataFrame:
    """Return table `allegation`, which the police keep: two of each of some people."""
    people = np.repeat(np.flatnonzero(world.known_to["police"] & (rng.random(len(world.people)) < 0.15)), 2)
    size = len(people)
    on = as_at - rng.integers(0, planted.TWO_YEARS, size)
    named = on + wait(rng, planted.SUSPECT, size)
    referred = np.where(rng.random(size) < planted.REFERRED, named + wait(rng, planted.REFERRAL, size), NEVER)
    decided = np.where(referred < NEVER, referred + wait(rng, 30, size), NEVER)
    decision = rng.choice(4, size, p=(0.4, 0.1, 0.05, 0.45))
    known, charged = decided <= as_at, decision < 2
    result = rng.choice(4, size, p=(0.45, 0.15, 0.25, 0.15))
    decisions, results = (
        pl.Series(names, dtype=pl.String)
        for names in (
            ["charged", "charged_at_lower_level", "out_of_court", "not_charged"],
            ["convicted", "convicted_at_lower_level", "acquitted", "discontinued"],
        )
    )
    ended = known & charged & (decided + planted.RESULT <= as_at)
    borough = world.homes.borough_on(people, on.astype(np.int32))
    number = world.people.number[people] * 2 + np.arange(size) % 2
    return pl.DataFrame(
        {
            "organisation_id": pl.repeat("police", size, dtype=pl.String, eager=True),
            "allegation_id": numbered("AL", number, 9),
            "person_id": world.numbers.of["police"].gather(people),
            "offence_ref": numbered("AR", number, 9),
            "offence_group": pl.repeat("violence", size, dtype=pl.String, eager=True),
            "seriousness": pl.Series(["serious", "less_serious"]).gather((rng.random(size) < 0.6).astype(np.int64)),
            "recorded_on": dates(on.astype(np.int32)),
            "suspect_named_on": dates(named.astype(np.int32), as_at),
            "referred_on": dates(referred.astype(np.int32), as_at),
            "decided_on": dates(decided.astype(np.int32), as_at),
            "decision": decisions.gather(decision).set(pl.Series(~known), None),
            "reason": pl.Series(["evidential"] * size, dtype=pl.String).set(pl.Series(~known | (decision != 3)), None),
            "result": results.gather(result).set(pl.Series(~ended), None),
            "area_code": pl.Series(borough_codes(), dtype=pl.String).gather(borough),
        }
    )


def victim_frames(world: World, rng: np.random.Generator, as_at: int) -> dict[str, pl.DataFrame]:
    """Return the council's victims, attempts to reach them, and their cases with two stages."""
    people = np.flatnonzero(world.known_to["council"] & (rng.random(len(world.people)) < 0.2))
    size, draws = len(people), rng.random((6, len(people)))
    known = as_at - rng.integers(0, planted.TWO_YEARS, size)
    assessed = np.where(draws[0] < planted.ASSESSED, known + wait(rng, 10, size), NEVER)
    source = np.where(draws[1] >= planted.NOT_REPORTED, 0, np.where(draws[1] < 0.3, 1, 2))
    cases = case_frame(world, people, "council", "victim", "V")
    number = world.people.number[people]
    victim = pl.DataFrame(
        {
            "organisation_id": cases["organisation_id"],
            "victim_id": cases["case_id"],
            "person_id": cases["person_id"],
            "offence_ref": numbered("VR", number, 9).set(pl.Series(source > 0), None),
            "referral_source": pl.Series(["police_report", "self_referral", "other_service"]).gather(source),
            "known_on": dates(known.astype(np.int32)),
            "needs_assessed_on": dates(assessed.astype(np.int32), as_at),
            "residence": pl.Series(["resident", "non_resident"]).gather((draws[2] < 0.1).astype(np.int64)),
            "borough": cases["borough"].set(pl.Series(draws[2] < 0.1), None),
        }
    )
    reached = np.where(draws[4] < planted.REACHED, known + 5 + wait(rng, 15, size), NEVER)
    confirmed = np.where((draws[5] < planted.UNDERSTOOD) & (reached < NEVER), reached + wait(rng, 7, size), NEVER)
    sent = np.where(draws[3] < planted.LEAFLET, known + 3, NEVER)
    never = np.full(size, NEVER)
    contacts = [_contacts(cases, at, result, on, heard, as_at) for at, (result, on, heard) in enumerate(
        (("information_supplied", sent, never), ("contact_made", reached, confirmed))
    )]  # fmt: skip
    met = np.where(reached < NEVER, np.maximum(reached, assessed), NEVER)
    stages = [
        stay_frame(cases, name, at, came < NEVER, came, gone, as_at)
        for at, (name, came, gone) in enumerate(
            (
                ("known_to_assessed", known, assessed),
                ("assessed_to_contact", assessed, met),
                ("contact_to_understood", np.where(assessed < NEVER, met, NEVER), np.maximum(met, confirmed)),
            )
        )
    ]
    return {"casefile": cases, "case_stage": pl.concat(stages), "victim": victim, "victim_contact": pl.concat(contacts)}


def _contacts(cases: pl.DataFrame, at: int, result: str, on: Ints, heard: Ints, as_at: int) -> pl.DataFrame:
    known = np.flatnonzero(on <= as_at)
    part = cases[known]
    return pl.DataFrame(
        {
            "organisation_id": part["organisation_id"],
            "contact_id": part["case_id"] + f"-{at}",
            "victim_id": part["case_id"],
            "contacted_on": dates(on[known].astype(np.int32)),
            "result": pl.repeat(result, len(known), dtype=pl.String, eager=True),
            "understood_on": dates(heard[known].astype(np.int32), as_at),
            "organisation": pl.repeat(None, len(known), dtype=pl.String, eager=True),
        }
    )
