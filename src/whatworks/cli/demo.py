"""`whatworks demo`: the main job from end to end on a made-up partnership, with the truth beside the estimate."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.board.contradictions import Contradiction
    from whatworks.evaluation.result import Outcome, Result
    from whatworks.linkage import LinkageReport
    from whatworks.records.partnership import Partnership
    from whatworks.records.progress import Progress

PROTOCOL = "protocols/resettlement.toml"
PLANTED = frozenset({"weekday", "lost_promise", "growth", "absent_lead", "bare_rates", "sums", "scope", "spelling"})
"""What is planted in the made-up minutes; a sound record yields nothing."""


def demo(
    directory: Annotated[
        Path, typer.Argument(help="Folder to make; one that only an earlier demo filled is made anew.")
    ],
    people: Annotated[int, typer.Option(help="People known to the made-up agencies.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same partnership.")] = 1,
    web: Annotated[bool, typer.Option("--web", help="Open its pages on this machine when it is made.")] = False,
    json: JsonOption = False,
) -> None:
    """Make up a partnership, say who is who, evaluate its scheme, and print the truth; read a board's minutes too."""
    from whatworks.cli.journeys.shown import journey_lines, write_journeys
    from whatworks.cli.pack import written as write_board_pack
    from whatworks.cli.places.shown import displacement_lines, write_displacement
    from whatworks.cli.progress import bars
    from whatworks.papers import write_papers
    from whatworks.records.partnership import Partnership
    from whatworks.records.writing.made_folder import made_anew
    from whatworks.simulation import SimulationSettings, simulate
    from whatworks.simulation.society.identity_settings import IdentitySettings

    settings = SimulationSettings(identity=IdentitySettings.realistic())
    with made_anew(directory) as root, bars() as progress:
        _say("1 of 8: making up a partnership and its agencies' extracts")
        simulate(root, people=people, seed=seed, settings=settings, progress=progress)
        partnership = Partnership.open(root)
        result, rows, linked = _evaluated(partnership, progress)
        _say("5 of 8: writing the paper")
        progress("paper", 0, 1)
        written = write_papers(result, partnership.papers / "resettlement")
        progress("paper", 1, 1)
        _say("6 of 8: reading a made-up board's minutes, in four layouts, for what they say in two ways")
        clashes, papers = _contradictions(partnership, seed)
        _say("7 of 8: asking where cases wait, and where they are dropped")
        journeys = write_journeys(partnership)
        _say("8 of 8: asking whether thefts were solved where the police acted, or only moved")
        places = write_displacement(partnership)
        index = directory / write_board_pack(partnership)[0].relative_to(root)
        first = directory / written[0].relative_to(root)
    primary = next(outcome for outcome in result.outcomes if outcome.primary)
    truth, links = _truth(directory, primary.name), _links(directory, linked)
    if json:
        print_json({"pack": str(index), "paper": str(first), "rows": rows, "links": links,
                    "estimate": _figures(primary), "truth": truth,
                    "contradictions": clashes, "journeys": journeys, "places": places})  # fmt: skip
        return
    _tell(primary, truth, rows, links, first, index)
    typer.echo("\nIn the made-up courts and at the prison gate (papers/journeys/):")
    for line in journey_lines(journeys):
        typer.echo(line)
    typer.echo("\nIn the made-up wards (papers/displacement/):")
    for line in displacement_lines(places):
        typer.echo(line)
    from whatworks.cli.board.contradictions import contradiction_lines, contradiction_sum
    from whatworks.cli.register import say

    typer.echo("\nIn the minutes of a made-up board, in which all of this was planted:")
    for line in (*contradiction_lines(clashes), contradiction_sum(clashes, papers)):
        say(line)
    if web:
        from whatworks.cli.board.reading import read
        from whatworks.cli.web import serve_pages

        with redirect_stdout(StringIO()):  # what the papers give the register stands on the pages
            read([directory / "board-papers"], "The demo", False, "", False, directory, False)
        serve_pages(directory)


def _contradictions(partnership: "Partnership", seed: int) -> tuple[tuple["Contradiction", ...], int]:
    """Write a made-up board's papers with contradictions in them, read them, and return what is found in how many."""
    from whatworks.board.contradictions import contradictions
    from whatworks.board.reading import read_paper
    from whatworks.papers import write_paper
    from whatworks.papers.board.contradiction_report import contradiction_paper
    from whatworks.records.documents import read_document
    from whatworks.simulation.minutes.minutes import write_made_up_record

    files = write_made_up_record(partnership.root / "board-papers", seed, PLANTED)
    documents = [read_document(path) for path in files]
    found = contradictions([(one, read_paper(one)) for one in documents])
    config, names = partnership.config, [path.name for path in files]
    paper, figures = contradiction_paper(found, names, as_at=config.as_at, prepared_for=config.name)
    write_paper(paper, partnership.papers / "contradictions", figures)
    return found, len(files)


