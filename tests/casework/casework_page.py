"""Walk a practitioner's day of docs/casework.md: run its commands on a made-up team, and write what they print."""

import os
import re
import shlex
import sys
from contextlib import chdir
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from made_up_team import team
from typer.testing import CliRunner

from whatworks.cli.app import build, explain
from whatworks.records.audit.reader import system_user
from whatworks.records.refusal import Refused

PAGE = Path(__file__).resolve().parents[2] / "docs/casework.md"
PART = re.compile(r"```sh\n(?P<commands>[^`]*?)```(?P<text>\n```text\n.*?```)?", re.DOTALL)
SETTINGS = """name = "Northbank"
as_at = 2025-06-30
"""
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+(\+00:00)?")


def run(command: str) -> str:
    """Return what a command prints; a refusal is printed as it is on a terminal."""
    typed = CliRunner()
    done = typed.invoke(build(), shlex.split(command)[1:])
    if isinstance(done.exception, Refused):
        with typed.isolation() as (out, err, *_):
            explain(done.exception)
            return (out.getvalue() + err.getvalue()).decode()
    if done.exit_code:
        raise RuntimeError(f"{command}: {done.output} {done.exception!r}")
    return CLOCK.sub("2025-03-10T09:00:00", done.output).replace(f", {system_user()},", ", officer,")


def walk(page: str, folder: Path) -> str:
    """Return the page with what its commands print, run one after another on the team's partnership in `folder`."""
    (folder / "whatworks.toml").write_text(SETTINGS, "utf-8")
    team(folder / "partnership.duckdb").close()

    def walked(part: re.Match[str]) -> str:
        printed = "".join(run(command) for command in part["commands"].replace("\\\n", " ").splitlines())
        return part[0] if part["text"] is None else part[0].replace(part["text"], f"\n```text\n{printed}```")

    with chdir(folder), patch("whatworks.cli.register.today", lambda: date(2025, 3, 14)):
        return PART.sub(walked, page)


if __name__ == "__main__":
    os.umask(0o077)
    with TemporaryDirectory() as made:
        Path(sys.argv[1]).write_text(walk(PAGE.read_text("utf-8"), Path(made)), "utf-8")
