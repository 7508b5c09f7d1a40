"""Write docs/commands.md from the commands' own help: `python tests/house/command_page.py [FILE]`."""

import sys
from pathlib import Path
from typing import Any

from typer.main import get_command

from whatworks.cli.app import build


def leaves(command: Any, words: list[str]) -> list[tuple[list[str], Any]]:
    """Return every command below `command`, with the words that call it."""
    below = getattr(command, "commands", None)
    if not below:
        return [(words, command)]
    itself = [(words, command)] if len(words) > 1 and command.invoke_without_command else []
    return [*itself, *(leaf for name in sorted(below) for leaf in leaves(below[name], [*words, name]))]


def kind(option: Any) -> str:
    """Return what an option takes."""
    if getattr(option, "is_flag", False):
        return ""
    return str(option.bare_type()).upper()


def section(words: list[str], command: Any) -> list[str]:
    """Return a command's section of the page."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    call = " ".join([*words, *(f"{p.name.upper()}" if p.required else f"[{p.name.upper()}]" for p in arguments)])
    lines = [f"## {' '.join(words[1:])}", "```", call, "```", " ".join((command.help or "").split()), ""]
    rows = [(p.name.upper(), "", getattr(p, "help", "") or "") for p in arguments]
    rows += [(", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts)), kind(p), p.help or "") for p in options]
    if rows:
        lines += ["| | takes | meaning |", "|---|---|---|"]
        lines += [f"| {name} | {takes} | {' '.join(meaning.split())} |" for name, takes, meaning in rows]
        lines.append("")
    return lines


def page() -> str:
    """Return the whole page."""
    root = get_command(build())
    lines = [
        "# Commands",
        "",
        "Written by `make docs` from the commands' own help, and held to it by a test. Exit status: 0 done, 2 refused",
        "(bad input, or what cannot be said), 1 a fault of ours.",
        "",
    ]
    for words, command in leaves(root, ["whatworks"]):
        lines += section(words, command)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
