"""`whatworks board read` and `board check`: minutes and reports into the record, drafts before they go out."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import DAY
from whatworks.cli.options import FolderOption, JsonOption, printable, read_day
from whatworks.cli.progress import bars
from whatworks.cli.register import View
from whatworks.records.register.verb import Verb, VerbOption

if TYPE_CHECKING:
    from whatworks.board.parsed import ParsedPaper
    from whatworks.board.reading.draft import DraftFault
    from whatworks.records.documents import Document
    from whatworks.records.refusal import Fault

    Read = list[tuple[Document, ParsedPaper]]

SHOWN = 5
FilesArgument = Annotated[
    list[Path],
    typer.Argument(help="Minutes or reports: text, HTML, Word, PDF; or folders of them.", show_default=False),
]


def read(
    files: FilesArgument,
    by: Annotated[str, typer.Option("--by", help="Who puts the papers into the register.")] = "board read",
    corrected: Annotated[
        bool, typer.Option("--replace", help="They are corrected versions of minutes that are held already.")
    ] = False,
    on: Annotated[str, typer.Option("--on", help="The day of reading, as 2025-06-30; today if not given.")] = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Read papers into the register. With --json: print what was read and leave the register alone."""
    from whatworks.board.reading import as_json
    from whatworks.records.refusal import Refused

    day = read_day(on, latest=date.today()) if on else date.today()
    papers, faults = _read_all(_files(files))
    if json:
        if papers:
            answers = [as_json(parsed) for _, parsed in papers]
            print_json(answers[0] if len(answers) == 1 and len(files) == 1 and files[0].is_file() else answers)
        for _, parsed in papers:
            if parsed.partial:
                typer.echo(printable(f"{parsed.file}: {parsed.partial}"), err=True)
    else:
        for _, parsed in papers:
            for line in summary(parsed, brief=len(papers) > SHOWN):
                typer.echo(printable(line, 2_000))
        faults += _record(papers, by, day, partnership, corrected)
    if faults:
        raise Refused(faults)


def check(file: Path) -> View:
    """Return what a careful secretary would put right before a draft goes out."""
    from whatworks.board.reading import check_draft, read_papers
    from whatworks.records.documents import read_document

    document = read_document(file)
    faults = [fault for parsed in read_papers(document) for fault in check_draft(parsed, document)]
    many = f"{_counted(len(faults), 'thing')} to look at" if faults else "no faults found"
    lines = [f"  {_where(fault)}: {fault.problem}; {fault.remedy}" for fault in faults]
    return View({"file": document.name, "faults": faults}, [f"{document.name}: {many}", *lines])


def summary(parsed: "ParsedPaper", *, brief: bool = False) -> list[str]:
    """Return what was read from a paper, for one screen."""
    head = f"{parsed.file}: {parsed.body or 'body not named'}, {parsed.date or 'no date'} ({parsed.kind})"
    here = sum(person.present for person in parsed.people)
    counts = (
        (here, "person present", "people present"),
        (len(parsed.people) - here, "apology", "apologies"),
        (len(parsed.items), "item", "items"),
        (len(parsed.decisions), "decision", "decisions"),
        (len(parsed.actions), "action", "actions"),
        (len(parsed.deliverables), "deliverable", "deliverables"),
        (len(parsed.commitments), "promise in prose", "promises in prose"),
        (len(parsed.recommendations), "recommendation", "recommendations"),
        (len(parsed.risks), "risk", "risks"),
        (len(parsed.unplaced), "line unplaced", "lines unplaced"),
    )
    said = ", ".join(f"{many} {one if many == 1 else more}" for many, one, more in counts if many)
    lines = [head, f"  {said or 'nothing was found'}"]
    if parsed.partial:
        lines.append(f"  Partial: {parsed.partial}")
    if brief:
        return lines
    if parsed.weekday_ok is False:
        lines.append(f"  The printed weekday is wrong: {parsed.date} was a {parsed.date:%A}.")
    for action in parsed.actions[:12]:
        owner = ", ".join(action.owners) or "no owner stated"
        lines.append(
            f"  action, line {action.lines[0]}: {owner}; due {action.due_text or 'not stated'}: {action.text[:90]}"
        )
    for decision in parsed.decisions[:12]:
        under = f" ({decision.condition})" if decision.condition else ""
        lines.append(f"  decision, line {decision.lines[0]}: {decision.text[:110]}{under}")
    for one in parsed.unresolved:
        likely = f"; likely {one.likely[0]}" if one.likely else ""
        lines.append(f"  unresolved, line {one.lines[0]}: {one.text}, {one.reason}{likely}")
    for fault in parsed.table_faults:
        lines.append(f"  does not foot, line {fault.lines[0]}: {fault.row}: printed {fault.printed}, sum {fault.sum}")
    for left in parsed.unplaced[:SHOWN]:
        lines.append(f"  unplaced, line {left.lines[0]}: {left.text[:90]}")
    return lines


