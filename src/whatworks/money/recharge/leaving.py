"""Say whether any borough or group of boroughs would do better to leave, under each model's bills and under any."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.amount import pence_of, split
from whatworks.money.recharge.account import Account
from whatworks.money.recharge.best_groups import Group, Leaving, NightsSearch, how_many, worst
from whatworks.money.recharge.bills import Bills
from whatworks.money.recharge.core import Core, core
from whatworks.money.recharge.cost_game import MOST_LISTED, CostGame, cost_game, listed_costs, pounds
from whatworks.money.recharge.shapley import counted
from whatworks.money.recharge.terms import ModelName, OwnCost

METHOD = (
    "Exact. A group's own cost depends on its nights alone, so Shapley shares come from counting the groups of each "
    "size by their nights, and the group that would save most from a knapsack for each size of service; the core from "
    "a linear programme whose rows are those groups."
)


@dataclass(frozen=True, slots=True)
class GroupSaving:
    """A group of boroughs that would do better alone, in pounds a year."""

    boroughs: tuple[str, ...]
    billed: Decimal
    alone: Decimal
    saving: Decimal


@dataclass(frozen=True, slots=True)
class ModelStability:
    """Who would do better to leave under one model's bills: the group that would save most, and boroughs by themselves.

    `groups` is the number of groups that would save, of `of_groups`; none where there are too many groups to count.
    """

    model: ModelName
    worst: GroupSaving | None
    single: tuple[str, ...]
    groups: int | None
    of_groups: int


@dataclass(frozen=True, slots=True)
class CoreProof:
    """A group and its weight in the proof that the core is empty."""

    boroughs: tuple[str, ...]
    weight: str
    alone: Decimal


@dataclass(frozen=True, slots=True)
class Stability:
    """What leaving would mean, in pounds a year.

    `together` is what the terms say that all would pay for a service of their own, which `shapley` and `stable` share
    out; `billed` is what the boroughs are really billed. `stable` are the bills nearest to the Shapley shares that no
    group would leave (to the penny), none where the core is empty; then `missing` is what somebody else would have to
    pay so that nobody leaves.
    """

    alone: dict[str, Decimal]
    together: Decimal
    billed: Decimal
    models: tuple[ModelStability, ...]
    shapley: dict[str, Decimal]
    shapley_blocked: GroupSaving | None
    core_empty: bool
    missing: Decimal
    proof: tuple[CoreProof, ...]
    stable: dict[str, Decimal] | None
    method: str = METHOD


def stability(year: Account, bills: Sequence[Bills], terms: OwnCost) -> Stability:
    """Return who would do better to leave; `terms` lack nothing."""
    game = cost_game(terms, year.nights, year.days)
    search, shares = NightsSearch(game), counted(game)
    found = core(search, [float(share) for share in shares])
    listed = listed_costs(game) if len(game.players) <= MOST_LISTED else None
    models = []
    for one in bills:
        pence = [pence_of(one.totals[code]) for code in game.players]
        blocked = worst(search, pence)
        single = tuple(code for at, code in enumerate(game.players) if pence[at] > game.cost_of([at]))
        count = how_many(listed, pence) if listed is not None else None
        models.append(ModelStability(one.model, _saving(game, blocked), single, count, 2 ** len(game.players) - 1))
    return Stability(
        alone={code: pounds(game.cost_of([at])) for at, code in enumerate(game.players)},
        together=pounds(game.whole),
        billed=sum((bills[0].totals[code] for code in game.players), Decimal(0)),
        models=tuple(models),
        shapley=_to_the_penny(game, shares),
        shapley_blocked=_saving(game, worst(search, shares)),
        core_empty=found.empty,
        missing=_pounds(found.missing),
        proof=tuple(
            CoreProof(_codes(game, group), str(weight), pounds(game.cost_of(group))) for group, weight in found.proof
        ),
        stable=None if found.empty else _stable(game, found),
    )


def _saving(game: CostGame, found: Leaving | None) -> GroupSaving | None:
    if found is None:
        return None
    billed = _pounds(found.billed)
    return GroupSaving(_codes(game, found.group), billed, pounds(found.alone), billed - pounds(found.alone))


def _codes(game: CostGame, group: Group) -> tuple[str, ...]:
    return tuple(game.players[at] for at in group)


def _stable(game: CostGame, found: Core) -> dict[str, Decimal]:
    return _to_the_penny(game, [max(Fraction(0), Fraction(bill)) for bill in found.bills])


def _to_the_penny(game: CostGame, shares: Sequence[Fraction]) -> dict[str, Decimal]:
    if not game.whole:
        return dict.fromkeys(game.players, Decimal(0))
    return split(pounds(game.whole), dict(zip(game.players, shares, strict=True)))


def _pounds(pence: float | Fraction) -> Decimal:
    return pounds(round(pence))
