"""Say which tables a file can fill, by what only such a file would hold."""

from whatworks.records.suggesting.choice import Choice

_SIGNS: dict[str, tuple[frozenset[str], ...]] = {
    "offence": (frozenset({"committed_from"}),),
    "sentence": (frozenset({"sentenced_on"}),),
    "custody_spell": (frozenset({"received_on"}), frozenset({"released_on", "status"})),
    "requirement": (frozenset({"kind", "from_date"}),),
    "appointment": (frozenset({"due_on", "requirement_id"}), frozenset({"due_on", "outcome"})),
    "breach": (frozenset({"breached_on"}),),
    "need": (frozenset({"assessed_on", "pathway"}), frozenset({"pathway", "level"})),
    "participation": (
        frozenset({"person_id", "scheme_id", "started_on"}),
        frozenset({"person_id", "scheme_id", "referred_on"}),
    ),
    "address": (frozenset({"address_id", "from_date"}),),
}
"""Table -> sets of our columns, any of which says that a file is of that sort."""
_ABOUT_A_PERSON = frozenset({"forename", "surname", "date_of_birth", "sex", "ethnicity", "postcode", "pnc_id"})


def fits(choice: Choice) -> bool:
    """Return whether the file holds what only a file for this table would.

    Schemes, areas and organisations are few and are kept by hand: a file fills them only under our own headings.

    >>> fits(Choice("offence", {"committed_from": "Offence Date"})), fits(Choice("offence", {"person_id": "CRN"}))
    (True, False)
    """
    if choice.table == "person":
        return bool(_ABOUT_A_PERSON & choice.filled - {"pnc_id"})
    if choice.table in _SIGNS:
        return any(sign <= _known(choice) for sign in _SIGNS[choice.table])
    needed = [name for name, kind in choice.ours.items() if not kind.nullable]
    return all(choice.columns.get(name) == name for name in needed)


def _known(choice: Choice) -> frozenset[str]:
    """Return our columns that a heading fills; a line's number that stands in for a record's says nothing."""
    return frozenset({*choice.columns, *choice.split})
