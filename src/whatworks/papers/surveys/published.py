"""Published percentages with the intervals that they lack, and whether they moved, as a paper."""

from collections.abc import Sequence

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.surveys.change import change_words
from whatworks.papers.surveys.figures import BASE_NOTE, CAUSE, ITEM, READER, column, figures_of
from whatworks.surveys.change import LEVEL
from whatworks.surveys.published import PublishedShare


def published_answer(rows: Sequence[PublishedShare], file: str) -> Answer:
    """Return each percentage with its interval, and the change since the row before it in its area."""
    tested = [row.change for row in rows if row.change.difference is not None]
    seen = sum(change.seen for change in tested)
    effects = sorted({row.design_effect for row in rows})
    stated = " or ".join(f"{effect:g}" for effect in effects)
    sentences = (
        "The figures come without strata, clusters and weights: intervals are those of a simple random sample, widened "
        f"by the root of a stated design effect of {stated}.",
        f"Of {len(tested)} changes since the row before, {LEVEL * len(tested):.2f} would be seen by chance alone; with "
        f"false discoveries held to 5%, {seen} {'is' if seen == 1 else 'are'} seen.",
        "Periods that overlap are told apart by the people that they do not share.",
        CAUSE,
    )
    table: Rows[PublishedShare] = Rows(
        name="Figures",
        title=f"What {file} says",
        rows=tuple(rows),
        columns=(
            TableColumn("Area", lambda row: row.area, width=1.4),
            TableColumn("Period", lambda row: row.wave.name, width=1.6),
            TableColumn("Asked", lambda row: row.n, numeric=True),
            column("Share", lambda row: row.estimate, True),
            TableColumn("Since the row before", lambda row: row, _since, width=2.6, sheet=()),
        ),
        notes=(BASE_NOTE,),
    )
    return Answer(
        title=f"Published figures: {file}",
        sentences=sentences,
        tables=(table,),
        figures={"file": file, "rows": figures_of(list(rows))},
        item=ITEM,
        prepared_for=READER,
    )


def _since(row: PublishedShare) -> str:
    if row.broken:
        return "the question, mode or population changed: not compared"
    return "[z]" if not row.change.name else change_words(row.change, True)
