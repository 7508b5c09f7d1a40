"""Names that the board's commands had before: each works, and says which to use."""

from typing import Any

import typer
from typer.core import TyperGroup

FORMER = {
    "action list": "actions",
    "decision list": "decisions",
    "planned list": "plan",
    "body map": "bodies",
    "agenda": "meeting agenda",
    "challenge": "meeting challenge",
    "minutes-template": "meeting template",
    "export": "paper export",
    "dependency list": "risk list --kind dependency",
    "dependencies": "risk list --kind dependency",
    "person accept": "proposal accept",
    "person reject": "proposal decline",
    "body accept": "proposal accept",
    "body reject": "proposal decline",
    "people --bodies": "body list",
    "delegations": "delegation list",
    "members": "member list",
    "attendance": "member attendance",
    "meetings": "meeting list",
    "priorities": "priority list",
    "strategies": "strategy list",
    "blockages": "blockage list",
    "people": "person list",
    "risks": "risk list",
    "messages": "message list",
    "evidence": "evidence list",
    "equality": "assessment make",
    "assessments": "assessment list",
    "alignment": "alignment show",
}
"""A former name -> what is typed now; of a thing, where no verb of it follows."""
OF_MERGES = ("person accept", "person reject", "body accept", "body reject")
"""Names that were followed by the number of a merge, which is M2 now."""


class FormerNames(TyperGroup):
    """A group in which former names of commands work for one version more."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, under the name that it has now."""
        return super().resolve_command(ctx, self._renamed(args))

    def _renamed(self, args: list[str]) -> list[str]:
        name = " ".join(args[:2]) if " ".join(args[:2]) in FORMER else args[0]
        if name not in FORMER:
            return args
        now, rest = FORMER[name].split(), args[len(name.split()) :]
        verbs = getattr(self.commands[now[0]], "commands", {})
        if " " not in name and rest[:1] and rest[0] in verbs:
            now, name, rest = [now[0], rest[0]], f"{name} {rest[0]}", rest[1:]
        if now == name.split() or (now[0] == name and rest[:1] == ["--help"]):
            return args
        if name in OF_MERGES:
            rest = [f"M{word}" if word.isdecimal() else word for word in rest]
        typer.echo(
            f"Note: `whatworks board {name}` is `whatworks board {' '.join(now)}` now; the former name goes with the "
            "next version.",
            err=True,
        )
        return [*now, *rest]
