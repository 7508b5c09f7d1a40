"""See that a file says where its people lived, and ask since when: without area and day an address tells nothing."""

from collections.abc import Mapping

from whatworks.records.suggesting.choice import SEVERAL, Choice, Undecided
from whatworks.records.suggesting.words import heading_words
from whatworks.records.tables.declaration import DATED

_OF_A_HOME = frozenset({"address", "home", "lived", "moved", "resident"})
_ELSEWHERE = ("offence", "custody_spell", "appointment", "breach")
"""Tables in whose files an area may be where something happened."""
SINCE = (
    "does it say where they lived, and since when? If so, take the marks # off the block and name the column of the "
    "first day, or give one early day for all rows under [table.constants]"
)


def where_people_lived(address: Choice, others: Mapping[str, Choice]) -> Choice | None:
    """Return the draft of table `address`, or None where no area of the file is its people's; `others` are its tables.

    A day that another table takes for its own is not a day of moving in, unless its heading speaks of a home: then the
    first day is asked. Without it the table is only offered.

    >>> home = Choice("address", {"person_id": "CRN", "area_code": "Borough", "from_date": "Start Date"})
    >>> people = {"person": Choice("person", {"person_id": "CRN"})}
    >>> where_people_lived(home, people).columns["from_date"]
    'Start Date'
    >>> where_people_lived(home, people | {"offence": Choice("offence")}) is None
    True
    """
    for column in ("area_code", "from_date", "to_date"):
        _prefer_home(address, column)
    asked = address.undecided.get("area_code")
    area = address.columns.get("area_code") or next(iter(asked.candidates if asked else ()), None)
    if area is None or "person_id" not in address.columns or "person" not in others:
        return None
    if any(table in others for table in _ELSEWHERE) and not _speaks_of_a_home(area):
        return None
    taken = _days(others)
    for column in ("from_date", "to_date"):
        day = address.columns.get(column)
        if day in taken and not _speaks_of_a_home(day):
            del address.columns[column]
    if "from_date" not in address.columns or "area_code" not in address.columns:
        days = address.undecided["from_date"].candidates if "from_date" in address.undecided else ()
        candidates = asked.candidates if asked and "area_code" not in address.columns else (area,)
        address.undecided["from_date"] = Undecided("address", "from_date", SINCE, (*candidates, *days), needed=True)
    return address


def _prefer_home(address: Choice, column: str) -> None:
    """Fill a column that several headings may be by the only one that speaks of a home."""
    asked = address.undecided.get(column)
    homes = [heading for heading in asked.candidates if _speaks_of_a_home(heading)] if asked else []
    if asked and asked.question == SEVERAL and len(homes) == 1:
        address.columns[column] = homes[0]
        del address.undecided[column]


def _speaks_of_a_home(heading: str) -> bool:
    return bool(_OF_A_HOME & heading_words(heading))


def _days(others: Mapping[str, Choice]) -> set[str]:
    return {
        heading
        for choice in others.values()
        for column, heading in choice.columns.items()
        if isinstance(choice.ours[column], DATED)
    }
