"""The documentation cannot say what is not so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from register_page import register_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_pages_name_no_machine(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"(?<![\w.])/(work|tmp|root|home)/", text)


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    table = (ROOT / "docs/decisions/dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \| .+? \| .+? \| [\d.]+.*? \|", table, re.MULTILINE))
    assert needed == explained


def test_command_page_shows_the_present_help() -> None:
    program = ROOT / "tests/house/command_page.py"
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    written = (ROOT / "docs/commands.md").read_text("utf-8")
    assert written == done.stdout, "run `make docs`"


def test_register_page_shows_the_present_tables() -> None:
    assert (ROOT / "docs/register.md").read_text("utf-8") == register_page(), "run `make docs`"


def test_no_two_files_of_tests_share_a_name() -> None:
    """pytest imports a file of a folder that is no package by its name alone, and refuses a second one."""
    tests = Path(__file__).resolve().parents[1]
    names = [path.name for path in tests.rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
