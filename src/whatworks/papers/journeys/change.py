"""Which stage made a journey longer or shorter: its sentence, its table, its figures."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from whatworks.journeys.stage_change import JourneyChange, StageChange
from whatworks.papers.answer import Rows, TableColumn
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS
from whatworks.papers.journeys.words import days, per_cent

CAUSE = "A change is not a cause: whether a scheme made it, `whatworks evaluate` asks with a comparison."


def _shown(change: JourneyChange | None) -> bool:
    return change is not None and min(change.cases) >= FEWEST_FOR_DAYS


def change_sentences(change: JourneyChange | None) -> Iterator[str]:
    """Yield which stage changed most, where each side has thirty cases."""
    if change is None:
        return
    if not _shown(change):
        yield f"Fewer than {FEWEST_FOR_DAYS} cases were opened before {change.on} or from then on: too few for days."
        return
    total, most = change.total, max(change.stages, key=lambda one: abs(one.change))
    way = "longer" if total.change > 0 else "shorter"
    low, high = change.interval
    sure = (
        f"The 95% interval of the whole change is {low:+.1f} to {high:+.1f} days"
        + (", so that there may be none: " if low <= 0 <= high else "; ")
        + f"one of {days(change.smallest, 1)} days would be found four times in five."
        if change.se
        else "How sure that is cannot be said: no case ended before that day."
    )
    yield (
        f"Cases opened from {change.on} on are expected to take {days(abs(total.change), 1)} days {way} than those "
        f"before, up to day {days(change.tau)}; {most.name} changed most, by {most.change:+.1f}. {sure} {CAUSE}"
    )


def change_tables(change: JourneyChange | None) -> tuple[Rows[StageChange], ...]:
    """Return the table of expected days on each side; none where a side has fewer than thirty cases."""
    if change is None or not _shown(change):
        return ()
    kept = change

    def share(one: StageChange) -> str:
        return per_cent(kept.share(one))

    return (
        Rows(
            name="Change",
            title=f"Expected days before {change.on} and from then on, up to day {days(change.tau)}",
            rows=(*change.stages, change.total),
            columns=(
                TableColumn("Stage", lambda one: one.name, width=2.4),
                TableColumn("Before", lambda one: days(one.before, 1), numeric=True),
                TableColumn("From then on", lambda one: days(one.after, 1), numeric=True),
                TableColumn("Change", lambda one: f"{one.change:+.1f}", numeric=True),
                TableColumn("Share of the change", share, numeric=True),
            ),
        ),
    )


def change_figures(change: JourneyChange | None) -> dict[str, Any] | None:
    """Return every figure, unrounded."""
    if change is None:
        return None
    stages = [
        asdict(one) | {"change": one.change, "share": change.share(one)} for one in (*change.stages, change.total)
    ]
    spread = {"se": change.se, "interval": change.interval, "smallest": change.smallest}
    return {"on": change.on, "tau": change.tau, "cases": change.cases, **spread, "stages": stages}