def _files(given: list[Path]) -> list[Path]:
    from whatworks.records.documents.opening import ENDINGS

    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in ENDINGS)
        else:
            found.append(path)
    return found


def _read_all(files: list[Path]) -> tuple["Read", list["Fault"]]:
    """Return each meeting of each file that can be read, and why the others cannot."""
    from whatworks.board.reading import read_papers
    from whatworks.records.documents import read_document
    from whatworks.records.refusal import Fault, Refused

    papers: Read = []
    faults: list[Fault] = [] if files else [Fault("holds no papers", "name files, or a folder that holds some")]
    with bars() as progress:
        for done, file in enumerate(files, start=1):
            try:
                document = read_document(file)
                meetings = read_papers(document)
            except Refused as refused:
                faults += refused.faults
                continue
            except Exception as fault:  # one file never stops a folder, whatever is wrong with it or with us
                problem = f"could not be read, for a fault of ours ({type(fault).__name__})"
                faults.append(Fault(problem, "report it with the file, if it may be shown", file.name))
                continue
            finally:
                if len(files) > 1:
                    progress("reading papers", done, len(files))
            if len(meetings) > 1:
                dates = ", ".join(str(meeting.date) for meeting in meetings)
                typer.echo(
                    printable(f"{file.name} holds {len(meetings)} meetings ({dates}): each is read by itself."),
                    err=True,
                )
            papers += [(_own(document, at, len(meetings)), parsed) for at, parsed in enumerate(meetings)]
    return papers, faults


def _own(document: "Document", at: int, meetings: int) -> "Document":
    """Return the document of one meeting: of several in one file, each with a name and hash of its own."""
    import hashlib

    if meetings == 1:
        return document
    sha256 = hashlib.sha256(f"{document.sha256} {at}".encode()).hexdigest()
    return replace(document, name=f"{document.name} ({at + 1} of {meetings})", sha256=sha256)


def _record(papers: "Read", by: str, on: date, partnership: Path | None, corrected: bool) -> list["Fault"]:
    """Put the papers into the register, and return why some were not; a folder that is no partnership's is said."""
    from whatworks.board.register import record
    from whatworks.board.register.ledger import make_ready
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.store import DuckDBStore

    faults: list[Fault] = []
    if not papers:
        return faults
    try:
        store_path = Partnership.open(partnership).store_path
    except Refused:
        if partnership is not None:
            raise
        typer.echo("No partnership is kept here, so the register was left alone: make one with `whatworks init`.")
        return faults
    with DuckDBStore(store_path) as store:
        make_ready(store)
        for document, parsed in papers:
            try:
                done = record(store, parsed, document, on, by, replace=corrected)
            except Refused as refused:
                faults += refused.faults
                continue
            typer.echo(printable(f"{document.name}: {_recorded(done.new, done.counts, done.proposals)}"))
            for kept in done.manual_values:
                what = f"{kept.table} {kept.id}, {kept.field}"
                typer.echo(printable(f"  {what}: {kept.kept} was entered and stands; this version has {kept.printed}"))
    return faults


def _recorded(new: bool, counts: dict[str, int], proposals: int) -> str:
    if not new:
        return "was in the register already; nothing was changed"
    merges = f"; {_counted(proposals, 'merge')} proposed: see `whatworks board person list`" if proposals else ""
    return f"in the register: {_counted(sum(counts.values()), 'row')}{merges}"


def _where(fault: "DraftFault") -> str:
    first, last = fault.lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _counted(many: int, what: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'}"


_DRAFT = VerbOption("file", "A draft of minutes or of a report.", Path, required=True, argument=True)
VERBS = (
    Verb(DAY, "check", "List what a careful secretary would put right before a draft goes out.", check, (_DRAFT,),
         signed=False, opens=False),
)  # fmt: skip
