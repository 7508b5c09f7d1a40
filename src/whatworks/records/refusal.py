"""Say no clearly: which file, row, field and value, and what would put it right."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches

from whatworks.records.missing_words import means_missing


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and its remedy. `value` holds only the shape where the column identifies a person."""

    problem: str
    remedy: str
    file: str | None = None
    row: int | None = None
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """Return one line for a person to read.

        >>> print(Fault("is not a date", "write it as 2024-02-28", "a.csv", 7, "committed", "31/02/2024"))
        a.csv, row 7, committed "31/02/2024": is not a date; write it as 2024-02-28
        """
        where = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row is not None else None,
                (f'{self.field} "{self.value}"' if self.value is not None else self.field) if self.field else None,
            )
            if part
        )
        return f"{where}: {self.problem}; {self.remedy}" if where else f"{self.problem}; {self.remedy}"


class Refused(ValueError):
    """What was asked cannot be done or said, for the reasons in `faults`. The command line exits with status 2.

    >>> raise Refused([Fault("has no rows", "send the extract again", "a.csv")])
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: a.csv: has no rows; send the extract again
    """

    def __init__(self, faults: Sequence[Fault] | Fault | str, remedy: str | None = None) -> None:
        if isinstance(faults, str):
            faults = Fault(faults, remedy or "see the documentation")
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def choice(value: str, known: Sequence[str], words: str = "use one of") -> str:
    """Return the remedy for a word that is not one of those known: the one that may be meant, and all of them.

    >>> choice("hand_over", ["contact", "handover"])
    "did you mean 'handover'? use one of contact, handover"
    """
    near = get_close_matches(value, known, 1)
    return f"{f'did you mean {near[0]!r}? ' if near else ''}{words} {', '.join(known)}"


@contextmanager
def faults_of(file: str) -> Iterator[None]:
    """Name `file` in the faults found within that name none.

    >>> with faults_of("terms.toml"):
    ...     raise Refused(Fault("is not a year", "write it as 2015/16", field="prices", value="x"))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: terms.toml, prices "x": is not a year; write it as 2015/16
    """
    try:
        yield
    except Refused as refused:
        raise Refused([one if one.file else replace(one, file=file) for one in refused.faults]) from refused


def shape(value: str, known: Collection[str] = ()) -> str:
    """Return a value's shape, which is all that a message may show of what identifies a person.

    A word for what is not known names nobody and is shown as it stands; so is what differs from a `known` code of the
    column only in case, spaces or a final full stop.

    >>> shape("31/02/1987"), shape("O'Neil"), shape("AB12/34")
    ('99/99/9999', "A'Aaaa", 'AA99/99')
    >>> shape("N/A"), shape("YES ", ["Yes", "No"])
    ('N/A', 'YES ')
    """
    plain = _plain(value)
    if means_missing(value) or any(plain == _plain(code) for code in known):
        return value
    return "".join("9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in value[:40])


def _plain(value: str) -> str:
    return "".join(value.casefold().split()).removesuffix(".")
