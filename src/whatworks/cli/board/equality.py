"""`whatworks board assessment`: who is treated differently at which step of a scheme, and was that seen in time?"""

from datetime import date
from pathlib import Path

import polars as pl
import typer

from whatworks.board.equality.impact import STAGES, Impact, assess, log_assessment, not_assessed, read_assessments
from whatworks.board.equality.outcome import outcome_of_scheme
from whatworks.board.equality.people import CHARACTERISTICS, people_of_file, people_of_scheme
from whatworks.cli.answer import View
from whatworks.cli.audit.noted import noted
from whatworks.cli.board.opening import board_of, records_of, settings_of
from whatworks.cli.progress import bars
from whatworks.cli.register import Desk, author_of
from whatworks.evaluation.question.protocol import load_protocol
from whatworks.evaluation.values.file import read_flat
from whatworks.papers.board.equality_impact import equality_paper
from whatworks.records.refusal import Fault, Refused


def make(
    folder: Path | None,
    on: date,
    out: Path | None,
    *,
    scheme: str = "",
    data: Path | None = None,
    characteristics: str = "sex,ethnicity,age_band",
    stages: str = "eligible,selected,started,completed",
    outcome: str = "",
    protocol: Path | None = None,
    area: str = "",
    by_area: bool = False,
    launch: date | None = None,
    by: str = "",
    why: str = "",
    item: str = "For discussion",
) -> View:
    """Return a scheme broken down by protected characteristics at each stage; small counts are withheld."""
    _check(scheme, data, outcome, protocol)
    if data is not None:
        impact = _of_file(data, characteristics, stages, outcome, launch, on)
        minimum, prepared_for = settings_of(folder)
    else:
        with records_of(folder, on) as desk:
            impact = _of_scheme(desk, scheme, area, by_area, outcome, protocol, launch, on)
            minimum, prepared_for = desk.minimum_count, desk.name
    paper, figures = equality_paper(impact, minimum=minimum, prepared_for=prepared_for, item=item)
    if by:
        _log(impact, out, by, on, why, folder)
    lines = []
    for part in figures["characteristics"]:
        apart = [share for share in part["shares"] if share["reading"] in ("higher", "lower")]
        withheld = sum(share["share"] is None for share in part["shares"])
        counts = f"{len(part['shares'])} comparisons, {len(apart)} beyond chance, {withheld} withheld"
        lines.append(f"{part['label']}: {counts}")
        for share in apart:
            interval = f"{share['difference_low']} to {share['difference_high']} points"
            shares = f"{share['share']:.0f}%, everyone else {share['everyone_else']:.0f}%"
            lines.append(f"      {share['group']} at {share['stage']}: {shares} ({interval})")
    known = {True: "yes", False: "no", None: "not known"}[impact.before_launch]
    return View(figures, [*lines, f"Done before launch: {known}."], lambda: (paper, figures))


def assessments(desk: Desk) -> View:
    """Return which schemes were assessed, whether before their launch, and which never were."""
    logged, never = read_assessments(desk.connection), not_assessed(desk.connection)
    lines = []
    for each in logged:
        known = {True: "before launch", False: "after launch", None: "day of launch not known"}[each.before_launch]
        lines.append(f"{each.done_on}  {each.name}{f', {each.place}' if each.place else ''}: {known}")
    lines += [*(f"never assessed: {name}" for name in never), f"{len(logged)} assessments."]
    return View({"rows": logged, "never_assessed": never}, lines)


def _log(impact: Impact, out: Path | None, by: str, on: date, why: str, folder: Path | None) -> None:
    author = author_of(by, on.isoformat(), why)
    with board_of(folder, on, writing=True) as desk:
        log_assessment(desk.connection, impact, out.name if out is not None else None, author)
        noted(desk.connection, "changed", "board assessment add", why=why or None, more={"by": by})


def _check(scheme: str, data: Path | None, outcome: str, protocol: Path | None) -> None:
    faults = []
    if bool(scheme) == (data is not None):
        faults.append(
            Fault("give one of --scheme and --data", "a scheme of the records, or a file with a row a person")
        )
    if scheme and bool(outcome) != (protocol is not None):
        faults.append(Fault("give both of --outcome and --protocol, or neither", "the protocol measures the outcome"))
    if faults:
        raise Refused(faults)


def _of_file(data: Path, characteristics: str, stages: str, outcome: str, launch: date | None, on: date) -> Impact:
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
    desk: Desk,
    scheme: str,
    area: str,
    by_area: bool,
    outcome: str,
    protocol: Path | None,
    launch: date | None,
    on: date,
) -> Impact:
    config = desk.partnership.config
    label = None
    joined: pl.DataFrame | None = None
    if protocol is not None:
        joined, label = _outcome(desk, protocol, scheme, outcome)
    people = people_of_scheme(desk.connection, scheme, config.preferences, area=area or None)
    if joined is not None:
        people = people.join(joined, on="person", how="left", maintain_order="left")
    labels = {**CHARACTERISTICS, **({"area": "Area"} if by_area else {})}
    found, breakdowns = assess(people, labels, STAGES, outcome=label)
    query = "SELECT min(from_date), min(name) FROM scheme WHERE scheme_id = ?"
    [(first, name)] = desk.connection.rows(query, [scheme])
    return Impact(scheme, name or scheme, area or None, config.as_at, on, launch or first, found, breakdowns)


def _outcome(desk: Desk, protocol: Path, scheme: str, outcome: str) -> tuple[pl.DataFrame, str]:
    asked = load_protocol(protocol)
    if asked.scheme.id != scheme:
        raise Refused(Fault(f"is about scheme {asked.scheme.id}", f"name the protocol of {scheme}", protocol.name))
    with bars() as progress:
        return outcome_of_scheme(
            desk.connection, asked, desk.partnership.config, outcome, seen_on=date.today(), progress=progress
        )


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]
