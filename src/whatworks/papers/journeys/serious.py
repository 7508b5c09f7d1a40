"""Serious allegations by charging decision, as a paper: all decisions together, and a number in place of any list."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from whatworks.journeys.serious import SENTENCE, STEPS, FunnelStep, SeriousFunnel
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.journeys.comparison import (
    WITHHELD_NOTE,
    funnel_figure,
    funnel_figures,
    funnel_rows,
    funnel_sentence,
    shown_units,
)
from whatworks.papers.journeys.told import name_serious
from whatworks.papers.journeys.words import per_cent
from whatworks.papers.paper import Block, Bullets, Section
from whatworks.papers.surveys.figures import figures_of
from whatworks.papers.words import NONE, WITHHELD, text
from whatworks.records.audit.telling import Telling, part


class _Row(NamedTuple):
    """A step of a level with the counts that may be shown."""

    level: str
    step: FunnelStep
    counts: Mapping[str, Any]

    @property
    def share(self) -> str:
        """The share that dropped out with its interval, unless its counts are withheld."""
        if self.step.name == STEPS[0]:
            return NONE
        if self.step.share is None or self.step.interval is None:
            return "none decided"
        if "c" in (self.counts["reached"], self.counts["dropped"]):
            return WITHHELD
        low, high = self.step.interval
        return f"{per_cent(self.step.share, 1)} ({per_cent(low, 1)} to {per_cent(high, 1)})"

    def figures(self) -> dict[str, Any]:
        """Return the row for JSON."""
        open_ = self.step.name != STEPS[0] and "c" not in (self.counts["reached"], self.counts["dropped"])
        decided = self.step.reached + self.step.dropped
        shares = {"n": decided, "share": self.step.share, "interval": self.step.interval} if open_ else {}
        return {"level": self.level, "step": self.step.name, **self.counts, **figures_of(shares)}


def serious_answer(found: SeriousFunnel, names: Mapping[str, str], minimum: int, told: Telling | None = None) -> Answer:
    """Return the funnel by level, boroughs against all, and repeat drop-out, in `told` beside earlier papers."""
    if told is None:
        told = Telling()
    else:
        name_serious(told, found)
    rows = list(_rows(found, minimum, told))
    steps: Rows[_Row] = Rows(
        name="Steps",
        title="Charging decisions: how far they went, and where they dropped out",
        rows=rows,
        columns=(
            TableColumn("Level and step", lambda row: f"{row.level.replace('_', ' ')}: {row.step.name}", width=2.2),
            TableColumn("Reached", lambda row: row.counts["reached"], numeric=True),
            TableColumn("Dropped out", lambda row: row.counts["dropped"], numeric=True),
            TableColumn("Of these at a lower level", lambda row: row.counts["lower"], numeric=True),
            TableColumn("Pending", lambda row: row.counts["pending"], numeric=True),
            TableColumn("Drop-out of those decided", lambda row: row.share, width=1.8),
        ),
        notes=(WITHHELD_NOTE, "Pending units are in no share. Intervals are Wilson's."),
    )
    nested = Nested(minimum)
    apart = any(nested.sensitive(steps[0].reached) for steps in found.levels.values()) or not told.tells("units")
    made, given = (text("c" if apart else nested.publish(count)) for count in (found.units, found.allegations))
    sentences = [
        f"{made} charging decisions are made of {given} allegations: those of one case against one person are one, at "
        "the gravest level.",
        _repeat_words(found, minimum, told),
        SENTENCE,
        *filter(None, (told.beside,)),
    ]
    blocks: list[Block] = []
    tables, boroughs = [steps], None
    if found.boroughs is not None:
        shown = shown_units(found.boroughs, minimum, told)
        boroughs = funnel_figures(found.boroughs, shown)
        table = funnel_rows(found.boroughs, shown, names, "Serious units without a serious charge, by borough")
        sentences.insert(1, f"Boroughs, serious level: {funnel_sentence(found.boroughs, shown)}")
        tables.append(table)
        if shown:
            title, base = "Serious units without a serious charge", "Decided units"
            blocks.append(funnel_figure(found.boroughs, shown, names, title, base))
        blocks.append(table.on_page())
    return Answer(
        title="Serious allegations: from record to result",
        sentences=tuple(sentences),
        tables=tuple(tables),
        figures={
            "steps": [row.figures() for row in rows],
            "boroughs": boroughs,
            "repeat": _repeat_figures(found, minimum, told),
            "sentences": sentences,
        },
        sections=(Section("funnel", "From record to result", (Bullets(tuple(sentences)), steps.on_page(), *blocks)),),
        item="Serious allegations",
        prepared_for="The board",
    )


def _rows(found: SeriousFunnel, minimum: int, told: Telling) -> Iterator[_Row]:
    for level, steps in found.levels.items():
        hidden = False  # once a count is withheld, the parts that add up to it are
        for step in steps:
            first = step is steps[0]
            of = part("units", ("level", level), *(() if first else (("step", step.name),)))
            parts = {"reached": step.reached, "dropped": step.dropped, "pending": step.pending}
            counts: dict[str, Any] = dict.fromkeys(parts, "c") if hidden else dict(clear_parts(parts, minimum))
            counts = {
                name: told.count(of if first else f"{of}, by state: {name}", count) for name, count in counts.items()
            }
            hidden = counts["reached"] == "c"
            apart = step.dropped - step.lower
            nested = Nested(minimum)
            few = counts["dropped"] == "c" or nested.sensitive(step.lower) or nested.sensitive(apart)
            few = few or not told.tells(f"{of}, by state: dropped, by lower: yes")
            yield _Row(level, step, {**counts, "lower": "c" if few and step.dropped else step.lower})


REPEATED = ("people", "people, by charged: yes", "people, by charged: no")


def _repeat_figures(found: SeriousFunnel, minimum: int, told: Telling) -> dict[str, Any] | None:
    """Return repeat drop-out for JSON; a small number of people is withheld, with the p that would give it back."""
    again = found.repeat
    if again is None or again.people < minimum or not told.tells(*REPEATED):
        return None
    said: dict[str, Any] = figures_of(again)
    few = any(map(Nested(minimum).sensitive, (again.observed, again.people - again.observed)))
    return said | ({"observed": "c", "p": "c"} if few else {})


def _repeat_words(found: SeriousFunnel, minimum: int, told: Telling) -> str:
    again = found.repeat
    if again is not None and again.people >= minimum and not told.tells(*REPEATED):
        return "Whether the same people recur is withheld beside an earlier paper."
    if again is None or again.people < minimum:
        return f"Too few people have {found.k} or more decided units to say whether the same people recur."
    expected = f"chance gives {again.expected:.1f} ({again.expected_low:.1f} to {again.expected_high:.1f})"
    small = Nested(minimum).sensitive
    if small(again.observed) or small(again.people - again.observed):
        count = f"{'' if small(again.observed) else 'all but '}fewer than {minimum}"
        return (
            f"Of {again.people:,} people with {found.k} or more decided units {count} were never charged at the level; "
            f"{expected}."
        )
    return (
        f"Of {again.people:,} people with {found.k} or more decided units {again.observed:,} were never charged at the "
        f"level; {expected}, p {again.p:.3f} (two-sided, exact)."
    )
