"""Make up who sits on a board: people, agencies, places and dates, drawn from one seed; none of them exists."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from whatworks.simulation.society.names import FORENAMES_FEMALE, FORENAMES_MALE, SURNAMES

TOWNS = ("Eastmere", "Northwold", "Harrowdale", "Ravensford", "Thornley Vale")
SCHEMES = ("Beacon", "Lantern", "Compass", "Harbour", "Keystone")
HALLS = ("Guildhall", "Corn Exchange", "Civic Centre", "Assembly Rooms")
DOUBLES = ("Stephen", "Matthew", "Jonathan", "Christopher", "Daniel", "Ben")
"""Forenames that a planted misspelling can shorten or change; kept for the person whose name is spelt in two ways."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at a meeting; `title` stands before the name, and `capacity` is the list that names them."""

    name: str
    title: str
    role: str
    organisation: str
    capacity: str = "board"

    @property
    def styled(self) -> str:
        """The name as an attendance list has it.

        >>> Attendee("Grace Hall", "Councillor", "", "Eastmere Council").styled
        'Councillor Grace Hall'
        """
        return f"{self.title} {self.name}".strip()

    @property
    def initials(self) -> str:
        """The initials by which minutes call them.

        >>> Attendee("Grace Hall", "", "", "").initials
        'GH'
        """
        return "".join(part[0] for part in self.name.split())


@dataclass(frozen=True, slots=True)
class Cast:
    """One made-up board: its town, scheme and meeting place, its people by part, and the first of its days."""

    town: str
    scheme: str
    hall: str
    people: tuple[str, ...]
    first: date

    @property
    def board(self) -> str:
        """The board's name."""
        return f"{self.town} Crime Reduction Board"

    @property
    def short(self) -> str:
        """The board's name in capitals.

        >>> cast(1).short == "".join(word[0] for word in cast(1).board.split())
        True
        """
        return "".join(word[0] for word in self.board.split())

    @property
    def police(self) -> str:
        """The police force."""
        return f"{self.town} Police"

    @property
    def council(self) -> str:
        """The council."""
        return f"{self.town} Council"

    @property
    def probation(self) -> str:
        """The probation service."""
        return f"{self.town} Probation"


def cast(seed: int) -> Cast:
    """Return the made-up board of a seed: 24 people whose initials, forenames and surnames all differ.

    >>> made = cast(7)
    >>> len({person.split()[-1] for person in made.people}), made == cast(7)
    (24, True)
    """
    draw = np.random.default_rng([seed, 5])
    town, scheme, hall = (str(draw.choice(words)) for words in (TOWNS, SCHEMES, HALLS))
    first = date(2017, 1, 3) + timedelta(weeks=int(draw.integers(0, 40)), days=int(draw.integers(0, 3)))
    return Cast(town, scheme, hall, _people(draw), first)


def _people(draw: np.random.Generator) -> tuple[str, ...]:
    """Return names; the first, whose spelling may be planted, has one of the forenames kept for that."""
    plain = [name for name in FORENAMES_FEMALE + FORENAMES_MALE if name.isascii() and name not in DOUBLES]
    surnames = [name for name in SURNAMES if name.isascii() and name.isalpha()]
    forenames = [str(draw.choice(DOUBLES)), *(str(name) for name in draw.permutation(sorted(set(plain))))]
    pool = [str(name) for name in draw.permutation(surnames)]
    people: list[str] = []
    initials: set[str] = {"AM", "AC", "IT", "AV", "PS", "CO", "MP"}
    for forename in forenames:
        surname = next((one for one in pool if forename[0] + one[0] not in initials and one != forename), None)
        if surname is None:
            continue
        pool.remove(surname)
        initials.add(forename[0] + surname[0])
        people.append(f"{forename} {surname}")
        if len(people) == 24:
            break
    return tuple(people)
