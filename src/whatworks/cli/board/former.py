"""Names that the board's commands had before they were `board THING VERB`: each works, and says which to use."""

from typing import Any

import typer
from typer.core import TyperGroup

FORMER = {
    "decisions": ("decision", "list"),
    "delegations": ("delegation", "list"),
    "members": ("member", "list"),
    "attendance": ("member", "attendance"),
    "meetings": ("meeting", "list"),
    "plan": ("planned", "list"),
    "priorities": ("priority", "list"),
    "strategies": ("strategy", "list"),
    "blockages": ("blockage", "list"),
    "bodies": ("body", "map"),
    "body": ("body", "set"),
    "people": ("person", "list"),
    "risks": ("risk", "list"),
    "dependencies": ("dependency", "list"),
    "messages": ("message", "list"),
    "evidence": ("evidence", "list"),
    "equality": ("assessment", "make"),
    "assessments": ("assessment", "list"),
    "alignment": ("alignment", "show"),
}
"""A former name -> the thing, and the verb that is meant where no verb of the thing follows."""
OF_BODIES = "--bodies"
"""What `people` was given for bodies, which are a thing of their own now."""


class FormerNames(TyperGroup):
    """A group in which former names of commands work for one version more."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, under the name that it has now."""
        return super().resolve_command(ctx, self._renamed(args))

    def _renamed(self, args: list[str]) -> list[str]:
        first, *rest = args
        if first not in FORMER:
            return args
        thing, verb = FORMER[first]
        if first == "people" and OF_BODIES in rest:
            thing, rest = "body", [word for word in rest if word != OF_BODIES]
        known = getattr(self.commands[thing], "commands", {})
        follows = rest[:1] if rest[:1] and rest[0] in known else []
        if first == thing and (follows or rest[:1] == ["--help"] or (not rest and verb != "list")):
            return args
        now = [thing, *(follows or [verb])]
        before = " ".join([first, *follows])
        typer.echo(
            f"Note: `whatworks board {before}` is `whatworks board {' '.join(now)}` now; the former name goes with the "
            "next version.",
            err=True,
        )
        return [*now, *rest[len(follows) :]]
