"""What to commission, continue, test or stop, why, and who would lose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from whatworks.board.evidence.intervention import Delivery, Intervention
from whatworks.board.evidence.judgement import Judgement, judge
from whatworks.board.evidence.standards import Standards
from whatworks.board.evidence.values import Values
from whatworks.board.evidence.worth import Economy, TestWorth, economy_of, worth_of_testing
from whatworks.records.refusal import Refused

Action = Literal["commission", "continue", "test", "stop", "leave"]
ACTIONS: tuple[Action, ...] = ("commission", "continue", "test", "stop", "leave")
ADULT = 18
NO_OWNER = "no owner"
NOT_RECORDED = "Who would lose the service is not recorded: find out before it is decided."


@dataclass(frozen=True, slots=True)
class Advice:
    """What is proposed for one intervention, and what has to be known to decide it."""

    intervention: Intervention
    action: Action
    reason: str
    judgement: Judgement
    owner: str
    loses: tuple[Delivery, ...]
    """Where who receives it loses it, if it stops; counts are restricted until a paper has withheld small ones."""
    also_serve: tuple[str, ...]
    """Other interventions delivered in the same strand: what would be left."""
    economy: Economy | None
    worth: TestWorth | None
    no_worth: tuple[str, ...]
    """Why the worth of a test could not be worked out."""
    notes: tuple[str, ...]


def advise(
    interventions: Sequence[Intervention], standards: Standards, on: date, values: Values | None = None
) -> tuple[Advice, ...]:
    """Return a proposal for each intervention, in their order. Values are the user's; without them none are used."""
    return tuple(_advise(intervention, interventions, standards, on, values) for intervention in interventions)


def _advise(
    one: Intervention, others: Sequence[Intervention], standards: Standards, on: date, values: Values | None
) -> Advice:
    judgement = judge(one.studies, standards.rules.enough)
    running = one.delivered(on)
    economy = economy_of(one, judgement.sound, values) if values else None
    worth, no_worth = _worth(one, judgement, values)
    action, reason = decide(judgement, bool(running), economy, worth)
    return Advice(
        intervention=one,
        action=action,
        reason=reason,
        judgement=judgement,
        owner=one.owner or NO_OWNER,
        loses=running,
        also_serve=tuple(
            other.name for other in others if other is not one and other.strand == one.strand and one.strand
            and other.delivered(on)
        ),
        economy=economy,
        worth=worth,
        no_worth=no_worth,
        notes=_notes(one, running, judgement, standards, on),
    )  # fmt: skip


def decide(
    judgement: Judgement, delivered: bool, economy: Economy | None, worth: TestWorth | None
) -> tuple[Action, str]:
    """Return the proposal and its reason. It rests on what is known, then on what it is worth at the user's values."""
    known = judgement.known
    if known == "works":
        if economy is not None and economy.net < 0:
            reason = f"It works, but at the values given it costs more than it brings. {judgement.sentence}"
            return ("stop" if delivered else "leave"), reason
        return ("continue" if delivered else "commission"), judgement.sentence
    if known == "harms":
        return ("stop" if delivered else "leave"), judgement.sentence
    if worth is not None and worth.net <= 0 and known == "cannot yet tell":
        better = worth.economy.net >= 0
        action: Action = "leave" if not delivered else "continue" if better else "stop"
        reason = (
            f"{judgement.sentence} At the values given another test costs more than its answer is worth, and on what "
            f"is known now it {'brings more than it costs' if better else 'costs more than it brings'}."
        )
        return action, reason
    if delivered or worth is not None:
        return "test", judgement.sentence
    return "leave", f"{judgement.sentence} It is not delivered here."


def _worth(one: Intervention, judgement: Judgement, values: Values | None) -> tuple[TestWorth | None, tuple[str, ...]]:
    if values is None:
        return None, ("No values were given, so what a test would be worth was not worked out.",)
    try:
        return worth_of_testing(one, judgement.sound, values), ()
    except Refused as refused:
        return None, tuple(fault.problem for fault in refused.faults)


def _notes(
    one: Intervention, running: Sequence[Delivery], judgement: Judgement, standards: Standards, on: date
) -> tuple[str, ...]:
    notes: list[str] = []
    if one.age_to is not None and one.age_to < standards.rules.children_below:
        notes.append(
            f"For children: its outcome can be expected in {one.horizon_years} years, and no reoffending is claimed."
        )
    elif one.horizon_years is not None:
        notes.append(f"Its outcome can be expected in {one.horizon_years} years.")
    young = one.age_from is not None and one.age_from < ADULT
    if young and "children" not in (one.partners or "").casefold():
        notes.append("It reaches under-18s, and children's services are not recorded as taking part.")
    if running and not any(at.serves is not None or at.people_a_year is not None for at in running):
        notes.append(NOT_RECORDED)
    if running and any(at.fidelity is None for at in running):
        notes.append("Whether it is delivered as designed has not been looked at everywhere.")
    if any(at.fidelity == "not_as_designed" for at in running):
        notes.append("It is not delivered as designed somewhere: what studies found may not hold there.")
    away = [study for study in judgement.heard if study.origin == "published"]
    if any(study.differs is None for study in away):
        notes.append("What differs between where it was studied and here has not been said of every published study.")
    old = [
        study for study in judgement.heard if study.dated and on.year - study.dated.year > standards.rules.fresh_years
    ]
    if old:
        notes.append(f"{len(old)} of the studies heard are more than {standards.rules.fresh_years} years old.")
    return tuple(notes)
