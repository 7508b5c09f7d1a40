"""Whose records: sets of people by list, scheme, area and age, as agreements name them and the store resolves them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import polars as pl

from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, choice

EVERYBODY = "everybody"
AGES = ("under_18", "adult")
LISTED = ("organisation_id", "person_id", "list_name")
LISTS = {"listed": "people_entry", "listed_elsewhere": "list_entry"}
"""Queries of who is on a list, and the table that each needs: the register's entries, and those that agencies sent."""
NAMED = ("list:NAME", "scheme:ID", "area:CODE", *AGES, EVERYBODY)
"""What a set of people may be called; several joined by `+` are those who stand in all of them."""
_SET = re.compile(r"(list|scheme|area):\S+")

Sets = frozenset[str]
Pair = tuple[str, str]
"""An agency, and its own number for a person."""


@dataclass(frozen=True, slots=True)
class People:
    """Selected people, by the agency whose records they are and the sets in which they stand.

    A person stands in what is known of them alone: one whose age is not known is in neither age.

    >>> [(whose, sorted(sets)) for whose, sets in People.named("police", "list:prolific + adult").groups]
    [('police', ['adult', 'list:prolific'])]
    """

    groups: Mapping[tuple[str, Sets], frozenset[str]]

    @classmethod
    def named(cls, organisation: str, text: str) -> "People":
        """Return whoever stands in the sets that `text` names and in no other, without saying who."""
        return cls({(organisation, sets_of(text)): frozenset()})

    @classmethod
    def of(cls, pairs: Iterable[Pair], sets: Mapping[Pair, Iterable[str]] | None = None) -> "People":
        """Return people by their numbers; `sets` says in which each stands.

        >>> len(People.of([("police", "1"), ("police", "2")], {("police", "1"): ["adult"]}).groups)
        2
        """
        groups: dict[tuple[str, Sets], set[str]] = {}
        for organisation, person in pairs:
            standing = frozenset((sets or {}).get((organisation, person), ()))
            groups.setdefault((organisation, standing), set()).add(person)
        return cls({group: frozenset(people) for group, people in groups.items()})

    @property
    def organisations(self) -> tuple[str, ...]:
        """The agencies whose records they are."""
        return tuple(sorted({organisation for organisation, _ in self.groups}))

    def pairs(self) -> Iterator[Pair]:
        """Yield each person, by agency and number."""
        for (organisation, _), people in sorted(self.groups.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
            yield from ((organisation, person) for person in sorted(people))


def sets_of(text: str) -> Sets:
    """Return the sets whose common members `text` names; none for an empty text.

    >>> sorted(sets_of("scheme:mentors + under_18"))
    ['scheme:mentors', 'under_18']
    """
    return frozenset(part.strip() for part in text.split("+") if part.strip())


def set_faults(text: str, field: str) -> Iterator[Fault]:
    """Yield what is wrong with a name of people.

    >>> [str(fault) for fault in set_faults("adlt", "whose")]
    ['whose "adlt": names no set of people; did you mean \\'adult\\'? write list:NAME, scheme:ID, area:CODE, under_18, \
adult, everybody']
    """
    sets = sets_of(text)
    if not all(part.strip() for part in text.split("+")):
        yield Fault("names nobody in a part of it", choice("", NAMED, "write"), field=field, value=text)
    for name in sorted(sets):
        if not (_SET.fullmatch(name) or name in (*AGES, EVERYBODY)):
            yield Fault("names no set of people", choice(name, NAMED, "write"), field=field, value=name)
    if sets >= set(AGES):
        yield Fault("names nobody: no one is both", "write them as two entries", field=field, value=text)


def covers(whose: Iterable[str], standing: Sets) -> bool:
    """Return whether somebody who stands in these sets is among those named.

    >>> covers(["list:a + adult"], frozenset({"list:a"})), covers(["everybody"], frozenset())
    (False, True)
    """
    return any(sets_of(text) - {EVERYBODY} <= standing for text in whose)


def resolve(store: Engine, organisation: str, selection: str, on: date) -> People:
    """Return an agency's people whom a selection names, with all the sets that each stands in on a day.

    A selection is a number of the agency's (`police:NB1001`), or sets joined by `+`. Sets are those of all records that
    are linked to the agency's; a person whose records disagree about the age is in neither age.
    """
    agency, _, own = selection.partition(":")
    number = own if agency == organisation else None
    within = frozenset() if number is not None else sets_of(selection) - {EVERYBODY}
    faults = [] if number is not None else list(set_faults(selection, "selection"))
    if faults:
        raise Refused(faults)
    sets: dict[Pair, set[str]] = {}
    for person, name in standing(store, organisation, number, on):
        sets.setdefault((organisation, person), set()).update([name] if name is not None else [])
    return People.of([pair for pair, names in sets.items() if within <= names], sets)


def standing(store: Engine, organisation: str, number: str | None, on: date) -> list[tuple[str, str | None]]:
    """Return an agency's people, or the one of that number, with each set that they stand in on a day."""
    frames = [pl.DataFrame(schema=dict.fromkeys(LISTED, pl.String))]
    frames += [store.fetch(_query(name), {"day": on}) for name, table in LISTS.items() if table in store.tables()]
    store.put("sharing_listed", pl.concat(frames, how="vertical_relaxed"))
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    values = {
        "organisation": organisation,
        "person": number,
        "day": on,
        "adult_born": on.replace(on.year - 18, day=last),
    }
    return [(person, name) for person, name in store.rows(_query("standing"), values)]


def standing_of(store: Engine, pairs: Iterable[Pair], on: date, *, unless: str | None = None) -> People:
    """Return people by their numbers with the sets that each stands in on a day; not worked out for `unless`, nor None.

    Whom an agency's records do not know stands in no set.
    """
    numbers: dict[str, list[str]] = {}
    for organisation, number in pairs:
        numbers.setdefault(organisation, []).append(number)
    sets: dict[Pair, set[str]] = {}
    for organisation, own in numbers.items() if unless is not None else ():
        asked = own[0] if len(own) == 1 else None
        for person, name in standing(store, organisation, asked, on) if organisation != unless else ():
            sets.setdefault((organisation, person), set()).update([name] if name is not None else [])
    return People.of([(organisation, number) for organisation, own in numbers.items() for number in own], sets)


def _query(name: str) -> str:
    return (files("whatworks.sharing") / f"sql/{name}.sql").read_text("utf-8")
