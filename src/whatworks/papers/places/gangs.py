"""The paper of gangs: groups in the aggregate, what followed each removal, and the plan of a pilot. It names nobody."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.words import about, per_cent
from whatworks.papers.paper import Bullets, Section
from whatworks.papers.places.words import ITEM, NOT_KNOWN, READER
from whatworks.places.gangs import Crossing, GangStudy, GroupStudy, RemovalStudy, Territory
from whatworks.places.gangs_pilot import BEFORE, PilotArea, PilotPlan
from whatworks.places.gangs_records import GroupRecord
from whatworks.places.gangs_terms import GangsTerms
from whatworks.records.audit.telling import Telling
from whatworks.statistics.verdict import SIGNIFICANT

NOBODY = (
    "This paper is about groups, and names nobody: members stand in each group's own register, with its owner. No "
    "penalty for a member is computed for what another did."
)

CELLS = "gangs"
LIMITS = "Limits are of the ratio of changes; of pilots that do no harm, about one in twenty stops at any look."


def gangs_answer(
    terms: GangsTerms, study: GangStudy | None, plan: PilotPlan | None, minimum: int, told: Telling | None = None
) -> Answer:
    """Return the answer: a section on the groups, a section on the pilot, or both."""
    told = told or Telling()
    behind = [each.behind for each in (study, plan) if each is not None and each.behind is not None]
    if behind:
        told.divide(CELLS, pl.concat(behind), total=False)
    few = _Few(told, minimum)
    tables: list[Rows[Any]] = []
    sections, sentences = [], [NOBODY]
    for name, heading, lines, shown in (
        ("groups", "Groups on record", *(_study(study, few) if study else ((), ()))),
        ("pilot", "The pilot", *(_plan(plan, few) if plan else ((), ()))),
    ):
        if lines:
            own = (NOBODY, *lines) if name == "groups" or not study else lines
            sections.append(Section(name, heading, (Bullets(own), *(each.on_page() for each in shown if each.rows))))
            tables += shown
            sentences += lines
    sentences += filter(None, (told.beside,))
    return Answer(terms.title, tuple(sentences), tuple(tables), tuple(sections), item=ITEM, prepared_for=READER)


def _study(study: GangStudy, few: "_Few") -> tuple[tuple[str, ...], tuple[Rows[GroupStudy] | Rows[RemovalStudy], ...]]:
    overdue = [each.group.code for each in study.groups if each.overdue]
    lines = [f"{len(study.groups):,} groups are on record on {study.as_at}, each with one owner and one version."]
    if overdue:
        lines.append(
            f"Overdue for review, and not acted on until reviewed: {', '.join(overdue)}. They count as groups only."
        )
    lines += [_removal_words(each, few) for each in study.removals]
    lines.append(_territory_words(study.territory, study.no_territory))
    if study.circular:
        lines.append(f"Left out of territory, since each one's evidence rule uses place: {', '.join(study.circular)}.")
    lines.append(
        "A call-in meets the fewest adults so that each adult member is met or tied to one who is; children and those "
        "who are exploited are never called in, and go to those who safeguard them."
    )
    return tuple(lines), (_groups(study, few), _removals(study, few))


def _removal_words(each: RemovalStudy, few: "_Few") -> str:
    name, rivals = f"After the removal of {each.group.code}", each.rivals
    if rivals is None:
        return f"{name}: whether rivals moved in cannot be asked: {each.why}."
    clear = each.adjusted_p is not None and each.adjusted_p <= SIGNIFICANT
    if clear and rivals.observed > rivals.expected:
        verdict = "rivals' events rose where it stood, more than chance allows: a rival moved in"
    elif clear:
        verdict = "rivals' events fell where it stood"
    else:
        verdict = (
            "no rise of rivals' events where it stood can be told from chance, which does not show that there was none"
        )
    counted = (
        "fewer events than may be shown"
        if few(rivals.observed, "rivals", each.group)
        else f"{rivals.observed:,} events, {half_away(rivals.expected, 1)} expected"
    )
    return f"{name}: {verdict} ({counted}; p {_p(rivals.p)}, the least that could come out {_p(rivals.smallest_p)})."


def _territory_words(territory: Territory | None, why: str) -> str:
    if territory is None:
        return f"Territory: {why}."
    fits = ", ".join(f"{name} {half_away(fit, 2)}" for name, fit in territory.fits.items())
    tied = (
        "an event's place goes with its group"
        if territory.p <= SIGNIFICANT
        else "no tie of groups to places can be told"
    )
    verdict = f"Territory: {tied} (p {_p(territory.p)} over {territory.groups:,} groups)."
    return f"{verdict} How well lines fit groups, from 0 as by chance to 1: {fits}."


def _p(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{half_away(p, 3)}"


@dataclass(frozen=True, slots=True)
class _Few:
    """Whether a count may not be shown: few by itself, or leaving few beside an earlier paper."""

    told: Telling
    minimum: int

    def __call__(self, count: int, *cell: "str | GroupRecord") -> bool:
        name = " ".join(each if isinstance(each, str) else each.code for each in cell)
        return Nested(self.minimum).sensitive(count) or (bool(name) and self.told.cell(CELLS, name, count) == "c")


def _share(crossing: Crossing | None, few: _Few, what: str, group: GroupRecord) -> str:
    if crossing is None:
        return NOT_KNOWN
    if not crossing.of:
        return "none"
    home, away = (f"{what} at home", crossing.of - crossing.cross), (f"{what} away", crossing.cross)
    if any(few(count, name, group) for name, count in ((what, crossing.of), home, away)):
        return "[c]"
    return per_cent(crossing.cross / crossing.of)


def _groups(study: GangStudy, few: _Few) -> Rows[GroupStudy]:
    return Rows("Groups", "Groups, those overdue for review first", study.groups, (
        TableColumn("Group", lambda each: each.group.code),
        TableColumn("Owner", lambda each: each.group.owner),
        TableColumn("Version", lambda each: each.group.version),
        TableColumn("Review", lambda each: f"{'overdue since' if each.overdue else 'by'} {each.group.review_on}"),
        TableColumn("Strand", lambda each: each.group.strand or "none"),
        TableColumn("Members", lambda each: _members(each, few)),
        TableColumn("Events outside its borough", lambda each: _share(each.events, few, "events", each.group)),
        TableColumn("Ties across a borough line", lambda each: _share(each.ties, few, "ties", each.group)),
        TableColumn("Adults that a call-in meets", lambda each: (
            "not acted on" if each.call_in is None else _met(each, few))),
        TableColumn("Communities within", lambda each: (
            "not acted on" if each.divided is None else str(sum(size > 1 for size in each.divided.sizes())))),
    ), notes=("[c] is withheld, since it would show how few people or events are behind it.",))  # fmt: skip


def _members(each: GroupStudy, few: _Few) -> str:
    if few(each.members, "members", each.group):
        return "[c]"
    parts = any(few(getattr(each, part), part, each.group) for part in ("children", "exploited", "adults"))
    return f"{each.members:,}{'' if parts else f', {each.children:,} under 18'}"


def _met(each: GroupStudy, few: _Few) -> str:
    """Return the number of a call-in, withheld where it would leave few adults, or few members."""
    called = each.call_in or 0
    sizes = {"adults": each.adults, "members": each.members}
    if any(few(size - called) or few.told.cell(CELLS, f"{name} {each.group.code}", 0) == "c"
           for name, size in sizes.items()):  # fmt: skip
        return "[c]"
    return about(called, few.minimum)


def _removals(study: GangStudy, few: _Few) -> Rows[RemovalStudy]:
    tested = tuple(
        each for each in study.removals if each.rivals and not few(each.rivals.observed, "rivals", each.group)
    )
    return Rows("Removals", "Rivals' events where a group was removed, against the rest of its borough", tested, (
        TableColumn("Group", lambda each: each.group.code),
        TableColumn("Removed in", lambda each: f"{each.group.removed_on:%Y-%m}"),
        TableColumn("Events after", lambda each: each.rivals.observed if each.rivals else None, numeric=True),
        TableColumn("Expected", lambda each: half_away(each.rivals.expected, 1) if each.rivals else None, numeric=True),
        TableColumn("Change a month against the rest",
                    lambda each: half_away(each.rivals.difference, 1) if each.rivals else None, numeric=True),
        TableColumn("p", lambda each: _p(each.rivals.p) if each.rivals else None),
        TableColumn("p over all removals (Holm)", lambda each: _p(each.adjusted_p or 0.0)),
        TableColumn("Least p possible", lambda each: _p(each.rivals.smallest_p) if each.rivals else None),
    ), notes=("The six months before a removal are left out: groups are removed at a peak.",))  # fmt: skip


def _plan(plan: PilotPlan, few: "_Few") -> tuple[tuple[str, ...], tuple[Rows[PilotArea], ...]]:
    terms = plan.terms
    months = f"{terms.months} months from {terms.begins}"
    lines = [
        f"{terms.title}: {', '.join(each.name for each in plan.areas)}, {months}; counted: {', '.join(terms.kinds)}."
    ]
    lines += [f"It may not start: {each}." for each in plan.obstacles] or ["The community consents."]
    lines += [
        f"{each.name} is held against {_names(each)}, whose trend before was nearest"
        + (
            "."
            if few(each.before, BEFORE, each.name)
            else f"; a fall of {per_cent(1 - each.smallest)} or more would be found, four times in five."
        )
        for each in plan.areas
    ]
    lines.append("It stops where the pilot's events, against its comparison areas, rise above the limit of a look.")
    lines.append(
        f"Under 18: {terms.safeguards.lead} answers; nobody under {terms.safeguards.called_in_from} is called in; "
        f"instead: {terms.safeguards.instead}."
    )
    lines += [f"Another law: there, {each.there}; here, {each.here}." for each in terms.legal_difference]
    looks = "; ".join(f"after {look.months} months" for look in plan.areas[0].looks)

    def shown(each: PilotArea, figure: Any) -> Any:
        return "c" if few(each.before, BEFORE, each.name) else figure

    table = Rows("Pilot areas", "Pilot areas, and when each stops", plan.areas, (
        TableColumn("Area", lambda each: each.name),
        TableColumn(f"Events in {terms.before} months before", lambda each: shown(each, each.before), numeric=True),
        TableColumn("Variance over Poisson's", lambda each: half_away(each.spread.phi, 2), numeric=True),
        TableColumn("Least fall that would be found", lambda each: shown(each, per_cent(1 - each.smallest))),
        TableColumn(f"Stops above ({looks})", lambda each: shown(each, _stops(each)), width=2),
    ), notes=(LIMITS,))  # fmt: skip
    return tuple(lines), (table,)


def _names(area: PilotArea) -> str:
    return ", ".join(each.name for each in area.comparators)


def _stops(area: PilotArea) -> str:
    return "; ".join(f"{half_away(look.stop_above, 2)}" for look in area.looks)
