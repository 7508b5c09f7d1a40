"""The commands that docs/money.md gives for the board's questions are commands that the software knows."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from whatworks.cli.app import add_commands

ROOT = Path(__file__).resolve().parents[2]
PARTNERS = ROOT / "src" / "whatworks" / "examples" / "partners"
SHORT = "whatworks contract simulate financial-incentive-model-youth --set payment.share=half "
SHORT += '--partners three-boroughs.toml --effect "normal(0.12,0.04)"'


def commands() -> list[str]:
    page = (ROOT / "docs" / "money.md").read_text("utf-8").split("### The board's questions")[1].split("### How")[0]
    found = re.findall(r"`((?:S\b|whatworks contract )[^`]*)`", page)
    return sorted({re.sub(r"^S\b", SHORT, one) for one in found})


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_page_is_understood(command: str) -> None:
    app = typer.Typer()
    add_commands(app, "money.contract_simulate simulate negotiate")
    _, _, name, *words = shlex.split(command)
    asked = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    given = asked.make_context(name, words).params
    assert given["terms"] in ("financial-incentive-model-youth", "youth-custody-pathfinder")
    assert (PARTNERS / given["partners"]).is_file()
    assert given["figures"] is None or (PARTNERS / given["figures"]).is_file()


def test_there_is_a_command_for_each_question() -> None:
    assert len(commands()) >= 6
