"""`whatworks board contradictions`, `whatworks board meeting challenge` ...: papers set against each other."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from whatworks.board.bodies import EnteredBody, body_map
from whatworks.board.bodies.entered import entered_bodies
from whatworks.board.challenge import challenge as challenged
from whatworks.board.contradictions import Contradiction, differing
from whatworks.board.contradictions import contradictions as find
from whatworks.board.contradictions.record import CLAIM
from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.document import as_papers, stored_documents
from whatworks.board.register.names import normal
from whatworks.board.register.office import body_asked, meetings_of
from whatworks.board.watched import read_watched
from whatworks.cli.answer import View
from whatworks.cli.board.opening import board_of, settings_of
from whatworks.cli.board.reading import read_files
from whatworks.money.plain import plain
from whatworks.papers.board.body_map import body_figures, body_paper
from whatworks.papers.board.challenge_pack import challenge_paper, watched_row
from whatworks.papers.board.contradiction_report import contradiction_paper
from whatworks.papers.board.minutes_template import after_meeting, blank_minutes, write_minutes_template
from whatworks.records.documents import Document
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.counted import counted


def contradictions(
    folder: Path | None, on: date, files: list[Path] | None = None, prepared_for: str = "", body: str | None = None
) -> View:
    """Return what the record says in two ways that cannot both stand, with both sources by file and line."""
    papers, _ = _record(files, folder, on, body)
    clashes = find(papers)
    names, asked = _names(papers), prepared_for or body or _body(papers)
    return View(
        clashes,
        contradiction_lines(clashes),
        lambda: contradiction_paper(clashes, names, as_at=on, prepared_for=asked),
        head=[contradiction_sum(clashes, len(papers))],
    )


def contradiction_sum(clashes: Sequence[Contradiction], papers: int) -> str:
    """Return how many findings there are, in a sentence."""
    differ = differing(clashes)
    claims = len(clashes) - len(differ)
    told = f" {counted(claims, 'claim')} to test." if claims else ""
    return f"{counted(len(differ), 'contradiction')} in {counted(papers, 'paper')}.{told}"


def contradiction_lines(clashes: Sequence[Contradiction]) -> list[str]:
    """Return the findings for a screen: what differs, then each source with its place."""
    lines = []
    for each in clashes:
        lines.append(f"{each.kind}: {each.title}")
        lines += [f"    {quote.place}: {quote.text}" for quote in each.quotes]
        lines += [f"    against it: {each.against}"] if each.against else []
        lines += [f"    {each.question}"] if each.kind == CLAIM else []
    return lines


def bodies(
    folder: Path | None, on: date, files: list[Path] | None = None, prepared_for: str = "", body: str | None = None
) -> View:
    """Return every board and group by year, what overlaps, and what could be merged or closed."""
    papers, entered = _record(files, folder, on, body)
    drawn = body_map(papers, entered)
    lines = []
    for each in drawn.bodies:
        above = f", reports to {each.reports_to}" if each.reports_to else ""
        test = "; NO FINISH TEST" if each.lacks_finish_test else ""
        years = f"{each.first_named.year} to {each.last_named.year}"
        lines.append(f"{years}  {each.name} ({each.kind}, {each.standing}{above}){test}")
    lines += [f"{y.year}: {len(y.named)} named, {len(y.standing)} so far if none closed" for y in drawn.years]
    for candidate in drawn.candidates:
        lines.append(f"{candidate.what} {' and '.join(candidate.bodies)}? {candidate.reason}")
        lines.append(f"    would be lost: {'; '.join(candidate.lost)}")
    lines += [f"Left out, since it has no date: {name}" for name in drawn.undated]
    head = f"No end is recorded for {drawn.end_unknown} of {len(drawn.bodies)} bodies."
    asked = prepared_for or body or _body(papers)
    return View(body_figures(drawn), lines, lambda: body_paper(drawn, as_at=on, prepared_for=asked), head=[head])


def challenge(
    folder: Path | None,
    on: date,
    item: str,
    files: list[Path] | None = None,
    prepared_for: str = "",
    body: str | None = None,
    watch: Path | None = None,
) -> View:
    """Return, for an item, what was promised, what differs, which figures lack a base, and what to ask."""
    watched = read_watched(watch) if watch else ()
    papers, _ = _record(files, folder, on, body)
    pack = challenged(papers, item, as_at=on, watched=watched)
    minimum, _ = settings_of(folder)
    lines = [
        f"{heading}: {each.quote.place}: {each.text}"
        for heading, quoted in (("Promised", pack.promises), ("Figures without a base", pack.figures))
        for each in quoted
    ]
    lines += [f"Differs: {clash.title}" for clash in differing(pack.contradictions)]
    lines += [f"Ask {at}: {question.text} ({question.to})" for at, question in enumerate(pack.questions, 1)]
    for name, now, base, period, expected, verdict in (watched_row(one, minimum) for one in pack.watched):
        lines.append(f"Watched: {name}: {now}, of {base}, {period}; expected {expected}: {verdict}")
    asked = prepared_for or body or _body(papers)
    answer = {"disclosure": "restricted", **plain(pack)} if watched else plain(pack)
    return View(answer, lines, lambda: challenge_paper(pack, as_at=on, prepared_for=asked, minimum=minimum))


def minutes_template(to: Path, after: Path | None = None, body: str = "") -> View:
    """Write minutes to fill in as a Word file that `whatworks board read` reads back without loss."""
    if to.suffix.lower() != ".docx":
        raise Refused(Fault("is not a Word file", "let its name end in .docx", field="out", value=to.name))
    content = after_meeting(read_files([after])[0][1]) if after is not None else blank_minutes(body)
    write_minutes_template(content, to)
    return View({"file": str(to)}, [str(to)])


def _record(
    files: list[Path] | None, folder: Path | None, on: date, body: str | None
) -> tuple[list[tuple[Document, ParsedPaper]], tuple[EnteredBody, ...]]:
    """Return the papers that are named, or those of the register with what was entered of bodies: all, or a body's."""
    if files:
        wanted = normal(body or "")
        return [each for each in read_files(files) if not wanted or normal(each[1].body or "") == wanted], ()
    with board_of(folder, on) as desk:
        meetings = meetings_of(desk.connection, body_asked(desk.connection, body))
        papers = as_papers(each for each in stored_documents(desk.connection) if each.event_id in meetings)
        entered = entered_bodies(desk.connection)
    return papers, entered


def _names(papers: Sequence[tuple[Document, ParsedPaper]]) -> list[str]:
    dated = sorted(papers, key=lambda paper: (paper[1].date is None, str(paper[1].date), paper[0].name))
    return list(dict.fromkeys(document.name for document, _ in dated))


def _body(papers: Sequence[tuple[Document, ParsedPaper]]) -> str:
    """Return the body of most minutes, or plain words."""
    named = Counter(parsed.body for _, parsed in papers if parsed.body and parsed.kind == "minutes")
    return named.most_common(1)[0][0] if named else "The board"
