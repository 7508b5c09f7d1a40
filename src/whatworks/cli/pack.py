"""`whatworks pack`: one folder with an index of the board's ten questions, and the papers behind the answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership


def pack(
    partnership: FolderOption = None,
    out: Annotated[Path | None, typer.Option(help="Where the pack goes; by default the folder pack.")] = None,
    json: JsonOption = False,
) -> None:
    """Write the board pack: ten questions, each answered from the papers that stand, or what it would need.

    Answers are drawn from papers/ alone, as they were published, and from how many people several agencies know.
    """
    from whatworks.records.partnership import Partnership

    index, answered = written(Partnership.open(partnership), out)
    if json:
        print_json({"pack": str(index), "answered": answered})
        return
    typer.echo(f"{answered} of the board's ten questions have an answer.\nOpen {index}")


def written(here: "Partnership", out: Path | None = None) -> tuple[Path, int]:
    """Write a partnership's pack; return its index page and how many questions it answers."""
    from whatworks.papers.pack import PackSource, write_pack
    from whatworks.papers.pack.folder import published

    least = here.config.settings.minimum_count
    source = PackSource(published(here.papers), _lists(here, least), least)
    return write_pack(source, here.papers, out or here.root / "pack", name=here.config.name, as_at=here.config.as_at)


def _lists(here: "Partnership", least: int) -> tuple[int, int] | None:
    """Return in tens how many people are linked, and how many of them several agencies know; None of a handful."""
    from whatworks.linkage.report import known_to_several

    if not here.has_store:
        return None
    with here.open_store(read_only=True) as store:
        people, several = known_to_several(store)
    if min(several, people - several) < least:
        return None
    return round(people, -1), round(several, -1)
