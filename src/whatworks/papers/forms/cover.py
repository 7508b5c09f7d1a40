"""The words on the spreadsheets' cover: what they hold, and how to read the shorthand."""

from whatworks.papers.paper import Paper
from whatworks.records.calendar_names import long_date


def cover_lines(paper: Paper) -> tuple[list[str], list[str]]:
    """Return the lines that introduce the tables, and those that explain how to read them."""
    introduction = [
        f"{paper.item}. Prepared for: {paper.prepared_for}.",
        f"Data as at {long_date(paper.as_at)}.",
        "These are the figures of the paper of the same title, one table a sheet.",
    ]
    if paper.notice:
        introduction.insert(0, paper.notice)
    reading = [
        *paper.reading,
        "[c] is withheld, since it would show how few people are behind it.",
        "[z] does not apply.",
    ]
    return introduction, reading
