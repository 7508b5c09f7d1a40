"""What the demo shows of journeys: where cases wait and are dropped, what trials did, each with the truth beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling
    from whatworks.records.partnership import Partnership


def write_journeys(partnership: "Partnership") -> dict[str, Any]:
    """Answer from the store, write the papers into `papers/journeys/`, and return what was found."""
    from datetime import date
    from json import loads

    from whatworks.cli.told import cleared
    from whatworks.journeys import hand_off_results, journey_time, load_kind, read_cases, trials, watched
    from whatworks.papers.journeys.lost import lost_answer
    from whatworks.papers.journeys.time import time_answer
    from whatworks.papers.journeys.told import name_stages
    from whatworks.papers.journeys.trials import trials_answer
    from whatworks.records.store import DuckDBStore

    truth = loads((partnership.root / "truth.json").read_text("utf-8"))["journeys"]
    changed = date.fromisoformat(truth["trials"]["practice_changed_on"])
    minimum = partnership.config.settings.minimum_count
    with DuckDBStore(partnership.store_path, read_only=True) as store:
        courts, gate = (read_cases(store, load_kind(kind)) for kind in ("magistrates", "through_the_gate"))
        report = trials(store, change=changed)
    time, results = journey_time(courts), hand_off_results(gate)

    def of_courts(told: "Telling") -> "Answer":
        name_stages(told, courts, courts, time, minimum)
        return time_answer(time, minimum, None, told)

    for name, make, words in (
        ("courts", of_courts, "time magistrates"),
        ("gate", lambda told: lost_answer(gate, results, watched(gate), minimum, told), "lost through_the_gate"),
        ("trials", lambda told: trials_answer(report, "quarter", minimum, told), f"trials --change {changed}"),
    ):
        _write(cleared(make, partnership, f"journeys {words}"), partnership.papers / "journeys" / name, partnership)
    return {
        "bottleneck": time.bottleneck and time.bottleneck.stage.id,
        "drops_more": [one.provider for one in results[0].standing_out],
        "listing_changed": report.change and report.change.by_listing,
        "smallest_change": report.change and report.change.smallest[0],
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
