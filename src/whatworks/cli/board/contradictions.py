"""`whatworks board contradictions`, `bodies`, `challenge` and `minutes-template`: set the papers against each other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import (
    ByOption,
    OnOption,
    OutOption,
    WhyOption,
    author,
    day,
    register_of,
    say,
    write_out,
)
from whatworks.cli.options import FolderOption, JsonOption, read_day

if TYPE_CHECKING:
    from whatworks.board.bodies import Entered
    from whatworks.board.contradictions import Contradiction
    from whatworks.board.parsed import Parsed
    from whatworks.records.documents import Document

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Papers: text, HTML, Word or PDF. Without any, the papers of the register.")
]
ForOption = Annotated[str, typer.Option("--for", help="The body that the paper is prepared for.")]
LONGEST_SHOWN = 150
"""Characters of a quotation on the screen; papers hold it whole."""


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("contradictions")(contradictions)
    group.command("bodies")(bodies)
    group.command("body")(body)
    group.command("challenge")(challenge)
    group.command("minutes-template")(minutes_template)


def contradictions(
    files: FilesArgument = None,
    out: OutOption = None,
    prepared_for: ForOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show what the record says in two ways that cannot both stand, with both sources by file and line."""
    from whatworks.board.contradictions import contradictions as find

    papers, _ = _record(files, partnership)
    found = find(papers)
    if out is not None:
        from whatworks.papers.board.contradiction_report import contradiction_paper

        names = _names(papers)
        paper, figures = contradiction_paper(found, names, as_at=day(on), prepared_for=prepared_for or _body(papers))
        write_out(paper, out, figures, quiet=json)
    if json:
        print_json(found)
        return
    tell_contradictions(found, len(papers))


def tell_contradictions(found: "Sequence[Contradiction]", papers: int) -> None:
    """Print the findings: what differs, then each source with its place."""
    from whatworks.board.contradictions.wording import beginning

    for one in found:
        say(f"{one.kind}: {one.title}")
        for quote in one.quotes:
            say(f"    {quote.place}: {beginning(quote.text, LONGEST_SHOWN)}")
        if one.against:
            say(f"    against it: {one.against}")
    say(f"{len(found)} contradiction{'' if len(found) == 1 else 's'} in {papers} paper{'' if papers == 1 else 's'}.")