def _evaluated(partnership: "Partnership", progress: "Progress") -> tuple["Result", dict[str, int], "LinkageReport"]:
    """Import the extracts, join records, lock the protocol and evaluate it.

    Return the result, what became of the rows, and how records were joined.
    """
    from datetime import UTC, datetime

    from whatworks.cli.audit.noted import noted
    from whatworks.evaluation.question.lock import record_lock
    from whatworks.evaluation.question.protocol import load_protocol
    from whatworks.evaluation.recognition.participants import scheme_people
    from whatworks.evaluation.studied.provenance import read_sources, source_hashes
    from whatworks.evaluation.whole import evaluate_partnership, links_now, write_result
    from whatworks.linkage import train_and_link
    from whatworks.records.audit.store_book import StoreBook
    from whatworks.records.imports.folder import import_folder

    now = datetime.now(UTC)
    protocol = load_protocol(partnership.root / PROTOCOL)
    with partnership.open_store() as store:
        _say("2 of 8: importing the extracts")
        import_folder(store, partnership, received_on=now.date(), progress=progress, at=now)
        _say("3 of 8: learning from the records who is who, and joining them")
        linked = train_and_link(store, partnership.config.linkage, now.date())
        sources = read_sources(store)
        book = StoreBook(store)
        people = scheme_people(store, protocol.scheme, book.key)
        at = now.isoformat(timespec="seconds")
        links = links_now(store, protocol, partnership.config)
        record_lock(book, protocol, at, source_hashes(sources), people, by_scheme=True, links=links)
        noted(store, "locked", f"protocol {protocol.folder}", more={"sha256": protocol.sha256()})
        _say("4 of 8: measuring and evaluating by the locked protocol")
        result = evaluate_partnership(
            store,
            protocol,
            partnership.config,
            command=f"whatworks evaluate {PROTOCOL}",
            computed_on=now.date(),
            progress=progress,
        )
        noted(store, "evaluated", f"protocol {protocol.folder}", more={"sha256": protocol.sha256()})
    result = write_result(result, partnership.results / "resettlement" / "result.json")
    kept, aside = sum(one.rows_kept for one in sources), sum(one.rows_quarantined for one in sources)
    return result, {"kept": kept, "quarantined": aside}, linked


def _links(directory: Path, linked: "LinkageReport") -> dict[str, Any]:
    """Return how many people the records were joined to, and how right that is, which only a made-up partnership tells.

    `precision` is the share of joined pairs of records that are one person, `recall` the share of one person's pairs
    that are joined.
    """
    import polars as pl

    from whatworks.records.partnership import Partnership
    from whatworks.simulation.truth.files import IDENTITIES_FILE
    from whatworks.simulation.truth.linkage_score import score_linkage

    truth = pl.read_parquet(directory / IDENTITIES_FILE)
    with Partnership.open(directory).open_store(read_only=True) as store:
        identity = store.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
    score = score_linkage(identity, truth)
    known = truth.join(identity, on=["organisation_id", "person_id"], how="semi")
    return {"records": identity.height, "people": linked.people, "true_people": known["person"].n_unique(),
            "precision": score.precision, "recall": score.recall}  # fmt: skip


def _truth(directory: Path, outcome: str) -> dict[str, Any]:
    """Return the true average effect on all participants, which only a made-up partnership can tell."""
    from json import loads

    effects = loads((directory / "truth.json").read_text(encoding="utf-8"))["true_effects"]["all_participants"]
    return dict(effects[outcome])


def _figures(outcome: "Outcome") -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in ("name", "difference", "ci_low", "ci_high", "verdict")}


def _tell(
    outcome: "Outcome", truth: dict[str, Any], rows: dict[str, int], links: dict[str, Any], paper: Path, index: Path
) -> None:
    """Print where the paper lies and, beside its estimate, the truth; no number here has more than one decimal."""
    difference, low, high = outcome.difference, outcome.ci_low, outcome.ci_high
    typer.echo(f"\n{rows['kept']:,} rows kept, {rows['quarantined']:,} set aside with their faults.")
    typer.echo(
        f"{links['records']:,} records were joined to {links['people']:,} people; in truth they are of "
        f"{links['true_people']:,}.\nOf the pairs joined {_percent(links['precision'])} are one person; "
        f"of one person's pairs {_percent(links['recall'])} are joined."
    )
    typer.echo(f"\n{outcome.label}, difference in percentage points:")
    if difference is None or low is None or high is None:
        typer.echo(f"  the paper says  no estimate ({outcome.reason_no_verdict})")
    else:
        typer.echo(
            f"  the paper says  {100 * difference:+.1f} ({100 * low:+.1f} to {100 * high:+.1f}), {outcome.verdict}"
        )
    typer.echo(f"  the truth is    {100 * truth['effect']:+.1f}, over all {truth['people']:,} who took part")
    typer.echo(f"\nOpen first, the board's ten questions: {index}")
    typer.echo(f"Read the paper: {paper}")


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f}%"


def _say(step: str) -> None:
    typer.echo(step, err=True)
