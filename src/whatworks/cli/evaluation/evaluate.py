"""`whatworks evaluate`: answer a protocol's question, and write the paper that a board reads."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper

if TYPE_CHECKING:
    from whatworks.cli.place import Place
    from whatworks.evaluation.question.protocol import Protocol
    from whatworks.evaluation.result import Result
    from whatworks.evaluation.whom.people_told import PeopleTold
    from whatworks.papers.writing import Style

DataOption = Annotated[Path | None, typer.Option("--data", help="The flat file, instead of the one in the protocol.")]


@with_paper("out", "forms")
def evaluate(
    protocol: Annotated[Path, typer.Argument(help="The protocol, a TOML file (docs/protocol.md).")],
    partnership: FolderOption = None,
    data: DataOption = None,
    paper: PaperOptions = NO_PAPER,
    style: Annotated[
        str, typer.Option(help="board, or justice-data-lab: the same result in the form of the Data Lab's reports.")
    ] = "board",
    committee: Annotated[
        Path | None,
        typer.Option(help="The committee's headings and options; by default committee.toml where it stands."),
    ] = None,
    design_only: Annotated[
        bool, typer.Option("--design-only", help="Stop before outcomes are read, as `whatworks protocol look` does.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Evaluate a scheme by its protocol, and write the result and the paper.

    The result (results/ID/result.json) has eight digits and stays inside; the paper and its tables may leave, and stand
    in papers/ID unless --out names another folder.
    """
    from whatworks.cli.place import asked_at
    from whatworks.evaluation.result.digits import as_written
    from whatworks.evaluation.whole import write_result
    from whatworks.papers import check_style
    from whatworks.papers.writing import NAMES, stage_papers

    if design_only:
        from whatworks.cli.evaluation.look import look_at, tell

        tell([protocol.stem], [look_at(protocol, partnership, data, None)], json)
        return
    look = check_style(style)
    asked, place = asked_at(protocol, partnership)
    headings = _committee(committee, place)
    folder = paper.out or _folder(place.papers(asked), look)
    wanted = PaperOptions(folder, paper.forms).check().wanted()
    evaluated, told = _result(asked, place, protocol, data)
    result = as_written(evaluated.model_copy(update={"paper": evaluated.paper.model_copy(update=headings)}))
    papers = stage_papers(result, folder, forms=wanted, style=look, cost=_cost(result, place))
    try:
        _remember(result, told, place)
        write_result(result, place.result(asked))
    except BaseException:
        papers.drop()
        raise
    papers.swap_in()
    if json:
        _print_summary(result, look)
        return
    _tell(result)
    typer.echo(f"Result (restricted): {place.result(asked)}")
    for form in wanted:
        typer.echo(f"Paper: {folder / NAMES[form]}")


def _cost(result: "Result", place: "Place") -> str:
    """Return what the scheme cost, where a paper of its cost per outcome stands among the papers."""
    from whatworks.papers.evaluation.members.cost import cost_words
    from whatworks.papers.pack.folder import published

    return cost_words((one.figures for one in published(place.root / "papers")), result.paper.title)


def _committee(given: Path | None, place: "Place") -> dict[str, object]:
    """Return what the committee's file adds to the paper; nothing where there is none."""
    from whatworks.evaluation.question.committee import FILE, load_committee

    path = given or place.root / FILE
    if given is None and not path.is_file():
        return {}
    committee = load_committee(path)
    return {"headings": committee.printed(), "options": committee.options}


def evaluate_file(protocol: Path | str, data: Path | str | None = None, partnership: Path | None = None) -> "Result":
    """Return the result of a protocol, as `whatworks evaluate` does, without a paper.

    `protocol` is a TOML file, `data` the flat file instead of the one that it names, `partnership` the folder of the
    partnership where it is not the one around the protocol. The book remembers that outcomes were seen. The result is
    restricted: small counts are in it. Raises `Refused` as the command does.
    """
    from whatworks.cli.place import asked_at
    from whatworks.evaluation.result.digits import as_written

    path = Path(protocol)
    asked, place = asked_at(path, partnership)
    return as_written(_result(asked, place, path, None if data is None else Path(data))[0])


