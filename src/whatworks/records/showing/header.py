"""See that a file has no line of column names, so that nothing of its first person is printed or drafted."""

import re
from collections.abc import Iterable, Sequence

from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.showing.person_like import has_name, is_person_like


class HeaderBelow(Refused):
    """A file begins with titles: `row` looks like the header below them."""

    def __init__(self, fault: Fault, row: int) -> None:
        super().__init__(fault)
        self.row = row


def shown_header(header: Sequence[str], columns: Iterable[Iterable[str | None]] = ()) -> list[str]:
    """Return what a message may show of a header: where its line seems to be a person's record, shapes only.

    >>> shown_header(["PNC no", "Off1"]), shown_header(["Lee", "07/11/1987"])
    (['PNC no', 'Off1'], ['Aaa', '99/99/9999'])
    """
    return [shape(name) for name in header] if seems_data(header, columns) else list(header)


def seems_data(header: Sequence[str], columns: Iterable[Iterable[str | None]] = ()) -> bool:
    """Tell whether a header is a record: it holds a number, a day, a postcode, a person's number or name.

    Where the `columns` under it are at hand, so does one that holds a value of its own column.

    >>> seems_data(["name", "count"]), seems_data(["Lee", "4"]), seems_data(["AB1 2CD", "ward"]), seems_data(["Sarah"])
    (False, True, True, True)
    >>> seems_data(["North", "theft"], [["South", "North"], ["theft", "theft"]])
    True
    """
    if any(_is_no_name(name) for name in header):
        return True
    return any(
        _has_letter(name) and name.strip() in {value.strip() for value in values if value}
        for name, values in zip(header, columns, strict=False)
    )


def _is_no_name(heading: str) -> bool:
    if re.fullmatch(r"[\d/.: -]*\d[\d/.: -]*", heading) or (is_person_like(heading) and not has_name(heading)):
        return True
    return has_name(heading) and heading != heading.lower() and len(heading.split()) <= 3


def _has_letter(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
