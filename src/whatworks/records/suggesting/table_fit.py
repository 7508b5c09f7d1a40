"""Say which tables a file can fill, by what only such a file would hold."""

from collections.abc import Mapping
from dataclasses import replace

import dataframely as dy

from whatworks.records.suggesting.choice import Choice, Undecided

_SIGNS: dict[str, tuple[frozenset[str], ...]] = {
    "offence": (frozenset({"committed_from"}), frozenset({"offence_id", "offence_code"})),
    "sentence": (frozenset({"sentenced_on"}),),
    "custody_spell": (
        frozenset({"received_on"}),
        frozenset({"released_on", "status"}),
        frozenset({"released_on", "establishment"}),
    ),
    "requirement": (frozenset({"kind", "from_date"}),),
    "incident": (
        frozenset({"from_time", "easting", "northing"}),
        frozenset({"from_time", "longitude", "latitude"}),
    ),
    "appointment": (frozenset({"due_on", "requirement_id"}), frozenset({"due_on", "outcome"})),
    "breach": (frozenset({"breached_on"}),),
    "need": (frozenset({"assessed_on", "pathway"}), frozenset({"pathway", "level"})),
    "casefile": (frozenset({"case_id", "lead_organisation"}), frozenset({"case_id", "opened_on"})),
    "plan_action": (frozenset({"action", "due_on"}),),
    "contact": (frozenset({"contacted_on", "how"}), frozenset({"how", "outcome"})),
    "handover": (frozenset({"to_organisation", "asked_on"}),),
    "placement": (frozenset({"offered_on", "started_on"}),),
    "participation": (
        frozenset({"person_id", "scheme_id", "started_on"}),
        frozenset({"person_id", "scheme_id", "referred_on"}),
        frozenset({"person_id", "referred_on", "started_on"}),
    ),
}
"""Table -> sets of our columns, any of which says that a file is of that sort."""
_CHIEF = {"custody_spell": "released_on"}
"""Columns for whose sake a table is drafted whatever else it lacks: without releases nothing can be evaluated."""
_ABOUT_A_PERSON = frozenset({"forename", "surname", "date_of_birth", "sex", "ethnicity", "postcode"})


def fits(choice: Choice, kind: str | None = None) -> bool:
    """Return whether the file holds what only a file for this table would; `kind` is the agency's, as prison.

    Schemes, areas and organisations are few and are kept by hand: a file fills them only under our own headings. Where
    people lived is seen by `where_people_lived`.

    >>> fits(Choice("offence", {"committed_from": "Offence Date"})), fits(Choice("offence", {"person_id": "CRN"}))
    (True, False)
    >>> released = Choice("custody_spell", {"released_on": "Date of Release"})
    >>> fits(released, "prison"), fits(released, "probation")
    (True, False)
    """
    if choice.table == "person":
        return bool(_ABOUT_A_PERSON & _known(choice))
    if choice.table == "custody_spell" and kind == "prison" and "released_on" in choice.columns:
        return True
    if choice.table == "address":
        return False
    if choice.table in _SIGNS:
        return any(sign <= _known(choice) for sign in _SIGNS[choice.table])
    needed = [name for name, kind in choice.ours.items() if not kind.nullable]
    return all(choice.columns.get(name) == name for name in needed)


def _known(choice: Choice) -> frozenset[str]:
    """Return our columns that a heading names; a line's number that stands in for a record's says nothing."""
    return frozenset({*choice.columns, *choice.split, *choice.contradicted})


def whole_tables(choices: Mapping[str, Choice]) -> tuple[dict[str, Choice], tuple[Undecided, ...]]:
    """Return the tables that a file fills but for what is soon told, and what the others lack; all, if none is whole.

    A table that lacks a reference or a day would stop the import of those that lack nothing.
    """
    lacks = {
        table: [name for name in choice.missing if not _is_soon_told(choice, name)] for table, choice in choices.items()
    }
    chief = {table for table, column in _CHIEF.items() if table in choices and column in choices[table].columns}
    whole = {table: choice for table, choice in choices.items() if not lacks[table] or table in chief}
    if not whole:
        return dict(choices), ()
    asked = [choices[table].undecided[name] for table, names in lacks.items() if table not in whole for name in names]
    return whole, tuple(replace(one, question=f"no column is {one.column}", needed=False) for one in asked)


def _is_soon_told(choice: Choice, column: str) -> bool:
    """Return whether a person can tell a column from the file, or by one word for all rows, as for one scheme."""
    told_once = column == "scheme_id" or isinstance(choice.ours[column], dy.Enum)
    return told_once or bool(choice.undecided[column].candidates)
