"""Walk docs/first-evaluation.md: run its commands, make its edits, and write the page with what was printed."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PAGE = Path(__file__).resolve().parents[2] / "docs/first-evaluation.md"
PART = re.compile(
    r"```sh\n(?P<commands>.*?)```\n<!-- prints -->\n```text\n.*?```"
    r"|<!-- edit: (?P<file>\S+) -->\n```diff\n(?P<edits>.*?)```",
    re.DOTALL,
)


def walked(page: str, folder: Path) -> str:
    """Return the page with what its commands print, run one after another in `folder`."""
    here = folder.resolve()
    root = here

    def walk(part: re.Match[str]) -> str:
        nonlocal here
        if part["file"]:
            edit(root / part["file"], part["edits"].splitlines())
            return part[0]
        printed = []
        for command in part["commands"].splitlines():
            if command.startswith("cd "):
                here = here / command.removeprefix("cd ")
            else:
                printed.append(run(command, here).replace(f"{root}/ourtown/", "").replace(f"{root}/", ""))
        return f"```sh\n{part['commands']}```\n<!-- prints -->\n```text\n{''.join(printed)}```"

    return PART.sub(walk, page)


def edit(path: Path, lines: list[str]) -> None:
    """Put each `+` line in the place of the last line of the file that begins as the `-` line above it."""
    text = path.read_text("utf-8").splitlines()
    for before, after in zip(lines[::2], lines[1::2], strict=True):
        at = max(number for number, line in enumerate(text) if line.startswith(before.removeprefix("-")))
        text[at] = after.removeprefix("+")
    path.write_text("\n".join(text) + "\n", "utf-8")


def run(command: str, folder: Path) -> str:
    """Return what a command prints; it has to succeed."""
    words = [sys.executable, "-m", *command.split()]
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
