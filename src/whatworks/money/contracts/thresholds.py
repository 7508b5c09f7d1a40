"""Search a contract along one fall: where it begins to pay, where one event decides, where it stops paying more."""

from collections.abc import Iterator

import numpy as np

from whatworks.money.contracts.clauses import Metric
from whatworks.money.contracts.laboratory import EVENTS, Finding, Laboratory, Rank
from whatworks.money.contracts.monotony import described, share

FINE = np.arange(0, EVENTS + 1) / EVENTS
"""Falls from none to all, one ten-thousandth apart: one event in the laboratory."""
STEEP = 20
"""A step is a cliff from so many times what its events are worth."""


def cliffs(lab: Laboratory) -> Iterator[Finding]:
    """Yield the falls at which one event more or less moves far more money than it is worth."""
    paid = lab.alike(FINE)
    jumps = np.diff(paid)
    worth = lab.baseline_pence() / EVENTS
    for at in np.flatnonzero(np.abs(jumps) > max(STEEP * worth, 1)):
        before, after = (int(paid[at]), int(paid[at + 1]))
        evidence = ((share(FINE[at]), lab.words(before)), (share(FINE[at + 1]), lab.words(after)))
        said = (
            f"A cliff at a fall of {FINE[at + 1]:.2%}: {lab.words(after - before)} hangs on one event in ten thousand."
        )
        yield Finding("cliff", "warning", said, evidence)


def plateau(lab: Laboratory) -> Iterator[Finding]:
    """Yield a contract that never pays for results, or whose first payment is also its largest."""
    if lab.terms.payment is None:
        return
    paid = lab.alike(FINE)
    better = np.flatnonzero(paid > paid[0])
    if not better.size:
        said = "No fall, however large, is ever paid for."
        yield Finding("never pays", "breach", said, ((share(1.0), lab.words(int(paid[-1]))),))
        return
    first = int(better[0])
    if paid[first] == paid.max() and first > 1:
        evidence = ((share(FINE[first]), lab.words(int(paid[first]))), (share(1.0), lab.words(int(paid[-1]))))
        said = described(
            "The cap lies below the threshold, so that every fall which is paid is paid the same", evidence
        )
        yield Finding("cap below threshold", "breach", said, evidence)


def recording(lab: Laboratory) -> Iterator[Finding]:
    """Yield, for each paid metric, how little has to go unrecorded to be paid more, with crime unchanged."""
    nothing = int(lab.alike(np.zeros(1))[0])
    for key in lab.terms.paid_metrics:
        metric = lab.terms.metric[key]
        paid = lab.by_metric({key: FINE})
        found = np.flatnonzero(paid > nothing)
        if not found.size:
            continue
        least = int(found[0])
        more = lab.words(int(paid[least]) - nothing)
        who, payees = hands(metric, lab.every_payee)
        unseen = f"if {FINE[least]:.2%} went unrecorded with crime unchanged"
        said = f"{metric.name}: {unseen}, {more} more would be paid; {who}."
        rank: Rank = "breach" if payees else "warning"
        yield Finding("met by recording less", rank, said, ((f"{share(FINE[least])} of what is recorded", more),))


def hands(metric: Metric, payees: tuple[str, ...]) -> tuple[str, bool]:
    """Return in whose hands a count is, and whether a payee is among them."""
    named = sorted({*metric.influenced_by, *([metric.recorded_by] if metric.recorded_by else [])})
    paid = [name for name in named if name in payees]
    if paid:
        return f"it is in the hands of {', '.join(paid)}, who would be paid", True
    return (f"it is in the hands of {', '.join(named)}" if named else "the terms do not say who records it"), False


def padding(lab: Laboratory) -> Iterator[Finding]:
    """Yield, for a cohort, how many people without events have to be added for the contract to pay more."""
    if not any(lab.terms.metric[key].of_people for key in lab.terms.paid_metrics):
        return
    paid = lab.alike(np.zeros(len(FINE)), extra_people=FINE)
    found = np.flatnonzero(paid > paid[0])
    if found.size:
        least = int(found[0])
        more = lab.words(int(paid[least] - paid[0]))
        evidence = ((f"{FINE[least]:.2%} more people, with as many events", more),)
        said = (
            f"If the cohort took in {FINE[least]:.2%} more people who have no events, {more} more would be paid: "
            "the terms must say who is counted, and somebody else than the payee must count."
        )
        yield Finding("met by recording less", "warning", said, evidence)
