"""Every command that a message, a page or an example names is one: the real parser takes it."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import whatworks
from whatworks.cli.app import UsageFault, build
from whatworks.cli.board.former import FORMER

HOUSE = Path(whatworks.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*")] if page.is_file()
)
SPAN = re.compile(r"`+(whatworks [^`\n]+)`+")
UNQUOTED = re.compile(r": (whatworks [a-z][^`\n|;\"]*)")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
LINE = re.compile(r"^ *(?:\$ )?(whatworks .+)$", re.MULTILINE)
FILLED_IN = "\u2026"
OPEN = ("Missing", "requires an argument", "valid integer", "valid number")
"""What the parser may have against a remedy that leaves out what only its reader knows."""


def strings() -> Iterator[tuple[str, str]]:
    """Yield every text of the source, docstrings too."""
    for file in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else FILLED_IN for p in node.values]
                yield file.name, "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield file.name, node.value


def named_commands() -> list[tuple[str, str, bool]]:
    """Return (where, command, whole) of every command that a message, a page or an example names."""
    texts = list(strings())
    named = {(name, span, False) for name, text in texts for form in (SPAN, UNQUOTED) for span in form.findall(text)}
    for page in PAGES:
        text = page.read_text("utf-8")
        named |= {(page.name, span, False) for span in SPAN.findall(text)}
        for language, block in BLOCK.findall(text) if page.name != "commands.md" else ():
            if language in ("", "sh", "console", "text"):
                named |= {(page.name, line, True) for line in LINE.findall(block.replace("\\\n", " "))}
    return sorted(named)


@cache
def root() -> Any:
    return get_command(build())


def parse(command: str, *, whole: bool) -> str | None:
    """Return what the real parser has against a command, or None; only a page's command line is `whole`."""
    text = re.split(r"\s+(?:#|>|\||&&)\s?", command)[0].strip().rstrip(".,;:")
    text = text if whole else re.sub(r"\[[^\]]*\]|<[^>]*>|\.\.\.", " ", text)
    at, words = root(), shlex.split(text)[1:]
    while words and getattr(at, "commands", None) and not words[0].startswith("-"):
        if words[0] not in at.commands:
            open_word = not whole and (FILLED_IN in words[0] or words[0].isupper())
            return None if open_word else f"no command {words[0]!r}"
        at, words = at.commands[words[0]], words[1:]
    if not words or "--help" in words:
        return None
    try:
        at.make_context("command", words)
    except UsageFault as fault:
        said = f"{type(fault).__name__}: {fault.format_message()}"
        return None if not whole and any(word in said for word in OPEN) else said
    return None


@pytest.mark.parametrize(
    ("command", "against"),
    [
        ("whatworks board risk add TEXT --by NAME", None),
        ("whatworks board risk add TEXT", None),
        ("whatworks board risks add TEXT --by NAME", "no command 'risks'"),
        ("whatworks board risk ad TEXT", "no command 'ad'"),
        ("whatworks board risk add TEXT --who NAME", "No such option"),
        ("whatworks import FILE --replace", None),
        ("whatworks imports FILE", "no command 'imports'"),
    ],
)
def test_the_parser_is_asked(command: str, against: str | None) -> None:
    answer = parse(command, whole=False)
    assert answer is None if against is None else against in str(answer)


def test_every_command_named_in_a_message_or_a_page_is_one() -> None:
    named = named_commands()
    assert len(named) > 200
    wrong = {(where, command): fault for where, command, whole in named if (fault := parse(command, whole=whole))}
    assert not wrong


def test_no_page_or_message_uses_a_former_name() -> None:
    things = set(root().commands["board"].commands)
    former = [name for name in FORMER if name not in things]
    pattern = re.compile(rf"whatworks board (?:{'|'.join(former)})\b")
    ours = [page for page in PAGES if page.name != "CHANGELOG.md"]
    texts = [*strings(), *((page.name, page.read_text("utf-8")) for page in ours)]
    assert not [(name, pattern.findall(text)) for name, text in texts if name != "former.py" and pattern.search(text)]


def test_a_command_is_always_named_whole() -> None:
    """`action add` alone cannot be typed: a thing and its verb stand behind `whatworks board`."""
    group = root().commands["board"]
    verbs = {f"{thing} {verb}" for thing, below in group.commands.items() for verb in getattr(below, "commands", ())}
    short = re.compile(r"`(?:board )?([a-z]+ [a-z-]+)[^`]*`")
    found = [(name, span[0]) for name, text in strings() for span in short.finditer(text) if span[1] in verbs]
    assert not found
