"""Search a contract for a larger fall that pays less, a worse total that pays more, and pay for no fall at all."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from whatworks.money.contracts.laboratory import Finding, Laboratory

FALLS = np.arange(-20, 61) / 100
STEPS = np.arange(-20, 41) / 100
TENTH = np.arange(-10, 11) / 100


def share(fall: float) -> str:
    """Return a fall in words.

    >>> share(0.05), share(-0.1), share(0.0)
    ('a fall of 5%', 'a rise of 10%', 'no change')
    """
    per_cent = f"{abs(fall) * 100:.2f}".rstrip("0").rstrip(".")
    return "no change" if fall == 0 else f"a {'fall' if fall > 0 else 'rise'} of {per_cent}%"


def same_choice(lab: Laboratory) -> Iterator[Finding]:
    """Yield the worst case of a larger fall that pays less although nobody chose anything else."""
    for early, late, paid in grids(lab):
        worst: tuple[int, tuple[int, int], tuple[int, int]] | None = None
        for axis in (0, 1):
            drops = -np.diff(paid, axis=axis)
            if drops.size and drops.max() > 0 and (worst is None or drops.max() > worst[0]):
                at = tuple(int(one) for one in np.unravel_index(int(drops.argmax()), drops.shape))
                then = (at[0] + (axis == 0), at[1] + (axis == 1))
                worst = (int(drops.max()), (at[0], at[1]), then)
        if worst is None:
            continue
        (i, j), (k, m) = worst[1], worst[2]
        evidence = (
            (f"{share(early[i])}, then {share(late[j])}", lab.words(int(paid[i, j]))),
            (f"{share(early[k])}, then {share(late[m])}", lab.words(int(paid[k, m]))),
        )
        yield Finding("more pays less", "breach", described("A larger fall pays less", evidence), evidence)


def grids(lab: Laboratory) -> Iterator[tuple[Any, Any, Any]]:
    """Yield falls of the first and of later periods with what staying pays: one grid."""
    several = len(lab.terms.period) > 1
    early, late = np.meshgrid(STEPS if several else FALLS, STEPS if several else FALLS[:1], indexing="ij")
    paid = lab.by_period(early.ravel(), late.ravel()).reshape(early.shape)
    yield early[:, 0], late[0], paid


def other_choice(lab: Laboratory) -> Iterator[Finding]:
    """Yield the worst case in which leaving with a small fall pays more than staying with a larger one."""
    if lab.terms.break_clause is None:
        return
    left = lab.by_period(STEPS, np.zeros(len(STEPS)), leaving=True)
    for early, late, paid in grids(lab):
        best: tuple[float, int, int, int] | None = None
        at = int(np.argmax(early >= 0))
        worse = (paid < left[at]) & (early[:, None] > early[at]) & (late[None, :] > early[at])
        for i, j in np.argwhere(worse):
            score = float(early[i] + late[j])
            if best is None or score > best[0]:
                best = (score, at, int(i), int(j))
        if best is None:
            continue
        _, at, i, j = best
        evidence = (
            (f"leaving after {share(early[at])}", lab.words(int(left[at]))),
            (f"staying, with {share(early[i])} and then {share(late[j])}", lab.words(int(paid[i, j]))),
        )
        yield Finding("more pays less", "breach", described("The break clause pays more for less", evidence), evidence)


def worse_total(lab: Laboratory) -> Iterator[Finding]:
    """Yield, where people and events are measured, a result with more events that pays more than one with fewer."""
    kinds = {kind: [k for k, one in lab.terms.metric.items() if one.kind == kind] for kind in ("binary", "frequency")}
    if kinds["binary"] and not kinds["frequency"]:
        name = lab.terms.metric[kinds["binary"][0]].name
        said = f"Only people are counted ({name}): how often each of them reoffends is not measured, nor paid for."
        yield Finding("events not measured", "warning", said)
    for people in kinds["binary"]:
        for events in kinds["frequency"]:
            x, y = (grid.ravel() for grid in np.meshgrid(TENTH, TENTH, indexing="ij"))
            paid = lab.by_metric({people: x, events: y})
            less = int(np.lexsort((paid, -y))[0])
            worse = (y < y[less]) & (paid > paid[less])
            if not worse.any():
                continue
            more = int(np.lexsort((-paid, y, ~worse))[0])
            names = [lab.terms.metric[key].name for key in (people, events)]
            evidence = tuple(
                (f"{names[0]}: {share(x[at])}; {names[1]}: {share(y[at])}", lab.words(int(paid[at])))
                for at in (more, less)
            )
            yield Finding("worse total pays more", "breach", described("A worse total pays more", evidence), evidence)


def nothing_over_all(lab: Laboratory) -> Iterator[Finding]:
    """Yield the most that is paid where a fall in one period is undone by a rise in another."""
    if len(lab.terms.period) < 2 or lab.terms.payment is None:
        return
    for early, late, paid in grids(lab):
        none = (early[:, None] + late[None, :] <= 0) & (paid > lab.alike(np.zeros(1))[0])
        if none.any():
            at = np.unravel_index(int(np.argmax(np.where(none, paid, paid.min() - 1))), paid.shape)
            tried = f"{share(early[at[0]])}, then {share(late[at[1]])}"
            evidence = ((tried, lab.words(int(paid[at]))),)
            said = described("Each period is paid for alone, so what is undone later stays paid", evidence)
            yield Finding("pays for nothing over the whole", "warning", said, evidence)


def described(what: str, evidence: tuple[tuple[str, str], ...]) -> str:
    """Return a finding as a sentence."""
    return f"{what}: {'; '.join(f'{tried} pays {paid}' for tried, paid in evidence)}."
