"""Break a room's code line by line, and count the breaks that its tests see: a score, and the lines that live on.

    python benchmarks/mutations.py src/whatworks/money/contracts tests/money_contracts --minutes 20 --seed 1

Every break is one change to one expression: a comparison, an operator, a constant, `and` for `or`, `min` for `max`,
a condition that always or never holds. A sample is drawn by the seed over all of the folder's lines. The source is
copied first; nothing of the working tree is touched. A break lives on where the tests pass on it: then either a test is
missing, or the broken line means the same (a tie that cannot happen, a bound that is never met).
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REPLACED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum"}
SLOW = 300
"""Seconds after which a break that never ends counts as seen."""


def breaks(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the broken source and what was changed, for every break of a file; docstrings stay."""
    count = len(list(_places(ast.parse(source))))
    for at in range(count):
        tree = ast.parse(source)
        node, change = list(_places(tree))[at]
        before = ast.unparse(node)
        change(node)
        yield node.lineno, ast.unparse(tree), f"{before}  ->  {ast.unparse(node)}"


def _places(tree: ast.AST) -> Iterator[tuple]:  # type: ignore[type-arg]
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
            yield node, lambda n: n.ops.__setitem__(0, COMPARED[type(n.ops[0])]())
        elif isinstance(node, ast.BinOp) and type(node.op) in REPLACED and not _is_type(node):
            yield node, lambda n: setattr(n, "op", REPLACED[type(n.op)]())
        elif isinstance(node, ast.BoolOp):
            yield node, lambda n: setattr(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
            yield node, lambda n: setattr(n, "op", ast.UAdd()) if isinstance(n.op, ast.Invert) else _call_bool(n)
        elif isinstance(node, ast.Call) and _name(node) in NAMES:
            yield node, _rename
        elif isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
            yield node, lambda n: setattr(n, "value", n.value + 1)
        elif isinstance(node, ast.If | ast.IfExp):
            yield node.test, _always
            yield node.test, _never


def _is_type(node: ast.BinOp) -> bool:
    """Tell whether an operator joins types or texts, where changing it says nothing."""
    sides = (node.left, node.right)
    return any(
        (isinstance(one, ast.Constant) and (one.value is None or isinstance(one.value, str)))
        or (isinstance(one, ast.Name) and one.id[:1].isupper() and not one.id.isupper())
        or isinstance(one, ast.JoinedStr)
        for one in sides
    )


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _rename(node: ast.Call) -> None:
    if isinstance(node.func, ast.Name):
        node.func.id = NAMES[node.func.id]
    elif isinstance(node.func, ast.Attribute):
        node.func.attr = NAMES[node.func.attr]


def _become(node: ast.expr, text: str) -> None:
    new = ast.parse(text, mode="eval").body
    node.__class__ = new.__class__
    node.__dict__ = new.__dict__ | {name: getattr(node, name) for name in ("lineno", "col_offset")}


def _call_bool(node: ast.UnaryOp) -> None:
    _become(node, f"bool({ast.unparse(node.operand)})")


def _always(node: ast.expr) -> None:
    _become(node, "True")


def _never(node: ast.expr) -> None:
    _become(node, "False")


def run(folder: Path, tests: list[str], minutes: float, seed: int) -> None:
    """Break one line after another, in an order drawn by the seed, until the processor minutes are spent."""
    everything = [
        (path, line, broken, change)
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
        for line, broken, change in breaks(path.read_text("utf-8"))
    ]
    random.Random(seed).shuffle(everything)
    seen = lived = 0
    with TemporaryDirectory() as place:
        copy = Path(place) / "src"
        shutil.copytree(ROOT / "src", copy)
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        started = spent()
        for path, line, broken, change in everything:
            if spent() - started > 60 * minutes:
                break
            target = copy / path.resolve().relative_to(ROOT / "src")
            whole = target.read_text("utf-8")
            target.write_text(broken, "utf-8")
            passed = passes(tests, environment)
            target.write_text(whole, "utf-8")
            seen, lived = seen + (not passed), lived + passed
            if passed:
                print(f"{seen} of {seen + lived} seen; lives {path.relative_to(folder)}:{line}: {change}", flush=True)
    tried = seen + lived
    print(f"{seen} of {tried} breaks seen ({100 * seen / max(tried, 1):.0f}%), of {len(everything)} in the folder")


def passes(tests: list[str], environment: dict[str, str]) -> bool:
    """Return whether the tests pass on the broken copy."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=SLOW).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def spent() -> float:
    """Return the processor seconds of the tests so far."""
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("tests", nargs="+")
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    run(given.folder.resolve(), given.tests, given.minutes, given.seed)
