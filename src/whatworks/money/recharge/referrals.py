"""Count the demand for a refuge: families referred, each once, however many calls were made for them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from whatworks.money.recharge.terms import Terms, Year
from whatworks.money.text_rows import TextRow, day, placeless, read_rows
from whatworks.records.refusal import Fault, shape

COLUMNS = ("referral", "called_on", "origin", "outcome", "reason")
OUTCOMES = ("placed", "waiting", "refused", "withdrawn")
REASONS = (
    "no_space", "specialist_need", "too_large_family", "no_funds", "outside_area", "unsafe_area", "other",
    "not_recorded",
)  # fmt: skip
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Call:
    """One call for a family: `referral` is the same for all calls for one family."""

    referral: str
    called_on: date
    origin: str
    outcome: str
    reason: str


@dataclass(slots=True)
class ReferralFile:
    """What a file of referrals holds: sound calls, and the faults of the other rows."""

    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is to be told of how the file was read."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The families referred in a year. `calls` shows what counting calls would have made of them.

    `outcomes` are by borough of origin (and "outside"), then by outcome; `reasons` count refused families by the reason
    given last.
    """

    year: str
    families: int
    calls: int
    outcomes: dict[str, dict[str, int]]
    reasons: dict[str, int]

    def total(self, outcome: str) -> int:
        """Return the families with an outcome, wherever they came from."""
        return sum(found.get(outcome, 0) for found in self.outcomes.values())

    def of(self, origin: str) -> int:
        """Return the families referred from a borough."""
        return sum(self.outcomes.get(origin, {}).values())


def demand(calls: Sequence[Call], terms: Terms, year: Year) -> Demand:
    """Return the demand of a year: each family once, in the year of its first call, with its end.

    A family that was placed at any call is placed; any other has the outcome of its last call. So a family refused by
    five refuges and placed by the sixth is no refused family, and one refused by all six is one.
    """
    families: dict[str, list[Call]] = {}
    for call in calls:
        families.setdefault(call.referral, []).append(call)
    met = {
        name: sorted(made, key=lambda call: call.called_on)
        for name, made in families.items()
        if year.first_day <= min(call.called_on for call in made) <= year.last_day
    }
    outcomes: dict[str, dict[str, int]] = {code: dict.fromkeys(OUTCOMES, 0) for code in (*terms.codes, OUTSIDE)}
    reasons: Counter[str] = Counter()
    for made in met.values():
        last = next((call for call in made if call.outcome == "placed"), made[-1])
        outcomes[last.origin][last.outcome] += 1
        if last.outcome == "refused":
            reasons[last.reason or "not_recorded"] += 1
    ordered = {reason: reasons[reason] for reason in REASONS if reasons[reason]}
    return Demand(year.year, len(met), sum(len(made) for made in met.values()), outcomes, ordered)


def read_referrals(path: Path, terms: Terms | None) -> ReferralFile:
    """Read the file with all its faults; without `terms` only what needs none is held."""
    found = ReferralFile()
    rows, found.faults = read_rows(path, partial(placeless, COLUMNS, ()), found.notes)
    seen: dict[tuple[str, ...], int] = {}
    origins: dict[str, tuple[str, int]] = {}
    for row in rows:
        key = tuple(row.text(name).casefold() for name in COLUMNS)
        if key in seen:
            found.faults.append(row.fault(f"repeats row {seen[key]}", "delete it"))
            continue
        seen[key] = row.line
        call, faults = _call(row, terms)
        if call is not None:
            origin, line = origins.setdefault(call.referral, (call.origin, row.line))
            if origin != call.origin:
                faults.append(
                    row.fault(f"has another origin in row {line}", "give one family one borough of origin", "referral")
                )
            elif not faults:
                found.calls.append(call)
        found.faults += faults
    return found


def _call(row: TextRow, terms: Terms | None) -> tuple[Call | None, list[Fault]]:
    faults: list[Fault] = []
    called = day(row, "called_on", faults)
    referral, outcome, reason = row.text("referral"), row.text("outcome").casefold(), row.text("reason").casefold()
    if not referral:
        faults.append(row.fault("is missing", "give all calls for one family one number that names nobody", "referral"))
    if outcome not in OUTCOMES:
        faults.append(row.fault("is not an outcome", f"use one of {', '.join(OUTCOMES)}", "outcome"))
    if reason and reason not in REASONS:
        remedy = f"use one of {', '.join(REASONS)}"
        faults.append(row.fault("is not a reason", remedy, "reason", shape(row.text("reason"))))
    origin = _origin(row, terms, faults)
    if called and terms is not None and not any(year.first_day <= called <= year.last_day for year in terms.years):
        faults.append(row.fault("lies outside the years of the terms", "correct it, or leave the row out", "called_on"))
    if called is None or origin is None or not referral:
        return None, faults
    return Call(referral, called, origin, outcome, reason), faults


def _origin(row: TextRow, terms: Terms | None, faults: list[Fault]) -> str | None:
    text = row.text("origin")
    if terms is None or text.casefold() == OUTSIDE:
        return text or None
    known = {one.code.casefold(): one.code for one in terms.boroughs}
    known |= {one.name.casefold(): one.code for one in terms.boroughs}
    if text.casefold() in known:
        return known[text.casefold()]
    near = get_close_matches(text.casefold(), known, 1, 0.75)
    names = {one.code: one.name for one in terms.boroughs}
    meant = f'did you mean "{names[known[near[0]]]}"? else ' if near else ""
    remedy = f'{meant}write the name or the code of a borough of the terms, or "{OUTSIDE}"'
    faults.append(row.fault("is not a borough of these terms", remedy, "origin", shape(text)))
    return None
