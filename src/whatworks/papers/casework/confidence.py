"""Custody beside serious further offences and confidence in the courts: all three, or none of them."""

from collections.abc import Iterator

import polars as pl

from whatworks.casework.confidence import CustodyBeside
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer
from whatworks.papers.casework.changes import ChangeRow, change_table
from whatworks.papers.disclosure.nested import Nested
from whatworks.records.audit.telling import Telling, part
from whatworks.statistics.groups.person_rates import PersonRate, RateChange
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.change import Changes

FIGURES = (("custody", "sentenced"), ("serious", "months"))


def confidence_answer(found: CustodyBeside, survey: Changes, minimum: int, told: Telling) -> Answer:
    """Return three figures with their changes; where one may not be shown, none is: custody is never shown alone."""
    names = [name for side in ("before", "after") for events, base in FIGURES
             for name in _named(told, found.rows, events, base, side)]  # fmt: skip
    few = [_few(found.rows, events, base, side, minimum) for side in ("before", "after") for events, base in FIGURES]
    public = survey_change(survey)
    shown = public is not None and not any(few) and told.tells(*names)
    title = "Custody, beside serious further offences and confidence"
    rows = [
        ChangeRow("Courts", "custody of 100 days on which somebody was sentenced", found.custody,
                  _sizes(found.rows, "sentenced"), shown),
        ChangeRow("People on orders", "serious further offences for 1,000 person-months", found.serious,
                  _sizes(found.rows, "months"), shown, 1000, ""),
    ]  # fmt: skip
    if public is not None:
        share, asked = bool(survey.yes), (public.before.people, public.after.people)
        question, times = survey.wording or survey.question, 100 if share else 1
        rows.append(ChangeRow("Survey", question, public, asked, shown, times, "%" if share else ""))
    return Answer(
        title=title,
        sentences=(*_sentences(found, rows, shown), *survey.warnings, *filter(None, (told.beside,))),
        tables=(change_table("Custody", title, rows, found.before.name, found.after.name),),
        restricted=_exact(found, survey) if public is not None else None,
        item="Public protection",
        prepared_for="The board",
    )


def survey_change(survey: Changes) -> RateChange | None:
    """Return a survey's change in the form of the other figures; None where it is withheld."""
    one = survey.overall
    if one.before is None or one.after is None or one.difference is None:
        return None
    gap = one.difference
    return RateChange(
        _rate(one.before), _rate(one.after), gap.value, gap.ci_low, gap.ci_high, None, None, None, one.smallest
    )


def _rate(found: SurveyEstimate) -> PersonRate:
    return PersonRate(found.value * found.n, found.n, found.n, found.value, found.ci_low, found.ci_high)


def _sizes(rows: pl.DataFrame, base: str) -> tuple[int, int]:
    return _people(rows, base, "before").height, _people(rows, base, "after").height


def _people(rows: pl.DataFrame, base: str, side: str) -> pl.DataFrame:
    return rows.filter(pl.col(f"{base}_{side}") > 0)


def _named(told: Telling, rows: pl.DataFrame, events: str, base: str, side: str) -> list[str]:
    whole, own = f"{base} {side}", _people(rows, base, side)
    told.whole(whole, own["unit"])
    yes = pl.when(pl.col(f"{events}_{side}") > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
    told.parts(whole, own.with_columns(yes.alias(events)), events, among=True)
    return [whole, part(whole, (events, "yes")), part(whole, (events, "no"))]


def _few(rows: pl.DataFrame, events: str, base: str, side: str, minimum: int) -> bool:
    own = _people(rows, base, side)
    having = int((own[f"{events}_{side}"] > 0).sum())
    return any(map(Nested(minimum).sensitive, (having, own.height - having)))


def _sentences(found: CustodyBeside, rows: list[ChangeRow], shown: bool) -> Iterator[str]:
    if not shown:
        yield (
            "Custody is withheld: it is never shown without serious further offences and confidence beside it, and few "
            "are behind one of the three. Take longer periods."
        )
        return
    words = {"fell": "fell", "rose": "rose", "no change told": "shows no change that could be told"}
    custody, serious, public = (words[row.change.direction] for row in rows)
    yield (
        f"From {found.before.name} to {found.after.name} custody as a share of days of sentence: {custody}; serious "
        f"further offences of people on orders: {serious}; confidence by the survey: {public}."
    )
    if found.custody.direction == "fell":
        good = found.serious.direction != "rose" and rows[2].change.direction != "fell"
        least = rows[1].change.smallest
        if good and least is not None:
            yield (
                f"That custody fell without harm is not shown by no change: a rise of {rows[1].number(least)} serious "
                "further offences for 1,000 person-months is the least that would have been found."
            )
        elif not good:
            yield "Custody fell while serious further offences rose or confidence fell: no success by itself."
    yield (
        "A serious further offence may be tried on indictment only, was committed while an order was in force, and was "
        "charged or proved by the last extract: those of the last months may not be charged yet."
    )


def _exact(found: CustodyBeside, survey: Changes) -> dict[str, object]:
    figures = {name: plain(getattr(found, name)) for name in ("before", "after", "custody", "serious")}
    return {"disclosure": "restricted", **figures, "survey": plain(survey.overall), "question": survey.question}
