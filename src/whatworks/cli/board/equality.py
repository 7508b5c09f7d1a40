"""`whatworks board equality` and `assessments`: who is treated differently at which step, and was that seen in time."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import OnOption, OutOption, WhyOption, author, day, say, write_out
from whatworks.cli.board.store import ItemOption, Stored, stored
from whatworks.cli.options import FolderOption, JsonOption, read_day

if TYPE_CHECKING:
    import polars as pl

    from whatworks.board.equality.impact import Impact


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("equality")(equality)
    group.command("assessments")(assessments)


def equality(
    scheme: Annotated[str, typer.Option(help="The scheme, of the partnership's records.")] = "",
    data: Annotated[Path | None, typer.Option(help="Or a file with a row a person.")] = None,
    characteristics: Annotated[
        str, typer.Option(help="The file's columns, separated by commas.")
    ] = "sex,ethnicity,age_band",
    stages: Annotated[
        str, typer.Option(help="The file's columns for eligible, selected, started and completed.")
    ] = "eligible,selected,started,completed",
    outcome: Annotated[str, typer.Option(help="A yes/no outcome: of the protocol, or a column of the file.")] = "",
    protocol: Annotated[Path | None, typer.Option(help="The protocol that measures the outcome.")] = None,
    area: Annotated[str, typer.Option(help="Only this area of the scheme.")] = "",
    by_area: Annotated[bool, typer.Option("--by-area", help="Areas as one more characteristic.")] = False,
    launch: Annotated[str, typer.Option(help="Day of the launch; the scheme's first day if not given.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who assesses: enters it in the register of assessments.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    out: OutOption = None,
    item: ItemOption = "For discussion",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Break a scheme down by protected characteristics at each stage, with intervals; small counts are withheld."""
    from whatworks.papers.board.equality_impact import equality_paper

    _check(scheme, data, outcome, protocol)
    started = read_day(launch) if launch else None
    if data is not None:
        impact = _of_file(data, characteristics, stages, outcome, started, day(on))
        minimum, prepared_for = _settings(partnership)
    else:
        with stored(partnership, what="the store", make="import") as place:
            impact = _of_scheme(place, scheme, area, by_area, outcome, protocol, started, day(on))
            minimum, prepared_for = place.minimum_count, place.name
    paper, figures = equality_paper(impact, minimum=minimum, prepared_for=prepared_for, item=item)
    if out is not None:
        write_out(paper, out, figures, quiet=json)
    if by:
        _log(impact, out, by, on, why, partnership)
    if json:
        print_json(figures)
        return
    for part in figures["characteristics"]:
        told = [one for one in part["shares"] if one["reading"] in ("higher", "lower")]
        withheld = sum(one["share"] is None for one in part["shares"])
        say(f"{part['label']}: {len(part['shares'])} comparisons, {len(told)} told apart, {withheld} withheld")
        for one in told:
            interval = f"{one['difference_low']} to {one['difference_high']} points"
            shares = f"{one['share']:.0f}%, everyone else {one['everyone_else']:.0f}%"
            say(f"      {one['group']} at {one['stage']}: {shares} ({interval})")
    known = {True: "yes", False: "no", None: "not known"}[impact.before_launch]
    say(f"Done before launch: {known}.")


