"""`whatworks board read` and `board check`: minutes and reports into the record, drafts before they go out."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from whatworks.board.doubts import Doubt, doubts, known_owners
from whatworks.board.parsed import ParsedPaper, Unplaced
from whatworks.board.partial import why_partial
from whatworks.board.read_back import ReadThing, read_back
from whatworks.board.reading import as_json, read_papers
from whatworks.board.register import Recorded, record
from whatworks.board.register.document import stored_documents
from whatworks.board.register.ledger import make_ready
from whatworks.board.register.office import body_asked, meetings_of
from whatworks.cli.answer import View, print_json
from whatworks.cli.board.opening import board_of
from whatworks.cli.options import printable, read_day
from whatworks.cli.progress import bars
from whatworks.cli.register import Desk, one_screen, say
from whatworks.records.documents import Document, read_document
from whatworks.records.documents.opening import ENDINGS
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.showing import history_lines
from whatworks.records.showing.counted import counted

Read = list[tuple[Document, ParsedPaper]]
SHOWN = 5


def read(
    files: list[Path], by: str, corrected: bool, on: str, everything: bool, partnership: Path | None, json: bool
) -> None:
    """Put papers into the register, or print what was read of them as JSON."""
    day = read_day(on, latest=date.today()) if on else date.today()
    papers, faults = _read_all(files)
    if json:
        if papers:
            answers = [as_json(parsed) for _, parsed in papers]
            print_json(answers[0] if len(answers) == 1 and len(files) == 1 and files[0].is_file() else answers)
        for _, parsed in papers:
            if parsed.partial:
                typer.echo(printable(f"{parsed.file}: {parsed.partial}"), err=True)
    else:
        brief = len(papers) > 1 and not everything
        read_lines = [line for _, parsed in papers for line in summary(parsed, brief=brief)]
        kept_lines, refused = _record(papers, by, day, partnership, corrected)
        for lines in (read_lines, kept_lines):
            for line in lines if everything else one_screen(lines):
                say(line)
        faults += refused
    if faults:
        raise Refused(faults)


def check(files: list[Path], folder: Path | None, on: date) -> View:
    """Return what a careful secretary would doubt, what could not be placed, and each thing beside its words."""
    papers = read_files(files)
    known = known_owners(_names(folder, on))
    answers, lines = [], []
    for document, parsed in papers:
        looked, things = doubts(parsed, document, known), read_back(parsed, [line.text for line in document.lines])
        found = f"{counted(len(looked), 'thing')} to look at" if looked else "no faults found"
        left, read = counted(len(parsed.unplaced), "line"), counted(len(things), "thing")
        lines.append(f"{document.name}: {found}, {left} not placed, {read} read")
        lines += [f"Partial: {parsed.partial}"] if parsed.partial else []
        for doubt in looked:
            lines += [
                f"{_where(doubt)}: {doubt.problem}; {doubt.remedy}",
                *([f"    “{doubt.text}”"] if doubt.text else []),
            ]
        lines += [f"{_where(left)}: not placed: “{left.text}”" for left in parsed.unplaced]
        lines += _read_lines(things)
        answers.append({"file": document.name, "partial": parsed.partial, "faults": looked, "unplaced": parsed.unplaced,
                        "read": things})  # fmt: skip
    return View(answers[0] if len(answers) == 1 else {"papers": answers}, lines)


def papers(desk: Desk, body: str | None = None) -> View:
    """Return the papers that were read, and which of them were replaced or withdrawn."""
    meetings = meetings_of(desk.connection, body_asked(desk.connection, body))
    held = [one for one in stored_documents(desk.connection, replaced=True) if one.event_id in meetings]
    rows = [
        {"id": one.id, "name": one.name, "kind": one.kind, "body": one.parsed.body, "dated": one.dated,
         "state": one.state, "partial": one.parsed.partial}
        for one in held
    ]  # fmt: skip
    lines = []
    for row in rows:
        state = "" if row["state"] == "stands" else f", {str(row['state']).upper()}"
        lines.append(f"{row['id']}  {row['dated']}  {row['kind']} of {row['body'] or 'a body not named'}{state}")
        lines.append(f"      {row['name']}{f'; partial: {one}' if (one := row['partial']) else ''}")
    return View(rows, lines, head=[f"{counted(len(rows), 'paper')} read."])


def paper(desk: Desk, name: str) -> View:
    """Return what was read from a paper of the register, each thing beside its words, and the paper's history."""
    held = [one for one in stored_documents(desk.connection, replaced=True) if name in (one.id, one.name)]
    if not held:
        raise Refused(Fault("is not a paper of the register", "see `whatworks board paper list`", value=name))
    one = held[-1]
    things = read_back(one.parsed, one.lines)
    history = desk.ledger.history(desk.connection, "document", int(one.id, 16))
    lines = [f"{one.id}  {one.name}, {one.dated}: {one.state}"]
    lines += [f"unresolved, line {each.lines[0]}: {each.text}, {each.reason}" for each in one.parsed.unresolved]
    lines += [f"not placed, line {each.lines[0]}: “{each.text}”" for each in one.parsed.unplaced]
    answer = {"id": one.id, "name": one.name, "state": one.state, "read": things, "unplaced": one.parsed.unplaced}
    return View({"row": answer, "history": history}, [*lines, *_read_lines(things), *history_lines(history)])


