"""Priorities as papers name them, suggested, identified, agreed or removed; and each of them through the years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whatworks.board.parsed import MinuteItem, MinuteParagraph, ParsedPaper, Subheading
from whatworks.board.register.document import document_names
from whatworks.board.register.ledger import change, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.names import normal
from whatworks.board.register.paper_rows import PaperRows
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row, picked, value_of
from whatworks.records.register.verb import Done

SHORT = {"asb": "anti social behaviour", "vaw": "violence against women", "vawg": "violence against women and girls"}
"""Short names of priorities, as compared."""
_REMOVED = re.compile(r"\b(?:removed|dropped|taken) (?:from|out of) .*priorit", re.IGNORECASE)
_CRITERION = re.compile(
    r"\b(?:established delivery mechanism|already ha(?:s|ve)|add(?:s|ing)? value|make a real difference)", re.IGNORECASE
)
_OVERSIGHT = re.compile(r"\b(?:arms?['’]?s?[- ]length|oversight|keep a watching brief)", re.IGNORECASE)


def put_priorities(
    paper: PaperRows, recogniser: Recogniser, parsed: ParsedPaper, body_id: int | None, day: date
) -> None:
    """Put in each naming of a priority, and each that the paper says was removed, with the criterion it gives."""
    for named in parsed.priorities:
        if named.lead:
            recogniser.person(named.lead, named.lines, "lead")
        values = {"body_id": body_id, "standing": named.status, "agreed_by": named.by, "from_date": day}
        paper.put("priority", values | picked(named, "name lead interim"), named.lines, said="name")
    for name, lines, why, oversight in removals(parsed):
        values = {"name": name, "body_id": body_id, "standing": "removed", "interim": False, "from_date": day}
        left = {"to_date": day, "exit_criterion": why, "oversight": oversight}
        paper.put("priority", values | left, lines, said="name")


def removals(parsed: ParsedPaper) -> Iterator[tuple[str, tuple[int, int], str | None, str | None]]:
    """Yield what stands under a heading that a paragraph below it says was removed from the priorities.

    Each is its name, its lines, the criterion as quoted from the same heading's paragraphs, and what oversight remains.
    """
    headings: list[Subheading | MinuteItem] = [*parsed.subheadings, *parsed.items]
    starts = sorted(heading.lines[0] for heading in headings)
    for heading in headings:
        after = [start for start in starts if start > heading.lines[0]]
        under = [
            paragraph
            for paragraph in parsed.paragraphs
            if paragraph.lines[0] > heading.lines[0] and (not after or paragraph.lines[0] < after[0])
        ]
        gone = next((one for one in under if _REMOVED.search(one.text)), None)
        if gone is not None:
            yield heading.title, gone.lines, _quoted(under, _CRITERION), _quoted(under, _OVERSIGHT)


def canonical(name: str) -> str:
    """Return a priority's name as compared between papers.

    >>> canonical("ASB") == canonical("Anti-Social Behaviour"), canonical("Reducing re-offending")
    (True, 'reducing reoffending')
    """
    plain = normal(name)
    plain = SHORT.get(plain, plain).replace("re offending", "reoffending")
    return re.sub(r"^(?:violence against women).*", "violence against women", plain.split("/")[0].strip())


def end_priority(
    connection: Connection, name: str, criterion: str, author: Author, oversight: str | None = None
) -> Done:
    """Record that a priority left the list, by which criterion and with what oversight left."""
    named = [row for row in rows(connection, "priority") if canonical(row["name"]) == canonical(name)]
    if not named:
        known = ", ".join(sorted({str(row["name"]) for row in rows(connection, "priority")})) or "none yet"
        raise Refused(Fault(f"no priority is called {name!r}", f"named in the record: {known}"))
    if not criterion.strip():
        raise Refused(Fault("is missing", "say by which criterion it left", field="criterion"))
    last = max(named, key=lambda row: (row["from_date"], row["id"]))
    values = {"to_date": author.on, "exit_criterion": criterion, "oversight": oversight}
    changed = change(connection, "priority", last["id"], values, author)
    return Done(f"priority {last['id']}: left on {author.on}", last["id"], tuple(changed))


def _quoted(paragraphs: list[MinuteParagraph], pattern: re.Pattern[str]) -> str | None:
    """Return every sentence in which the pattern stands, each with its lines, or None."""
    found = [
        f"{sentence} (lines {paragraph.lines[0]} to {paragraph.lines[1]})"
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph.text)
        if pattern.search(sentence)
    ]
    return " ".join(found) or None


Waiting = dict[tuple[str, int | None], str]
"""(paper, line) of each decision that waits -> its condition."""


@dataclass(frozen=True, slots=True)
class PriorityNaming:
    """One paper's naming of a priority."""

    day: date
    standing: str
    by: str | None
    lead: str | None
    interim: bool
    document: str | None
    line: int | None
    condition: str | None = None
    """What the agreement waits for, where that is not recorded as met."""


