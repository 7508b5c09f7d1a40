"""Try a contract on made-up results, ten thousand of each metric, and word what its makers would not have meant."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from whatworks.money.contracts.counts import Counts
from whatworks.money.contracts.settling import settle_paths
from whatworks.money.contracts.terms import Terms

EVENTS = 10_000
"""Events of an area in the baseline, and people of a cohort who had any."""
PEOPLE = 20_000
"""People of a cohort."""
FREQUENCY = 2
"""Events for each of them."""


Rank = Literal["breach", "warning", "note"]
Kind = Literal[
    "more pays less",
    "worse total pays more",
    "pays for nothing over the whole",
    "met by recording less",
    "cliff",
    "cap below threshold",
    "never pays",
    "pays more than it saves",
    "price not known to be cash",
    "events not measured",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """`evidence` are the results tried and what each paid, so that anyone can settle them again."""

    kind: Kind
    rank: Rank
    sentence: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A contract reduced to its first payee, without a maximum in pounds, which the real baseline would decide."""

    terms: Terms
    every_payee: tuple[str, ...]
    """All payees of the contract."""

    @classmethod
    def of(cls, terms: Terms) -> "Laboratory":
        """Return the laboratory of a contract."""
        payment = terms.payment.model_copy(update={"maximum": None}) if terms.payment else None
        changes = {"payees": terms.payees[:1], "settled": "each", "payment": payment}
        return cls(terms.model_copy(update=changes), terms.payees)

    def net(self, falls: Any, *, leaving: bool = False, extra_people: Any = None) -> Any:
        """Return the net pence of each path, for `falls` of the counts [paths, periods, metrics].

        `extra_people` adds people without events to the cohorts, as a proportion [paths].
        """
        baseline = np.array([self._counted(metric) for metric in self.terms.metric], dtype=np.int64)
        actual = np.rint(baseline * (1 - np.asarray(falls, dtype=float))).astype(np.int64)[:, None]
        shape = (len(actual), 1, len(self.terms.period), len(baseline))
        areas = np.array([not metric.of_people for metric in self.terms.metric.values()])
        before = np.where(areas, 1, PEOPLE)
        extra = 0 if extra_people is None else np.rint(np.asarray(extra_people) * PEOPLE)[:, None, None, None]
        people = np.broadcast_to(np.where(areas, 1, before + extra), shape).astype(np.int64)
        return settle_paths(
            self.terms,
            Counts(
                actual,
                baseline=baseline[None, None],
                people=people,
                baseline_people=before[None, None],
                comparison=np.broadcast_to(baseline, shape),
                comparison_people=np.broadcast_to(before, shape),
                national_baseline=baseline[None],
                national=np.broadcast_to(baseline, shape[2:])[None],
            ),
            np.full((len(actual), 1), leaving),
        ).pence.sum(axis=(1, 2))

    def alike(self, falls: Any, **how: Any) -> Any:
        """Return the net pence for one fall of every metric in every period, for each of `falls`."""
        shape = (len(falls), len(self.terms.period), len(self.terms.metric))
        return self.net(np.broadcast_to(np.asarray(falls)[:, None, None], shape), **how)

    def by_period(self, first: Any, later: Any, **how: Any) -> Any:
        """Return the net pence for a fall of every metric in the periods up to the break, or the first; and another."""
        early = len(self.terms.period) - len(self.terms.periods_after_break()) if self.terms.break_clause else 1
        falls = np.empty((len(first), len(self.terms.period), len(self.terms.metric)))
        falls[:, :early], falls[:, early:] = first[:, None, None], later[:, None, None]
        return self.net(falls, **how)

    def by_metric(self, falls: dict[str, Any], **how: Any) -> Any:
        """Return the net pence for falls of these metrics in every period; the others stay."""
        paths = len(next(iter(falls.values())))
        every = np.zeros((paths, len(self.terms.period), len(self.terms.metric)))
        for key, fall in falls.items():
            every[:, :, list(self.terms.metric).index(key)] = fall[:, None]
        return self.net(every, **how)

    def baseline_pence(self) -> int:
        """Return the value of the paid metrics over all periods, in pence."""
        metrics = [metric for metric in self.terms.metric.values() if metric.pays]
        return len(self.terms.period) * sum(int((one.unit_price or 0) * 100) * self._of(one.kind) for one in metrics)

    def words(self, pence: int) -> str:
        """Return an amount in words: pounds, where the terms state money up front, else for each million of value."""
        if self.terms.up_front or not self.baseline_pence():
            return f"£{pence / 100:,.0f}"
        return f"£{1e6 * pence / self.baseline_pence():,.0f} for each £1,000,000 of expected value"

    def _counted(self, metric: str) -> int:
        return self._of(self.terms.metric[metric].kind)

    @staticmethod
    def _of(kind: str) -> int:
        return PEOPLE * FREQUENCY if kind == "frequency" else EVENTS
