"""`whatworks contract simulate` and `negotiate`: who is paid for luck, and which terms both sides would sign."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from whatworks.cli.money.contract_settle import FiguresOption, SetOption, TermsArgument
from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_options, with_paper

if TYPE_CHECKING:
    from whatworks.money.contracts.terms import Terms
    from whatworks.money.futures.assumptions import Assumptions
    from whatworks.money.futures.candidate_terms import Range
    from whatworks.money.futures.effect import Effect
    from whatworks.money.futures.partners import Partner

Value = TypeVar("Value")
PartnersOption = Annotated[Path, typer.Option("--partners", help="The partners' file (docs/money.md).")]
SeedOption = Annotated[int, typer.Option("--seed", help="The same seed gives the same figures.")]
PathsOption = Annotated[int, typer.Option("--paths", help="How many futures are simulated.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which effect, partners and terms a command is about."""

    effect: Annotated[
        str | None,
        typer.Option(
            "--effect", help="True fall: 0.10, normal(0.10, 0.03), uniform(0, 0.2) or triangular(0, 0.05, 0.2)."
        ),
    ] = None
    result: Annotated[
        Path | None, typer.Option("--result", help="Take the effect from an evaluation's result.json.")
    ] = None
    only: Annotated[str, typer.Option("--only", help="Only these partners of the file, separated by commas.")] = ""
    settings: SetOption = None
    figures: FiguresOption = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command takes to be so, alike for all partners: the fields of `Assumptions`."""

    reach: Annotated[
        float, typer.Option("--reach", help="Part of the counted demand that is of people worked with.")
    ] = 1.0
    trend: Annotated[float, typer.Option("--trend", help="Change a year that comes anyway; -0.02 falls 2%.")] = 0.0
    overdispersion: Annotated[
        float, typer.Option("--overdispersion", help="Variance over mean of a count; 1: chance.")
    ] = 1.0
    churn: Annotated[float, typer.Option("--churn", help="Part of those worked with who are counted elsewhere.")] = 0.0
    churn_within: Annotated[float, typer.Option("--churn-within", help="Part of those counted by another partner.")] = (
        0.0
    )
    build_up: Annotated[str, typer.Option("--build-up", help="Part of the effect reached in each period: 0.5,1.")] = "1"
    cashable: Annotated[float, typer.Option("--cashable", help="Part of a unit price that frees the payer cash.")] = 1.0
    discount: Annotated[float, typer.Option("--discount", help="Discount rate a year.")] = 0.035


AS_USUAL = Taken()


@with_options("asked", Asked)
@with_options("taken", Taken)
@with_paper()
def simulate(
    terms: TermsArgument,
    partners: PartnersOption,
    asked: Asked,
    taken: Taken = AS_USUAL,
    seed: SeedOption = 1,
    paths: PathsOption = 20_000,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Simulate what a contract pays: net cash by partner and year, pay for luck, worst 5%, break-even, pooling.

    Every figure rests on the effect that you state (or that an evaluation found) and on the partners' file.
    """
    from whatworks.cli.progress import bars
    from whatworks.money.futures.assumptions import check_paths
    from whatworks.money.futures.simulate import simulate as simulated
    from whatworks.papers.money.simulation import simulation_answer

    gather = Gather()
    gather(paper.check)
    gather(check_paths, paths, seed)
    assumed = gather(_assumed, gather, asked, taken)
    agreed, brought = _agreed(gather, terms, asked, partners)
    gather.refuse()
    with bars() as progress:
        found = simulated(agreed, brought, assumed, seed, paths, progress)
    show(simulation_answer(found), paper, json)


