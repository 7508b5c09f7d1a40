"""Made-up people and events, and a column of values for each kind of heading."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

FORENAMES = ("Ada", "Bilal", "Cerys", "Dev", "Ewa", "Farouk", "Grace", "Hamza", "Iona", "Jude", "Kit", "Lena")
SURNAMES = ("ASHDOWN", "BREWSTER", "CALLOW", "DUNMORE", "ELLERBY", "FAIRLIE", "GODLEY", "O'HARE", "QUILL-REED", "VANCE")
ETHNICITIES = ("White British", "Black Caribbean", "Indian", "Mixed White and Asian", "Not stated")
AS_AT = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person."""

    number: int
    forename: str
    surname: str
    born: date
    sex: str
    ethnicity: str
    postcode: str
    died: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row's person and events, from which every column of an export is written."""

    at: int
    person: Someone
    began: date
    ended: date
    recorded: date
    charged: date
    convicted: date
    random: random.Random


def rows(seed: int, count: int = 240, people: int = 120) -> list[Row]:
    """Return rows of made-up events; each person stands on about two of them."""
    drawn = random.Random(seed)
    everybody = [_someone(drawn, number) for number in range(people)]
    return [_row(drawn, at, everybody[at % people]) for at in range(count)]


def _someone(drawn: random.Random, number: int) -> Someone:
    born = date(1955, 1, 1) + timedelta(days=drawn.randrange(365 * 48))
    postcode = (
        f"{drawn.choice(('NB', 'QX', 'ZE'))}{drawn.randrange(1, 30)} {drawn.randrange(10)}{drawn.choice('ABDEF')}X"
    )
    died = date(2025, 3, 1) + timedelta(days=drawn.randrange(90)) if drawn.random() < 0.03 else None
    return Someone(number, drawn.choice(FORENAMES), drawn.choice(SURNAMES), born, drawn.choice("MMMF"),
                   drawn.choice(ETHNICITIES), postcode, died)  # fmt: skip


def _row(drawn: random.Random, at: int, person: Someone) -> Row:
    began = date(2021, 1, 1) + timedelta(days=drawn.randrange(900))
    ended = began + timedelta(days=drawn.choice((0, 0, 0, 1, 3)))
    recorded = ended + timedelta(days=drawn.randrange(4))
    charged = recorded + timedelta(days=drawn.randrange(1, 60))
    return Row(at, person, began, ended, recorded, charged, charged + timedelta(days=drawn.randrange(20, 200)), drawn)


Write = Callable[[Row], str]


def day(which: Callable[[Row], date | None], written: str = "%d/%m/%Y") -> Write:
    """Return a column of days, some with a time of day."""

    def write(row: Row) -> str:
        when = which(row)
        if when is None:
            return ""
        text = when.strftime(written)
        return text.replace("00:00", f"{row.random.randrange(24):02}:{row.random.randrange(60):02}")

    return write


def after(days: int, written: str = "%d/%m/%Y", since: str = "convicted", empty: float = 0.0) -> Write:
    """Return a column of days about so many days after an event."""
    inner = day(lambda row: getattr(row, since) + timedelta(days=days + row.random.randrange(20)), written)
    return lambda row: "" if row.random.random() < empty else inner(row)


def one_of(*values: str, empty: float = 0.0) -> Write:
    """Return a column of codes."""
    return lambda row: "" if row.random.random() < empty else row.random.choice(values)


def numbered(form: str, of: str = "row") -> Write:
    """Return a column of numbers: of the row, of the person, or of a case that several rows share."""
    return lambda row: form.format({"row": 1000 + row.at, "person": 4000 + row.person.number, "case": row.at // 3}[of])


def pnc(empty: float = 0.0, short: bool = False) -> Write:
    """Return a column of Police National Computer numbers, in the long form or the short one."""

    def write(row: Row) -> str:
        number = row.person.number
        if number % 100 < 100 * empty:
            return ""
        year = 1990 + number % 30
        return f"{year % 100 if short else year:02}/{100000 + 37 * number:07}{'ABCDEFGH'[number % 8]}"

    return write


def noms(empty: float = 0.0) -> Write:
    """Return a column of prison numbers."""
    return lambda row: "" if row.person.number % 100 < 100 * empty else f"A{1000 + row.person.number}QZ"


def crn() -> Write:
    """Return a column of probation case reference numbers."""
    return lambda row: f"X{100000 + 13 * row.person.number}"


def of_person(name: str, **codes: str) -> Write:
    """Return a column of something that the person has, in the agency's codes."""

    def write(row: Row) -> str:
        value = getattr(row.person, name)
        return codes.get(str(value), "" if value is None else str(value))

    return write


def somebody_else(name: str) -> Write:
    """Return a column about another person: a victim, an officer, a worker."""
    return lambda row: row.random.choice(SURNAMES if name == "surname" else FORENAMES)


BORN, BEGAN, ENDED, RECORDED, CHARGED, CONVICTED = (
    lambda row: row.person.born,
    lambda row: row.began,
    lambda row: row.ended,
    lambda row: row.recorded,
    lambda row: row.charged,
    lambda row: row.convicted,
)
