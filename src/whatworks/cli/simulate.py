"""`whatworks simulate`: make up a partnership whose truth is known."""

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate")(simulate_command)


def simulate_command(
    directory: Path = typer.Argument(help="A new folder for the made-up partnership."),
    people: int = typer.Option(20_000, help="People known to its agencies."),
    seed: int = typer.Option(1, help="The same seed gives the same files."),
    effect: float = typer.Option(0.75, help="Hazard ratio of reoffending for those referred; 1.0 is no effect."),
    subgroup_effect: float | None = typer.Option(None, help="The same for those under 25 [default: a fifth lower]."),
    hidden_confounding: float = typer.Option(0.0, help="Selection on something nobody records (log hazard ratio)."),
    missing_by_outcome: float = typer.Option(0.0, help="Added chance of no shared number for those who reoffend."),
    borough_shocks: float = typer.Option(0.0, help="Standard deviation between boroughs of the log hazard."),
    lost_share: float = typer.Option(0.20, help="Share of participants lost to the service."),
    no_pnc_share: float = typer.Option(0.03, help="Share of people without a number that agencies share."),
    typos: bool = typer.Option(True, help="Typing mistakes and impossible dates."),
    gaps: bool = typer.Option(True, help="Missing values."),
    duplicates: bool = typer.Option(True, help="People known twice, lines sent twice."),
    disagreements: bool = typer.Option(True, help="Agencies that disagree about a person."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON document."),
) -> None:
    """Make up a partnership: extracts of six agencies, mappings, a protocol, and what is true of it."""
    import json
    from dataclasses import asdict

    from whatworks.cli.progress import bars
    from whatworks.simulation import SimulationSettings, simulate

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
    with bars() as progress:
        report = simulate(directory, people=people, seed=seed, settings=settings, progress=progress)
    if as_json:
        typer.echo(json.dumps({**asdict(report), "directory": str(directory)}))
        return
    typer.echo(f"{people:,} made-up people, {sum(report.rows.values()):,} lines in {len(report.rows)} extracts.")
    typer.echo(f"{report.participants:,} took part in the scheme. What is true of them: {directory / 'truth.json'}")
    typer.echo(f"Next: whatworks import --partnership {directory}")