@with_options("asked", Asked)
@with_options("taken", Taken)
@with_paper()
def negotiate(
    terms: TermsArgument,
    partners: PartnersOption,
    bearable: Annotated[
        float, typer.Option("--bearable", help="Loss in pounds that a partner could bear in its worst 5%.")
    ],
    asked: Asked,
    least_expected: Annotated[
        float, typer.Option("--least-expected", help="Pounds that each partner must expect at least.")
    ] = 0.0,
    least_saved: Annotated[
        float, typer.Option("--least-saved", help="Pounds that the payer must expect to save more than.")
    ] = 0.0,
    thresholds: Annotated[str, typer.Option("--thresholds", help="Thresholds to try.")] = "0,0.03,0.05,0.10",
    shares: Annotated[
        str, typer.Option("--shares", help="Share rules to try: half, half-then-all, or a share of every pound.")
    ] = "half,half-then-all,0.7,0.9",
    caps: Annotated[str, typer.Option("--caps", help="Caps to try; none for no cap.")] = "0.20,0.30,none",
    up_fronts: Annotated[
        str, typer.Option("--up-fronts", help="Pounds up front to each partner to try.")
    ] = "0,50000,100000,200000",
    periods: Annotated[str, typer.Option("--periods", help="Numbers of periods to try.")] = "2,3,4",
    taken: Taken = AS_USUAL,
    seed: SeedOption = 1,
    paths: PathsOption = 4_000,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Search for terms that both sides would sign: the payer expects to save, each partner can bear its worst 5%.

    Says plainly when there are none, and what would have to be borne.
    """
    from whatworks.cli.progress import bars
    from whatworks.money.futures.assumptions import check_paths
    from whatworks.money.futures.candidate_terms import read_range
    from whatworks.money.futures.negotiation import Wish
    from whatworks.money.futures.negotiation import negotiate as negotiated
    from whatworks.papers.money.negotiation import negotiation_answer

    gather = Gather()
    gather(paper.check)
    gather(check_paths, paths, seed)
    wish = gather(Wish, bearable, least_expected, least_saved)
    over: Range = gather(read_range, thresholds, shares, caps, up_fronts, periods)
    assumed = gather(_assumed, gather, asked, taken)
    agreed, brought = _agreed(gather, terms, asked, partners)
    gather.refuse()
    with bars() as progress:
        found = negotiated(agreed, brought, assumed, wish, over, seed, paths, progress)
    show(negotiation_answer(agreed, assumed, found), paper, json)


class Gather:
    """Calls that may refuse: their faults are gathered, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Any] = []

    def __call__(self, work: Callable[..., Value], *given: Any) -> Value:
        """Return what the work returns; where it refuses, keep the faults and return nothing usable."""
        from whatworks.records.refusal import Refused

        try:
            return work(*given)
        except Refused as refused:
            self.faults += refused.faults
            return None  # type: ignore[return-value]

    def refuse(self) -> None:
        """Refuse where there were faults."""
        from whatworks.records.refusal import Refused

        if self.faults:
            raise Refused(self.faults)


def _agreed(gather: Gather, terms: str, asked: Asked, partners: Path) -> tuple["Terms", dict[str, "Partner"]]:
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.futures.partners import read_partners

    agreed = gather(load_terms, terms, asked.settings or (), asked.figures)
    names = tuple(name.strip() for name in asked.only.split(",") if name.strip())
    brought = gather(read_partners, partners, agreed, names) if agreed is not None else {}
    return agreed, brought


def _assumed(gather: Gather, asked: Asked, taken: Taken) -> "Assumptions":
    from whatworks.money.futures.assumptions import Assumptions, read_build_up
    from whatworks.money.futures.effect import Effect

    found = gather(_effect, asked.effect, asked.result) or Effect("fixed", (0.0,))
    steps = gather(read_build_up, taken.build_up) or (1.0,)
    return Assumptions(**asdict(taken) | {"effect": found, "build_up": steps})


def _effect(effect: str | None, result: Path | None) -> "Effect":
    from whatworks.money.futures.effect import effect_from_result, read_effect
    from whatworks.records.refusal import Refused

    if (effect is None) == (result is None):
        raise Refused("there must be one effect", "give either --effect or --result")
    if effect is not None or result is None:
        return read_effect(effect or "")
    found = effect_from_result(result)
    _check_told(result)
    return found


def _check_told(path: Path) -> None:
    """Refuse the effect of an outcome that the evaluation's own paper withholds: the answer would print it."""
    from whatworks.evaluation.whole import read_result
    from whatworks.papers.disclosure.audit import publish
    from whatworks.papers.money.cost_per_outcome import check_shown

    result = read_result(path)
    primary = next(one.label for one in result.outcomes if one.primary)
    check_shown(publish(result), primary, "give --effect instead, as it may be known outside")