def assessments(partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show which schemes were assessed, whether before their launch, and which never were."""
    from whatworks.board.equality.log import not_assessed, read_assessments

    with stored(partnership, what="the register of assessments", make="board equality --scheme ID --by NAME") as place:
        found, never = read_assessments(place.connection), not_assessed(place.connection)
    if json:
        print_json({"assessments": found, "never_assessed": never})
        return
    for one in found:
        known = {True: "before launch", False: "after launch", None: "day of launch not known"}[one.before_launch]
        say(f"{one.done_on}  {one.name}{f', {one.place}' if one.place else ''}: {known}")
    for name in never:
        say(f"never assessed: {name}")
    say(f"{len(found)} assessments.")


def _check(scheme: str, data: Path | None, outcome: str, protocol: Path | None) -> None:
    from whatworks.records.refusal import Fault, Refused

    faults = []
    if bool(scheme) == (data is not None):
        faults.append(
            Fault("give one of --scheme and --data", "a scheme of the records, or a file with a row a person")
        )
    if scheme and bool(outcome) != (protocol is not None):
        faults.append(Fault("give both of --outcome and --protocol, or neither", "the protocol measures the outcome"))
    if faults:
        raise Refused(faults)


def _of_file(data: Path, characteristics: str, stages: str, outcome: str, launch: date | None, on: date) -> "Impact":
    from whatworks.board.equality.impact import STAGES, Impact, assess
    from whatworks.board.equality.people import CHARACTERISTICS, people_of_file
    from whatworks.evaluation.values.file import read_flat

    names = _names(characteristics)
    file = read_flat(data, None, [*names, *_names(stages), outcome])
    for note in file.notes:
        typer.echo(f"Note: {file.name}: {note}.", err=True)
    people = people_of_file(file, names, _names(stages), outcome or None)
    labels = {name: CHARACTERISTICS.get(name, name.replace("_", " ").capitalize()) for name in names}
    told = outcome.replace("_", " ").capitalize() if outcome else None
    found, breakdowns = assess(people, labels, STAGES, outcome=told)
    return Impact(data.stem, data.stem, None, on, on, launch, found, breakdowns)


def _of_scheme(
    place: Stored,
    scheme: str,
    area: str,
    by_area: bool,
    outcome: str,
    protocol: Path | None,
    launch: date | None,
    on: date,
) -> "Impact":
    from whatworks.board.equality.impact import STAGES, Impact, assess
    from whatworks.board.equality.people import CHARACTERISTICS, people_of_scheme

    config = place.partnership.config
    label = None
    joined: pl.DataFrame | None = None
    if protocol is not None:
        joined, label = _outcome(place, protocol, scheme, outcome)
    people = people_of_scheme(place.connection, scheme, config.preferences, area=area or None)
    if joined is not None:
        people = people.join(joined, on="person", how="left", maintain_order="left")
    labels = {**CHARACTERISTICS, **({"area": "Area"} if by_area else {})}
    found, breakdowns = assess(people, labels, STAGES, outcome=label)
    query = "SELECT min(from_date), min(name) FROM scheme WHERE scheme_id = ?"
    [(first, name)] = place.connection.rows(query, [scheme])
    return Impact(scheme, name or scheme, area or None, config.as_at, on, launch or first, found, breakdowns)


def _outcome(place: Stored, protocol: Path, scheme: str, outcome: str) -> "tuple[pl.DataFrame, str]":
    from whatworks.board.equality.outcome import outcome_of_scheme
    from whatworks.cli.progress import bars
    from whatworks.evaluation.question.protocol import load_protocol
    from whatworks.records.refusal import Fault, Refused

    asked = load_protocol(protocol)
    if asked.scheme.id != scheme:
        raise Refused(Fault(f"is about scheme {asked.scheme.id}", f"name the protocol of {scheme}", protocol.name))
    with bars() as progress:
        return outcome_of_scheme(
            place.connection, asked, place.partnership.config, outcome, seen_on=date.today(), progress=progress
        )


def _log(impact: "Impact", out: Path | None, by: str, on: str, why: str, partnership: Path | None) -> None:
    from whatworks.board.equality.log import log_assessment

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        log_assessment(place.connection, impact, out.name if out is not None else None, who)


def _settings(partnership: Path | None) -> tuple[int, str]:
    """Return the partnership's minimum count and name; outside one, the house's."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    try:
        config = Partnership.open(partnership).config
    except Refused:
        if partnership is not None:
            raise
        return 10, "The board"
    return config.settings.minimum_count, config.name


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]
