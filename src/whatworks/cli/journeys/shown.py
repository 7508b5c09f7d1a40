"""What the demo shows of journeys: where cases wait and are dropped, what trials did, each with the truth beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.partnership import Partnership


def write_journeys(partnership: "Partnership") -> dict[str, Any]:
    """Answer from the store, write the papers into `papers/journeys/`, and return what was found."""
    from json import loads

    from whatworks.cli.answering import Asked
    from whatworks.cli.journeys.group import lost, time, trials
    from whatworks.cli.place import opened_store
    from whatworks.cli.told import cleared

    truth = loads((partnership.root / "truth.json").read_text("utf-8"))["journeys"]
    changed = truth["trials"]["practice_changed_on"]
    with opened_store(partnership.root) as (here, store):
        asked = Asked(here, store)
        makers = (
            ("courts", time(asked, "magistrates"), "time magistrates"),
            ("gate", lost(asked, "through_the_gate"), "lost through_the_gate"),
            ("trials", trials(asked, change=changed), f"trials --change {changed}"),
        )
    answers = {name: cleared(make, partnership, f"journeys {words}") for name, make, words in makers}
    for name, answer in answers.items():
        _write(answer, partnership.papers / "journeys" / name, partnership)
    courts, gate, listed = (answer.restricted for answer in answers.values())
    return {
        "bottleneck": courts["bottleneck"],
        "drops_more": gate["hand_offs"][0]["above_the_others"],
        "listing_changed": listed["change"]["by_listing"],
        "smallest_change": listed["change"]["smallest"][0],
        "truth": truth,
    }


def _write(answer: "Answer", folder: Path, partnership: "Partnership") -> None:
    from whatworks.papers import write_paper

    write_paper(answer.paper(answer.as_at or partnership.config.as_at), folder, answer.summary(), forms=("html",))


def journey_lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield what was found, the truth beside it."""
    truth, dropped = found["truth"], found["truth"]["through_the_gate"]["dropped"]
    planted = [name for name, share in dropped.items() if share == max(dropped.values())]
    yield f"  courts' bottleneck: {found['bottleneck'] or 'none'}; planted: {truth['magistrates']['bottleneck']}"
    yield f"  drops people at the gate: {', '.join(found['drops_more']) or 'nobody'}; planted: {', '.join(planted)}"
    told = (
        "listing changed, not trials"
        if found["listing_changed"]
        else f"no change of listing is sure (one of {100 * found['smallest_change']:.1f} points would be found)"
    )
    yield f"  ineffective trials: {told}; planted: listing changed on {truth['trials']['practice_changed_on']}"
