"""Walk docs/first-evaluation.md: run its commands, make its edits, and write the page with what was printed."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

MODEL = re.compile(r"model [0-9a-f]{16}")
"""A model's name is a hash that the versions of libraries are part of: on a page it stands as one."""
PAGE = Path(__file__).resolve().parents[2] / "docs/first-evaluation.md"
PART = re.compile(
    r"```sh\n(?P<commands>[^`]*?)```\n<!-- (?:prints|runs)(?: (?P<lines>\d+))? -->(?P<text>\n```text\n.*?```)?"
    r"|<!-- edit: (?P<file>\S+) -->\n```diff\n(?P<edits>.*?)```"
    r"|<!-- act: (?P<act>\w+) -->(?P<told>[^\n]*\n(?:\|[^\n]*\n)*)?",
    re.DOTALL,
)
"""Commands with what they print, all or the first lines of it; edits; and what somebody does with no command."""
Act = Callable[[Path], str]
"""Does something in the partnership's folder; returns the lines of a table that the page holds then, or nothing."""


def walked(page: str, folder: Path, acts: Mapping[str, Act] | None = None) -> str:
    """Return the page with what its commands print, run one after another in `folder`."""
    here = folder.resolve()
    root = here

    def walk(part: re.Match[str]) -> str:
        nonlocal here
        if part["file"]:
            edit(root / part["file"], part["edits"].splitlines())
            return part[0]
        if part["act"]:
            told = (acts or {})[part["act"]](here)
            return f"<!-- act: {part['act']} -->\n{told}"
        printed = []
        for command in part["commands"].splitlines():
            if command.startswith("cd "):
                here = here / command.removeprefix("cd ")
            else:
                told = MODEL.sub("model 7e85c71ea25219a6", run(command, here))
                printed.append(told.replace(f"{root}/ourtown/", "").replace(f"{root}/", ""))
        return part[0] if part["text"] is None else part[0].replace(part["text"], _shown(printed, part["lines"]))

    return PART.sub(walk, page)


def _shown(printed: list[str], lines: str | None) -> str:
    told = "".join(printed).splitlines(keepends=True)
    shown = told if lines is None else [*told[: int(lines)], *(["...\n"] if len(told) > int(lines) else [])]
    return f"\n```text\n{''.join(shown)}```"


def edit(path: Path, lines: list[str]) -> None:
    """Put each `+` line in the place of the last line of the file that begins as the `-` line above it."""
    text = path.read_text("utf-8").splitlines()
    for before, after in zip(lines[::2], lines[1::2], strict=True):
        at = max(number for number, line in enumerate(text) if line.startswith(before.removeprefix("-")))
        text[at] = after.removeprefix("+")
    path.write_text("\n".join(text) + "\n", "utf-8")


def run(command: str, folder: Path) -> str:
    """Return what a command prints; it has to succeed."""
    words = [sys.executable, "-m", *shlex.split(command)]
    book = {"WHATWORKS_BOOK": str(folder.parent / "book"), "COLUMNS": "200"}
    done = subprocess.run(
        words,
        cwd=folder,
        env=os.environ | book,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}")
    return done.stdout


def counted(page: str) -> tuple[int, int]:
    """Return how many commands the page asks for, and how many files it has edited."""
    parts = list(PART.finditer(page))
    commands = [line for part in parts if part["commands"] for line in part["commands"].splitlines()]
    return len(commands), len({part["file"] for part in parts if part["file"]})


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        Path(sys.argv[1]).write_text(walked(PAGE.read_text("utf-8"), Path(made)), "utf-8")
