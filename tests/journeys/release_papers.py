"""Papers on made-up releases, each cleared beside those before it, and a reader who takes their figures apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from whatworks.journeys import hand_off_results, journey_time, load_kind, watched
from whatworks.journeys.cases import Cases, cases_of
from whatworks.journeys.compare import compare_boroughs, compare_periods, stage_share
from whatworks.papers.answer import Answer
from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.journeys.comparison import areas_answer, periods_answer
from whatworks.papers.journeys.lost import lost_answer
from whatworks.papers.journeys.time import time_answer
from whatworks.papers.journeys.told import name_areas, name_periods, name_stages
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.telling import Telling
from whatworks.records.store import scratch

FIRST, AS_AT = date(2024, 1, 1), date(2025, 6, 30)
Figures = dict[tuple[str, ...], int]
MINIMUM = 10


def releases(count: int = 600, seed: int = 1) -> Cases:
    """Return releases of two years, by borough and provider, some of them dropped between stages."""
    rng = np.random.default_rng(seed)
    rows = []
    for case in range(count):
        borough, provider = f"B{rng.integers(1, 5)}", f"P{rng.integers(1, 4)}"
        day = FIRST + timedelta(int(rng.integers(0, 500)))
        for stage in ("contact", "handover", "support"):
            left = day + timedelta(int(rng.exponential(15)))
            way = "onward" if rng.random() < 0.8 else "returned"
            closed = left <= AS_AT
            rows.append((f"c{case}", borough, provider, stage, day, left if closed else None, way if closed else None))
            day = left + timedelta(int(rng.exponential(6)))
            if not closed or way == "returned" or day > AS_AT or rng.random() < 0.1:
                break
    columns = ("case_id", "borough", "provider", "stage", "entered_on", "left_on", "outcome")
    frame = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        pl.lit("probation").alias("organisation_id"),
        organisation_kind=pl.lit("probation"),
        offence_ref=pl.lit(None, pl.String),
        linked_id=pl.lit(None, pl.String),
        prison=pl.lit(None, pl.String),
        kind=pl.lit("through_the_gate"),
        reason=pl.lit(None, pl.String),
        as_at=pl.lit(AS_AT),
        source_name=pl.lit("made up"),
        source_line=pl.int_range(pl.len()) + 2,
    )
    return cases_of(load_kind("through_the_gate"), frame)


@dataclass
class Papers:
    """Papers of one book, in the order in which they are asked for."""

    cases: Cases
    book: StoreBook = field(default_factory=lambda: StoreBook(scratch()))

    def lost(self, first: date | None = None, last: date | None = None, within: int | None = None) -> Answer:
        """Return who is dropped, of cases opened in a time; `within` so many days, else those of the kind."""
        chosen = self.cases.opened(first, last)
        if within is not None:
            days = [one.model_copy(update={"within_days": within}) for one in chosen.kind.hand_offs]
            chosen = Cases(chosen.kind.model_copy(update={"hand_off": days}), chosen.stays, chosen.apart)
        results, groups = hand_off_results(chosen), watched(chosen)
        return self.clear(lambda told: lost_answer(chosen, results, groups, MINIMUM, told), f"lost {first} {last}")

    def time(self, first: date | None = None, last: date | None = None) -> Answer:
        """Return how long cases wait."""
        chosen, found = self.cases.opened(first, last), journey_time(self.cases, first, last)

        def make(told: Telling) -> Answer:
            name_stages(told, self.cases, chosen, found, MINIMUM)
            return time_answer(found, MINIMUM, None, told)

        return self.clear(make, f"time {first} {last}")

    def areas(self, period: str | None = None, within: int = 14) -> Answer:
        """Return boroughs against all of them."""
        counted = stage_share(self.cases, "contact", within)
        found = compare_boroughs(counted, period)

        def make(told: Telling) -> Answer:
            name_areas(told, counted, period)
            return areas_answer(found, {}, MINIMUM, told)

        return self.clear(make, f"compare {period} {within}")

    def periods(self, now: str, before: str, within: int = 14) -> Answer:
        """Return a period against another."""
        counted = stage_share(self.cases, "contact", within)
        found = compare_periods(counted, now, before, "quarter")

        def make(told: Telling) -> Answer:
            name_periods(told, counted, now, before, "quarter")
            return periods_answer(found, MINIMUM, told)

        return self.clear(make, f"compare {now} {before} {within}")

    def clear(self, make: Callable[[Telling], Answer], words: str) -> Answer:
        """Return an answer beside those before it."""
        return clear(make, self.book, MINIMUM, words, "2025-07-01")


def figures(answer: Answer) -> Figures:
    """Return every whole number that a paper prints of cases, by where it stands: in tables, sentences and JSON."""
    found = dict(_numbers(answer.summary(), ()))
    for table in answer.tables:
        for row in table.document():
            label = tuple(str(value) for value in row.values() if isinstance(value, str) and value != "c")[:2]
            found |= {(table.name, *label, key): value for key, value in row.items() if isinstance(value, int)}
    return found


def _numbers(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield place, value
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _numbers(inner, (*place, str(key)))
    for at, inner in enumerate(value) if isinstance(value, list) else ():
        yield from _numbers(inner, (*place, str(inner.get("name", at)) if isinstance(inner, dict) else str(at)))


def differences(one: Answer, other: Answer) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield where two papers of cases that lie within each other differ by few: the few are given back."""
    ours, theirs = figures(one), figures(other)
    for place in ours.keys() & theirs.keys():
        if 0 < abs(ours[place] - theirs[place]) < MINIMUM:
            yield place, abs(ours[place] - theirs[place])
