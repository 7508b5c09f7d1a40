"""Whether the answer moved, as a paper: the interval of the change decides, not that of either figure."""

from collections.abc import Iterator
from dataclasses import replace

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.surveys.figures import (
    BASE_NOTE,
    CAUSE,
    asked,
    column,
    figure,
    number,
    survey_answer,
    waves_in_words,
)
from whatworks.papers.words import WITHHELD
from whatworks.surveys.change import Change, Changes

NO_CHANGE = "no change that this survey could tell"


def change_words(found: Change, share: bool) -> str:
    """Return whether a change was seen; where none was, the smallest that would have been."""
    unit = " points" if share else ""
    if found.difference is None or found.smallest is None:
        return WITHHELD
    if found.seen:
        return f"{'up' if found.difference.value > 0 else 'down'} by {number(abs(found.difference.value), share)}{unit}"
    return f"{NO_CHANGE} (it would show {number(found.smallest, share)}{unit} four times in five)"


def change_answer(found: Changes) -> Answer:
    """Return the change of all and of each borough, with how many would be seen by chance alone."""
    share = bool(found.yes)
    before, after = waves_in_words(found.before), waves_in_words(found.after)
    areas: Rows[Change] = Rows(
        name="Boroughs",
        title=f"By borough: from {before} to {after}",
        rows=found.boroughs,
        columns=(
            TableColumn("Borough", lambda row: row.name, width=1.6),
            column(before, lambda row: row.before, share),
            column(after, lambda row: row.after, share),
            column("Change" + (", points" if share else ""), lambda row: row.difference, share, change=True),
            TableColumn(
                "What the survey could tell", lambda row: row, lambda row: change_words(row, share), width=3.0, sheet=()
            ),
        ),
        notes=(BASE_NOTE,),
    )
    sentences = (asked(found.question, found.yes, found.wording), *_sentences(found, share), *found.warnings, CAUSE)
    told = replace(found, shared=round(found.shared, 2))
    return survey_answer(f"Has it moved: {found.question}, {before} to {after}", sentences, areas, told)


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
