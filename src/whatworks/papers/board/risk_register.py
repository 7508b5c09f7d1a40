"""The risk register: what could sink it, how each stands today, and what nobody has said of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from whatworks.board.risks.register import review_overdue
from whatworks.board.risks.risk import WORST_FIRST, Message, Risk
from whatworks.papers.charts.risk_matrix import Placed, matrix_words, risk_matrix
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed

STATE = {"green": "Green", "amber": "Amber", "red": "Red", "not known": "Not known"}
NOT_SAID = "not said"
PEOPLE = ("sample_size", "projected_people")


def risk_paper(
    risks: Sequence[Risk], messages: Sequence[Message], *, as_at: date, minimum: int, prepared_for: str, item: str
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of open risks and dependencies, and its figures as `summary.json` holds them.

    Numbers of people under `minimum` are not shown, in the sentences of watched numbers either.
    """
    risks = [cleared(risk, minimum) for risk in risks]
    found = [risk for risk in risks if risk.kind == "risk"]
    depends = [risk for risk in risks if risk.kind == "dependency"]
    sections = [
        summary(found, depends, as_at),
        listing("risks", "Risks", found),
        listing("dependencies", "Dependencies", depends),
        responses(found),
        missing([*found, *depends]),
        *([said(messages)] if messages else []),
    ]
    paper = Paper(
        title="Risks and dependencies",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice="",
        sections=numbered(section for section in sections if section is not None),
        sheets=sheets(risks, messages),
    )
    return paper, figures(risks, as_at)


def cleared(risk: Risk, minimum: int) -> Risk:
    """Return a risk whose readings show no small number of people."""
    people = {watch.id for watch in risk.watches if watch.number in PEOPLE}
    readings = tuple(
        replace(reading, value=None, sentence=f"Fewer than {minimum} people.")
        if reading.watch_id in people and reading.value is not None and 0 < reading.value < minimum
        else reading
        for reading in risk.readings
    )
    return replace(risk, readings=readings)


def reference(risk: Risk) -> str:
    """Return how the paper calls a risk: R1, or D6 for a dependency."""
    return f"{'R' if risk.kind == 'risk' else 'D'}{risk.id}"


def worst_first(risks: Sequence[Risk]) -> list[Risk]:
    """Return the risks with the worst state first, then the highest score, then by number."""
    return sorted(risks, key=lambda risk: (WORST_FIRST.index(risk.state), -(risk.score or 0), risk.id))


def summary(risks: Sequence[Risk], depends: Sequence[Risk], as_at: date) -> Section:
    """Return what the board has to know first."""
    everything = worst_first([*risks, *depends])
    red = [one for one in everything if one.state == "red"]
    unknown = [one for one in everything if one.state == "not known"]
    unowned = [one for one in everything if one.owner is None]
    lead = f"{counted(len(risks), 'risk')} and {counted(len(depends), 'dependency')} are open; {len(red)} stand at red."
    blocks: list[Block] = [Paragraph(lead, "verdict")]
    if red:
        blocks.append(Bullets(tuple(f"{reference(one)} {one.text}: {one.why}" for one in red)))
    if unknown:
        blocks.append(
            Paragraph(
                f"The state of {listed([reference(one) for one in unknown])} is not known: no number is watched, or it "
                "could not be had. Not known is not green."
            )
        )
    if unowned:
        blocks.append(Paragraph(f"Nobody answers for {listed([reference(one) for one in unowned])}."))
    overdue = review_overdue(everything, as_at)
    if overdue:
        blocks.append(Paragraph(f"The review of {listed([reference(one) for one in overdue])} is overdue."))
    scored = [
        Placed(reference(risk), risk.likelihood, risk.severity, risk.state)
        for risk in risks
        if risk.likelihood is not None and risk.severity is not None
    ]
    if scored:
        blocks.append(
            Figure("matrix", "Risks by likelihood and severity", matrix_words(scored), partial(risk_matrix, scored))
        )
    return Section("summary", "Summary", tuple(blocks))


def counted(number: int, what: str) -> str:
    """Return a number of things.

    >>> counted(1, "risk"), counted(6, "dependency")
    ('1 risk', '6 dependencies')
    """
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else many}"


def listing(name: str, heading: str, risks: Sequence[Risk]) -> Section | None:
    """Return the register's table, the worst first."""
    if not risks:
        return None
    rows = tuple(
        (
            f"{reference(one)} {one.text}",
            STATE[one.state],
            one.owner or NOT_SAID,
            NOT_SAID if one.score is None else f"{one.likelihood} x {one.severity} = {one.score}",
            long_date(one.review_on) if one.review_on else NOT_SAID,
            one.why,
        )
        for one in worst_first(risks)
    )
    return Section(
        name,
        heading,
        (
            Table(
                name=name,
                title=f"{heading}, the worst first",
                columns=(heading, "State", "Owner", "Score", "Next review", "Why it stands so"),
                rows=rows,
                numeric=(False,) * 6,
                widths=(3.2, 0.9, 1.2, 1.0, 1.2, 2.5),
                notes=("Score: likelihood times severity, each from 1 to 5.",),
            ),
        ),
    )


