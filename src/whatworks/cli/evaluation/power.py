"""`whatworks power`: how many people would be needed, before there is any data."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.statistics.areas.area_plan import AreaPlan


def power(
    comparison: Annotated[str, typer.Option(help="Outcome expected without the scheme: 45%, or with --sd a mean.")],
    difference: Annotated[
        str | None, typer.Option(help="Smallest effect worth having, with its sign: -5pp, or +0.05.")
    ] = None,
    treated: Annotated[int | None, typer.Option(help="People in the scheme: what could so many tell?")] = None,
    sd: Annotated[float | None, typer.Option(help="For counts and scores: how much people differ.")] = None,
    ratio: Annotated[float, typer.Option(help="Effective comparisons for each treated person.")] = 1.0,
    matched: Annotated[str, typer.Option(help="Share of the treated who will find a comparison.")] = "100%",
    linked: Annotated[str, typer.Option(help="Share who can be linked to the conviction record.")] = "100%",
    design_effect: Annotated[float, typer.Option(help="How much clustering by area inflates the variance.")] = 1.0,
    people_per_area: Annotated[
        float | None, typer.Option(help="For a scheme given by area: people in each area. Answers then count areas.")
    ] = None,
    areas: Annotated[int | None, typer.Option(help="Areas on each side: what could so many tell?")] = None,
    between: Annotated[str | None, typer.Option(help="Standard deviation between areas of the outcome: 4pp.")] = None,
    icc: Annotated[float | None, typer.Option(help="Or the share of variance that lies between areas.")] = None,
    chance: Annotated[str, typer.Option(help="Chance of finding the effect if it is there.")] = "80%",
    json: JsonOption = False,
) -> None:
    """Say how many people a study needs, or what one of a given size could tell, before there is any data."""
    from whatworks.records.refusal import Fault, Refused
    from whatworks.statistics.areas.area_plan import AreaPlan
    from whatworks.statistics.study_size import LARGEST, Plan, people_needed, smallest_found

    if difference is None and treated is None and areas is None:
        raise Refused("nothing is asked", "give --difference for the people needed, --treated for what they could tell")
    _check_area_options(people_per_area, areas, between, icc, treated)
    for field, text in (("comparison", comparison), ("difference", difference or "")):
        if sd is not None and text.strip().lower().endswith(("%", "pp")):
            raise Refused(Fault("is a share, and --sd speaks of a mean", "write a number", field=field, value=text))
    plan = Plan(
        comparison=share_of(comparison, "comparison"),
        sd=sd,
        ratio=ratio,
        design_effect=design_effect,
        share_matched=share_of(matched, "matched"),
        share_linked=share_of(linked, "linked"),
        power=share_of(chance, "chance"),
    )
    effect = None if difference is None else _signed(difference)
    if people_per_area is not None:
        size = None if between is None else share_of(between, "between")
        area_plan = AreaPlan(plan, people_per_area, size, icc)
        _by_area(area_plan, difference, effect, areas, chance, json=json)
        return
    needed = None if effect is None else people_needed(plan, effect)
    if needed is not None and needed * max(1, ratio) > LARGEST:
        problem = f"would take more than {LARGEST:,} people with this plan"
        raise Refused(Fault(problem, "look for a percentage that is written as a share", None, None, "difference",
                            difference))  # fmt: skip
    found = None if treated is None else smallest_found(plan, treated)
    if json:
        print_json({"plan": plan, "difference": effect, "needed_treated": needed, "smallest_detectable": found})
        return
    if needed is not None:
        typer.echo(f"To find a difference of {difference} in {chance} of studies takes {needed:,} people in the scheme")
        typer.echo(f"and the equal of {needed * ratio:,.0f} comparisons, before anybody is lost.")
    if treated is not None:
        typer.echo(_told(treated, found, chance, sd))


def _check_area_options(
    people: float | None, areas: int | None, between: str | None, icc: float | None, treated: int | None
) -> None:
    """Refuse what goes with schemes by area only, and numbers of people where areas count."""
    from whatworks.records.refusal import Fault, Refused

    if people is not None and treated is not None:
        remedy = "give --areas, the areas on each side"
        raise Refused(Fault("people do not count where areas do", remedy, field="treated", value=str(treated)))
    given = {"areas": areas, "between": between, "icc": icc}
    faults = [
        Fault("is about areas", "say with --people-per-area how many people are in each", field=name, value=str(value))
        for name, value in given.items()
        if people is None and value is not None
    ]
    if faults:
        raise Refused(faults)


def _by_area(
    plan: "AreaPlan", difference: str | None, effect: float | None, areas: int | None, chance: str, *, json: bool
) -> None:
    """Answer in areas on each side."""
    from whatworks.statistics.areas.area_plan import MOST_PER_SIDE, areas_for, smallest_by_areas

    needed = None if effect is None else areas_for(plan, effect)
    found = None if areas is None else smallest_by_areas(plan, areas)
    if json:
        answer = {"plan": plan, "difference": effect, "areas": areas, "needed_areas": needed}
        print_json({**answer, "smallest_detectable": found})
        return
    if effect is not None and needed is None:
        typer.echo(f"Not even {MOST_PER_SIDE:,} areas on each side find a difference of {difference}.")
    elif needed is not None:
        typer.echo(f"To find a difference of {difference} in {chance} of studies takes {needed:,} areas on each side")
        typer.echo(f"of {plan.per_area:,.0f} people each.")
    if areas is not None and found is None:
        typer.echo(f"{areas:,} against {areas:,} can never be significant: no p of 0.05 or less can come out.")
    elif found is not None:
        size = f"{100 * found:.1f} percentage points" if plan.people.sd is None else f"{found:.3g}"
        typer.echo(f"{areas:,} areas on each side would show a difference of {size} or more in {chance} of studies.")


def _told(treated: int, found: float | None, chance: str, sd: float | None) -> str:
    if found is None:
        return f"{treated:,} people could not show even a fall to nothing in {chance} of studies."
    size = f"{100 * found:.1f} percentage points" if sd is None else f"{found:.3g}"
    return f"{treated:,} people in the scheme would show a fall of {size} or more in {chance} of studies, not less."


def _signed(text: str) -> float:
    """Return a difference; without its sign nobody can tell a fall from a rise, and they take different numbers."""
    from whatworks.records.refusal import Fault, Refused

    bare, effect = text.strip(), share_of(text, "difference")
    if effect != 0 and bare[:1] not in ("-", "\N{MINUS SIGN}", "+"):
        remedy = f"write -{bare} for a fall, +{bare} for a rise"
        raise Refused(Fault("has no sign", remedy, field="difference", value=text))
    return effect


def share_of(text: str, field: str) -> float:
    """Return a share from 45%, 5pp or 0.45, or a mean from a number."""
    from whatworks.records.plain_number import plain_number
    from whatworks.records.refusal import Fault, Refused

    bare = text.strip().lower().replace("−", "-")
    for ending, scale in (("pp", 100.0), ("%", 100.0), ("", 1.0)):
        if bare.endswith(ending):
            try:
                return plain_number(bare.removesuffix(ending)) / scale
            except ValueError:
                break
    raise Refused(Fault("is not a number", "write 45%, -5pp or 0.45, with a decimal point", field=field, value=text))
