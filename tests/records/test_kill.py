"""Killed at any moment, an import has happened or it has not; and it can be done again."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_killed_import_leaves_the_store_as_it_was_or_as_it_will_be(tmp_path: Path) -> None:
    people = random.Random(1).sample(range(10_000), 4_000)
    (tmp_path / "people_old.csv").write_text("person_id,sex\n" + "".join(f"{n},male\n" for n in people[:3_000]))
    (tmp_path / "people_new.csv").write_text("person_id,sex\n" + "".join(f"{n},female\n" for n in people[1_000:]) + "x")
    spells = "".join(f"{n},{n},2024-01-01,remand\n" for n in people[:3_500])
    (tmp_path / "spells.csv").write_text("spell_id,person_id,received_on,status\n" + spells)
    script = Path(__file__).with_name("kill_points.py")
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["before"] != found["after"]
    killed = [one for one in found["kills"] if one["ended"] in (-signal.SIGKILL, -signal.SIGALRM)]
    assert len(killed) >= 12
    for one in found["kills"]:
        assert one["content"] in (found["before"], found["after"]), one["kill"]
        assert one["again"] in (found["after"], None), one["kill"]
    assert {one["content"] for one in killed} == {found["before"], found["after"]}
    assert sum(one["again"] == found["after"] for one in killed) >= 4
