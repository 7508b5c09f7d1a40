"""Make a partnership's folder from a folder of extracts: settings, mappings and plan, and what is to be told."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whatworks.records.founding.file_draft import FileDraft, draft_file, reason_of
from whatworks.records.founding.plan_text import merged_schemes, plan_text, settings_text
from whatworks.records.listing import listed
from whatworks.records.partnership import FOLDERS, SETTINGS_FILE, Partnership
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.suggesting import Beside, Undecided
from whatworks.records.writing.private_file import open_private, private_folder, write_private


@dataclass(frozen=True, slots=True)
class Told:
    """What only a person can tell, and where to write it."""

    file: str
    place: str
    question: str


@dataclass(frozen=True, slots=True)
class Founded:
    """The folder that was made: how each file is read, which could not be drafted and why, and what is to be told."""

    partnership: Partnership
    files: tuple[FileDraft, ...]
    mappings: tuple[str, ...]
    unread: dict[str, str]
    to_tell: tuple[Told, ...]


def found_partnership(
    directory: Path, extracts: Path, *, name: str, as_at: date, progress: Progress = silent
) -> Founded:
    """Draft a partnership in `directory` from the files in `extracts`, which are copied into it unless they lie there.

    One bad file never stops the others: it is listed with its reason. Raises `Refused`, having written nothing, where
    the folder is a partnership already, there are no files, or none of them could be drafted.
    """
    paths = _files(directory, extracts)
    files, unread = _drafts(paths, extracts, as_at, progress)
    if not files:
        faults = [
            Fault(f"was not drafted: {reason}", "see `whatworks mapping suggest`", file)
            for file, reason in unread.items()
        ]
        raise Refused(faults)
    for folder in FOLDERS:
        private_folder(directory / folder)
    for path in paths:
        _take_in(path, extracts, directory / "extracts")
    mappings = _mapping_names(files)
    for file, mapping in zip(files, mappings, strict=True):
        write_private(directory / "mappings" / mapping, file.text)
    write_private(directory / "mappings" / "import.toml", plan_text(files, mappings))
    write_private(directory / SETTINGS_FILE, settings_text(name, as_at, files))
    return Founded(Partnership.open(directory), files, mappings, unread, _to_tell(files, mappings))


def _files(directory: Path, extracts: Path) -> list[Path]:
    if not extracts.is_dir():
        raise Refused(Fault("is not a folder", "name the folder that holds the agencies' extracts", str(extracts)))
    if (directory / SETTINGS_FILE).exists():
        raise Refused(Fault("is a partnership already", "edit it, or name another folder", str(directory)))
    if directory.exists() and not directory.is_dir():
        raise Refused(Fault("is a file", "name a folder that is new or empty", str(directory)))
    paths = sorted(path for path in extracts.rglob("*") if path.is_file() and path.name[0] not in ".~")
    if not paths:
        raise Refused(Fault("holds no files", "put the agencies' extracts there", str(extracts)))
    return paths


def _drafts(
    paths: list[Path], extracts: Path, as_at: date, progress: Progress
) -> tuple[tuple[FileDraft, ...], dict[str, str]]:
    files, unread = [], {}
    for number, path in enumerate(paths):
        progress("files", number, len(paths))
        name = path.relative_to(extracts).as_posix()
        try:
            files.append(draft_file(path, name, as_at))
        except Exception as fault:  # a file that a reader's library chokes on is one bad file, and stops no other
            unread[name] = reason_of(fault)
    progress("files", len(paths), len(paths))
    return tuple(_beside_each_other(files, as_at)), unread


def _beside_each_other(files: list[FileDraft], as_at: date) -> Iterator[FileDraft]:
    """Yield the files, drafted again where others of their agency fill the same tables: who says most comes first."""
    for file in files:
        others = [one for one in files if one is not file and one.kind == file.kind and file.kind is not None]
        shared = frozenset(table for other in others for table in other.tables) & frozenset(file.tables)
        first = max((one for one in (*others, file)), key=lambda one: (one.of_people, one.name))
        beside = Beside(shared, late=first is not file)
        yield draft_file(file.path, file.name, as_at, beside) if shared else file


def _take_in(path: Path, extracts: Path, into: Path) -> None:
    """Copy a file for its owner's eyes, unless it lies where it belongs."""
    to = into / path.relative_to(extracts)
    if to.resolve() == path.resolve():
        return
    private_folder(to.parent)
    with path.open("rb") as held, open_private(to) as copy:
        shutil.copyfileobj(held, copy)


def _mapping_names(files: tuple[FileDraft, ...]) -> tuple[str, ...]:
    """Return a name for each file's mapping: the file's own, with its ending where two files differ in nothing else."""
    stems = [file.name.rsplit(".", 1)[0].replace("/", "_") for file in files]
    times = Counter(stem.casefold() for stem in stems)
    whole = [file.name.replace("/", "_").replace(".", "_") for file in files]
    chosen = [stem if times[stem.casefold()] == 1 else name for stem, name in zip(stems, whole, strict=True)]
    return tuple(f"{name}.toml" if name.casefold() != "import" else "import_file.toml" for name in chosen)


_NO_ADDRESS = (
    "no file was seen to say where people lived: if one does, add a [[table]] block for address with person_id, "
    'area_code and from_date (docs/records.md); else nobody can be compared by area, only with who = "anyone_else"'
)


def _no_scheme(files: tuple[FileDraft, ...]) -> str:
    """Return why no scheme was drafted, and what to do: names that stand in few rows are not repeated."""
    names = [file.name for file in files if "participation" in file.tables]
    if names:
        return (
            f"{listed(names)} says who took part, but no name of a scheme stands in ten rows or more: add a [[scheme]] "
            "block with the id that its rows write"
        )
    maybe = [one.candidates[0] for file in files for one in file.to_tell if one.table == "participation"]
    if maybe:
        return f"{listed(maybe)} may say who took part in what: see below, and add a [[scheme]] block"
    return "no file says who took part in what: add a [[scheme]] block"


def _question(asked: Undecided) -> str:
    """Return the question with the columns among which the answer may be, and whether the import waits for it."""
    among = f" (among {', '.join(asked.candidates)})" if asked.candidates else ""
    return f"{asked.question}{among}{'' if asked.needed else '; left out until you say'}"


def _to_tell(files: tuple[FileDraft, ...], mappings: tuple[str, ...]) -> tuple[Told, ...]:
    asked = []
    for file in files:
        if file.kind is None:
            asked.append(Told("mappings/import.toml", file.name, "which agency sent it? add it to whatworks.toml too"))
    kinds = list(dict.fromkeys(file.kind for file in files if file.kind))
    asked += [Told(SETTINGS_FILE, f"agency {kind}", "is it the sender, and what is its full name?") for kind in kinds]
    if not any(file.proves for file in files):
        asked.append(Told(SETTINGS_FILE, "conviction_record", "whose records prove reoffending?"))
    schemes = merged_schemes(files)
    asked += [
        Told(SETTINGS_FILE, f"scheme {one.id}", "its full name, first day, and where it works") for one in schemes
    ]
    if not schemes:
        asked.append(Told(SETTINGS_FILE, "scheme", _no_scheme(files)))
    for file, mapping in zip(files, mappings, strict=True):
        asked += [Told(f"mappings/{mapping}", f"{one.table}.{one.column}", _question(one)) for one in file.to_tell]
    if not any("address" in (*file.tables, *(one.table for one in file.to_tell)) for file in files):
        asked.append(Told("mappings/", "address", _NO_ADDRESS))
    return tuple(asked)
