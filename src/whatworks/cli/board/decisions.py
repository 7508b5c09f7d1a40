"""`whatworks board decisions` and `delegations`: what was decided, by whom, and what it waits for."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import (
    BodyOption,
    ByOption,
    EvidenceOption,
    OnOption,
    OutOption,
    WhyOption,
    author,
    day,
    register_of,
    say,
    tell,
    write_out,
)
from whatworks.cli.options import FolderOption, JsonOption, read_day

if TYPE_CHECKING:
    from whatworks.board.register.decision_state import DecisionState, DelegationState

NumberArgument = Annotated[int, typer.Argument(help="Its number, as the list shows it.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("decisions")(decisions)
    group.command("delegations")(delegations)
    one = typer.Typer(help="Keep one decision: its condition, its end, its history.", no_args_is_help=True)
    for name, command in (("add", add), ("condition", condition), ("given", given), ("end", end), ("show", show)):
        one.command(name)(command)
    group.add_typer(one, name="decision")
    held = typer.Typer(help="Keep one delegation: limits, expiry, the report it requires.", no_args_is_help=True)
    held.command("add")(add_delegation)
    held.command("set")(set_delegation)
    group.add_typer(held, name="delegation")


def decisions(
    on: OnOption = "",
    elsewhere: Annotated[bool, typer.Option(help="Also what other bodies decided, as the papers report it.")] = True,
    body: BodyOption = None,
    out: OutOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show decisions with their condition, who took them and what became of them."""
    from whatworks.board.register import decision_state
    from whatworks.board.register.body import body_name, chosen_body

    with register_of(partnership) as connection:
        found = decision_state.decisions(connection)
        given = decision_state.delegations(connection, day(on))
        name = body_name(connection, chosen_body(connection, body))
    found = [one for one in found if (elsewhere or one.own) and (one.day is None or one.day <= day(on))]
    if out is not None:
        from whatworks.papers.board.decision_register import decision_register

        figures = {"decisions": found, "delegations": given}
        write_out(decision_register(found, given, day(on), name), out, figures, quiet=json)
    if json:
        print_json(found)
        return
    for one in found:
        who = one.decider or "decider not stated"
        other = "" if one.own else f"; decided by another body ({one.body}), reported here"
        say(f"{one.id:>4}  {one.day}  {one.says}")
        say(f"      {f'[{one.item}] ' if one.item else ''}{one.text}")
        say(f"      {who}{other}; {_source(one)}")
    if not found:
        say("No decision is in the register.")


def _source(said: "DecisionState | DelegationState") -> str:
    return f"{said.document}, line {said.lines[0]}" if said.document else "entered by hand"


def add(
    text: Annotated[str, typer.Argument(help="What was decided.")],
    meeting: Annotated[int, typer.Option(help="Number of the meeting that decided it (`board meetings`).")],
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="How it is known, since no paper holds it.")],
    decider: Annotated[str, typer.Option(help="Who decided, if it is known.")] = "",
    condition: Annotated[str, typer.Option(help="What it waits for, as 'subject to the audit'.")] = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a decision that no paper holds."""
    from whatworks.board.register.decision import add_decision

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = add_decision(connection, meeting, text, who, decider=decider, condition=condition)
    tell(f"decision {number}", ["entered"], json)


def condition(
    number: NumberArgument,
    met: Annotated[bool, typer.Option("--met/--failed", help="Whether the condition was met, or failed.")],
    evidence: EvidenceOption,
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a decision's condition was met, or failed; a failed one lapses the decision."""
    from whatworks.board.register.decision import settle_condition

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = settle_condition(connection, number, met, evidence, who)
    tell(f"decision {number}", fields, json)