@dataclass(frozen=True, slots=True)
class PriorityTimeline:
    """One priority: its namings, and how it left, if that is recorded. `unsaid` is what the record leaves open."""

    name: str
    namings: tuple[PriorityNaming, ...]
    left_on: date | None
    exit_criterion: str | None
    oversight: str | None
    unsaid: tuple[str, ...]


def timelines(connection: Connection, body_id: int | None = None) -> list[PriorityTimeline]:
    """Return all priorities, or a body's, in the order in which they were first named."""
    root = roots(connection, "organisation") if body_id is not None else {}
    names = document_names(connection)
    grouped: dict[str, list[Row]] = {}
    for row in sorted(rows(connection, "priority"), key=lambda row: (row["from_date"], row["id"])):
        if body_id is not None and root.get(row["body_id"]) != body_id:
            continue
        grouped.setdefault(canonical(row["name"]), []).append(row)
    days = sorted({row["from_date"] for held in grouped.values() for row in held if row["standing"] != "removed"})
    waiting = {
        (row["source_id"], row["source_line"]): row["condition"]
        for row in rows(connection, "motion", "condition_state = 'open' AND state = 'stands' AND NOT asked")
    }
    return [_timeline(held, days, names, waiting) for held in grouped.values()]


def _timeline(held: list[Row], days: list[date], names: dict[str, str], waiting: Waiting) -> PriorityTimeline:
    namings = tuple(
        value_of(PriorityNaming, row, day=row["from_date"], by=row["agreed_by"], interim=bool(row["interim"]),
                 document=names.get(row["source_id"]), line=row["source_line"],
                 condition=waiting.get((row["source_id"], row["source_line"])))
        for row in held
    )  # fmt: skip
    left = next((row for row in reversed(held) if row["to_date"] is not None), None)
    gone = left is not None and all(row["from_date"] <= left["to_date"] for row in held)
    return PriorityTimeline(
        held[0]["name"],
        namings,
        left["to_date"] if left is not None and gone else None,
        left["exit_criterion"] if left is not None else None,
        left["oversight"] if left is not None else None,
        tuple(_unsaid(held, days, gone)),
    )


def _unsaid(held: list[Row], days: list[date], gone: bool) -> list[str]:
    named = [row for row in held if row["standing"] != "removed"]
    said = []
    if named and all(row["standing"] != "agreed" for row in named):
        who = ", ".join(sorted({str(row["agreed_by"]) for row in named if row["agreed_by"]}))
        said.append(f"no paper shows that the board agreed it{f'; named by {who}' if who else ''}")
    later = [day for day in days if named and day > named[-1]["from_date"]]
    if later and not gone:
        said.append(f"not among the priorities of {later[0]}; no paper says why it left")
    if not named:
        said.append("no paper that is held shows it as a priority")
    return said
