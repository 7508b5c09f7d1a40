"""The draft agenda of the next meeting, for the secretary to correct: each point with where it comes from."""

from datetime import date

from whatworks.board.register.agenda import Agenda, DraftItem
from whatworks.papers.board.record_words import paper_of, sheet_of
from whatworks.papers.paper import Block, Bullets, Facts, Paper, Paragraph, Section


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
