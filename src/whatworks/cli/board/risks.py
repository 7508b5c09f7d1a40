"""`whatworks board risks` and `dependencies`: registers that watch numbers and change by them."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import ByOption, OnOption, OutOption, WhyOption, author, day, say, tell, write_out
from whatworks.cli.board.store import ItemOption, done, risk_number, stored
from whatworks.cli.options import FolderOption, JsonOption, read_day

RiskArgument = Annotated[str, typer.Argument(help="Its reference, as R3 or D6.")]
ScoreOption = Annotated[int | None, typer.Option(min=1, max=5, help="1 (least) to 5 (most).")]
TextOption = Annotated[str, typer.Option(help="Leave as it is if not given; `none` takes it away.")]
NumberOption = Annotated[
    Literal["sample_size", "matched_share", "linked_share", "quarantined_share", "projected_people", "figure"],
    typer.Option("--number", help="Which number is watched (docs/board.md)."),
]
HOW = "Taken from a report with `whatworks board read FILE`, or entered with `board risks add`"


def register(group: typer.Typer) -> None:
    """Add the commands."""
    risks = typer.Typer(help="Risks and dependencies, which watch numbers and change by them.")
    risks.callback(invoke_without_command=True)(show_risks)
    commands = (("add", add), ("set", change), ("watch", watch), ("unwatch", unwatch), ("link", link),
                ("close", close), ("show", show))  # fmt: skip
    for name, command in commands:
        risks.command(name)(command)
    group.add_typer(risks, name="risks")
    group.command("dependencies")(dependencies)


def show_risks(
    context: typer.Context,
    closed: Annotated[bool, typer.Option("--closed", help="The closed ones too.")] = False,
    on: OnOption = "",
    out: OutOption = None,
    item: ItemOption = "For discussion",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Look at every watched number, and show risks and dependencies as they stand, the worst first."""
    if context.invoked_subcommand is None:
        _register(None, closed, on, out, item, partnership, json)


