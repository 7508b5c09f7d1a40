"""What is due this week by agency, what is overdue, and what has nobody: named, for whoever works with the cases."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whatworks.casework.case import linked_people, person_of, records_of, seen_cases, under_18
from whatworks.casework.plan import is_open
from whatworks.casework.register import Kept
from whatworks.records.engine import Engine

WEEK = timedelta(days=7)
NOBODY = "nobody"
STATES = ("overdue", "this_week", "unanswered", "without_lead", "without_review", "twice")
"""How a task stands; `twice`: another open case is of the same person by the links, which somebody has to decide."""
WORDS = {
    "overdue": "OVERDUE since {}", "this_week": "due {}", "unanswered": "asked {}, not answered",
    "without_lead": "has no agency that leads", "without_review": "has no day of review",
    "twice": "another open case is of the same person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for an agency: its state, its record's sort and number, whose case, the day, and words."""

    agency: str
    state: str
    sort: str
    number: str
    case: str
    person: tuple[str, str]
    day: date | None
    text: str
    mark: str = ""

    def line(self) -> str:
        """Return the task for a screen, whose case it is among it."""
        what = f"{self.sort} {self.number}" + (f" of case {self.case}" if self.sort != "case" else "")
        state = WORDS[self.state].format(self.day)
        return f"    {what} ({':'.join(self.person)}{self.mark}) {state}{f': {self.text}' if self.text else ''}"


def tasks(connection: Engine, on: date, agency: str | None = None) -> list[Task]:
    """Return the tasks of all open cases that the present reader may see, by agency, the longest overdue first."""
    cases = seen_cases(connection)
    found = [task for task in (*_of_cases(connection, cases, on), *_of_records(connection, cases, on)) if task]
    order = {state: at for at, state in enumerate(STATES)}
    young = under_18(connection, [task.person for task in found], on)
    chosen = [replace(task, mark=young.get(task.person, "")) for task in found if agency in (None, task.agency)]
    return sorted(
        chosen, key=lambda task: (task.agency, order[task.state], task.day or date.max, task.sort, task.number)
    )


def due_lines(found: list[Task]) -> list[str]:
    """Return the tasks for a screen, agency by agency."""
    lines: list[str] = []
    for agency in dict.fromkeys(task.agency for task in found):
        own = [task for task in found if task.agency == agency]
        counts = Counter(task.state for task in own)
        told = ", ".join(f"{counts[state]} {state.replace('_', ' ')}" for state in STATES if counts[state])
        lines += [f"{agency}: {told}", *(task.line() for task in own)]
    return lines or ["Nothing is due."]


def _of_cases(connection: Engine, cases: list[Kept], on: date) -> Iterator[Task | None]:
    linked = linked_people(connection, [person_of(case) for case in cases])
    whose = Counter((linked[person_of(case)], case.row["kind"]) for case in cases)
    for case in cases:
        lead, review = case.row["lead_organisation"], case.row["review_on"]
        yield _task(case, case, "case", lead, review, on, "review")
        for state, holds in (
            ("without_lead", lead is None),
            ("without_review", review is None),
            ("twice", whose[linked[person_of(case)], case.row["kind"]] > 1),
        ):
            if holds:
                yield Task(lead or NOBODY, state, "case", case.number, case.number, person_of(case), None, "")


def _of_records(connection: Engine, cases: list[Kept], on: date) -> Iterator[Task | None]:
    for action, case in records_of(connection, "plan_action", cases):
        if is_open(action):
            owner = action.row["owner_organisation"]
            yield _task(action, case, "action", owner, action.row["due_on"], on, action.row["action"])
    for meeting, case in records_of(connection, "appointment", cases):
        if is_open(meeting):
            yield _task(meeting, case, "appointment", case.row["lead_organisation"], meeting.row["due_on"], on, "")
    for asked, case in records_of(connection, "handover", cases):
        if is_open(asked):
            row = asked.row
            words = f"{row['kind']}; the duty stays with {case.row['lead_organisation'] or NOBODY}"
            yield Task(row["to_organisation"], "unanswered", "handover", asked.number, case.number, person_of(case),
                       row["asked_on"], words)  # fmt: skip


def _task(kept: Kept, case: Kept, sort: str, agency: str | None, day: date | None, on: date, text: str) -> Task | None:
    """Return a task that has its day, if that lies before the week's end."""
    if day is None or day >= on + WEEK:
        return None
    state = "overdue" if day < on else "this_week"
    return Task(agency or NOBODY, state, sort, kept.number, case.number, person_of(case), day, text)
