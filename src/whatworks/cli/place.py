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
    from whatworks.records.store import DuckDBStore


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


def asked_at(path: Path, directory: Path | None) -> "tuple[Protocol, Place]":
    """Return a protocol whose names the registers know, and the place of its evaluation.

    One on a partnership's records is refused outside a partnership.
    """
    from whatworks.evaluation.question.protocol import load_protocol
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    asked = load_protocol(path)
    try:
        here = Partnership.open(directory)
        place = Place(here.root, here)
    except Refused:
        if directory is not None or asked.data.source == "partnership":
            raise
        place = Place(Path(), None)
    check_names(asked, path.name)
    return asked, place


def check_names(asked: "Protocol", file: str) -> None:
    """Refuse names of outcomes and placebos, and of a partnership's covariates and exclusions, that nothing answers to.

    Whether a flat file has the columns is for whoever reads it to say. `file` is named in the faults.
    """
    from whatworks.evaluation.question.placebo_register import all_specs
    from whatworks.evaluation.studied.partnership_sample import check_names as check_registered
    from whatworks.records.refusal import faults_of

    with faults_of(file):
        if asked.data.source == "partnership":
            check_registered(asked)
        else:
            all_specs(asked)


def _within(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def existing_store(here: "Partnership", *, read_only: bool = False, suppressed: bool = False) -> "DuckDBStore":
    """Open a partnership's store, for what is `suppressed` alone or all; refuse one that nothing was imported into."""
    from whatworks.records.refusal import Fault, Refused

    if not here.has_store:
        raise Refused(Fault("nothing was imported yet", "run `whatworks import` first", here.store_path.name))
    return here.open_store(read_only=read_only, suppressed=suppressed)


@contextmanager
def opened_store(folder: Path | None, *, suppressed: bool = False) -> "Iterator[tuple[Partnership, Engine]]":
    """Open the store of a partnership for reading, or refuse where nothing was imported yet."""
    from whatworks.records.partnership import Partnership

    here = Partnership.open(folder)
    with existing_store(here, read_only=True, suppressed=suppressed) as store:
        yield here, store


@contextmanager
def prepared(here: "Partnership") -> "Iterator[DuckDBStore]":
    """Yield a partnership's store, with what whatworks.toml declares brought up to date."""
    from datetime import date

    from whatworks.records.declaring.declared_rows import refresh_declared

    with existing_store(here) as store:
        refresh_declared(store, here, date.today())
        yield store