def dependencies(
    closed: Annotated[bool, typer.Option("--closed", help="The closed ones too.")] = False,
    on: OnOption = "",
    out: OutOption = None,
    item: ItemOption = "For discussion",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show what must be true: dependencies as they stand, after looking at every watched number."""
    _register("dependency", closed, on, out, item, partnership, json)


def _register(
    kind: Literal["dependency"] | None,
    closed: bool,
    on: str,
    out: Path | None,
    item: str,
    partnership: Path | None,
    json: bool,
) -> None:
    from whatworks.board.risks.message import read_messages
    from whatworks.board.risks.number import Ground
    from whatworks.board.risks.register import read_risks, take_from_papers
    from whatworks.board.risks.watching import WATCHER, look
    from whatworks.papers.board.risk_register import reference, risk_paper
    from whatworks.records.register.entry import Author

    today = day(on)
    with stored(partnership, what="the register of risks", make="board risks add") as place:
        with place.connection.transaction():
            reader = Author(WATCHER, today, "read in a report to the board", "reading")
            taken = take_from_papers(place.connection, reader)
            changed = look(place.connection, Ground(place.connection, place.partnership.root, today))
        found = read_risks(place.connection, kind, closed=closed)
        messages = read_messages(place.connection) if kind is None else ()
        names = {one.id: reference(one) for one in read_risks(place.connection, closed=True)}
    paper, figures = risk_paper(
        found, messages, as_at=today, minimum=place.minimum_count, prepared_for=place.name, item=item
    )
    if out is not None:
        write_out(paper, out, figures, quiet=json)
    if json:
        print_json({**figures, "taken": len(taken), "changed": [f"{names[one.risk_id]}: {one.before} to {one.after}"
                                                                for one in changed]})  # fmt: skip
        return
    if taken:
        say(f"{len(taken)} taken from reports read since.")
    for one in figures["risks"]:
        _say(one)
    for state in changed:
        say(f"Changed: {names[state.risk_id]} from {state.before} to {state.after}.")
    say(f"{len(found)} open on {today}." if found else f"None is held. {HOW}.")


def add(
    text: Annotated[str, typer.Argument(help="The risk, or what is depended on.")],
    by: ByOption,
    kind: Annotated[Literal["risk", "dependency"], typer.Option(help="Risk or dependency.")] = "risk",
    cause: TextOption = "",
    impact: TextOption = "",
    owner: TextOption = "",
    provider: TextOption = "",
    response: TextOption = "",
    likelihood: ScoreOption = None,
    severity: ScoreOption = None,
    review: Annotated[str, typer.Option(help="Day of the next review.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a risk or dependency. What is not said stays missing, and is shown so."""
    from whatworks.board.risks.register import add_risk

    who = author(by, on, why)
    values = _given(cause=cause, impact=impact, owner=owner, provider=provider, response=response)
    values |= {"likelihood": likelihood, "severity": severity, "review_on": read_day(review) if review else None}
    with stored(partnership, making=True) as place:
        number = add_risk(place.connection, {"kind": kind, "text": text, "raised_on": who.on, **values}, who)
    done(f"{'R' if kind == 'risk' else 'D'}{number}", "entered", json)


def change(
    number: RiskArgument,
    by: ByOption,
    cause: TextOption = "",
    impact: TextOption = "",
    owner: TextOption = "",
    provider: TextOption = "",
    response: TextOption = "",
    likelihood: ScoreOption = None,
    severity: ScoreOption = None,
    review: Annotated[str, typer.Option(help="Day of the next review.")] = "",
    raised: Annotated[str, typer.Option(help="Day on which it was raised.")] = "",
    state: Annotated[
        Literal["green", "amber", "red", "not known"] | None, typer.Option(help="If it watches no number.")
    ] = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Change a risk or dependency: owner, scores, review. What stood before stays in its history."""
    from whatworks.board.risks.register import change_risk

    who = author(by, on, why)
    values = _given(cause=cause, impact=impact, owner=owner, provider=provider, response=response)
    days = {"review_on": review, "raised_on": raised}
    values |= {name: read_day(text) for name, text in days.items() if text}
    others: dict[str, Any] = {"likelihood": likelihood, "severity": severity, "state": state}
    values |= {name: value for name, value in others.items() if value is not None}
    with stored(partnership, making=True) as place:
        changed = change_risk(place.connection, risk_number(number), values, who)
    tell(number, changed, json)


def watch(
    number: RiskArgument,
    watched: NumberOption,
    by: ByOption,
    of: Annotated[str, typer.Option("--of", help="Where it is had: a file, a source, a scheme, an agency.")] = "",
    name: Annotated[str, typer.Option("--name", help="The figure's name, in a file of figures.")] = "",
    below: Annotated[float | None, typer.Option("--below", help="Red below this.")] = None,
    above: Annotated[float | None, typer.Option("--above", help="Red above this.")] = None,
    amber: Annotated[float | None, typer.Option("--amber", help="Amber from here on.")] = None,
    comparison_share: Annotated[float | None, typer.Option(help="Share expected without the scheme.")] = None,
    smallest_effect: Annotated[float | None, typer.Option(help="Smallest effect to find, as -0.05.")] = None,
    ratio: Annotated[float | None, typer.Option(help="Comparisons for each treated person.")] = None,
    design_effect: Annotated[float | None, typer.Option(help="How much clustering inflates the variance.")] = None,
    share_matched: Annotated[float | None, typer.Option(help="Share that will find a comparison.")] = None,
    share_linked: Annotated[float | None, typer.Option(help="Share linked to the conviction record.")] = None,
    until: Annotated[str, typer.Option(help="Last day on which people can start, if the scheme has none.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Let a risk or dependency watch a number, by which it changes its state from now on."""
    from whatworks.board.risks.watching import add_watch
    from whatworks.records.refusal import Fault, Refused

    if below is not None and above is not None:
        raise Refused(Fault("give one of --below and --above", "a number is worse on one side"))
    who = author(by, on, why)
    values: dict[str, Any] = {
        "number": watched,
        "place": of or None,
        "name": name or None,
        "worse": "above" if above is not None else "below",
        "amber": amber,
        "red": above if above is not None else below,
        "comparison_share": comparison_share,
        "smallest_effect": smallest_effect,
        "ratio": ratio,
        "design_effect": design_effect,
        "share_matched": share_matched,
        "share_linked": share_linked,
        "until": read_day(until) if until else None,
    }
    with stored(partnership, making=True) as place:
        watch_number = add_watch(place.connection, risk_number(number), values, who)
    done(f"{number}, watch {watch_number}", "entered", json)


def unwatch(
    number: Annotated[int, typer.Argument(help="The watch's number, as `board risks show` gives it.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Stop watching a number; what it showed so far stays."""
    from whatworks.board.risks.watching import end_watch

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        end_watch(place.connection, number, who)
    done(f"watch {number}", "ended", json)


def link(
    number: RiskArgument,
    by: ByOption,
    shows: Annotated[str, typer.Option(help="What it shows.")],
    evidence: Annotated[str, typer.Option(help="Where it can be seen: a file, a result, a minute.")],
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Link what shows that the response to a risk was done and works; without it no response is a mitigation."""
    from whatworks.board.risks.register import link_proof

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        link_proof(place.connection, risk_number(number), shows, evidence, who)
    done(number, "evidence linked", json)


def close(
    number: RiskArgument,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="Why it is closed.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Close a risk or dependency, saying why."""
    from whatworks.board.risks.register import change_risk

    who = author(by, on, why)
    with stored(partnership, making=True) as place:
        changed = change_risk(place.connection, risk_number(number), {"closed_on": who.on}, who)
    tell(number, changed, json)


def show(number: RiskArgument, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show one risk with its watches, what their numbers showed, and every change."""
    from whatworks.board.register.ledger import history, row_of
    from whatworks.board.risks.register import read_risks
    from whatworks.papers.board.risk_register import cleared, reference

    with stored(partnership, what="the register of risks", make="board risks add") as place:
        row_of(place.connection, "risk", risk_number(number))
        found = next(risk for risk in read_risks(place.connection, closed=True) if risk.id == risk_number(number))
        rows = history(place.connection, "risk", found.id)
    found = cleared(found, place.minimum_count)
    if json:
        print_json({"reference": reference(found), "risk": found, "mitigation": found.mitigation,
                    "missing": found.missing, "history": rows})  # fmt: skip
        return
    say(f"{reference(found)} {found.state.upper()} {found.text}")
    say(f"      mitigation: {found.mitigation}; missing: {', '.join(found.missing) or 'nothing'}")
    for watched in found.watches:
        say(f"      watch {watched.id}: {watched.number} {watched.place or ''} {watched.name or ''}".rstrip())
    for reading in found.readings:
        say(f"      {reading.read_on} {reading.state}: {reading.sentence}")
    for row in rows:
        say(f"      {row['changed_on']}, {row['changed_by']}: {row['field']} {row['before'] or 'nothing'} -> "
            f"{row['after'] or 'nothing'} ({row['why'] or 'no reason given'})")  # fmt: skip


def _given(**texts: str) -> dict[str, Any]:
    return {name: None if text == "none" else text for name, text in texts.items() if text}


def _say(one: dict[str, Any]) -> None:
    say(f"{one['reference']:>4}  {one['state'].upper():<9} {one['text']}; owner: {one['owner'] or 'not said'}")
    say(f"      {one['why']}")
    if one["reference"].startswith("R"):
        say(f"      mitigation: {one['mitigation']}")
    if one["missing"]:
        say(f"      missing: {', '.join(one['missing'])} ({one['from']})")
