"""The map of bodies as a paper: how many, who reports to whom, what overlaps, and what could be merged or closed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from whatworks.board.bodies import Body, BodyMap, BodyOverlap, Candidate
from whatworks.papers.board.body_graph import year_graph, year_words
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, GREY, TURQUOISE
from whatworks.records.calendar_names import long_date

NOT_KNOWN = "not in the record"
SERIES = ("Named in the year", "Named so far, if none closed")
PAIRS_SHOWN = 12


def body_paper(
    mapped: BodyMap, *, as_at: date, prepared_for: str, item: str = "Board record"
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of the map, and its figures as `summary.json` holds them."""
    sections = [summary(mapped), years(mapped), bodies(mapped), overlapping(mapped), could_go(mapped)]
    paper = Paper(
        title="Which bodies do what",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice="",
        sections=numbered(section for section in sections if section is not None),
        sheets=sheets(mapped),
    )
    return paper, body_figures(mapped)


def summary(mapped: BodyMap) -> Section:
    """Return how many bodies there are, in what direction the count goes, and what is not known."""
    if not mapped.years:
        return Section("summary", "Summary", (Paragraph("No dated paper names a body.", "verdict"),))
    first, last = mapped.years[0], mapped.years[-1]
    count = len(mapped.bodies)
    lead = f"{count} bodies are named from {first.year} to {last.year}; {len(last.named)} of them in {last.year}."
    ended = count - mapped.end_unknown
    sentence = (
        f"For {mapped.end_unknown} of the {count} no end is recorded"
        + (f", for {ended} it is." if ended else ".")
        + f" If none of those closed, {len(last.standing)} stand in {last.year}. A body that papers stop naming may "
        "have closed, or may go on unseen: enter its end, or its finish test, and the count follows."
    )
    blocks: list[Block] = [Paragraph(lead, "verdict"), Paragraph(sentence)]
    bare = [body.name for body in mapped.bodies if body.lacks_finish_test]
    if bare:
        blocks.append(Paragraph(f"Task-and-finish groups without a finish test: {'; '.join(bare)}."))
    blocks.append(Figure("counts", "Bodies by year", count_words(mapped), partial(count_chart, mapped)))
    return Section("summary", "Summary", tuple(blocks))


def count_words(mapped: BodyMap) -> str:
    """Return the counts in words."""
    return " ".join(
        f"{year.year}: {len(year.named)} named, {len(year.standing)} so far if none closed." for year in mapped.years
    )


def count_chart(mapped: BodyMap) -> dict[str, Any]:
    """Return both counts by year as a chart."""
    import altair as alt

    data = [
        {"year": str(year.year), "series": name, "bodies": count}
        for year in mapped.years
        for name, count in zip(SERIES, (len(year.named), len(year.standing)), strict=True)
    ]
    scale = alt.Scale(domain=list(SERIES), range=[DARK_BLUE, TURQUOISE])
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("series:N", sort=list(SERIES)),
        y=alt.Y("bodies:Q", title="Bodies", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("series:N", scale=scale, legend=alt.Legend(orient="top", title=None, labelLimit=300)),
    )
    bars = base.mark_bar()
    figures = base.mark_text(dy=-8, fontSize=13, color=GREY).encode(text="bodies:Q")
    return specification(alt.layer(bars, figures).properties(width=600, height=200))


def years(mapped: BodyMap) -> Section | None:
    """Return one graph a year."""
    if not mapped.years:
        return None
    blocks: list[Block] = [
        Paragraph(
            "Lines lead from a body to the one it reports to, where a paper says so. Names in bold are of bodies whose "
            "own minutes are held."
        )
    ]
    blocks += [
        Figure(
            f"year-{year.year}", f"Bodies in {year.year}", year_words(mapped, year), partial(year_graph, mapped, year)
        )
        for year in mapped.years
        if year.standing
    ]
    return Section("years", "The map, year by year", tuple(blocks))


def bodies(mapped: BodyMap) -> Section | None:
    """Return the list of bodies with what the record says of each."""
    if not mapped.bodies:
        return None
    rows = tuple(
        (
            body.name,
            kind(body),
            body.reports_to or NOT_KNOWN,
            "; ".join(body.members[:8]) + (f" and {len(body.members) - 8} more" if len(body.members) > 8 else "")
            or NOT_KNOWN,
            f"{long_date(body.first_named)} to {long_date(body.last_named)}",
            body.finish_test or ("none stated" if body.kind == "task and finish group" else "no such test is asked"),
        )
        for body in mapped.bodies
    )
    table = Table(
        "bodies",
        "Bodies, in the order in which the record first names them",
        ("Body", "Kind", "Reports to", "Members named", "Named from and to", "Finish test"),
        rows,
        (False,) * 6,
        (2.0, 1.2, 1.4, 2.0, 1.5, 1.4),
        notes=(
            "First and last naming are not start and end: those are known only where a paper or an entry gives them.",
        ),
    )
    remits = tuple((body.name, quote.place, quote.text) for body in mapped.bodies for quote in body.remit[:2])
    found: list[Block] = [table]
    if remits:
        found.append(
            Table(
                "remits",
                "What papers say that each is for",
                ("Body", "Source", "Words"),
                remits,
                (False,) * 3,
                (1.5, 1.4, 3.6),
            )
        )
    return Section("bodies", "The bodies", tuple(found))


