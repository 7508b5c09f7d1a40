"""Made-up meetings: who came, what was discussed, decided and promised, with the traps of real minutes.

Nothing here knows of layouts. The bank of a set of layouts (`bank.toml`) gives the words; a seed gives the meeting.
"""

import datetime as dt
import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody, with every form of the name that minutes print."""

    first: str
    last: str
    title: str
    """Rank or courtesy title: "Cllr", "Dr", "Chief Inspector"; empty where minutes print none."""
    role: str
    org: str
    initials: str
    sex: str

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def titled(self) -> str:
        """Title, first and last name."""
        return f"{self.title} {self.full}".strip()

    @property
    def short(self) -> str:
        """Initial and last name: "A Okafor"."""
        return f"{self.first[0]} {self.last}"

    @property
    def courtesy(self) -> str:
        """Title or Mr or Ms, and last name, as prose has it."""
        return f"{self.title or ('Mr' if self.sex == 'm' else 'Ms')} {self.last}"


@dataclass(frozen=True)
class Due:
    """When a promise falls: a day, a window that ends on a day, the next meeting, or open."""

    kind: str
    day: dt.date | None
    phrase: str = ""
    others: tuple[dt.date | None, ...] = ()
    """What else a careful reader may make of it, which counts neither way."""


@dataclass(frozen=True)
class Action:
    """What somebody is to do."""

    do: str
    owners: tuple[Person | str, ...]
    due: Due


@dataclass(frozen=True)
class Topic:
    """One item of business."""

    title: str
    prose: list[str]
    decisions: list[dict[str, str]]
    actions: list[Action]
    subs: list[str]


@dataclass(frozen=True)
class Meeting:
    """A meeting as it happened."""

    seed: str
    area: str
    body: str
    date: dt.date
    start: dt.time
    end: dt.time
    place: str
    members: list[Person]
    late: Person
    officers: list[Person]
    observers: list[Person]
    apologies: list[Person]
    absent: list[Person]
    previous: dt.date
    following: dt.date
    topics: list[Topic]
    log: list[tuple[str, str, str]]
    """Old actions: what, who, and the status."""
    undertakings: list[str]
    """Promises in prose, which a secretary may list or not."""

    @property
    def chair(self) -> Person:
        """Who took the chair."""
        return self.members[0]


def weekday_near(day: dt.date, weekday: int) -> dt.date:
    """The given weekday (Monday is 0) in the week of a day."""
    return day + dt.timedelta(days=weekday - day.weekday())


def draw_people(bank: dict[str, Any], rng: random.Random, number: int) -> list[Person]:
    """People with different initials; two of them share a surname."""
    lasts = rng.sample(bank["last"], number)
    lasts[number - 3] = lasts[1]
    firsts = rng.sample(bank["first"], number)
    used: set[str] = set()
    people = []
    for spot, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        given, sex = first.rsplit("/", 1)
        letters = given[0] + "".join(part[0] for part in re.split(r"[ -]", last))
        while letters in used:
            letters = given[0] + last.split()[-1][: len(letters)]
        used.add(letters)
        job = bank["jobs"][(spot * 7 + rng.randrange(len(bank["jobs"]))) % len(bank["jobs"])]
        title = {"Mr": {"m": "Mr", "f": "Mrs"}[sex]}.get(job[0], job[0])
        people.append(Person(given, last, title, job[1], job[2], letters, sex))
    return people


DUES = ["day", "day", "day", "weekday", "noyear", "month end", "within", "next", "next", "none", "open"]


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def draw_due(bank: dict[str, Any], rng: random.Random, date: dt.date, following: dt.date) -> Due:
    """A due date of one of the forms that minutes use."""
    kind = rng.choice(bank.get("dues", DUES))
    day = date + dt.timedelta(days=rng.randrange(9, 60))
    if kind == "month end":
        return Due(kind, month_end(day), f"the end of {day:%B}")
    if kind == "week":
        monday = weekday_near(day, 0)
        friday, sunday = monday + dt.timedelta(days=4), monday + dt.timedelta(days=6)
        return Due(kind, friday, f"week commencing {monday:%-d %B}", (sunday, monday))
    if kind == "quarter":
        spot = (date.month - 4) % 12 // 3
        ends = month_end(dt.date(date.year + (date.month > 3 and spot == 3), (6, 9, 12, 3)[spot], 1))
        return Due(kind, None, f"the end of Quarter {spot + 1}", (ends,))
    if kind == "year end":
        return Due(kind, dt.date(date.year + (date.month > 3), 3, 31), "the end of the financial year", (None,))
    if kind == "month meeting":
        return Due(kind, following, f"the {following:%B} meeting", (month_end(following),))
    if kind == "within":
        weeks = rng.choice([2, 3, 4, 6])
        words = {2: "two", 3: "three", 4: "four", 6: "six"}[weeks]
        return Due(kind, date + dt.timedelta(weeks=weeks), f"within {words} weeks")
    if kind == "next":
        return Due(kind, following, "the next meeting")
    if kind == "open":
        return Due(kind, None, rng.choice(bank.get("open", ["as soon as possible", "once the audit has reported"])))
    return Due(kind, None if kind == "none" else weekday_near(day, rng.randrange(5)))


def draw_owners(bank: dict[str, Any], rng: random.Random, people: list[Person]) -> tuple[Person | str, ...]:
    """One person, mostly; else a post, a body, two people, or nobody."""
    owners: tuple[Person | str, ...] = (rng.choice(people),)
    match rng.randrange(9):
        case 0 | 1:
            owners = (rng.choice(bank["posts"]),)
        case 2:
            owners = (rng.choice(bank["bodies"]),)
        case 3:
            owners = tuple(rng.sample(people[1:], 2))
        case 4:
            owners = ()
    return owners


def make(bank_file: Path, seed: str) -> Meeting:
    """The meeting of a seed."""
    bank = tomllib.loads(bank_file.read_text("utf-8"))
    rng = random.Random(f"{bank_file.parent.name}-{seed}")
    date = weekday_near(dt.date(2017, 1, 10) + dt.timedelta(days=rng.randrange(3000)), rng.randrange(5))
    previous = weekday_near(date - dt.timedelta(days=rng.randrange(50, 100)), date.weekday())
    following = weekday_near(date + dt.timedelta(days=rng.randrange(63, 100)), rng.randrange(5))
    start = dt.time(rng.choice([9, 10, 13, 14, 16, 18]), rng.choice([0, 15, 30]))
    end = dt.time(start.hour + rng.choice([1, 2]), rng.choice([5, 20, 40, 55]))
    people = draw_people(bank, rng, 17)
    members, officers, outsider = people[:7], people[7:11], people[16]
    area = rng.choice(bank["areas"])
    words = {
        "outsider": outsider.full,
        "outsider_mr": outsider.courtesy,
        "member": members[2].courtesy,
        "member_full": members[3].full,
        "officer": officers[0].courtesy,
        "past": f"{previous - dt.timedelta(days=rng.randrange(20, 200)):%-d %B %Y}",
        "future": f"{date + dt.timedelta(days=rng.randrange(90, 400)):%-d %B %Y}",
        "year": str(date.year + 1),
        "money": f"£{rng.randrange(11, 480)},{rng.randrange(100, 999)}",
    }

    def some(lines: list[str], number: int) -> list[str]:
        return [line.format(**words) for line in rng.sample(lines, number)]

    topics, undertakings = [], []
    for entry in rng.sample(bank["topics"], 4):
        prose, traps = some(entry["prose"], 3), some(bank["traps"], 2)
        undertakings += [line[1:] for line in traps if line[0] == "?"]
        traps = [line.lstrip("?") for line in traps]
        actions = [
            Action(do.format(**words), draw_owners(bank, rng, members + officers), draw_due(bank, rng, date, following))
            for do in rng.sample(entry["actions"], rng.choice([1, 1, 2]))
        ]
        chosen = rng.sample(entry["decisions"], rng.choice([1, 1, 2]))
        decisions = [{form: clause.format(**words) for form, clause in decision.items()} for decision in chosen]
        text = [prose[0], traps[0], *prose[1:], traps[1]]
        topics.append(Topic(entry["title"], text, decisions, actions, entry.get("subs", [])))
    statuses = rng.sample(bank["statuses"], 3)
    old = rng.sample(bank["old"], 3)
    return Meeting(
        seed=seed,
        area=area,
        log=[(do, rng.choice(members).initials, status) for do, status in zip(old, statuses, strict=True)],
        body=rng.choice(bank["names"]).format(area=area),
        place=rng.choice(bank["places"]),
        date=date,
        start=start,
        end=end,
        previous=previous,
        following=following,
        members=members,
        late=members[6],
        officers=officers,
        observers=people[11:12],
        apologies=people[12:15],
        absent=people[15:16],
        topics=topics,
        undertakings=undertakings,
    )
