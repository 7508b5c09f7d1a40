"""What becomes of trials: both rates side by side, by reason, and what a change of listing practice did."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from whatworks.journeys.trials import OUTCOMES, TrialReport, Trials
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import clear_parts, exact, withheld_groups
from whatworks.papers.journeys.told import name_trials, trial_names
from whatworks.papers.journeys.words import about, rate_words
from whatworks.papers.words import text
from whatworks.records.audit.telling import Telling, part

BOTH = (
    "Beside the published rate stands the share of all listings that was ineffective or vacated: taking a trial out of "
    "the list before the day moves it from the first to neither, and leaves the second as it is."
)


def trials_answer(found: TrialReport, by: str, minimum: int = 10, told: Telling | None = None) -> Answer:
    """Return what became of trials, small counts withheld, in `told` beside earlier papers; `--json` has them all."""
    if told is None:
        told = Telling()
    else:
        name_trials(told, found, by)
    hidden = withheld_groups({one.name: [*one.outcomes.values()] for one in found.groups}, minimum)
    shown = {one.name for one in found.groups if one.name not in hidden and told.tells(*trial_names(one.name))}
    change = not _few_beside(found, by, minimum, hidden) and told.tells(*_sides(found))
    whole = not _small(found.everybody, minimum) and told.tells(*trial_names())
    shown |= {found.everybody.name} if whole else set()
    return Answer(
        title="Trials: effective, cracked, ineffective, vacated",
        sentences=tuple(_sentences(found, minimum, told, whole, change)),
        tables=(_outcomes(found, by, shown), _reasons(found, minimum, told), *_change(found, change)),
        restricted=exact(found),
        item="Trials",
        prepared_for="The board",
        as_at=found.last,
    )


def _small(one: Trials, minimum: int) -> bool:
    return any(Nested(minimum).sensitive(count) for count in one.outcomes.values())


def _few_beside(found: TrialReport, by: str, minimum: int, hidden: set[str]) -> bool:
    """Return whether the change's sides have few of an outcome, or would give back few beside whole quarters."""
    change = found.change
    if change is None or _small(change.before, minimum) or _small(change.after, minimum):
        return True
    if by != "quarter":
        return False
    quarter = f"{change.on.year} Q{(change.on.month + 2) // 3}"
    begins = change.on.day == 1 and change.on.month % 3 == 1
    shown = [one for one in found.groups if one.name not in hidden]
    sides = (
        (change.before, [one for one in shown if one.name < quarter]),
        (change.after, [one for one in shown if one.name > quarter or (begins and one.name == quarter)]),
    )
    return any(
        Nested(minimum).sensitive(side.outcomes[name] - sum(one.outcomes[name] for one in whole))
        for side, whole in sides
        for name in OUTCOMES
    )


def _sides(found: TrialReport) -> tuple[str, ...]:
    if found.change is None:
        return ()
    return (*trial_names(found.change.before.name), *trial_names(found.change.after.name))


