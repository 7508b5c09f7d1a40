"""`whatworks simulate`: make up a partnership whose truth is known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.simulation import SimulationSettings
    from whatworks.simulation.society.identity_settings import IdentitySettings


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
    hard_to_link: Annotated[
        bool,
        typer.Option(
            "--hard-to-link",
            help="Names of many origins, families, old postcodes, no fixed abode, agencies without the shared number.",
        ),
    ] = False,
    link_error: Annotated[float, typer.Option(help="Share of people whose records will hardly join.")] = 0.0,
    link_error_treated: Annotated[
        float | None, typer.Option(help="The same among those referred to the scheme; else as everybody.")
    ] = None,
    link_error_of: Annotated[
        list[str] | None, typer.Option(help="The same in a group, as female=0.1 (again for more groups).")
    ] = None,
    number_held: Annotated[
        list[str] | None, typer.Option(help="Share of an agency's records with the shared number, as council=0.")
    ] = None,
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
        identity=identity_settings(hard_to_link, link_error, link_error_treated, link_error_of, number_held),
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


def identity_settings(
    hard_to_link: bool,
    link_error: float,
    link_error_treated: float | None,
    link_error_of: list[str] | None,
    number_held: list[str] | None,
) -> "IdentitySettings":
    """Return how hard it is to tell who is who; a share given for an agency takes the place of the usual one."""
    from dataclasses import replace

    from whatworks.simulation.society.identity_settings import PLAIN, IdentitySettings

    base = IdentitySettings.realistic() if hard_to_link else PLAIN
    return replace(
        base,
        link_error=link_error,
        link_error_treated=link_error_treated,
        link_error_of=_shares("--link-error-of", link_error_of),
        number_held=tuple({**dict(base.number_held), **dict(_shares("--number-held", number_held))}.items()),
    )


def _shares(option: str, given: list[str] | None) -> tuple[tuple[str, float], ...]:
    """Return names and shares written as NAME=SHARE."""
    from whatworks.records.refusal import Fault, Refused

    shares: list[tuple[str, float]] = []
    faults = []
    for text in given or []:
        name, _, share = text.partition("=")
        try:
            shares.append((name.strip(), float(share)))
        except ValueError:
            faults.append(Fault("is not a name and a share", "write it as NAME=0.1", field=option, value=text))
    if faults:
        raise Refused(faults)
    return tuple(shares)


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
