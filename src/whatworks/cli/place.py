"""Find where an evaluation's data, result and paper lie: the partnership's folder, or for a flat file this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatworks.evaluation.question.protocol import Protocol
    from whatworks.records.engine import Engine
    from whatworks.records.partnership import Partnership


@dataclass(frozen=True, slots=True)
class Place:
    """The folder that holds `results/` and `papers/`; `partnership` is None outside one."""

    root: Path
    partnership: "Partnership | None"

    @property
    def minimum_count(self) -> int:
        """Counts below this are suppressed in papers."""
        return self.partnership.config.settings.minimum_count if self.partnership else 10

    def inside(self) -> "Partnership":
        """Return the partnership, or refuse outside one."""
        from whatworks.records.refusal import Refused

        if self.partnership is None:
            raise Refused("this folder is not a partnership", "name one with --partnership DIR")
        return self.partnership

    def store(self) -> Path:
        """Return the store, or refuse where nothing was imported yet."""
        from whatworks.records.refusal import Fault, Refused

        path = self.inside().store_path
        if not path.is_file():
            raise Refused(Fault("nothing was imported yet", "run `whatworks import` first", path.name))
        return path

    def result(self, protocol: "Protocol") -> Path:
        """Return where the unrounded result is kept."""
        return self.root / "results" / protocol.folder / "result.json"

    def papers(self, protocol: "Protocol") -> Path:
        """Return where the paper goes."""
        return self.root / "papers" / protocol.folder

    def data(self, asked: "Protocol", protocol: Path, data: Path | None) -> Path:
        """Return the flat file: the one named in the command, else the protocol's, from the protocol's folder."""
        from whatworks.records.refusal import Fault, Refused

        if data is not None:
            return data
        if asked.data.file is None:
            raise Refused(Fault("is not named", "name it with --data FILE, or in the protocol", field="data.file"))
        return protocol.parent / asked.data.file

    def command(self, protocol: Path, data: Path | None) -> str:
        """Return the command that makes the paper again, without any folder above this one."""
        words = ["whatworks evaluate", _within(protocol, self.root)]
        return " ".join([*words, "--data", _within(data, self.root)] if data is not None else words)


def find_place(protocol: "Protocol", directory: Path | None) -> Place:
    """Return the place of an evaluation; a protocol on a partnership's records is refused outside a partnership."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    if directory is not None:
        here = Partnership.open(directory)
        return Place(here.root, here)
    try:
        here = Partnership.open(None)
    except Refused:
        if protocol.data.source == "partnership":
            raise
        return Place(Path(), None)
    return Place(here.root, here)


def _within(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


@contextmanager
def opened_store(folder: Path | None) -> "Iterator[tuple[Partnership, Engine]]":
    """Open the store of a partnership for reading, or refuse where nothing was imported yet."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.store import DuckDBStore

    here = Partnership.open(folder)
    with DuckDBStore(Place(here.root, here).store(), read_only=True) as store:
        yield here, store
