"""The same result gives the same bytes: from two processes with different clocks, folders, zones and hash seeds."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

CLOCK = """
import datetime, sys, time

_time, _localtime, _gmtime, _datetime = time.time, time.localtime, time.gmtime, datetime.datetime


class Either(type):
    def __instancecheck__(cls, found):
        return isinstance(found, _datetime)


class Shifted(_datetime, metaclass=Either):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    today = now


def move(days):
    shift = days * 86400.0
    time.time = lambda: _time() + shift
    time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
    for module in list(sys.modules.values()):
        for name, found in list(getattr(module, "__dict__", {}).items()):
            if found is _datetime and name != "_datetime":
                setattr(module, name, Shifted)
"""
"""A moved clock, for every module that has been imported; native code keeps the true one, which moves on as well."""

WRITE = """
import hashlib, json, sys
from datetime import datetime
from pathlib import Path
import altair, docx, gptables, odf.opendocument, typst, vl_convert, xlsxwriter
from papers.results import ALL
from whatworks.papers import write_papers
from whatworks.papers.forms import html
from whatworks.papers.forms import ods
from whatworks.papers.forms import pdf
from whatworks.papers.forms import word
from whatworks.papers.forms import xlsx
from moved_clock import move

move(float(sys.argv[2]))
hashes = {}
for name in sys.argv[3:]:
    for path in write_papers(ALL[name](), Path(sys.argv[1]) / name):
        hashes[f"{name}/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
print(json.dumps([hashes, datetime.now().year]))
"""


def papers(folder: Path, shift_days: int, zone: str, seed: str, names: list[str]) -> tuple[dict[str, str], int]:
    """Write papers in a process whose clock is moved; return each file's hash, and the year that the process saw."""
    folder.mkdir()
    (folder / "moved_clock.py").write_text(CLOCK)
    tests = Path(__file__).parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", WRITE, str(folder / "out"), str(shift_days), *names],
        cwd=folder,
        env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{folder}{os.pathsep}{tests}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    hashes, year = json.loads(ran.stdout.splitlines()[-1])
    return hashes, year


def test_two_processes_write_two_papers_to_the_same_bytes(tmp_path: Path) -> None:
    names = ["matched", "randomised"]
    one, this_year = papers(tmp_path / "a", 0, "UTC", "1", names)
    two, later = papers(tmp_path / "somewhere else", 1200, "Pacific/Auckland", "2", names[::-1])
    assert later >= this_year + 3
    assert len(one) == 12
    assert {name for name in one if one[name] != two[name]} == set()


def test_a_changed_figure_changes_every_form_but_not_the_clock(tmp_path: Path) -> None:
    from papers.results import matched
    from whatworks.papers import write_papers

    result = matched()
    other = result.model_copy(update={"paper": result.paper.model_copy(update={"title": "Another title"})})
    first, second = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in write_papers(each, tmp_path / name)}
        for name, each in (("a", result), ("b", other))
    )
    assert all(first[name] != second[name] for name in first)
