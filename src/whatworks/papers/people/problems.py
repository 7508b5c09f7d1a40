"""A register of problems, not of people, as a paper: each beside chance, with who works there, and a task for one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.people.overlap import ITEM, READER
from whatworks.papers.places.words import months_words
from whatworks.people.problems import ORDERED, Problem, Problems
from whatworks.records.audit.telling import Telling

WHAT = {
    "victim": "{kind} on the same victims, {name}",
    "offender": "{kind} by the same suspects, {name}",
    "location": "{kind}, {name}",
    "time": "{kind}, {name}",
}
TASK = {
    "victim": "see the repeat victims and make them safer",
    "offender": "ask whether the rule of a list is met, and who has a case open",
    "location": "look at what draws it to the place",
    "time": "compare its hours there with these",
}
MOST_SHOWN = 20
UNKNOWN = {
    "victim": "no report names a victim, or residents are not known",
    "offender": "no report names a suspect, or residents are not known",
    "location": "no area is known",
    "time": "no report says at what hour",
}


class _Ranked(NamedTuple):
    rank: str
    problem: Problem


def problems_answer(found: Problems, edition: str | None, minimum: int, told: Telling | None = None) -> Answer:
    """Return the problems that may be shown: none of few incidents, or of few people."""
    told, title = told or Telling(), "Victim, offender, location, time: problems and who works on them"
    shown = [one for one in found.problems if _may_show(told, one, minimum)][:MOST_SHOWN]
    ranked = _ranked(shown) if found.ordered else [_Ranked("none", one) for one in shown]
    left = len(found.problems) - len(shown)
    several = sum(len(one.there) > 1 for one in shown)
    sentences = (
        f"{found.fitted:,} units of kinds, areas and hours were looked at, those without incidents too, held against "
        f"{found.exposure}; {len(found.problems):,} have more than chance gives.",
        "They stand in order of the chance of being among the ten with most beyond chance, over 2,000 draws; equal "
        "chances share a place." if found.ordered else
        f"No order is given: none is among the ten with most beyond chance in {ORDERED:.0%} of draws or more.",
        *((f"On {several} of the {len(shown)} shown two agencies or more are at work: they should know of each other.",)
          if shown else ()),
        *((f"{left:,} more are not shown: they come later, or few incidents or people are behind.",) if left else ()),
        *(f"Nothing is said of {dimension}: {UNKNOWN[dimension]}." for dimension in found.without),
        f"Incidents are those of {months_words(found.incidents.months)}. A problem is not a person: nobody is named, "
        "and people are linked records, not equal names.",
        *filter(None, (told.beside,)),
    )  # fmt: skip
    table = Rows(
        name="Problems",
        title="Problems, each beside what chance alone gives",
        rows=ranked,
        columns=(
            TableColumn("Place", lambda row: row.rank),
            TableColumn("Problem", lambda row: _what(row.problem), width=3.0),
            TableColumn("Incidents", lambda row: int(half_away(row.problem.count, 0)), numeric=True),
            TableColumn("By chance", lambda row: half_away(row.problem.chance, 1), numeric=True),
            TableColumn(
                "People", lambda row: None if row.problem.people is None else len(row.problem.people), numeric=True
            ),
            TableColumn("Chance of top ten", lambda row: half_away(row.problem.top, 2), numeric=True),
            TableColumn("Later half over earlier", lambda row: _trend(row.problem.trend), width=1.8),
            TableColumn("Weight of one", lambda row: _weight(row.problem.weight, edition)),
            TableColumn("Who works there", lambda row: _there(row.problem), width=3.0),
            TableColumn("Task", lambda row: _task(row.problem), width=3.0),
        ),
        notes=("People: repeat victims, or repeat suspects. By chance: the same incidents thrown at random.",),
    )
    return Answer(title, sentences, (table,), item=ITEM, prepared_for=READER)


def _may_show(told: Telling, one: Problem, minimum: int) -> bool:
    """Name a problem's incidents and people, and tell whether both may be shown."""
    label, few = " ".join((one.dimension, one.kind, one.code or one.name)), Nested(minimum).sensitive
    sets = {f"incidents: {label}": one.units} | ({} if one.people is None else {f"people: {label}": one.people})
    for name, units in sets.items():
        told.whole(name, units)
    return not few(round(one.count)) and not any(few(len(units)) for units in sets.values()) and told.tells(*sets)


def _ranked(shown: Sequence[Problem]) -> list[_Ranked]:
    """Return the problems with their places; those whose chances print alike share one."""
    printed = [half_away(one.top, 2) for one in shown]
    return [
        _Ranked(f"{1 + sum(other > own for other in printed)}{'=' if printed.count(own) > 1 else ''}", one)
        for own, one in zip(printed, shown, strict=True)
    ]


def _what(one: Problem) -> str:
    return WHAT[one.dimension].format(kind=one.kind.replace("_", " "), name=one.name)


def _trend(trend: tuple[float, float, float] | None) -> str:
    return "too few" if trend is None else "{} ({} to {})".format(*(half_away(end, 2) for end in trend))


def _weight(weight: int | None, edition: str | None) -> Any:
    return half_away(weight / 100, 2) if weight is not None else "no edition" if edition is None else "not in edition"


def _there(one: Problem) -> str:
    return "; ".join(f"{agency}: {', '.join(what)}" for agency, what in one.there.items()) or "nobody known"


def _task(one: Problem) -> str:
    agency = next(iter(one.there), None)
    task = TASK[one.dimension]
    return f"{agency}, there already: {task}" if agency else f"No agency is there: name one to {task}"
