"""The risk register: what could sink it, how each stands today, and what nobody has said of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from whatworks.board.risks.register import review_overdue
from whatworks.board.risks.risk import WORST_FIRST, Message, Risk
from whatworks.papers.board.record_words import page_table, paper_of, place, section
from whatworks.papers.charts.risk_matrix import Placed, matrix_words, risk_matrix
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Bullets, Figure, Paper, Paragraph, Section, Table
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed

STATE = {"green": "Green", "amber": "Amber", "red": "Red", "not known": "Not known"}
NOT_SAID = "not said"
PEOPLE = ("sample_size", "projected_people")
_SHEET = (
    "Reference", "Kind", "Text", "State", "Owner", "Provider", "Likelihood", "Severity", "Score", "Response",
    "Mitigation", "Consequence", "Raised on", "Next review", "Why", "Missing", "Where from",
)  # fmt: skip


def risk_paper(
    risks: Sequence[Risk], messages: Sequence[Message], *, as_at: date, minimum: int, prepared_for: str, item: str
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of open risks and dependencies, and its figures as `summary.json` holds them.

    Numbers of people under `minimum` are not shown, in the sentences of watched numbers either.
    """
    risks = [cleared(risk, minimum) for risk in risks]
    found, depends = ([risk for risk in risks if risk.kind == kind] for kind in ("risk", "dependency"))
    sections = [
        _summary(found, depends, as_at),
        _listing("risks", "Risks", found),
        _listing("dependencies", "Dependencies", depends),
        _responses(found),
        _missing([*found, *depends]),
        _said(messages),
    ]
    sheets = _sheets(risks, messages)
    return paper_of("Risks and dependencies", prepared_for, as_at, sections, sheets, item, ""), _figures(risks, as_at)


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


def counted(number: int, what: str) -> str:
    """Return a number of things.

    >>> counted(1, "risk"), counted(6, "dependency")
    ('1 risk', '6 dependencies')
    """
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else many}"


def _references(risks: Sequence[Risk]) -> str:
    return listed([reference(risk) for risk in risks])


def _named(risk: Risk) -> str:
    return f"{reference(risk)} {risk.text}"


def _worst_first(risks: Sequence[Risk]) -> list[Risk]:
    """Return the risks with the worst state first, then the highest score, then by number."""
    return sorted(risks, key=lambda risk: (WORST_FIRST.index(risk.state), -(risk.score or 0), risk.id))


def _summary(risks: Sequence[Risk], depends: Sequence[Risk], as_at: date) -> Section:
    """Return what the board has to know first."""
    everything = _worst_first([*risks, *depends])
    red, unknown = ([one for one in everything if one.state == state] for state in ("red", "not known"))
    lead = f"{counted(len(risks), 'risk')} and {counted(len(depends), 'dependency')} are open; {len(red)} stand at red."
    blocks: list[Block] = [Paragraph(lead, "verdict")]
    if red:
        blocks.append(Bullets(tuple(f"{_named(one)}: {one.why}" for one in red)))
    if unknown:
        why = "is not known: no number is watched, or it could not be had. Not known is not green."
        blocks.append(Paragraph(f"The state of {_references(unknown)} {why}"))
    if unowned := [one for one in everything if one.owner is None]:
        blocks.append(Paragraph(f"Nobody answers for {_references(unowned)}."))
    if overdue := review_overdue(everything, as_at):
        blocks.append(Paragraph(f"The review of {_references(overdue)} is overdue."))
    scored = [
        Placed(reference(risk), risk.likelihood, risk.severity, risk.state)
        for risk in risks
        if risk.likelihood is not None and risk.severity is not None
    ]
    if scored:
        title = "Risks by likelihood and severity"
        blocks.append(Figure("matrix", title, matrix_words(scored), partial(risk_matrix, scored)))
    return Section("summary", "Summary", tuple(blocks))


def _listing(name: str, heading: str, risks: Sequence[Risk]) -> Section | None:
    columns = (heading, "State", "Owner", "Score", "Next review", "Why it stands so")
    rows = [
        (
            _named(one),
            STATE[one.state],
            one.owner or NOT_SAID,
            NOT_SAID if one.score is None else f"{one.likelihood} x {one.severity} = {one.score}",
            long_date(one.review_on) if one.review_on else NOT_SAID,
            one.why,
        )
        for one in _worst_first(risks)
    ]
    note = "Score: likelihood times severity, each from 1 to 5."
    widths = (3.2, 0.9, 1.2, 1.0, 1.2, 2.5)
    return section(name, heading, page_table(name, f"{heading}, the worst first", columns, rows, widths, note))


