"""What the public says in one period, as a paper."""

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.surveys.figures import BASE_NOTE, asked, column, figure, survey_answer, waves_in_words
from whatworks.surveys.estimate import AreaEstimate, SurveyAnswer


def estimate_answer(found: SurveyAnswer) -> Answer:
    """Return the estimate of all and of each borough, with its base, waves and warnings."""
    share, period = bool(found.yes), waves_in_words(found.waves)
    pooled = f"Pooled, {waves_in_words(found.pooled_waves)}"
    overall = found.overall
    effect = f"; design effect {overall.design_effect:.2f}" if overall.design_effect == overall.design_effect else ""
    areas: Rows[AreaEstimate] = Rows(
        name="Boroughs",
        title=f"By borough: {period}, and pooled over comparable waves",
        rows=found.boroughs,
        columns=(
            TableColumn("Borough", lambda area: area.name, width=1.6),
            TableColumn("Asked", lambda area: area.n or "c", numeric=True),
            column(period, lambda area: area.estimate, share),
            column(pooled, lambda area: area.pooled, share),
            column("Pooled, drawn towards all boroughs", lambda area: area.shrunk, share),
        ),
        notes=(
            BASE_NOTE,
            "Pooling takes a borough as if it had stood still over those waves.",
            "Boroughs stand in the order of their codes: intervals overlap, so that no order is a ranking.",
        ),
    )
    said = (
        f"{period}: {figure(overall, share)}, from {overall.n:,} people who count as {overall.kish:,.0f} of equal "
        f"weight{effect}. The interval is the 95% one, by linearisation on {overall.df:g} degrees of freedom."
    )
    sentences = (asked(found.question, found.yes, found.wording), said, *found.warnings)
    return survey_answer(f"What the public says: {found.question}, {period}", sentences, areas, found)
