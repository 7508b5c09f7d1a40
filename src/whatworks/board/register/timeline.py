"""Priorities through the years: when each is first named, who agreed it, when it left and by which criterion."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.register.document import document_names
from whatworks.board.register.ledger import rows
from whatworks.board.register.merging import roots
from whatworks.board.register.priority import canonical
from whatworks.records.register.ledger import Connection, Row

Waiting = dict[tuple[str, int | None], str]
"""(paper, line) of each decision that waits -> its condition."""


@dataclass(frozen=True, slots=True)
class PriorityNaming:
    """One paper's naming of a priority."""

    day: date
    standing: str
    by: str | None
    lead: str | None
    interim: bool
    document: str | None
    line: int | None
    condition: str | None = None
    """What the agreement waits for, where that is not recorded as met."""


@dataclass(frozen=True, slots=True)
class PriorityTimeline:
    """One priority: its namings, and how it left, if that is recorded. `unsaid` is what the record leaves open."""

    name: str
    namings: tuple[PriorityNaming, ...]
    left_on: date | None
    exit_criterion: str | None
    oversight: str | None
    unsaid: tuple[str, ...]


def timelines(connection: Connection, body_id: int | None = None) -> list[PriorityTimeline]:
    """Return all priorities, or a body's, in the order in which they were first named."""
    root = roots(connection, "organisation") if body_id is not None else {}
    names = document_names(connection)
    grouped: dict[str, list[Row]] = {}
    for row in sorted(rows(connection, "priority"), key=lambda row: (row["from_date"], row["id"])):
        if body_id is not None and root.get(row["body_id"]) != body_id:
            continue
        grouped.setdefault(canonical(row["name"]), []).append(row)
    days = sorted({row["from_date"] for held in grouped.values() for row in held if row["standing"] != "removed"})
    waiting = {
        (row["source_id"], row["source_line"]): row["condition"]
        for row in rows(connection, "motion", "condition_state = 'open' AND state = 'stands' AND NOT asked")
    }
    return [_timeline(held, days, names, waiting) for held in grouped.values()]


def _timeline(held: list[Row], days: list[date], names: dict[str, str], waiting: Waiting) -> PriorityTimeline:
    namings = tuple(
        PriorityNaming(
            row["from_date"],
            row["standing"],
            row["agreed_by"],
            row["lead"],
            bool(row["interim"]),
            names.get(row["source_id"]),
            row["source_line"],
            waiting.get((row["source_id"], row["source_line"])),
        )
        for row in held
    )
    left = next((row for row in reversed(held) if row["to_date"] is not None), None)
    gone = left is not None and all(row["from_date"] <= left["to_date"] for row in held)
    return PriorityTimeline(
        held[0]["name"],
        namings,
        left["to_date"] if left is not None and gone else None,
        left["exit_criterion"] if left is not None else None,
        left["oversight"] if left is not None else None,
        tuple(_unsaid(held, days, gone)),
    )


def _unsaid(held: list[Row], days: list[date], gone: bool) -> list[str]:
    named = [row for row in held if row["standing"] != "removed"]
    said = []
    if named and all(row["standing"] != "agreed" for row in named):
        who = ", ".join(sorted({str(row["agreed_by"]) for row in named if row["agreed_by"]}))
        said.append(f"no paper shows that the board agreed it{f'; named by {who}' if who else ''}")
    later = [day for day in days if named and day > named[-1]["from_date"]]
    if later and not gone:
        said.append(f"not among the priorities of {later[0]}; no paper says why it left")
    if not named:
        said.append("no paper that is held shows it as a priority")
    return said
