"""Say how far a model's doubts of its links fall short of the truth, by what judges found in a sample of pairs.

Of the pairs joined, phi is how many are false for each that the model says; of the pairs scored but not joined, psi is
how many are true for each that it says. Both are estimates: each is a Beta posterior on the effective number of judged
pairs, so that draws of them carry how little a small sample tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.checking.judged_pairs import JudgedPairs, effective_number
from whatworks.statistics.arrays import Floats

ENOUGH = 30
"""A group in which fewer pairs were judged takes the value of all groups together."""
PRIOR_JOINED, PRIOR_APART = 4.0, 1.0
"""For how many judged pairs the model's own word counts, among pairs joined and among pairs not joined."""


@dataclass(frozen=True, slots=True)
class Factor:
    """How many pairs are found for each that the model says: a Beta posterior of their share, over the model's share.

    `found` of `effective` judged pairs (effective numbers) were of the kind looked for; the model says that a share of
    `model_share` is, and its word counts for `prior` pairs.
    """

    judged: int
    found: float = 0.0
    effective: float = 0.0
    model_share: float = 0.0
    prior: float = 1.0

    @property
    def known(self) -> bool:
        """Whether anything was judged, of which the model has any doubt."""
        return self.judged > 0 and 0 < self.model_share < 1

    @property
    def mean(self) -> float:
        """The posterior mean; 1, the model's own word, where nothing is known.

        >>> Factor(judged=100, found=6.0, effective=96.0, model_share=0.03, prior=4.0).mean
        2.04
        """
        if not self.known:
            return 1.0
        share = (self.found + self.prior * self.model_share) / (self.effective + self.prior)
        return share / self.model_share

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """Return draws from the posterior; 1 throughout where nothing is known."""
        if not self.known:
            return np.ones(size)
        found = self.found + self.prior * self.model_share
        return rng.beta(found, self.effective + self.prior - found, size) / self.model_share


@dataclass(frozen=True, slots=True)
class GroupFactors:
    """The two factors of one group of pairs, and whether each is that of all groups since too few were judged."""

    group: str
    phi: Factor
    psi: Factor
    phi_pooled: bool = False
    psi_pooled: bool = False


@dataclass(frozen=True, slots=True)
class DoubtFactor:
    """One factor of one group for people to read: its posterior mean and 95% interval, and the pairs judged for it."""

    group: str
    factor: str
    """`phi` of pairs joined, or `psi` of pairs not joined."""
    mean: float
    low: float
    high: float
    judged: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a model's doubts fall short of the truth, by group of pairs; `groups` are in the order of their codes."""

    groups: tuple[GroupFactors, ...]
    pooled: GroupFactors
    judged: int
    """Judged pairs that it rests on; 0 where nobody judged any."""

    def draw(self, rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
        """Return draws of phi and psi: arrays of (size, groups + 1), whose last column is that of all groups together.

        A pair's column is the code of its group; -1, no group, is the last. Groups that take the pooled value share its
        draws.

        >>> phi, psi = Calibration.unchecked(["scheme", "others"]).draw(np.random.default_rng(1), 2)
        >>> phi.tolist()
        [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
        """
        phi, psi = self.pooled.phi.draw(rng, size), self.pooled.psi.draw(rng, size)
        phis = [phi if group.phi_pooled else group.phi.draw(rng, size) for group in self.groups]
        psis = [psi if group.psi_pooled else group.psi.draw(rng, size) for group in self.groups]
        return np.column_stack([*phis, phi]), np.column_stack([*psis, psi])

    @property
    def mean(self) -> tuple[Floats, Floats]:
        """Posterior means of phi and psi, in the columns of `draw`."""
        every = [*self.groups, self.pooled]
        return np.array([group.phi.mean for group in every]), np.array([group.psi.mean for group in every])

    def factors(self, seed: int) -> tuple[DoubtFactor, ...]:
        """Return the factors of all groups together and of those with judged pairs enough of their own."""
        rng = np.random.default_rng(seed)
        made = []
        for group in (self.pooled, *self.groups):
            for name, factor, pooled in (("phi", group.phi, group.phi_pooled), ("psi", group.psi, group.psi_pooled)):
                if not pooled:
                    low, high = np.percentile(factor.draw(rng, 4_000), [2.5, 97.5])
                    made.append(DoubtFactor(group.group, name, factor.mean, float(low), float(high), factor.judged))
        return tuple(made)

    @classmethod
    def unchecked(cls, groups: Sequence[str] = ()) -> "Calibration":
        """Return what stands where nobody judged a pair: the model's own word, factor 1 for every group."""
        nothing = Factor(0)
        made = tuple(GroupFactors(name, nothing, nothing, phi_pooled=True, psi_pooled=True) for name in groups)
        return cls(made, GroupFactors("all", nothing, nothing), 0)


def calibrate(
    judged: JudgedPairs, threshold: float, group: NDArray[np.integer] | None = None, groups: Sequence[str] = ()
) -> Calibration:
    """Return phi and psi of all judged pairs, and of each group of them.

    Phi rests on pairs of at least the `threshold` that were joined, psi on pairs below it that were not. Pairs that a
    rule kept apart though they are likely enough tell of neither. `group` holds the code of each judged pair's group,
    its place in `groups`; -1 is none.

    Four pairs joined, each for 10 scored pairs and doubted by 0.05; of one of them the judges say that it is two
    people. So 1 in 4 is false where the model says 1 in 20, and the model's word counts for four pairs more:
    (1 + 4 x 0.05) / (4 + 4) / 0.05 = 3.

    >>> four = JudgedPairs(np.full(4, 0.95), np.full(4, True), np.array([1.0, 1, 1, 0]), np.full(4, 10.0))
    >>> round(calibrate(four, 0.3).pooled.phi.mean, 12)
    3.0
    """
    likely = judged.probability >= threshold
    pooled = _factors("all", judged, likely)
    group = np.full(len(judged), -1) if group is None else group
    made = []
    for code, name in enumerate(groups):
        rows = group == code
        made.append(_with_pooled(_factors(name, judged.chosen(rows), likely[rows]), pooled))
    return Calibration(tuple(made), pooled, len(judged))


def _factors(name: str, judged: JudgedPairs, likely: NDArray[np.bool_]) -> GroupFactors:
    joined, apart = judged.chosen(judged.joined & likely), judged.chosen(~judged.joined & ~likely)
    phi = _factor(1 - joined.same, 1 - joined.probability, joined.weight, PRIOR_JOINED)
    psi = _factor(apart.same, apart.probability, apart.weight, PRIOR_APART)
    return GroupFactors(name, phi, psi)


def _factor(found: Floats, model: Floats, weight: Floats, prior: float) -> Factor:
    if not weight.size:
        return Factor(0)
    total, effective = float(weight.sum()), effective_number(weight)
    share = float((weight * found).sum()) / total
    return Factor(len(weight), share * effective, effective, float((weight * model).sum()) / total, prior)


def _with_pooled(own: GroupFactors, pooled: GroupFactors) -> GroupFactors:
    if own.phi.judged < ENOUGH:
        own = replace(own, phi=pooled.phi, phi_pooled=True)
    if own.psi.judged < ENOUGH:
        own = replace(own, psi=pooled.psi, psi_pooled=True)
    return own
