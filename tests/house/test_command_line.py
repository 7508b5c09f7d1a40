"""The command line answers quickly, and says plainly what it can do."""

import json
import subprocess
import sys

import pytest

HEAVY = ("polars", "numba", "glum", "statsmodels", "numpy", "duckdb", "altair", "pandas", "pydantic")


def test_help_loads_no_heavy_library() -> None:
    program = (
        "import sys, json\n"
        "sys.argv = ['whatworks', '--help']\n"
        "from whatworks.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n' + json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr.strip().splitlines()[-1]))
    assert "whatworks.cli.app" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_first_questions_are_answered(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "whatworks", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "whatworks" in done.stdout


def test_an_unknown_command_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "whatworks", "evalute"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
