"""What is promised to meetings: the forward plan as a table and a matrix, and the draft agenda of the next meeting."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from whatworks.board.register.agenda import Agenda, DraftItem
from whatworks.board.register.forward_plan import Business, Outcome
from whatworks.papers.board.record_words import paper_of, sheet_of, text_table
from whatworks.papers.paper import Block, Bullets, Facts, Paper, Paragraph, Section

OUTCOMES: tuple[Outcome, ...] = ("taken", "slipped", "not taken", "unresolved", "ahead", "dropped")
_COLUMNS = ("Business", "From", "Promised on", "Meeting", "Outcome", "What shows it")
_WIDTHS = (3, 1.4, 1.4, 1.5, 1.3, 2.8)


def forward_plan_paper(plan: Sequence[Business], as_at: date, body: str) -> Paper:
    """Return the paper of all business that was promised to meetings."""
    rows = [
        (
            one.text,
            f"{one.comes_from} {one.id}",
            str(one.made_on or "Not known"),
            _meeting(one),
            one.outcome.capitalize(),
            one.says,
        )
        for one in plan
    ]
    listed = text_table("plan", "Business promised to meetings", _COLUMNS, rows, _WIDTHS)
    columns = ("Meeting", "Record", *(name.capitalize() for name in OUTCOMES))
    matrix = _matrix(plan)
    table = text_table("matrix", "Promised and delivered, by meeting", columns, matrix, (2, 2, *[1] * len(OUTCOMES)))
    sheets = (
        sheet_of("Plan", "Business promised to meetings", _COLUMNS, rows),
        sheet_of("Matrix", "Promised and delivered, by meeting", columns, matrix),
    )
    sections = [
        Section("summary", "Summary", _summary(plan)),
        Section("matrix", "Promised and delivered", (table,)) if plan else None,
        Section("plan", "What was promised", (listed,)) if plan else None,
    ]
    return paper_of(f"Forward plan of {body}", body, as_at, sections, sheets)


def _summary(plan: Sequence[Business]) -> tuple[Block, ...]:
    counts = Counter(one.outcome for one in plan)
    said = "; ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])
    text = f"{len(plan)} pieces of business were promised to meetings: {said}." if plan else "Nothing is promised."
    return (
        Paragraph(text, "lead"),
        Paragraph("Business promised to a meeting of which no record is held is unresolved, never taken as done."),
    )


def _matrix(plan: Sequence[Business]) -> list[tuple[str | int, ...]]:
    meetings = dict.fromkeys((_meeting(one), "held" if one.meeting_state == "recorded" else "not held") for one in plan)
    return [
        (
            meeting,
            f"Record {record}",
            *(sum(_meeting(one) == meeting and one.outcome == name for one in plan) for name in OUTCOMES),
        )
        for meeting, record in meetings
    ]


def _meeting(one: Business) -> str:
    return str(one.from_date) if one.from_date == one.to_date else f"{one.from_date} to {one.to_date}"


def agenda_paper(agenda: Agenda, as_at: date) -> Paper:
    """Return the paper of a draft agenda."""
    body = agenda.body or "The board"
    where = (
        ("Meeting", agenda.meeting),
        ("Start", agenda.start_time or "Not announced"),
        ("Place", agenda.place or "Not announced"),
    )
    said = "A draft, made of what the record leaves open. Nothing is on it that no paper or entry promises."
    summary = Section("summary", "Meeting", (Paragraph(said, "lead"), Facts(where)))
    rows = [(item.number, item.title, point.text, point.source) for item in agenda.items for point in item.points]
    sheet = sheet_of("Agenda", "Points of the agenda", ("Item", "Heading", "Point", "Comes from"), rows)
    return paper_of(f"Draft agenda of {body}", body, as_at, [summary, *map(_section, agenda.items)], (sheet,))


def _section(item: DraftItem) -> Section:
    points = tuple(f"{point.text} ({point.source})" for point in item.points)
    blocks: tuple[Block, ...] = (Bullets(points),) if points else ()
    return Section(f"item-{item.number}", f"{item.number}. {item.title}", blocks)
