"""Intervals of a change hold the truth about as often as they say, and funnels flag few where no borough differs.

100 made-up surveys and 60 funnels (seeds fixed), wide bounds; `benchmarks/surveys.py` is the same over a thousand.
"""

import sys
from pathlib import Path

import pytest

BENCHMARKS = str(Path(__file__).resolve().parents[2] / "benchmarks")

pytestmark = pytest.mark.slow


def test_rates_are_as_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.delitem(sys.modules, "surveys", raising=False)
    from surveys import changes, flags  # type: ignore[import-not-found]

    year, rolling, quiet = changes(100)
    assert min(year.events, rolling.events) >= 89 and quiet.events <= 12
    for phi in (1.0, 3.0):
        outer, inner = flags(60, phi)
        assert outer.share < 0.01  # 0.2% stated; 1,980 boroughs
        assert 0.02 < inner.share < 0.08
