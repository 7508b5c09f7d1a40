"""The action log: every promise as it stands, first what is overdue and what no record settles."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from whatworks.board.register.standing import ORDER, Standing, State
from whatworks.papers.board.record_words import paper_of, place, sheet_of, text_table
from whatworks.papers.paper import Block, Paper, Paragraph, Section
from whatworks.records.calendar_names import long_date

HEADINGS: dict[State, str] = {
    "overdue": "Overdue",
    "unresolved": "Unresolved: promised to a meeting of which no record is held",
    "due": "Due",
    "waits": "Waiting for an event",
    "no date": "Without a date",
    "closed": "Closed, with evidence",
    "dropped": "Dropped",
    "withdrawn": "No longer in the corrected minutes",
}
_COLUMNS = ("No.", "Promise", "Owner", "Made on", "Due", "How it stands", "Source")
_WIDTHS = (0.6, 3, 1.4, 1.4, 1.3, 2, 2.5)


def action_log(standing: Sequence[Standing], as_at: date, body: str) -> Paper:
    """Return the paper of all promises on a day."""
    sections = [_summary(standing, as_at), *(_section(standing, state) for state in ORDER)]
    rows = [(*_row(promise), promise.kind, promise.state) for promise in standing]
    sheet = sheet_of("Actions", "All promises", (*_COLUMNS, "Kind", "State"), rows)
    return paper_of(f"Action log of {body}", body, as_at, sections, (sheet,))


def _summary(standing: Sequence[Standing], as_at: date) -> Section:
    counts = Counter(promise.state for promise in standing)
    said = "; ".join(f"{counts[state]} {state}" for state in ORDER if counts[state])
    text = f"{len(standing)} promises on {long_date(as_at)}: {said}." if standing else "No promise is held."
    blocks: list[Block] = [Paragraph(text, "lead")]
    unmarked = sum(promise.kind == "commitment" for promise in standing)
    if unmarked:
        blocks.append(Paragraph(f"{unmarked} promises were made in prose and never minuted as actions."))
    return Section("summary", "Summary", tuple(blocks))


def _section(standing: Sequence[Standing], state: State) -> Section | None:
    rows = [_row(promise) for promise in standing if promise.state == state]
    if not rows:
        return None
    name = state.replace(" ", "-")
    return Section(name, HEADINGS[state], (text_table(name, HEADINGS[state], _COLUMNS, rows, _WIDTHS),))


def _row(one: Standing) -> tuple[str | int, ...]:
    due = one.due_text or (str(one.due_to) if one.due_to else "No date")
    return (
        one.id,
        one.text,
        ", ".join(one.owners) or "None stated",
        str(one.made_on or "Not known"),
        due,
        one.says,
        place(one.document, one.lines),
    )
