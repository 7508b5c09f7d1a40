"""The decision register: what the board decided, on what condition, what another body decided, what was delegated."""

from collections.abc import Sequence
from datetime import date

from whatworks.board.register.decision_state import DecisionState, DelegationState
from whatworks.papers.board.record_words import paper_of, place, sheet_of, text_table
from whatworks.papers.paper import Block, Facts, Paper, Paragraph, Section

SHORT = 40
"""A decision of fewer letters, such as "Agreed.", is printed with the item under which it was taken."""
_COLUMNS = ("No.", "Date", "Decision", "Decided by", "How it stands", "Source")
_WIDTHS = (0.6, 1.3, 3.3, 1.4, 1.8, 2.4)


def decision_register(
    decisions: Sequence[DecisionState], delegations: Sequence[DelegationState], as_at: date, body: str
) -> Paper:
    """Return the paper of all decisions and delegations."""
    own = [decision for decision in decisions if decision.own and decision.state != "proposed"]
    asked = [decision for decision in decisions if decision.own and decision.state == "proposed"]
    other = [decision for decision in decisions if not decision.own]
    given = tuple(_delegation(delegation) for delegation in delegations)
    sections = [
        Section("summary", "Summary", _summary(own, asked, other)),
        _section("own", "Decisions", own),
        _section("asked", "Asked for, with no record of a decision", asked),
        _section("other", "Decided by other bodies, as the papers report it", other),
        Section("delegations", "Delegated authority", given) if given else None,
    ]
    sheet = sheet_of("Decisions", "All decisions", _COLUMNS, [_row(decision) for decision in decisions])
    return paper_of(f"Decision register of {body}", body, as_at, sections, (sheet,))


def _summary(
    own: Sequence[DecisionState], asked: Sequence[DecisionState], other: Sequence[DecisionState]
) -> tuple[Block, ...]:
    open_ones = [one for one in own if one.condition_state == "open" and one.state == "stands"]
    said = [
        f"{len(own)} decisions are on the record.",
        f"{len(open_ones)} of them wait for a condition that is not recorded as met.",
        f"{len([one for one in own if one.decider is None])} do not say who decided.",
    ]
    blocks: list[Block] = [Paragraph(" ".join(said), "lead")]
    if asked or other:
        blocks.append(
            Paragraph(
                f"{len(asked)} were asked for in reports of which no decision is recorded; {len(other)} were taken by "
                "other bodies and are only reported here. Neither kind counts as this board's decision."
            )
        )
    return tuple(blocks)


def _section(name: str, heading: str, found: Sequence[DecisionState]) -> Section | None:
    table = text_table(name, heading, _COLUMNS, list(map(_row, found)), _WIDTHS)
    return Section(name, heading, (table,)) if found else None


def _row(one: DecisionState) -> tuple[str | int, ...]:
    decider = one.decider or "Not stated"
    return (
        one.id,
        str(one.day or "Not known"),
        f"{one.item}: {one.text}" if one.item and len(one.text) < SHORT else one.text,
        decider if one.own else f"{decider} ({one.body})",
        one.says,
        place(one.document, one.lines),
    )


def _delegation(one: DelegationState) -> Facts:
    return Facts((
        ("Delegation", str(one.id)),
        ("To", one.holder),
        ("For", one.scope),
        ("On behalf of", one.giver or "Not stated"),
        ("Limit", one.limits or "None stated"),
        ("Expiry", str(one.expires_on or one.expiry_text or "None stated")),
        ("Duty", one.duty or "None stated"),
        ("Report that met the duty", one.duty_evidence or "None in the register"),
        ("Open", "; ".join(one.open) or "Nothing"),
        ("Source", place(one.document, one.lines)),
    ))  # fmt: skip