def responses(risks: Sequence[Risk]) -> Section | None:
    """Return the responses with what shows that they were done."""
    if not risks:
        return None
    rows = tuple(
        (
            f"{reference(risk)} {risk.text}",
            risk.response or "none",
            risk.mitigation,
            "; ".join(f"{proof.text} ({proof.evidence}, {long_date(proof.linked_on)})" for proof in risk.proofs)
            or "none",
        )
        for risk in risks
    )
    bare = [reference(risk) for risk in risks if risk.response is not None and not risk.proofs]
    blocks: list[Block] = []
    if bare:
        blocks.append(
            Paragraph(
                f"For {listed(bare)} a response is claimed and nothing shows that it was done or works. A response is "
                "a mitigation once evidence is linked to it, and not before."
            )
        )
    blocks.append(
        Table(
            name="responses",
            title="Responses and the evidence for them",
            columns=("Risk", "Response", "Mitigation", "Evidence"),
            rows=rows,
            numeric=(False,) * 4,
            widths=(2.6, 2.8, 1.4, 2.2),
        )
    )
    return Section("responses", "Is the response working?", tuple(blocks))


def missing(risks: Sequence[Risk]) -> Section | None:
    """Return what nobody has said."""
    rows = tuple(
        (f"{reference(risk)} {risk.text}", ", ".join(risk.missing), where(risk)) for risk in risks if risk.missing
    )
    if not rows:
        return None
    return Section(
        "missing",
        "What nobody has said",
        (
            Table(
                name="missing",
                title="Missing from the register, and not made up",
                columns=("Risk or dependency", "Missing", "Where it comes from"),
                rows=rows,
                numeric=(False,) * 3,
                widths=(3.0, 2.6, 1.6),
            ),
        ),
    )


def where(risk: Risk) -> str:
    """Return the paper and lines that a risk was read in."""
    if risk.source_line is None:
        return "entered by hand"
    lines = f"{risk.source_line} to {risk.last_line}" if risk.last_line != risk.source_line else str(risk.source_line)
    return f"{risk.paper or f'paper {risk.source_id}'}, line{'s' if 'to' in lines else ''} {lines}"


def said(messages: Sequence[Message]) -> Section:
    """Return the log of what is said to whom."""
    rows = tuple(
        (
            message.text,
            message.kind.capitalize(),
            message.audience,
            f"R{message.risk_id}" if message.risk_id else "none",
            long_date(message.approved_on) if message.approved_on else "not approved",
            long_date(message.published_on) if message.published_on else "not yet",
        )
        for message in messages
    )
    return Section(
        "messages",
        "What is said to whom",
        (
            Table(
                name="messages",
                title="Messages and events, with their approval",
                columns=("Message or event", "Kind", "To whom", "Risk", "Approved", "Out"),
                rows=rows,
                numeric=(False,) * 6,
                widths=(3.0, 0.9, 1.6, 0.7, 1.2, 1.2),
            ),
        ),
    )


def sheets(risks: Sequence[Risk], messages: Sequence[Message]) -> tuple[Table, ...]:
    """Return the register, the readings and the messages as plain tables."""
    register = [
        [reference(risk), risk.kind, risk.text, STATE[risk.state], risk.owner, risk.provider, risk.likelihood,
         risk.severity, risk.score, risk.response, risk.mitigation, risk.impact, _day(risk.raised_on),
         _day(risk.review_on), risk.why,
         ", ".join(risk.missing), where(risk)]
        for risk in risks
    ]  # fmt: skip
    columns = [
        "Reference", "Kind", "Text", "State", "Owner", "Provider", "Likelihood", "Severity", "Score", "Response",
        "Mitigation", "Consequence", "Raised on", "Next review", "Why", "Missing", "Where from",
    ]  # fmt: skip
    readings = [
        [reference(risk), _day(reading.read_on), _day(reading.as_at), STATE[reading.state], reading.sentence]
        for risk in risks
        for reading in risk.readings
    ]
    log = [
        [
            message.text,
            message.kind,
            message.audience,
            _day(message.approved_on),
            message.approved_by,
            _day(message.published_on),
        ]
        for message in messages
    ]
    found = (
        sheet("Register", "Risks and dependencies", columns, register),
        sheet("Readings", "What watched numbers showed", ["Reference", "Looked at", "As at", "State", "Why"], readings),
        sheet("Messages", "Messages and events",
              ["Message", "Kind", "To whom", "Approved on", "Approved by", "Out on"], log),
    )  # fmt: skip
    return tuple(table for table in found if table.rows)


def figures(risks: Sequence[Risk], as_at: date) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "risk register",
        "as_at": as_at.isoformat(),
        "risks": [
            {
                "reference": reference(risk),
                "kind": risk.kind,
                "text": risk.text,
                "state": risk.state,
                "why": risk.why,
                "owner": risk.owner,
                "score": risk.score,
                "mitigation": risk.mitigation,
                "missing": list(risk.missing),
                "from": where(risk),
            }
            for risk in risks
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
