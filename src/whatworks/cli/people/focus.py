"""`whatworks people overlap`, `concentration`, `fall`, `problems`: on whom and on what to focus, beside chance."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.options import read_day
from whatworks.cli.paper import with_options
from whatworks.cli.places.asking import AskedIncidents

RuleArgument = Annotated[Path, typer.Argument(help="The list's rule, a TOML file (docs/people.md).")]
ResidentsOption = Annotated[
    int | None, typer.Option(min=1, help="N is so many residents of the age, in place of everybody with a contact.")
]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for command in (overlap, concentration, fall):
        group.command(command.__name__)(answering(command))
    group.command()(problems)


def overlap(
    asked: Asked,
    rule: RuleArgument,
    on: Annotated[str, typer.Option(help="The last day of the rule's window; the extracts' day if not given.")] = "",
    residents: ResidentsOption = None,
) -> Maker:
    """Say how many agencies know the same people, how sure that is, and how many two lists would share by chance.

    Contacts count as the rule says. Numbers stand with their interval over the draws of the linkage; beside the people
    on two lists stands how many there would be if the lists were independent. The two lists together are refused as N.
    """
    from whatworks.papers.people.overlap import overlap_answer
    from whatworks.people import load_rule, overlap

    terms = load_rule(rule)
    last = read_day(on) if on else asked.here.config.as_at
    found = overlap(asked.store, terms, last, residents)
    kinds = ", ".join(kind.replace("_", " ") for kind in terms.kinds)
    counts = f"contacts in the {terms.window_months} months to {last:%-d %B %Y} ({kinds})"
    return lambda told: overlap_answer(found, counts, asked.minimum, told)


def concentration(
    asked: Asked,
    of: Annotated[
        Literal["offences", "harm", "victimisation"], typer.Option(help="What is counted by person.")
    ] = "offences",
    first: Annotated[str, typer.Option("--from", help="First day; a year before --to if not given.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day; the extracts' day if not given.")] = "",
    edition: Annotated[str | None, typer.Option(help="Edition of the weights of harm, as example.")] = None,
    residents: ResidentsOption = None,
) -> Maker:
    """Say what share of offences, harm or victimisation falls on the top 1, 5 and 10 per cent of people.

    Beside each share stands what the same events would give if they fell on the same people at random: few events are
    always crowded.
    """
    from whatworks.papers.people.concentration import concentration_answer
    from whatworks.people import people_concentration
    from whatworks.people.rule import months_after

    end = read_day(last) if last else asked.here.config.as_at
    start = read_day(first) if first else months_after(end, -12)
    found = people_concentration(asked.store, of, start, end, edition=edition, residents=residents)
    return lambda told: concentration_answer(found, (start, end), asked.minimum, told)


def fall(
    asked: Asked,
    rule: Annotated[Path | None, typer.Argument(help="The list's rule, a TOML file (docs/people.md).")] = None,
    at_least: Annotated[
        int | None, typer.Option(min=1, help="In place of a file: so many offences or more within twelve months.")
    ] = None,
    list_from: Annotated[str, typer.Option(help="The day on which the list began; the rule's own if not given.")] = "",
    every: Annotated[int, typer.Option(min=1, max=24, help="Months between two looks at who meets the rule.")] = 3,
    months: Annotated[int, typer.Option(min=3, max=60, help="Months before and after that are compared.")] = 12,
    lag: Annotated[int, typer.Option(min=0, max=24, help="Months after which an offence counts as known.")] = 6,
    claimed: Annotated[
        float | None, typer.Option(max=100, help='A fall that somebody reports, in per cent: 30 of "fell 30%".')
    ] = None,
) -> Maker:
    """Say how far people who meet a rule fall back without any help: what a list would have seen anyway.

    Of everybody who met the rule at looks before the list, picked or not. Where the list has always existed only a
    model answers, with its assumptions. That a list made its people's offending fall is never said here: `whatworks
    evaluate` answers that, with people to compare with.
    """
    from whatworks.papers.people.fall import fall_answer
    from whatworks.people import expected_fall, load_rule
    from whatworks.records.refusal import Refused

    if (rule is None) == (at_least is None) or not (rule or list_from):
        raise Refused("it is not said by which one rule, or from when", "name its file, or --at-least with --list-from")
    began = read_day(list_from) if list_from else None
    picks = load_rule(rule) if rule else at_least or 1
    found = expected_fall(asked.store, picks, asked.here.config.as_at, began, every=every, months=months, lag=lag)
    return lambda told: fall_answer(found, asked.minimum, None if claimed is None else claimed / 100, told)


@with_options("which", AskedIncidents)
@answering
def problems(
    asked: Asked,
    which: AskedIncidents,
    edition: Annotated[str | None, typer.Option(help="Edition of the weights of seriousness, as example.")] = None,
) -> Maker:
    """Rank problems, not people: repeat victims, repeat offenders, places and hours, and who already works on each.

    Ordered by the chance of being among the ten with most beyond chance; no order is given where none reaches .5. The
    suggested task names an agency that is there already, or says that none is.
    """
    from whatworks.papers.people.problems import problems_answer
    from whatworks.people import problems

    found = problems(asked.store, which.read(asked.store), which.kind or None, edition)
    return lambda told: problems_answer(found, edition, asked.minimum, told)