def _responses(risks: Sequence[Risk]) -> Section | None:
    """Return the responses with what shows that they were done."""
    shown = {
        risk.id: "; ".join(f"{proof.text} ({proof.evidence}, {long_date(proof.linked_on)})" for proof in risk.proofs)
        for risk in risks
    }
    rows = [(_named(risk), risk.response or "none", risk.mitigation, shown[risk.id] or "none") for risk in risks]
    bare = [risk for risk in risks if risk.response is not None and not risk.proofs]
    claimed = (
        f"For {_references(bare)} a response is claimed and nothing shows that it was done or works. A response is "
        "a mitigation once evidence is linked to it, and not before."
    )
    columns = ("Risk", "Response", "Mitigation", "Evidence")
    table = page_table("responses", "Responses and the evidence for them", columns, rows, (2.6, 2.8, 1.4, 2.2))
    return section("responses", "Is the response working?", Paragraph(claimed) if bare else None, table)


def _missing(risks: Sequence[Risk]) -> Section | None:
    rows = [(_named(risk), ", ".join(risk.missing), _where(risk)) for risk in risks if risk.missing]
    title, columns = (
        "Missing from the register, and not made up",
        ("Risk or dependency", "Missing", "Where it comes from"),
    )
    return section("missing", "What nobody has said", page_table("missing", title, columns, rows, (3.0, 2.6, 1.6)))


def _where(risk: Risk) -> str:
    """Return the paper and lines that a risk was read in."""
    document = None if risk.source_line is None else risk.paper or f"paper {risk.source_id}"
    return place(document, (risk.source_line, risk.last_line))


def _said(messages: Sequence[Message]) -> Section | None:
    """Return the log of what is said to whom."""
    columns = ("Message or event", "Kind", "To whom", "Risk", "Approved", "Out")
    rows = [
        (
            message.text,
            message.kind.capitalize(),
            message.audience,
            f"R{message.risk_id}" if message.risk_id else "none",
            long_date(message.approved_on) if message.approved_on else "not approved",
            long_date(message.published_on) if message.published_on else "not yet",
        )
        for message in messages
    ]
    title = "Messages and events, with their approval"
    return section(
        "messages", "What is said to whom", page_table("messages", title, columns, rows, (3.0, 0.9, 1.6, 0.7, 1.2, 1.2))
    )


def _sheets(risks: Sequence[Risk], messages: Sequence[Message]) -> tuple[Table, ...]:
    """Return the register, the readings and the messages as plain tables."""
    register = [
        [reference(risk), risk.kind, risk.text, STATE[risk.state], risk.owner, risk.provider, risk.likelihood,
         risk.severity, risk.score, risk.response, risk.mitigation, risk.impact, _day(risk.raised_on),
         _day(risk.review_on), risk.why, ", ".join(risk.missing), _where(risk)]
        for risk in risks
    ]  # fmt: skip
    readings = [
        [reference(risk), _day(reading.read_on), _day(reading.as_at), STATE[reading.state], reading.sentence]
        for risk in risks
        for reading in risk.readings
    ]
    log = [
        [one.text, one.kind, one.audience, _day(one.approved_on), one.approved_by, _day(one.published_on)]
        for one in messages
    ]
    return (
        sheet("Register", "Risks and dependencies", _SHEET, register),
        sheet("Readings", "What watched numbers showed", ["Reference", "Looked at", "As at", "State", "Why"], readings),
        sheet("Messages", "Messages and events",
              ["Message", "Kind", "To whom", "Approved on", "Approved by", "Out on"], log),
    )  # fmt: skip


def _figures(risks: Sequence[Risk], as_at: date) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    said = ("kind", "text", "state", "why", "owner", "score", "mitigation")
    return {
        "paper": "risk register",
        "as_at": as_at.isoformat(),
        "risks": [
            {"reference": reference(risk)}
            | {name: getattr(risk, name) for name in said}
            | {"missing": list(risk.missing), "from": _where(risk)}
            for risk in risks
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
