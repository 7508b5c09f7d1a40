"""The map of bodies as a paper: how many, who reports to whom, what overlaps, and what could be merged or closed."""

from datetime import date
from functools import partial
from typing import Any

from whatworks.board.bodies import Body, BodyMap, BodyOverlap, Candidate
from whatworks.money.plain import plain
from whatworks.papers.board.body_graph import year_graph, year_words
from whatworks.papers.board.record_words import page_table, paper_of, section
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Figure, Paper, Paragraph, Section, Table
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
    sections = [_summary(mapped), _years(mapped), _bodies(mapped), _overlapping(mapped), _could_go(mapped)]
    paper = paper_of("Which bodies do what", prepared_for, as_at, sections, _sheets(mapped), item, "")
    return paper, body_figures(mapped)


def _summary(mapped: BodyMap) -> Section:
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
    blocks.append(Figure("counts", "Bodies by year", _count_words(mapped), partial(_count_chart, mapped)))
    return Section("summary", "Summary", tuple(blocks))


def _count_words(mapped: BodyMap) -> str:
    return " ".join(
        f"{year.year}: {len(year.named)} named, {len(year.standing)} so far if none closed." for year in mapped.years
    )


def _count_chart(mapped: BodyMap) -> dict[str, Any]:
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


def _years(mapped: BodyMap) -> Section | None:
    """Return one graph a year."""
    said = (
        "Lines lead from a body to the one it reports to, where a paper says so. Names in bold are of bodies whose "
        "own minutes are held."
    )
    graphs = (
        Figure(
            f"year-{year.year}", f"Bodies in {year.year}", year_words(mapped, year), partial(year_graph, mapped, year)
        )
        for year in mapped.years
        if year.standing
    )
    return section("years", "The map, year by year", Paragraph(said), *graphs) if mapped.years else None


def _bodies(mapped: BodyMap) -> Section | None:
    """Return the list of bodies with what the record says of each."""
    rows = [
        (
            body.name,
            _kind(body),
            body.reports_to or NOT_KNOWN,
            "; ".join(body.members[:8]) + (f" and {len(body.members) - 8} more" if len(body.members) > 8 else "")
            or NOT_KNOWN,
            f"{long_date(body.first_named)} to {long_date(body.last_named)}",
            body.finish_test or ("none stated" if body.kind == "task and finish group" else "no such test is asked"),
        )
        for body in mapped.bodies
    ]
    columns = ("Body", "Kind", "Reports to", "Members named", "Named from and to", "Finish test")
    title, widths = "Bodies, in the order in which the record first names them", (2.0, 1.2, 1.4, 2.0, 1.5, 1.4)
    note = "First and last naming are not start and end: those are known only where a paper or an entry gives them."
    remits = [(body.name, quote.place, quote.text) for body in mapped.bodies for quote in body.remit[:2]]
    said = "What papers say that each is for"
    return section(
        "bodies",
        "The bodies",
        page_table("bodies", title, columns, rows, widths, note),
        page_table("remits", said, ("Body", "Source", "Words"), remits, (1.5, 1.4, 3.6)),
    )


def _kind(body: Body) -> str:
    """Return a body's kind and standing in words."""
    what = {"met": "minutes held", "named": "named", "planned": "only planned"}[body.standing]
    return f"{body.kind}, {what}" + (", several" if body.several else "")


def _overlapping(mapped: BodyMap) -> Section | None:
    """Return the largest overlaps, with what is shared."""
    rows = [
        (f"{overlap.one} and {overlap.other}", *_shares(overlap), "; ".join(overlap.shared[:6]))
        for overlap in mapped.overlaps[:PAIRS_SHOWN]
    ]
    columns = ("Bodies", "Members", "Remit", "Place", "Priorities", "What both have")
    title = f"The largest overlaps, {min(PAIRS_SHOWN, len(mapped.overlaps))} of {len(mapped.overlaps)}, in per cent"
    note = (
        "What both have, as a share of what either has; in the remit rare words count more. "
        "[z]: one of the two has nothing on record to compare."
    )
    widths = (2.4, 0.8, 0.8, 0.8, 0.9, 2.6)
    table = page_table("overlaps", title, columns, rows, widths, note, right=range(1, 5))
    return section("overlaps", "Where they overlap", table)


def _shares(one: BodyOverlap) -> list[str]:
    return list(map(per_cent, one.shares.values()))


def per_cent(value: float | None) -> str:
    """Return a share in per cent, or the sign for nothing to show.

    >>> per_cent(0.333), per_cent(None)
    ('33', '[z]')
    """
    return "[z]" if value is None else f"{100 * value:.0f}"


def _could_go(mapped: BodyMap) -> Section | None:
    """Return the candidates with their reasons and what would be lost."""
    rows = [(each[0], each[1].capitalize(), *each[2:]) for each in map(_candidate, mapped.candidates)]
    columns = ("Bodies", "What", "Why", "What would be lost")
    note = "A candidate is a question to the chair, not advice: the record shows only what was minuted."
    table = page_table("candidates", "Candidates to merge or to close", columns, rows, (1.8, 0.7, 3.0, 2.2), note)
    return section("candidates", "What could be merged or closed", table)


def _candidate(one: Candidate) -> tuple[str, str, str, str]:
    return " and ".join(one.bodies), one.what, one.reason, "; ".join(one.lost)


def _sheets(mapped: BodyMap) -> tuple[Table, ...]:
    """Return bodies, namings, counts, overlaps and candidates as plain tables."""
    listing = [
        [body.name, "; ".join(body.also), body.kind, body.standing, body.reports_to, "; ".join(body.members),
         "; ".join(body.geography), "; ".join(body.priorities), body.first_named.isoformat(),
         body.last_named.isoformat(), _iso(body.started), _iso(body.ended), body.finish_test]
        for body in mapped.bodies
    ]  # fmt: skip
    columns = [
        "Body", "Also written", "Kind", "Standing", "Reports to", "Members", "Geography", "Priorities", "First named",
        "Last named", "Started", "Ended", "Finish test",
    ]  # fmt: skip
    namings = [
        [body.name, naming.day.isoformat(), naming.quote.file, *naming.quote.lines,
         "planned" if naming.planned else "named", naming.quote.text]
        for body in mapped.bodies
        for naming in body.namings
    ]  # fmt: skip
    counts = [[year.year, len(year.named), len(year.standing)] for year in mapped.years]
    pairs = [[each.one, each.other, *_shares(each), "; ".join(each.shared)] for each in mapped.overlaps]
    return (
        sheet("Bodies", "Bodies", columns, listing),
        sheet("Namings", "Where each is named",
              ["Body", "Day", "File", "First line", "Last line", "How", "Words"], namings),
        sheet("Counts", "Bodies by year", ["Year", *SERIES], counts),
        sheet("Overlaps", "Overlaps, per cent",
              ["One", "Other", "Members", "Remit", "Place", "Priorities", "What both have"], pairs),
        sheet("Candidates", "Candidates", ["Bodies", "What", "Why", "What would be lost"],
              list(map(_candidate, mapped.candidates))),
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def body_figures(mapped: BodyMap) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    years = ({"year": each.year, "named": each.named, "if_none_closed": each.standing} for each in mapped.years)
    return {
        "paper": "map of bodies",
        "bodies": len(mapped.bodies),
        "end_unknown": mapped.end_unknown,
        "years": plain(list(years)),
        "without_finish_test": [body.name for body in mapped.bodies if body.lacks_finish_test],
        "candidates": plain(mapped.candidates),
    }
