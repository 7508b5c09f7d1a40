"""`result.json` and the papers are the same bytes on every processor: the linear algebra acts as each in turn."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import whatworks

NEEDS = {
    "Prescott": "pni",
    "Nehalem": "sse4_2",
    "Sandybridge": "avx",
    "Haswell": "avx2",
    "Zen": "avx2",
    "SkylakeX": "avx512f",
}
"""What OpenBLAS can act as, and the flag that the processor must have for it."""
THREADS = ("1", "2")
WORKER = Path(__file__).parent / "on_one_processor.py"
Way = tuple[str, str]


def flags() -> set[str]:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return set(next((line for line in lines if line.startswith("flags")), "").split())


ABLE = [kind for kind, flag in NEEDS.items() if flag in flags()]


def run(way: Way, *arguments: str) -> dict[str, Any]:
    source = str(Path(whatworks.__file__).parent.parent)
    environment = os.environ | {"OPENBLAS_CORETYPE": way[0], "OPENBLAS_NUM_THREADS": way[1], "PYTHONPATH": source}
    command = [sys.executable, str(WORKER), *arguments]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def hashes() -> dict[str, dict[str, dict[str, str]]]:
    """Return each kind's hashes by number of threads; kinds whose products are the same bits are run once."""
    ways = [(kind, threads) for kind in ABLE for threads in THREADS]
    with ThreadPoolExecutor(2) as pool:
        probes = dict(zip(ways, (one["probe"] for one in pool.map(run, ways)), strict=True))
        first = {probe: way for way, probe in reversed(probes.items())}
        made = dict(zip(first, pool.map(lambda way: run(way, "studies"), first.values()), strict=True))
    assert all(one["probe"] == probe for probe, one in made.items())
    for side in (0, 1):
        differ = len({probe.split()[side] for probe in probes.values()})
        assert differ >= 3, f"only {differ} kernels of {('numpy', 'scipy')[side]}'s linear algebra differ"
    return {kind: {threads: made[probes[kind, threads]]["hashes"] for threads in THREADS} for kind in ABLE}


@pytest.mark.skipif(len(ABLE) < 3, reason="this processor can act as fewer than three that differ")
@pytest.mark.parametrize("kind", NEEDS)
def test_results_and_papers_are_the_same_bytes(kind: str, hashes: dict[str, dict[str, dict[str, str]]]) -> None:
    if kind not in ABLE:
        pytest.skip(f"this processor cannot act as {kind}: it lacks {NEEDS[kind]}")
    expected = hashes[ABLE[0]]["1"]
    assert len(expected) > 20
    for threads in THREADS:
        found = hashes[kind][threads]
        assert [name for name in expected if found[name] != expected[name]] == [], f"{kind}, {threads} threads"
