"""Whether the answer moved, as a paper: the interval of the change decides, not that of either figure."""

from collections.abc import Iterator
from typing import Any

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.surveys.estimate import ITEM, READER
from whatworks.papers.surveys.figures import BASE_NOTE, CAUSE, asked, column, figure, number, plain, waves_in_words
from whatworks.surveys.change import Change, Changes

NO_CHANGE = "no change that this survey could tell"


def change_words(found: Change, share: bool) -> str:
    """Return whether a change was seen; where none was, the smallest that would have been."""
    unit = " points" if share else ""
    if found.seen:
        return f"{'up' if found.difference.value > 0 else 'down'} by {number(abs(found.difference.value), share)}{unit}"
    return f"{NO_CHANGE} (it would show {number(found.smallest, share)}{unit} four times in five)"


def change_answer(found: Changes) -> Answer:
    """Return the change of all and of each borough, with how many would be seen by chance alone."""
    share = bool(found.yes)
    before, after = waves_in_words(found.before), waves_in_words(found.after)
    areas: Rows[tuple[str, str, Change | None]] = Rows(
        name="Boroughs",
        title=f"By borough: from {before} to {after}",
        rows=found.areas,
        columns=(
            TableColumn("Borough", lambda row: row[1], width=1.6),
            column(before, lambda row: row[2] and row[2].before, share),
            column(after, lambda row: row[2] and row[2].after, share),
            column(
                "Change" + (", points" if share else ""), lambda row: row[2] and row[2].difference, share, change=True
            ),
            TableColumn(
                "What the survey could tell", lambda row: row[2], lambda one: _said(one, share), width=3.0, sheet=()
            ),
        ),
        notes=(BASE_NOTE,),
    )
    return Answer(
        title=f"Has it moved: {found.question}, {before} to {after}",
        sentences=(asked(found.question, found.yes, None), *_sentences(found, share), *found.warnings, CAUSE),
        tables=(areas,),
        figures=_figures(found, share),
        item=ITEM,
        prepared_for=READER,
    )


def _said(found: Change | None, share: bool) -> str:
    return "[c]" if found is None else change_words(found, share)


def _sentences(found: Changes, share: bool) -> Iterator[str]:
    overall, before, after = found.overall, waves_in_words(found.before), waves_in_words(found.after)
    yield (
        f"From {before} to {after}: {change_words(overall, share)}. {figure(overall.before, share)} became "
        f"{figure(overall.after, share)}; the change is {figure(overall.difference, share, change=True)}"
        f"{' points' if share else ''}."
    )
    if found.shared:
        yield (
            f"{100 * found.shared:.0f}% of the later period's respondents stand in the earlier one too: they are held "
            "against themselves, so that the change is surer than two separate samples would make it."
        )
    if found.tested:
        yield (
            f"Of {found.tested} boroughs that could be tested, {found.by_chance:.1f} would show a change by chance. "
            f"With false discoveries held to 5%, {found.seen} do, of which at most {found.expected_false:.1f} false."
        )


def _figures(found: Changes, share: bool) -> dict[str, Any]:
    return {
        "question": found.question,
        "answers": list(found.yes),
        "before": list(found.before),
        "after": list(found.after),
        "shared_respondents": round(found.shared, 4),
        "overall": change_figures(found.overall, share),
        "boroughs": [
            {"code": code, "name": name, "change": None if one is None else change_figures(one, share)}
            for code, name, one in found.areas
        ],
        "tested": found.tested,
        "seen": found.seen,
        "by_chance": round(found.by_chance, 4),
        "expected_false": round(found.expected_false, 4),
        "warnings": list(found.warnings),
    }


def change_figures(found: Change, share: bool) -> dict[str, Any]:
    """Return a change for JSON."""
    return {
        "before": plain(found.before),
        "after": plain(found.after),
        "difference": plain(found.difference),
        "p": round(found.difference.p, 4),
        "q": None if found.q is None else round(found.q, 4),
        "smallest": round(found.smallest, 4),
        "seen": found.seen,
        "says": change_words(found, share),
    }
