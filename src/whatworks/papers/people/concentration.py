"""Where harm lies, as a paper: the shares of the top people, the Lorenz curve, and the chance line beside both."""

from datetime import date
from typing import NamedTuple

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.people.overlap import EVERYBODY, ITEM, READER
from whatworks.papers.places.words import WITHHELD_NOTE, per_cent
from whatworks.people.concentration import PeopleConcentration
from whatworks.pictures.lorenz import lorenz_chart
from whatworks.records.audit.telling import Telling

STEP = 5
"""The curve is drawn at every so many per cent of people."""


class _Top(NamedTuple):
    share: float
    people: int
    held: float
    chance: float


def concentration_answer(
    found: PeopleConcentration, days: tuple[date, date], minimum: int, told: Telling | None = None
) -> Answer:
    """Return the shares; nothing where few people have any event, and no share of a top that few people make."""
    told, figures = told or Telling(), found.figures
    affected, some = f"people with {found.of}", found.rows.filter(pl.col("events") > 0)
    told.whole(EVERYBODY, found.rows["unit"])
    told.whole(affected, some["unit"])
    title = f"On how few people {found.of} {'falls' if found.of != 'offences' else 'fall'}"
    known = (affected,) if figures.units > found.rows.height else (affected, EVERYBODY)
    few = some.height < minimum or 0 < figures.units - some.height < minimum
    if few or not told.tells(*known):
        words = (
            f"Fewer than {minimum} people had any, or had none, or an earlier paper with this one would tell of few."
        )
        return Answer(title, (words, *filter(None, (told.beside,))), item=ITEM, prepared_for=READER)
    trail = Nested(minimum)
    trail.publish(figures.events)
    tops = [
        _Top(top, round(top * figures.units), held, chance)
        for (top, held), chance in zip(figures.tops, figures.chance_tops, strict=True)
        if round(top * figures.units) >= minimum and trail.publish(round(held * figures.events)) != "c"
    ]
    what = "by the weights of edition " + found.edition if found.edition else "each event once"
    left = f" {found.unweighed:,} offences without a weight are left out." if found.unweighed >= minimum else ""
    sentences = (
        f"{figures.events:,} events from {days[0]:%-d %B %Y} to {days[1]:%-d %B %Y}, {what}, are held against "
        f"{figures.units:,} people: {found.population}; {some.height:,} of them had any.{left}",
        *(
            f"The top {per_cent(one.share, 0)} of people ({one.people:,}) have {per_cent(one.held)} of {found.of}; "
            f"thrown at random over the same people they would have {per_cent(one.chance)}."
            for one in tops
        ),
        f"Gini is {figures.gini:.2f}, where chance gives {figures.chance_gini:.2f}; against the least that so few "
        f"events allow (G') it is {figures.gini_generalised:.2f}.",
        "This says how events crowded, not who will have the next: nobody is named, and no score is made of it.",
        *filter(None, (told.beside,)),
    )
    table = Rows(
        name="Top",
        title="What the most affected people hold, beside chance",
        rows=tops,
        columns=(
            TableColumn("Top", lambda one: per_cent(one.share, 0)),
            TableColumn("People", lambda one: one.people, numeric=True),
            TableColumn("Share held", lambda one: per_cent(one.held), numeric=True),
            TableColumn("By chance", lambda one: per_cent(one.chance), numeric=True),
        ),
        notes=(WITHHELD_NOTE, "By chance: mean of 200 throws of the same events over the same people."),
    )
    steps = [at for at in range(0, 101, STEP) if at in (0, 100) or (at * figures.units >= 100 * minimum
             and trail.publish(round(figures.curve[at] * figures.events)) != "c")]  # fmt: skip
    curves = {name: [(float(at), 100 * curve[at]) for at in steps]
              for name, curve in (("observed", figures.curve), ("by chance", figures.chance_curve))}  # fmt: skip
    picture = Figure("lorenz", "Share held by the most affected people", " ".join(sentences[1:-2]),
                     lambda: lorenz_chart(curves, "Most affected people (%)", f"Share of {found.of} (%)"))  # fmt: skip
    blocks = (Bullets(sentences), picture, table.on_page())
    return Answer(
        title, sentences, (table,), (Section("concentration", title, blocks),), item=ITEM, prepared_for=READER
    )
