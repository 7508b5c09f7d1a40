"""`whatworks protocol new`, `look` and `lock`: write a protocol, look at its design, and fix it beforehand."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.evaluation.evaluate import DataOption
from whatworks.cli.options import FolderOption, JsonOption

if TYPE_CHECKING:
    from whatworks.evaluation.result import ByArea


def lock(
    protocol: Annotated[Path, typer.Argument(help="The protocol, a TOML file.")],
    partnership: FolderOption = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Fix a protocol: its content's hash, the time, the data's hashes, and whether outcomes had been seen.

    Comments and line endings do not count. A protocol that is changed afterwards is exploratory. Where the scheme was
    given by area, the smallest p that its areas can give is printed.
    """
    from datetime import UTC, datetime

    from whatworks.cli.audit.noted import noted
    from whatworks.cli.place import asked_at, prepared
    from whatworks.evaluation.evaluate import areas_among
    from whatworks.evaluation.question.area_wording import as_by_area
    from whatworks.evaluation.question.lock import record_lock
    from whatworks.evaluation.recognition.participants import scheme_people
    from whatworks.evaluation.recognition.rows import FileRows
    from whatworks.evaluation.studied.flat.people import area_people, check_flat, columns_read
    from whatworks.evaluation.studied.provenance import read_sources, source_hashes
    from whatworks.evaluation.values.file import read_flat
    from whatworks.evaluation.whole import areas_beforehand, links_now
    from whatworks.papers.evaluation.sections.verdicts import status_words
    from whatworks.records.audit.file_book import FileBook
    from whatworks.records.audit.store_book import StoreBook

    asked, place = asked_at(protocol, partnership)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if asked.data.source == "partnership":
        with prepared(place.inside()) as store:
            hashes = source_hashes(read_sources(store))
            book = StoreBook(store)
            people = scheme_people(store, asked.scheme, book.key)
            links = links_now(store, asked, place.inside().config)
            with store.transaction():
                locks = record_lock(book, asked, now, hashes, people, by_scheme=True, links=links)
                noted(store, "locked", f"protocol {asked.folder}", more={"sha256": asked.sha256()})
            status = locks.status(asked, people)
            areas = _areas(lambda: areas_beforehand(store, asked, place.inside().config))
        notes = []
    else:
        file = read_flat(place.data(asked, protocol, data), asked.data, columns_read(asked))
        notes = [f"{file.name}: {note}." for note in file.notes]
        check_flat(asked, file)
        among = areas_among(asked, area_people(asked, file))
        areas = None if among is None else as_by_area(among)
        own = FileBook.of_user()
        rows = FileRows.of(file.texts, own.key)
        status = record_lock(own, asked, now, {file.name: file.sha256}, rows).status(asked, rows)
    for note in notes:
        typer.echo(f"Note: {note}", err=True)
    if json:
        print_json({"protocol": asked.folder, "sha256": asked.sha256(), "status": status, "locked_at": now,
                    "areas": areas and areas.model_dump()})  # fmt: skip
        return
    typer.echo(f"Locked {asked.folder} ({asked.sha256()[:12]}). Status: {status_words(status)}.")
    if areas is not None:
        typer.echo(areas.sentence)


def _areas(look: Callable[[], "ByArea | None"]) -> "ByArea | None":
    """Return what a scheme's areas can show; a lock stands also where the records do not hold its people yet."""
    from whatworks.records.refusal import Refused

    try:
        return look()
    except Refused as reason:
        typer.echo(f"Note: what its areas can show is not known yet: {reason}", err=True)
        return None