def _sentences(found: TrialReport, minimum: int, told: Telling, shown: bool, both: bool) -> Iterator[str]:
    whole = found.everybody
    if not shown and not _small(whole, minimum):
        yield f"From {found.first} to {found.last} all rates are withheld."
    elif not shown:
        yield f"From {found.first} to {found.last} too few trials had one of the outcomes to show any rate."
    else:
        day, lost = whole.ineffective_rate, whole.lost_rate
        yield (
            f"From {found.first} to {found.last} {text(day.events)} of {text(day.base)} trials that reached the day "
            f"were ineffective: {rate_words(day)}. Ineffective or vacated were {text(lost.events)} of "
            f"{text(lost.base)} listings: {rate_words(lost)}."
        )
    yield BOTH
    if found.change and both:
        spans = (found.change.ineffective, found.change.vacated, found.change.lost)
        names = ("ineffective", "vacated", "both together")
        said = (
            f"{name} {100 * span[0]:+.1f} percentage points ({100 * span[1]:+.1f} to {100 * span[2]:+.1f})"
            for name, span in zip(names, spans, strict=True)
        )
        yield f"From {found.change.on} on, against before: {'; '.join(said)}."
        smallest = zip(names, found.change.smallest, strict=True)
        least = ", ".join(f"{name} by {100 * change:.1f}" for name, change in smallest)
        yield f"A change of {least} percentage points would be found four times in five; a smaller one may be missed."
        yield (
            "Trials moved between vacated and ineffective while both together did not change beyond chance: this is a "
            "change of how they are listed or recorded, not of how many are lost."
            if found.change.by_listing
            else "More or fewer are lost: this is not what a change of listing practice alone would look like."
            if found.change.lost_moved
            else "Both together did not change beyond chance: a change of listing may be behind it, or more than one "
            "change; these numbers cannot tell."
            if found.change.moved
            else "None of the three moved beyond chance: there is no change that these numbers could tell."
        )
    elif found.change:
        yield (
            f"Too few trials lie on one side of {found.change.on}, or between it and the quarter's end, to show both "
            "sides: name the first day of a quarter, or widen the time."
        )
    else:
        yield 'Higher than what? Name the day with --change: "higher" needs a base, a period and n on both sides.'
    if found.unknown:
        yield f"Past listings without an outcome, in no rate: {about(found.unknown, minimum)}."
    if found.ahead:
        yield f"Listings still to come, in no rate: {about(found.ahead, minimum)}."
    if found.without_reason:
        either = ("ineffective", "vacated")
        few = any(clear_parts(whole.reasons[name], minimum).get("not given") == "c" for name in either)
        few = few or not told.tells(*(_of_reason(name, "not given") for name in either))
        count = "some" if few else about(found.without_reason, minimum)
        yield f"Ineffective or vacated without a reason: {count}; ask the court for it."
    yield from filter(None, (told.beside,))


def _of_reason(outcome: str, reason: str) -> str:
    return part("trials", ("outcome", outcome), ("reason", reason))


def _columns(names: set[str]) -> tuple[TableColumn[Trials], ...]:
    def shown(value: Any, one: Trials) -> Any:
        return value(one) if one.name in names else "c"

    def count(name: str, one: Trials) -> int:
        return one.outcomes[name]

    return (
        *(TableColumn(name.capitalize(), partial(shown, partial(count, name)), numeric=True) for name in OUTCOMES),
        TableColumn(
            "Ineffective (95% limits)", partial(shown, lambda one: rate_words(one.ineffective_rate)), width=1.8
        ),
        TableColumn("Ineffective or vacated", partial(shown, lambda one: rate_words(one.lost_rate)), width=1.8),
    )


def _outcomes(found: TrialReport, by: str, shown: set[str]) -> Rows[Trials]:
    return Rows(
        name="Trials",
        title=f"Trials by {by.replace('_', ' ')}",
        rows=(*found.groups, found.everybody),
        columns=(TableColumn(by.replace("_", " ").capitalize(), lambda one: one.name, width=1.4),
                 *_columns(shown)),
        notes=("Areas and courts are not ranked: a funnel plot says which lie beyond chance.",),
    )  # fmt: skip


def _reasons(found: TrialReport, minimum: int, told: Telling) -> Rows[tuple[str, str, Any]]:
    whole = found.everybody
    rows = [
        (outcome, reason, told.count(_of_reason(outcome, reason), count))
        for outcome, reasons in whole.reasons.items()
        if not Nested(minimum).sensitive(whole.outcomes[outcome])
        for reason, count in clear_parts(reasons, minimum).items()
    ]
    return Rows(
        name="Reasons",
        title="Whose reason it was",
        rows=rows,
        columns=(
            TableColumn("Outcome", lambda row: row[0]),
            TableColumn("Reason", lambda row: row[1]),
            TableColumn("Trials", lambda row: row[2], numeric=True),
        ),
    )


def _change(found: TrialReport, shown: bool) -> tuple[Rows[Trials], ...]:
    if found.change is None:
        return ()
    both = {found.change.before.name, found.change.after.name} if shown else set()
    return (
        Rows(
            name="Change",
            title=f"Before {found.change.on} and from then on",
            rows=(found.change.before, found.change.after),
            columns=(TableColumn("When", lambda one: one.name, width=1.4), *_columns(both)),
        ),
    )
