"""Turn an evaluation of our own into studies for the register: what was compared, and what must be said with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whatworks.board.evidence.standards import Standards, level_of
from whatworks.evaluation.result import Outcome, Result
from whatworks.records.register.ledger import picked

FAMILY_OF_MEASURE = {1: "reoffending", 2: "seriousness", 3: "compliance", 4: "custody", 5: "needs_met"}
"""Diamond's five measures (evaluation) as families of outcomes."""


@dataclass(frozen=True, slots=True)
class ResultNotes:
    """What a person adds to a result: the file it came from, another level with its reason, what differs.

    `higher_is_better` names outcomes of which more is wanted, where the result does not say so itself.
    """

    file: Path
    sha256: str
    maryland: int | None = None
    differs: str | None = None
    caveats: str | None = None
    higher_is_better: tuple[str, ...] = ()


def own_studies(result: Result, notes: ResultNotes, standards: Standards) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of table `board_study` that a result gives, and the outcomes of which nothing was compared."""
    compared = [
        outcome
        for outcome in result.outcomes
        if level_of(result, outcome, standards) and outcome.difference is not None
    ]
    rows = [_row(result, one, notes, standards) for one in compared]
    return rows, [outcome.label for outcome in result.outcomes if outcome not in compared]


def _row(result: Result, outcome: Outcome, notes: ResultNotes, standards: Standards) -> dict[str, Any]:
    comparison = outcome.comparison
    return {
        "key": f"{result.protocol.id}:{outcome.name}",
        "origin": "own",
        "title": result.paper.title,
        "source": f"result of protocol {result.protocol.id} ({notes.file.name})",
        "dated": result.data.as_at,
        "design": f"{outcome.design.replace('_', '-')}: {outcome.estimator}",
        "maryland": notes.maryland if notes.maryland is not None else level_of(result, outcome, standards),
        "outcome": outcome.name,
        "outcome_label": outcome.label,
        "family": _family(outcome),
        "effect_kind": "difference",
        **picked(outcome, "primary unit ci_low ci_high"),
        "lower_is_better": outcome.lower_is_better is not False and outcome.name not in notes.higher_is_better,
        "effect": outcome.difference,
        "treated": outcome.treated.n,
        "comparison": comparison.n if comparison else None,
        "events_treated": outcome.treated.events,
        "events_comparison": comparison.events if comparison else None,
        "follow_up": outcome.window,
        "population": result.estimand.sentence,
        "place": None,
        "differs": notes.differs,
        "caveats": _caveats(result, outcome, notes, standards),
        "status": result.protocol.status,
        "sentence": outcome.sentence,
        "result_sha256": notes.sha256,
        "minimum_count": result.minimum_count,
    }


def _family(outcome: Outcome) -> str:
    if outcome.measure in FAMILY_OF_MEASURE:
        return FAMILY_OF_MEASURE[outcome.measure]
    words = f"{outcome.name} {outcome.label}".casefold()
    return "reoffending" if any(word in words for word in ("offend", "arrest", "convict")) else "other"


def _caveats(result: Result, outcome: Outcome, notes: ResultNotes, standards: Standards) -> str | None:
    said = [notes.caveats] if notes.caveats else []
    if outcome.guard is not None and not outcome.guard.met:
        said.append(outcome.guard.sentence)
    if result.scores and result.scores.failed:
        said.append(result.scores.sentence)
    elif result.not_comparable:
        said.append(result.not_comparable)
    if notes.maryland is not None and notes.maryland != level_of(result, outcome, standards):
        said.append(
            f"Level {notes.maryland} was set by hand; the design alone gives {level_of(result, outcome, standards)}."
        )
    return " ".join([*said, *result.warnings]) or None
