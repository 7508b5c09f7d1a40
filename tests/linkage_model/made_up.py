"""Make up people and what agencies write of them, with who is who: hard to link, and no name of anybody.

Names come from lists of five origins, drawn unequally. Agencies mistype, shorten, transliterate and change over;
mistakes are commoner in names that are carried over from another alphabet. Postcodes go out of date, some people have
no fixed home, women change surnames, one person in 250 has a twin and one a son of the same name at the same address,
and one number in 2,000 is another's.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from police_number import police_number
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

MEN = (
    "James Robert William Daniel Thomas Christopher Matthew Stephen Michael David Liam Callum Ryan Kieran Lewis Aaron "
    "Jordan Reece Connor Bradley Shaun Darren Wayne Carl Lee",
    "Mohammed Ahmed Yusuf Hussain Ibrahim Imran Bilal Hamza Khalid Tariq Omar Mustafa Zakaria Faisal Rashid Sajid",
    "Kwame Kofi Emeka Chidi Tunde Segun Femi Babatunde Olumide Ifeanyi Kwabena Yaw Obinna Chukwuemeka Ayodele",
    "Piotr Pawel Tomasz Krzysztof Andrzej Marcin Grzegorz Ionut Mihai Andrei Florin Vasile Bogdan Cristian Dawid",
    "Wei Minh Tuan Duc Hung Jun Xiang Quang Long Bao Feng Hao Thanh Cheng",
)  # fmt: skip
WOMEN = (
    "Sarah Emma Laura Rebecca Charlotte Katherine Michelle Stacey Kelly Gemma Elizabeth Samantha Chloe Jade Lisa",
    "Fatima Aisha Zainab Maryam Khadija Shazia Nasreen Samina Hodan Sahra",
    "Abena Adwoa Chioma Ngozi Folake Yetunde Ifeoma Akosua Amaka Titilayo",
    "Agnieszka Katarzyna Malgorzata Ioana Andreea Mihaela Joanna Elena Monika Anca",
    "Mei Linh Huong Xiu Thuy Lan Ying Trang Hoa Min",
)
SURNAMES = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts "
    "Green Hall Wood Jackson Clarke Patterson Holloway Whitaker Sutcliffe Birtwistle Ogden",
    "Khan Ahmed Ali Hussain Begum Akhtar Mahmood Iqbal Malik Shah Rahman Uddin Miah Abdi Warsame Farah Osman",
    "Mensah Owusu Boateng Okafor Adeyemi Balogun Eze Nwosu Asante Adebayo Ogunleye Okonkwo Appiah Danso",
    "Kowalski Nowak Wisniewski Wojcik Lewandowski Zielinski Popescu Ionescu Dumitru Stan Szymanski Mazur Radu Marin",
    "Nguyen Tran Pham Chen Wang Zhang Hoang Vu Dang Huang Liu Lin Wu",
)  # fmt: skip
SYLLABLES = (
    ("Ash Black Brad Burn Car Cold Dal East Fair Gold Hart Hol Kirk Lang Mid Nor Oak Pen Red Stan Thorn Wal West Whit",
     "ford ton well wood ley by worth ham field shaw bourne combe croft den dale gate hurst low more wick"),
    ("Abd Akb Anw Bash Far Ghul Hab Jam Kam Mans Naz Qur Raf Sal Tah Waz Yak Zah",
     "ullah uddin ari ani eer oor eem iq awi ad"),
    ("Ade Aki Ayo Bola Chu Eke Fola Ige Ike Kolo Nna Obi Ola Onu Oye Temi Uche",
     "bayo dele kunle mola ndu nwa sanya tunji wale yinka ogu zie"),
    ("Baran Bielin Czar Dabrow Gor Jablon Kalin Krasn Lis Majew Olsz Pavl Rut Sokol Stef Wron Zab",
     "ski ek ak owicz escu eanu owski ik yk uk"),
    ("Ba Bui Cai Do Duong Fang Gao Han He Ho Kwan Lai Luo Ngo Phan Song Tang Vo Xu Yang", "n ng i u"),
)  # fmt: skip
"""Beginnings and ends from which further surnames are made up, by origin."""
SHARES = (0.62, 0.17, 0.09, 0.09, 0.03)
SPELLINGS = (
    ("Mohammed", "Muhammad"), ("Hussain", "Hussein"), ("Yusuf", "Youssef"), ("Ahmed", "Ahmad"), ("ou", "u"),
    ("ee", "i"), ("ch", "sh"), ("kh", "k"), ("w", "v"), ("sz", "sh"), ("z", "s"), ("aa", "a"), ("y", "i"),
)  # fmt: skip
SHORT = {"Robert": "Bob", "William": "Billy", "Daniel": "Dan", "Christopher": "Chris", "Michael": "Mike",
         "Thomas": "Tom", "Katherine": "Kate", "Rebecca": "Becky", "Elizabeth": "Liz", "Samantha": "Sam"}  # fmt: skip


@dataclass(frozen=True)
class Agency:
    """How an agency writes people down: shares of its records."""

    knows: float
    mistyped: float
    numbered: float
    old_postcode: float
    no_postcode: float
    no_birth: float
    twice: float


AGENCIES = {
    "police": Agency(0.78, 0.012, 0.97, 0.30, 0.06, 0.003, 0.02),
    "probation": Agency(0.55, 0.030, 0.90, 0.15, 0.05, 0.010, 0.0),
    "prison": Agency(0.42, 0.015, 0.92, 0.50, 0.85, 0.002, 0.0),
    "court": Agency(0.66, 0.030, 0.45, 0.35, 0.30, 0.030, 0.0),
    "council": Agency(0.45, 0.045, 0.0, 0.10, 0.02, 0.060, 0.015),
    "health": Agency(0.30, 0.030, 0.0, 0.35, 0.05, 0.010, 0.0),
}


@dataclass(frozen=True)
class MadeUp:
    """A store's records, and who each is: in order of (organisation_id, person_id)."""

    connection: Store
    person: NDArray[np.int64]

    @property
    def true_pairs(self) -> int:
        """Return the number of pairs of records of one person."""
        _, sizes = np.unique(self.person, return_counts=True)
        return int((sizes * (sizes - 1) // 2).sum())


def made_up(people: int, seed: int, *, number_share: float = 1.0, missing_births: float = 0.0) -> MadeUp:
    """Return a store of made-up people's records in six agencies."""
    rng = np.random.default_rng(seed)
    frame = _write_down(_people(people, rng), rng)
    if number_share < 1:
        hide = pl.Series(rng.random(frame.height) >= number_share)
        frame = frame.with_columns(pnc_id=pl.when(hide).then(None).otherwise("pnc_id"))
    if missing_births:
        hide = pl.Series(rng.random(frame.height) < missing_births)
        frame = frame.with_columns(date_of_birth=pl.when(hide).then(None).otherwise("date_of_birth"))
    return MadeUp(store(frame), frame.sort("organisation_id", "person_id")["person"].to_numpy())


def store(frame: pl.DataFrame) -> Store:
    """Return a store that holds these records of people, each agency of the kind that its name says."""
    connection = scratch()
    create_tables(connection)
    kinds = {"police", "probation", "prison", "court", "council", "health"}
    for line, name in enumerate(frame["organisation_id"].unique().sort().to_list(), 1):
        kind = name if name in kinds else "voluntary"
        connection.rows(
            "INSERT INTO organisation (source_id, source_line, organisation_id, name, kind) VALUES ('s', ?, ?, ?, ?)",
            [line, name, name, kind],
        )
    held = [name for name in frame.columns if name != "person"]
    lines = frame.select(held).with_row_index("source_line", offset=1).with_columns(source_id=pl.lit("s"))
    connection.append("person", lines)
    return connection


def _people(count: int, rng: Generator) -> pl.DataFrame:
    origin = rng.choice(len(SHARES), count, p=SHARES)
    female = rng.random(count) < 0.18
    given = [tuple(names.split()) for names in (*MEN, *WOMEN)]
    forename = [_draw(given[o + len(MEN) * woman], rng) for o, woman in zip(origin, female, strict=True)]
    surname = [_draw(surnames(o), rng) for o in origin.tolist()]
    born = np.datetime64("2021-01-01") - (365.25 * (11 + 55 * rng.beta(1.7, 2.9, count))).astype("timedelta64[D]")
    new_year = rng.random(count) < np.array([0.002, 0.04, 0.02, 0.002, 0.01])[origin]
    born[new_year] = born[new_year].astype("datetime64[Y]").astype("datetime64[D]")
    homes = max(count // 12, 40)
    home, before = rng.integers(homes, size=(2, count))
    relatives = rng.choice(count - 1, max(count // 125, 2), replace=False)
    for place, person in enumerate(relatives):
        surname[person + 1], home[person + 1], origin[person + 1] = surname[person], home[person], origin[person]
        if place % 2:
            forename[person + 1], female[person + 1] = forename[person], female[person]  # a father and a son
        else:
            born[person + 1] = born[person]  # twins
    return pl.DataFrame({
        "person": np.arange(count), "origin": origin, "female": female, "forename": forename, "surname": surname,
        "born": born, "home": home, "before": before, "homeless": rng.random(count) < 0.06, "known": rng.random(count),
    })  # fmt: skip


@cache
def surnames(origin: int) -> tuple[str, ...]:
    """Return the surnames of an origin, the commonest first."""
    beginnings, ends = (part.split() for part in SYLLABLES[origin])
    return (*SURNAMES[origin].split(), *(beginning + end for end in ends for beginning in beginnings))


def _draw(names: tuple[str, ...], rng: Generator) -> str:
    return names[int(np.searchsorted(_shares(len(names)), rng.random()))]


@cache
def _shares(count: int) -> NDArray[np.float64]:
    """Return the cumulative shares of names by rank: they fall as the power .6 of the rank."""
    weights = 1 / np.arange(1, count + 1) ** 0.6
    return np.asarray(np.cumsum(weights) / weights.sum(), dtype=np.float64)


def _write_down(people: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    rows = []
    for name, agency in AGENCIES.items():
        for person in people.iter_rows(named=True):
            chance = person["known"] if name == "police" else rng.random() * 0.5 + person["known"] * 0.5
            for copy in range((chance < agency.knows) * (1 + (rng.random() < agency.twice))):
                rows.append(_record(name, agency, person, copy, people, rng))
    frame = pl.DataFrame(rows, infer_schema_length=None).sample(
        fraction=1.0, shuffle=True, seed=int(rng.integers(2**31))
    )
    swapped = rng.random(frame.height) < 0.0005
    others = frame["pnc_id"].shuffle(seed=1)
    wrong = pl.Series(swapped) & pl.col("pnc_id").is_not_null() & others.is_not_null()
    return frame.with_columns(pnc_id=pl.when(wrong).then(others).otherwise("pnc_id"))


def _record(
    name: str, agency: Agency, person: dict[str, object], copy: int, people: pl.DataFrame, rng: Generator
) -> dict[str, object]:
    number, origin = int(str(person["person"])), int(str(person["origin"]))
    mistaken = agency.mistyped * (1.0 if origin == 0 else 2.0) * (1.5 if person["homeless"] else 1.0)
    forename, surname = str(person["forename"]), str(person["surname"])
    if rng.random() < (0.08 if person["female"] else 0.015):
        surname = _draw(surnames(origin), rng)
    if forename in SHORT and rng.random() < 0.1:
        forename = SHORT[forename]
    forename, surname = (_miswritten(part, mistaken, origin, rng) for part in (forename, surname))
    if rng.random() < (0.004 if origin == 0 else 0.025):
        forename, surname = surname, forename
    home = person["before"] if rng.random() < agency.old_postcode else person["home"]
    nowhere = rng.random() < agency.no_postcode or (person["homeless"] and rng.random() < 0.8)
    pnc = police_number(1985 + number % 36, 100_000 + number)
    if rng.random() < 0.003:
        pnc = pnc[:6] + str(rng.integers(10)) + pnc[7:]
    return {
        "organisation_id": name,
        "person_id": f"{name[:2]}{copy}{number}",
        "forename": forename,
        "surname": surname,
        "date_of_birth": None if rng.random() < agency.no_birth else _misdated(person["born"], mistaken * 0.35, rng),
        "sex": "unknown" if rng.random() < 0.01 else ("female" if person["female"] else "male"),
        "postcode": None if nowhere else _postcode(int(str(home))),
        "pnc_id": pnc if rng.random() < agency.numbered else None,
        "prison_number": _prison_number(number)
        if name == "prison" or (name == "probation" and rng.random() < 0.4)
        else None,
        "crn": f"X{100_000 + number}" if name == "probation" or (name == "prison" and rng.random() < 0.8) else None,
        "person": number,
    }


def _miswritten(written: str, mistaken: float, origin: int, rng: Generator) -> str:
    if rng.random() >= mistaken or len(written) < 3:
        return written
    if origin and rng.random() < 0.6:
        for one, other in SPELLINGS:
            if one in written:
                return written.replace(one, other, 1)
    place, kind = int(rng.integers(1, len(written))), int(rng.integers(3))
    letter = "abcdefghiklmnoprstuvwy"[rng.integers(22)]
    return written[:place] + ("", letter, letter + written[place : place + 1])[kind] + written[place + 1 :]


def _misdated(born: object, mistaken: float, rng: Generator) -> object:
    if rng.random() >= mistaken:
        return born
    year, month, day = (int(part) for part in str(born).split("-"))
    kind = int(rng.integers(4))
    if kind == 0 and day <= 12:
        month, day = day, month
    elif kind == 1:
        year += int(rng.choice([-1, 1, 10, -10]))
    elif kind == 2:
        day = 1 + (day + int(rng.integers(1, 9))) % 28
    else:
        month = 1 + (month + int(rng.integers(0, 10))) % 12
    return date(year, month, min(day, 28))


def _postcode(home: int) -> str:
    return (
        f"XN{1 + home // 1600 % 60} {1 + home // 160 % 9}{'ABDEFGHJLN'[home // 16 % 10]}{'ABDEFGHJLNPQRSTU'[home % 16]}"
    )


def _prison_number(number: int) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return f"A{1000 + number % 8000}{letters[number // 8000 % 24]}{letters[number // 192_000 % 24]}"
