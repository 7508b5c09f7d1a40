"""`whatworks casework`: what the team's records answer for the board, in papers without a name."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.answering import Asked, Maker

if TYPE_CHECKING:
    from whatworks.casework import Exits

ByOption = Annotated[Literal["borough", "provider", "prison"] | None, typer.Option(help="By this as well.")]
FromOption = Annotated[str, typer.Option("--from", help="Who came out from this day on, as 2024-04-01.")]
ToOption = Annotated[str, typer.Option("--to", help="And up to this day.")]
StartOption = Annotated[
    Literal["release", "order"],
    typer.Option("--start", help="From release, or from the end of one provider's order to contact with the next."),
]


def gate(
    asked: Asked, start: StartOption = "release", first: FromOption = "", last: ToOption = "", by: ByOption = None
) -> Maker:
    """Say who comes out with which needs, who picks them up, and who is seen by nobody within 1, 7, 14 and 28 days.

    Contacted, returned to custody, died, or at liberty and unseen: the four add up to 100% on each day. Releases from
    remand, same-day returns and people gone to another area are lines of their own. --json has exact counts, which
    are restricted.
    """
    from whatworks.journeys import watched
    from whatworks.papers.casework.gate import gate_answer

    found = gate_exits(asked, start, first, last)
    groups = watched(found.cases, by)
    return lambda told: gate_answer(found, groups, asked.minimum, told, by)


def gate_exits(asked: Asked, start: Literal["release", "order"], first: str, last: str) -> "Exits":
    """Return the exits of a time, in the words of the partnership's own `journeys/through_the_gate.toml` if any."""
    from dataclasses import replace

    from whatworks.casework import exits
    from whatworks.cli.journeys.group import window
    from whatworks.journeys import load_kind
    from whatworks.papers.casework.gate import gate_kind

    days = window(first, last)
    kind = load_kind("through_the_gate", asked.here.root / "journeys")
    found = exits(asked.store, gate_kind(kind, start), start)
    return replace(found, cases=found.cases.opened(*days))