def kind(body: Body) -> str:
    """Return a body's kind and standing in words."""
    what = {"met": "minutes held", "named": "named", "planned": "only planned"}[body.standing]
    return f"{body.kind}, {what}" + (", several" if body.several else "")


def overlapping(mapped: BodyMap) -> Section | None:
    """Return the largest overlaps, with what is shared."""
    if not mapped.overlaps:
        return None
    rows = tuple(
        (
            f"{overlap.one} and {overlap.other}",
            *(per_cent(value) for value in shares(overlap)),
            "; ".join(overlap.shared[:6]),
        )
        for overlap in mapped.overlaps[:PAIRS_SHOWN]
    )
    table = Table(
        "overlaps",
        f"The largest overlaps, {min(PAIRS_SHOWN, len(mapped.overlaps))} of {len(mapped.overlaps)}, in per cent",
        ("Bodies", "Members", "Remit", "Place", "Priorities", "What both have"),
        rows,
        (False, True, True, True, True, False),
        (2.4, 0.8, 0.8, 0.8, 0.9, 2.6),
        notes=(
            "What both have, as a share of what either has; in the remit rare words count more. "
            "[z]: one of the two has nothing on record to compare.",
        ),
    )
    return Section("overlaps", "Where they overlap", (table,))


def shares(one: BodyOverlap) -> tuple[float | None, ...]:
    """Return the four shares."""
    return one.members, one.remit, one.geography, one.priorities


def per_cent(value: float | None) -> str:
    """Return a share in per cent, or the sign for nothing to show.

    >>> per_cent(0.333), per_cent(None)
    ('33', '[z]')
    """
    return "[z]" if value is None else f"{100 * value:.0f}"


def could_go(mapped: BodyMap) -> Section | None:
    """Return the candidates with their reasons and what would be lost."""
    if not mapped.candidates:
        return None
    rows = tuple(
        (named(candidate), candidate.what.capitalize(), candidate.reason, "; ".join(candidate.lost))
        for candidate in mapped.candidates
    )
    table = Table(
        "candidates",
        "Candidates to merge or to close",
        ("Bodies", "What", "Why", "What would be lost"),
        rows,
        (False,) * 4,
        (1.8, 0.7, 3.0, 2.2),
        notes=("A candidate is a question to the chair, not advice: the record shows only what was minuted.",),
    )
    return Section("candidates", "What could be merged or closed", (table,))


def named(one: Candidate) -> str:
    """Return a candidate's bodies."""
    return " and ".join(one.bodies)


def sheets(mapped: BodyMap) -> tuple[Table, ...]:
    """Return bodies, namings, counts, overlaps and candidates as plain tables."""
    listing = [
        [body.name, "; ".join(body.also), body.kind, body.standing, body.reports_to, "; ".join(body.members),
         "; ".join(body.geography), "; ".join(body.priorities), body.first_named.isoformat(),
         body.last_named.isoformat(), iso(body.started), iso(body.ended), body.finish_test]
        for body in mapped.bodies
    ]  # fmt: skip
    columns = [
        "Body", "Also written", "Kind", "Standing", "Reports to", "Members", "Geography", "Priorities", "First named",
        "Last named", "Started", "Ended", "Finish test",
    ]  # fmt: skip
    namings = [
        [body.name, naming.day.isoformat(), naming.quote.file, naming.quote.lines[0], naming.quote.lines[1],
         "planned" if naming.planned else "named", naming.quote.text]
        for body in mapped.bodies
        for naming in body.namings
    ]  # fmt: skip
    counts = [[year.year, len(year.named), len(year.standing)] for year in mapped.years]
    pairs = [
        [overlap.one, overlap.other, *(per_cent(value) for value in shares(overlap)), "; ".join(overlap.shared)]
        for overlap in mapped.overlaps
    ]
    goes = [
        [named(candidate), candidate.what, candidate.reason, "; ".join(candidate.lost)]
        for candidate in mapped.candidates
    ]
    made: Sequence[Table] = (
        sheet("Bodies", "Bodies", columns, listing),
        sheet("Namings", "Where each is named",
              ["Body", "Day", "File", "First line", "Last line", "How", "Words"], namings),
        sheet("Counts", "Bodies by year", ["Year", *SERIES], counts),
        sheet("Overlaps", "Overlaps, per cent",
              ["One", "Other", "Members", "Remit", "Place", "Priorities", "What both have"], pairs),
        sheet("Candidates", "Candidates", ["Bodies", "What", "Why", "What would be lost"], goes),
    )  # fmt: skip
    return tuple(table for table in made if table.rows)


def iso(day: date | None) -> str | None:
    """Return a day as text, or None."""
    return day.isoformat() if day else None


def body_figures(mapped: BodyMap) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "map of bodies",
        "bodies": len(mapped.bodies),
        "end_unknown": mapped.end_unknown,
        "years": [
            {"year": year.year, "named": list(year.named), "if_none_closed": list(year.standing)}
            for year in mapped.years
        ],
        "without_finish_test": [body.name for body in mapped.bodies if body.lacks_finish_test],
        "candidates": [
            {
                "what": candidate.what,
                "bodies": list(candidate.bodies),
                "reason": candidate.reason,
                "lost": list(candidate.lost),
            }
            for candidate in mapped.candidates
        ],
    }
