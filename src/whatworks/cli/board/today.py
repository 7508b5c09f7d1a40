"""`whatworks board` alone: today's work, each part with the command that deals with it."""

from datetime import date
from typing import Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.board.opening import board_of
from whatworks.cli.options import FolderOption, JsonOption, read_day
from whatworks.cli.register import ALL, ON, SCREEN_WIDTH, show_view
from whatworks.records.showing.beginning import beginning

SHOWN = 3
"""Entries of each part that are shown unless everything is asked for."""


def today(
    context: typer.Context,
    on: Annotated[str, typer.Option("--on", help=ON.help)] = "",
    body: Annotated[str, typer.Option("--body", help="Only this body's, by any of its names.")] = "",
    everything: Annotated[bool, typer.Option("--all", help=ALL.help)] = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say what is due today, what waits for a decision, and what the last paper left unplaced.

    Eight commands do the day: read, check, actions, decisions, plan, contradictions, bodies, withdraw. The rest stands
    behind them as THING VERB.
    """
    if context.invoked_subcommand is not None:
        _refuse_before_a_command(context)
        return
    from whatworks.board.register.office import body_asked
    from whatworks.board.today import tasks

    day = read_day(on) if on else date.today()
    with board_of(partnership, day) as desk:
        work = tasks(desk.connection, day, body_asked(desk.connection, body or None))
    lines = []
    for task in work:
        lines.append(f"{task.title}: {task.count}")
        shown = task.entries if everything else task.entries[:SHOWN]
        lines += [f"  {entry}" if everything else f"  {beginning(entry, SCREEN_WIDTH - 2)}" for entry in shown]
        more = task.count - len(shown)
        lines += [f"  ... and {more} more: {task.everything}"] if more > 0 else []
        lines.append(f"  -> {task.command}")
    head = [f"{day:%A} {day.day} {day:%B %Y}{'' if work else ': nothing is due, and nothing waits.'}"]
    show_view({"verb": "today"}, View({"on": day, "tasks": work}, lines, head=head), None, json=json, whole=True)


def _refuse_before_a_command(context: typer.Context) -> None:
    """Refuse options that stand before a command, where they would be of no effect."""
    from whatworks.records.refusal import Fault, Refused

    given = [name for name, value in context.params.items() if value]
    if given:
        flags = ", ".join(f"--{'all' if name == 'everything' else name}" for name in given)
        remedy = f"write it behind `{context.invoked_subcommand}`"
        raise Refused(Fault("stands before the command", remedy, field=flags))