def _tell(result: "Result") -> None:
    """Print the answer and its notes as they may leave: what the paper withholds, the terminal withholds too."""
    from whatworks.papers import publish
    from whatworks.papers.evaluation.sections.verdicts import status_words, verdict_line

    release = publish(result)
    primary = release.primary()
    typer.echo(primary.sentence if primary and primary.sentence else verdict_line(release, primary))
    typer.echo(f"Protocol: {status_words(result.protocol.status)}.")
    unlike = [one.note for one in release.placebos if one.differs]
    for warning in (*release.warnings, *unlike):
        typer.echo(f"Note: {warning}", err=True)


def _result(asked: "Protocol", place: "Place", protocol: Path, data: Path | None) -> "tuple[Result, PeopleTold]":
    from datetime import date

    from whatworks.cli.audit.noted import noted
    from whatworks.cli.place import prepared
    from whatworks.cli.progress import bars
    from whatworks.evaluation.question.lock import read_locks, record_outcomes_seen
    from whatworks.evaluation.recognition.rows import FileRows
    from whatworks.evaluation.studied.flat.people import columns_read
    from whatworks.evaluation.values.file import read_flat
    from whatworks.evaluation.whole import evaluate_flat, evaluate_partnership
    from whatworks.evaluation.whom.people_told import PeopleTold
    from whatworks.records.audit.file_book import FileBook
    from whatworks.records.audit.store_book import StoreBook

    command = place.command(protocol, data)
    if asked.data.source == "partnership":
        config = place.inside().config
        with prepared(place.inside()) as store, bars() as progress:
            told = PeopleTold(StoreBook(store))
            result = evaluate_partnership(
                store, asked, config, command=command, computed_on=date.today(), progress=progress, told=told
            )
            noted(store, "evaluated", f"protocol {asked.folder}", more={"sha256": asked.sha256()})
        return result, told
    book = FileBook.of_user()
    locks = read_locks(book)
    file = read_flat(place.data(asked, protocol, data), asked.data, columns_read(asked))
    for note in file.notes:
        typer.echo(f"Note: {file.name}: {note}.", err=True)
    people, told = FileRows.of(file.texts, locks.key), PeopleTold(book)
    result = evaluate_flat(asked, file, locks, people, command=command, minimum_count=place.minimum_count, told=told)
    record_outcomes_seen(book, asked, date.today(), people)
    return result, told


def _remember(result: "Result", told: "PeopleTold", place: "Place") -> None:
    """Keep in the book what the paper tells of whom, before it stands anywhere: no paper that is read is unremembered.

    Remembered and not written after all, by a kill or a full disk, it withholds from other papers what it need not.
    """
    from datetime import date

    from whatworks.cli.place import existing_store
    from whatworks.papers.disclosure.audit import published_ranges
    from whatworks.records.audit.store_book import StoreBook

    sizes = {name: len(one.keys) for name, one in told.sets.items()}
    ranges, at = published_ranges(result, sizes), date.today().isoformat()
    if not isinstance(told.book, StoreBook):
        told.remember(ranges, at)
        return
    with existing_store(place.inside()) as store:
        told.book = StoreBook(store)
        told.remember(ranges, at)


def _folder(folder: Path, style: str) -> Path:
    """Return the paper's own folder; another style goes beside the board's paper, never over it."""
    return folder if style == "board" else folder.with_name(f"{folder.name}-{style}")


def _print_summary(result: "Result", style: "Style") -> None:
    from tempfile import TemporaryDirectory

    from whatworks.papers import write_papers

    with TemporaryDirectory() as folder:
        (written,) = write_papers(result, Path(folder), forms=["json"], style=style)
        typer.echo(written.read_text(encoding="utf-8"), nl=False)