def bodies(
    files: FilesArgument = None,
    out: OutOption = None,
    prepared_for: ForOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show every board and group by year, what overlaps, and what could be merged or closed."""
    from whatworks.board.bodies import body_map

    papers, entered = _record(files, partnership)
    found = body_map(papers, entered)
    if out is not None:
        from whatworks.papers.board.body_map import body_paper

        paper, figures = body_paper(found, as_at=day(on), prepared_for=prepared_for or _body(papers))
        write_out(paper, out, figures, quiet=json)
    if json:
        from whatworks.papers.board.body_map import body_figures

        print_json(body_figures(found))
        return
    for one in found.bodies:
        above = f", reports to {one.reports_to}" if one.reports_to else ""
        test = "; NO FINISH TEST" if one.lacks_finish_test else ""
        say(f"{one.first_named.year} to {one.last_named.year}  {one.name} ({one.kind}, {one.standing}{above}){test}")
    for year in found.years:
        say(f"{year.year}: {len(year.named)} named, {len(year.standing)} so far if none closed")
    for candidate in found.candidates:
        say(f"{candidate.what} {' and '.join(candidate.bodies)}? {candidate.reason}")
        say(f"    would be lost: {'; '.join(candidate.lost)}")
    for name in found.undated:
        say(f"Left out, since it has no date: {name}")
    say(f"No end is recorded for {found.end_unknown} of {len(found.bodies)} bodies.")


def body(
    name: Annotated[str, typer.Argument(help="The body, as papers write it.")],
    by: ByOption,
    kind: Annotated[str | None, typer.Option(help="board, group, task_and_finish, challenge_board, ...")] = None,
    remit: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    reports_to: Annotated[str | None, typer.Option(help="The body above it.")] = None,
    started: Annotated[str | None, typer.Option(help="First day, as 2025-06-30.")] = None,
    ended: Annotated[str | None, typer.Option(help="Last day, as 2025-06-30.")] = None,
    finish_test: Annotated[str | None, typer.Option(help="What must be so for it to end.")] = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter what is known of a body; the map takes it over what papers say, and counts its end."""
    from whatworks.board.bodies.entered import enter_body

    who = author(by, on, why)
    first, last = (read_day(text) if text else None for text in (started, ended))
    with register_of(partnership, writing=True) as connection:
        number, changed = enter_body(
            connection,
            name,
            who,
            kind=kind,
            remit=remit,
            reports_to=reports_to,
            started=first,
            ended=last,
            finish_test=finish_test,
        )
    if json:
        print_json({"body": name, "number": number, "changed": changed})
        return
    say(f"{name} (number {number}): {', '.join(changed) or 'as before'}")


def challenge(
    item: Annotated[str, typer.Argument(help="What the challenge is about, as the papers call it.")],
    files: FilesArgument = None,
    out: OutOption = None,
    prepared_for: ForOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show, for an item, what was promised, what differs, which figures lack a base, and what to ask."""
    from whatworks.board.challenge import challenge as challenged

    papers, _ = _record(files, partnership)
    found = challenged(papers, item, as_at=day(on))
    if out is not None:
        from whatworks.papers.board.challenge_pack import challenge_paper

        paper, figures = challenge_paper(found, as_at=day(on), prepared_for=prepared_for or _body(papers))
        write_out(paper, out, figures, quiet=json)
    if json:
        print_json(found)
        return
    from whatworks.board.contradictions.wording import beginning

    for heading, told in (("Promised", found.promises), ("Figures without a base", found.figures)):
        for one in told:
            say(f"{heading}: {one.quote.place}: {beginning(one.text, LONGEST_SHOWN)}")
    for clash in found.contradictions:
        say(f"Differs: {clash.title}")
    for at, question in enumerate(found.questions, 1):
        say(f"Ask {at}: {question.text} ({question.to})")


def minutes_template(
    out: Annotated[Path, typer.Option("--out", help="The Word file to write.")],
    after: Annotated[Path | None, typer.Option(help="Minutes of the last meeting, to begin from.")] = None,
    name: Annotated[str, typer.Option("--body", help="The board's name, where there are no last minutes.")] = "",
) -> None:
    """Write minutes to fill in as a Word file that `whatworks board read` reads back without loss."""
    from whatworks.papers.board.minutes_template import after_meeting, blank_minutes, write_minutes_template
    from whatworks.records.refusal import Fault, Refused

    if out.suffix.lower() != ".docx":
        raise Refused(Fault("is no Word file", "let its name end in .docx", field="out", value=out.name))
    if after is not None:
        (_, last), *_ = _read([after])
        content = after_meeting(last)
    else:
        content = blank_minutes(name)
    write_minutes_template(content, out)
    say(str(out))


def _record(
    files: list[Path] | None, partnership: Path | None
) -> tuple[list[tuple["Document", "Parsed"]], tuple["Entered", ...]]:
    """Return the papers that are named, or those of the register with what was entered of bodies."""
    if files:
        return _read(files), ()
    from whatworks.board.bodies.entered import entered_bodies
    from whatworks.board.register.document import held_documents
    from whatworks.records.documents import Document, Line

    with register_of(partnership) as connection:
        held = list(held_documents(connection))
        entered = entered_bodies(connection)
    papers = [
        (Document(one.name, "text", one.id, tuple(Line(at, text) for at, text in enumerate(one.lines, 1))), one.parsed)
        for one in held
    ]
    return papers, entered


def _read(files: list[Path]) -> list[tuple["Document", "Parsed"]]:
    """Return the papers of files; the faults of all files are refused together."""
    from whatworks.board.reading import read_papers
    from whatworks.cli.progress import bars
    from whatworks.records.documents import read_document
    from whatworks.records.refusal import Fault, Refused

    papers: list[tuple[Document, Parsed]] = []
    faults: list[Fault] = []
    with bars() as progress:
        for at, path in enumerate(files, 1):
            try:
                document = read_document(path)
                papers += [(document, parsed) for parsed in read_papers(document)]
            except Refused as refused:
                faults += refused.faults
            progress("reading", at, len(files))
    if faults:
        raise Refused(faults)
    return papers


def _names(papers: "Sequence[tuple[Document, Parsed]]") -> list[str]:
    dated = sorted(papers, key=lambda one: (one[1].date is None, str(one[1].date), one[0].name))
    return list(dict.fromkeys(document.name for document, _ in dated))


def _body(papers: "Sequence[tuple[Document, Parsed]]") -> str:
    """Return the body of most minutes, or plain words."""
    from collections import Counter

    named = Counter(parsed.body for _, parsed in papers if parsed.body and parsed.kind == "minutes")
    return named.most_common(1)[0][0] if named else "The board"