def _read_lines(things: Sequence[ReadThing]) -> list[str]:
    return [part for each in things for part in (f"{_where(each)}: {each.kind}: {each.says}", f"    “{each.words}”")]


def _names(folder: Path | None, on: date) -> list[str]:
    """Return the names that a register knows, where there is one."""
    try:
        with board_of(folder, on) as desk:
            return [row["printed"] for row in desk.ledger.rows(desk.connection, "name")]
    except Refused:
        if folder is not None:
            raise
        return []


def summary(parsed: ParsedPaper, *, brief: bool = False) -> list[str]:
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
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in ENDINGS)
        else:
            found.append(path)
    return found


def read_files(files: list[Path]) -> Read:
    """Return each meeting of each file, of folders those in them; the faults of all are refused together."""
    papers, faults = _read_all(files)
    if faults:
        raise Refused(faults)
    return papers


def _read_all(given: list[Path]) -> tuple["Read", list[Fault]]:
    """Return each meeting of each file that can be read, and why the others cannot."""
    papers: Read = []
    files = _files(given)
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
            for at, parsed in enumerate(meetings):
                own = _own(document, at, len(meetings))
                papers.append((own, replace(parsed, partial=why_partial(own, parsed))))
    return papers, faults


def _own(document: Document, at: int, meetings: int) -> Document:
    """Return the document of one meeting: of several in one file, each with a name and hash of its own."""
    if meetings == 1:
        return document
    sha256 = hashlib.sha256(f"{document.sha256} {at}".encode()).hexdigest()
    return replace(document, name=f"{document.name} ({at + 1} of {meetings})", sha256=sha256)


def _record(
    papers: Read, by: str, on: date, partnership: Path | None, corrected: bool
) -> tuple[list[str], list[Fault]]:
    """Put the papers into the register, and return what is to be told of each, and why some were left out."""
    faults: list[Fault] = []
    lines: list[str] = []
    if not papers:
        return lines, faults
    try:
        here = Partnership.open(partnership)
    except Refused:
        if partnership is not None:
            raise
        return ["No partnership is kept here, so the register was left alone: make one with `whatworks init`."], faults
    with here.open_store() as store:
        make_ready(store)
        for document, parsed in papers:
            try:
                done = record(store, parsed, document, on, by, replace=corrected)
            except Refused as refused:
                faults += refused.faults
                continue
            lines.append(f"{document.name}: {_recorded(done)}")
            lines += [f"    {change}" for change in done.changes]
            lines += [f"    named again, and not entered twice: {each}" for each in done.restated]
            lines += [f"    no promise is held of {each}" for each in done.unmatched]
            lines += [
                f"    {kept.table} {kept.id}, {kept.field}: {kept.kept} was entered and stands; this version has "
                f"{kept.printed}"
                for kept in done.manual_values
            ]
    return lines, faults


def _recorded(done: Recorded) -> str:
    if done.left is not None:
        return f"{done.left}; nothing was changed"
    said = f"in the register: {counted(sum(done.counts.values()), 'row')}"
    waiting = done.proposals + done.counts.get("proposal", 0)
    if waiting:
        said += f"; {counted(waiting, 'proposal')} for your word: see `whatworks board proposal list`"
    if done.replaced:
        said += f"; it takes the place of {done.replaced}, and {counted(len(done.changes), 'thing')} changed"
    return said


def _where(fault: Doubt | Unplaced | ReadThing) -> str:
    first, last = fault.lines
    return f"line {first}" if first == last else f"lines {first}-{last}"