def given(
    number: NumberArgument,
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="The minutes that show that it was decided.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record that what a report asked for was decided as asked."""
    from whatworks.board.register.decision import decide

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = decide(connection, number, who)
    tell(f"decision {number}", fields, json)


def end(
    number: NumberArgument,
    state: Annotated[str, typer.Argument(help="reversed, superseded or lapsed.")],
    by: ByOption,
    later: Annotated[int | None, typer.Option("--later", help="Number of the later decision that ends it.")] = None,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Record what ended a decision: a later one, or why it lapsed."""
    from whatworks.board.register.decision import reverse
    from whatworks.records.refusal import Fault, Refused

    if state not in ("reversed", "superseded", "lapsed"):
        raise Refused(Fault("is not known", "choose from reversed, superseded, lapsed", field="state", value=state))
    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        fields = reverse(connection, number, later, state, who)
    tell(f"decision {number}", fields, json)


def show(number: NumberArgument, partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show one decision with its whole history."""
    from whatworks.board.register import decision_state
    from whatworks.board.register.ledger import history, row_of

    with register_of(partnership) as connection:
        row_of(connection, "motion", number)
        found = [said for said in decision_state.decisions(connection) if said.id == number]
        changes = history(connection, "motion", number)
    if json:
        print_json({"decision": found[0] if found else None, "history": changes})
        return
    for said in found:
        say(f"{said.id}: {said.text} ({said.says}; {_source(said)})")
    for row in changes:
        say(f"    {row['changed_on']}, {row['changed_by']}: {row['field']} {row['before']} -> {row['after']}")


def delegations(on: OnOption = "", partnership: FolderOption = None, json: JsonOption = False) -> None:
    """Show authority given or asked for: scope, limit, expiry, and the further report that it requires."""
    from whatworks.board.register import decision_state

    with register_of(partnership) as connection:
        found = decision_state.delegations(connection, day(on))
    if json:
        print_json(found)
        return
    for one in found:
        say(f"{one.id:>4}  {one.day}  {one.holder}: {one.scope} (on behalf of {one.giver or 'a giver not stated'})")
        say(f"      {_source(one)}; duty: {one.duty or 'none stated'}")
        for lack in one.open:
            say(f"      {lack}")
    if not found:
        say("No delegation is in the register.")


def add_delegation(
    decision: Annotated[int, typer.Argument(help="Number of the decision that gave it (`board decisions`).")],
    to: Annotated[str, typer.Option(help="Who may act.")],
    scope: Annotated[str, typer.Option(help="What they may do.")],
    by: ByOption,
    giver: Annotated[str, typer.Option("--from", help="On whose behalf.")] = "",
    duty: Annotated[str, typer.Option(help="What has to be reported, and when.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter authority that a decision gave, where no paper words it so."""
    from whatworks.board.register import decision as kept

    who = author(by, on, why)
    with register_of(partnership, writing=True) as connection:
        number = kept.add_delegation(connection, decision, to, scope, who, giver=giver, duty=duty)
    tell(f"delegation {number}", ["entered"], json)


def set_delegation(
    number: NumberArgument,
    by: ByOption,
    limits: Annotated[str, typer.Option(help="Up to what.")] = "",
    expires: Annotated[str, typer.Option(help="Last day, as 2025-06-30.")] = "",
    parties: Annotated[str, typer.Option(help="Parties to the agreement.")] = "",
    report: Annotated[str, typer.Option(help="The report that met its duty, with its date.")] = "",
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a delegation's limits, expiry and parties, or the report that met its duty."""
    from whatworks.board.register.ledger import change
    from whatworks.records.refusal import Refused

    who = author(by, on, why)
    said = {
        "limits": limits,
        "expires_on": read_day(expires) if expires else None,
        "parties": parties,
        "duty_evidence": report,
    }
    values = {name: value for name, value in said.items() if value}
    if not values:
        raise Refused("nothing is to be set", "give --limits, --expires, --parties or --report")
    with register_of(partnership, writing=True) as connection:
        fields = change(connection, "delegation", number, values, who)
    tell(f"delegation {number}", fields, json)
