"""The one rule by which a message shows a value as it is, or only its shape."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from whatworks.records.refusal import shape
from whatworks.records.showing.person_like import is_person_like, looks_identifying

ENOUGH_ROWS = 10
"""Rows in which a value has to stand before it can be nobody's in particular."""
NEAR = 0.8
LONGEST_SHOWN = 60


def shown(value: str, rows: int, *, codes: Collection[str] = (), identifying: bool = False) -> str:
    """Return what a message may show of a value that stands in so many rows of its column.

    That is the value itself where it is a near miss of a code that is known anyway, or where it stands in at least ten
    rows of a column that is not `identifying`, by declaration or by its content. Else it is its shape.

    >>> shown("femal", 1, codes=["female", "male"]), shown("QUILL", 1, codes=["female", "male"])
    ('femal', 'AAAAA')
    >>> shown("North", 12), shown("North", 9), shown("North", 12, identifying=True)
    ('North', 'Aaaaa', 'Aaaaa')
    """
    if near_code(value, codes) or (rows >= ENOUGH_ROWS and not identifying and not is_person_like(value)):
        return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}..."
    return shape(value)


def near_code(value: str, codes: Collection[str]) -> bool:
    """Tell whether a value is a code but for a slip, its spelling or its end; a person's name is none.

    >>> near_code("F", ["female"]), near_code("MALE ", ["male"]), near_code("Mal", ["male"]), near_code("", ["male"])
    (True, True, True, False)
    """
    plain, known = value.strip().casefold(), [code.casefold() for code in codes]
    if not plain or (plain not in known and is_person_like(value)):
        return False
    return any(code.startswith(plain) for code in known) or bool(get_close_matches(plain, known, 1, NEAR))


def shown_in(values: Iterable[str | None], asked: Sequence[str], codes: Collection[str] = ()) -> list[str]:
    """Return what a message may show of some values of a column, whose whole content is `values`.

    >>> shown_in(["Yes"] * 30 + ["No"] * 12 + ["Ann Lee"], ["Yes", "No", "Ann Lee"])
    ['Yes', 'No', 'Aaa Aaa']
    """
    counts = Counter(value for value in values if value)
    identifying = looks_identifying(counts)
    return [shown(value, counts[value], codes=codes, identifying=identifying) for value in asked]
