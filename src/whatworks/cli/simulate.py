"""`whatworks simulate`: make up a partnership whose truth is known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.simulation import SimulationSettings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate")(simulate)


def simulate(
    directory: Annotated[Path, typer.Argument(help="A new folder for the made-up partnership.")],
    people: Annotated[int, typer.Option(help="People known to its agencies.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    effect: Annotated[float, typer.Option(help="Hazard ratio of reoffending for those referred; 1.0: none.")] = 0.75,
    subgroup_effect: Annotated[
        float | None, typer.Option(help="The same for those under 25; else a fifth lower.")
    ] = None,
    hidden_confounding: Annotated[float, typer.Option(help="Selection on what nobody records (log hazard).")] = 0.0,
    missing_by_outcome: Annotated[float, typer.Option(help="Added share without a number among reoffenders.")] = 0.0,
    borough_shocks: Annotated[float, typer.Option(help="Standard deviation of the log hazard of boroughs.")] = 0.0,
    lost_share: Annotated[float, typer.Option(help="Share of participants lost to the service.")] = 0.20,
    no_pnc_share: Annotated[float, typer.Option(help="Share of people without a number that agencies share.")] = 0.03,
    typos: Annotated[bool, typer.Option(help="Typing mistakes and impossible dates.")] = True,
    gaps: Annotated[bool, typer.Option(help="Missing values.")] = True,
    duplicates: Annotated[bool, typer.Option(help="People known twice, lines sent twice.")] = True,
    disagreements: Annotated[bool, typer.Option(help="Agencies that disagree about a person.")] = True,
    exports: Annotated[
        bool, typer.Option("--exports", help="Three systems' exports only, for docs/first-evaluation.md: no mappings.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Make up a partnership: extracts of six agencies, mappings, a protocol, and what is true of it."""
    from dataclasses import asdict

    from whatworks.cli.progress import bars
    from whatworks.simulation import SimulationSettings
    from whatworks.simulation import simulate as make_up

    settings = SimulationSettings(
        effect=effect,
        subgroup_effect=subgroup_effect,
        hidden_confounding=hidden_confounding,
        missing_by_outcome=missing_by_outcome,
        borough_shocks=borough_shocks,
        lost_share=lost_share,
        no_pnc_share=no_pnc_share,
        typos=typos,
        gaps=gaps,
        duplicates=duplicates,
        disagreements=disagreements,
    )
    if exports:
        _exports(directory, people, seed, settings, json)
        return
    with bars() as progress:
        report = make_up(directory, people=people, seed=seed, settings=settings, progress=progress)
    if json:
        print_json({**asdict(report), "directory": str(directory)})
        return
    typer.echo(f"{people:,} made-up people, {sum(report.rows.values()):,} lines in {len(report.rows)} extracts.")
    typer.echo(f"{report.participants:,} took part in the scheme. What is true of them: {directory / 'truth.json'}")
    typer.echo(f"Next: whatworks import --partnership {directory}")


def _exports(directory: Path, people: int, seed: int, settings: "SimulationSettings", json: bool) -> None:
    from whatworks.cli.progress import bars
    from whatworks.simulation.agencies.exports import PROGRAMME, write_exports

    with bars() as progress:
        report = write_exports(directory, people=people, seed=seed, settings=settings, progress=progress)
    if json:
        print_json({"directory": str(directory), "rows": report.rows, "boroughs": report.boroughs})
        return
    for name, rows in report.rows.items():
        typer.echo(f"{directory / name}: {rows:,} lines")
    typer.echo(f"The programme {PROGRAMME} works in {', '.join(report.boroughs)}.")
    typer.echo(f"Next: whatworks init ourtown --from {directory} --as-at {settings.as_at}")
