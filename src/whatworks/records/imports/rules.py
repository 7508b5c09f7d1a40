"""What each row must keep once its texts are parsed: the declared rules, dates in order, and no event after as-at."""

from collections.abc import Iterator
from datetime import date, time

import dataframely as dy
import polars as pl

from whatworks.records.imports.fault_frame import TEXT, Check
from whatworks.records.tables.columns import TIME_PRECISION
from whatworks.records.tables.declaration import Table

IN_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "address": (("from_date", "to_date"),),
    "offence": (("committed_from", "committed_to"), ("committed_from", "sanctioned_on")),
    "custody_spell": (("received_on", "released_on"),),
    "requirement": (("from_date", "to_date"),),
    "need": (("assessed_on", "met_on"), ("assessed_on", "closed_on")),
    "scheme": (("from_date", "to_date"),),
    "casefile": (("opened_on", "closed_on"), ("opened_on", "review_on")),
    "handover": (("asked_on", "answered_on"),),
    "consent": (("given_on", "withdrawn_on"),),
    "placement": (("offered_on", "started_on"), ("started_on", "ended_on")),
    "no_contact": (("from_date", "to_date"),),
    "case_stage": (("entered_on", "left_on"),),
    "allegation": (
        ("recorded_on", "suspect_named_on"),
        ("recorded_on", "referred_on"),
        ("recorded_on", "decided_on"),
    ),
    "victim": (("known_on", "needs_assessed_on"),),
    "victim_contact": (("contacted_on", "understood_on"),),
    "survey_wave": (("from_date", "to_date"),),
    "incident": (("from_time", "to_time"),),
    "activity": (("from_time", "to_time"),),
    "refuge_service": (("from_date", "to_date"),),
    "refuge_referral": (("referred_on", "decided_on"),),
    "refuge_stay": (("entered_on", "left_on"),),
    "camera": (("installed_on", "removed_on"),),
    "offending_group_membership": (("from_date", "to_date"),),
}
"""Table -> pairs of dates of which the first may not lie after the second."""


DAY_OF: dict[tuple[str, str], str] = {("offence", "sanctioned_on"): "sanction"}
"""(table, day) -> the code whose day it is. A code that stands for none of ours (no further action, an acquittal) has
no day of ours either: left standing, that day would say that the offence was proved."""


_OF_PLACES = {
    "metres": "give metres of the British National Grid (degrees belong in longitude and latitude)",
    "degrees": "give longitude (about -6 to 2) and latitude (about 50 to 60), each in its own column",
}


LONGEST_LIFE = 110
"""Years. What is said to have happened longer ago, a birth too, is a placeholder such as 01/01/1900."""


def row_checks(table: str, schema: type[Table], as_at: date) -> list[Check]:
    """Return the checks of a row by itself; `as_at` is the day of the agency's extract.

    >>> from whatworks.records.tables.agency_tables import Scheme
    >>> [check.rule for check in row_checks("scheme", Scheme, date(2025, 6, 30)) if check.field == "from_date"]
    ['nullability', 'after_as_at', 'before_any_life']
    """
    columns = {name: kind for name, kind in schema.columns().items() if name not in ("source_id", "source_line")}
    checks = [check for name, kind in columns.items() for check in declared_checks(name, kind)]
    for name, kind in columns.items():
        if (kind.metadata or {}).get("event"):
            problem = pl.lit(f"lies after {as_at}, the day of the extract")
            remedy = "correct the date, or the extract's as-at date"
            checks.append(Check("after_as_at", name, pl.col(name).dt.date() > as_at, problem, remedy))
            oldest = as_at.replace(year=as_at.year - LONGEST_LIFE, day=min(as_at.day, 28))
            problem = pl.lit(f"lies more than {LONGEST_LIFE} years before the extract, as a placeholder does")
            remedy = "correct it: every row must have it"
            if kind.nullable:
                remedy = f"leave it empty where it is not known, or list it in missing.{name} of the mapping"
            checks.append(Check("before_any_life", name, pl.col(name).dt.date() < oldest, problem, remedy))
    if TIME_PRECISION in columns:
        checks += [_timed(name) for name, kind in columns.items() if isinstance(kind, dy.Datetime)]
    for first, second in IN_ORDER.get(table, ()):
        problem = pl.lit(f"lies before {first}")
        remedy = f"correct {first} or {second}"
        checks.append(Check("order", second, pl.col(second) < pl.col(first), problem, remedy))
    return checks


def _timed(name: str) -> Check:
    """Return the check that a time has its time of day, where the row does not say that only the day is known."""
    midnight = (pl.col(name).dt.time() == time()) & ~pl.col(f"{TEXT}{name}").str.contains(":|0000")
    coarse = pl.col(TIME_PRECISION).fill_null("minute").is_in(["day", "month"])
    remedy = f'send the time, or put {TIME_PRECISION} = "day" under [table.constants] of the mapping'
    return Check("time", name, midnight & ~coarse, pl.lit("has no time of day"), remedy)


def declared_checks(name: str, kind: dy.Column) -> Iterator[Check]:
    """Yield the checks that a column's declaration asks for, from dataframely's own rules.

    A text that did not parse is no missing value: it has its fault already.
    """
    text = pl.col(f"{TEXT}{name}")
    for rule, kept in kind.validation_rules(pl.col(name)).items():
        if rule == "nullability":
            yield Check(rule, name, text.is_null() & ~kept, pl.lit("is empty"), "fill it in: every row must have it")
        else:
            limit = getattr(kind, rule, None)
            words = {"min": "is less than", "max": "is more than", "min_exclusive": "is not more than"}
            problem = pl.lit(f"{words[rule]} {limit}" if rule in words else f"fails {rule}")
            of_places = _OF_PLACES.get(str((kind.metadata or {}).get("unit")).split(" ")[0], "correct it")
            yield Check(rule, name, ~kept, problem, f"{of_places}, or leave it empty if it is not known")
