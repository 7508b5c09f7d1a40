"""Write down who people are as agencies do who mishear, mistype, mistake and do not know that someone has moved."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.simulation.agencies.dirt import Written, written_down
from whatworks.simulation.agencies.numbering import AGENCIES
from whatworks.simulation.agencies.records_kept import agency_frames
from whatworks.simulation.agencies.spelling import changed, mistyped, respelt, short_form, wrong_date
from whatworks.simulation.agencies.wrong_details import split_by, wrongly_joined
from whatworks.simulation.days import Floats, Ints
from whatworks.simulation.society.identifiers import NOTHING, texts
from whatworks.simulation.society.origin_names import ORIGINS
from whatworks.simulation.society.postcodes import former_postcodes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World


@dataclass(frozen=True, slots=True)
class _Habits:
    """Shares of an agency's records: mistakes a name, no postcode; and how much staler than average its homes are."""

    mistakes: float
    no_postcode: float
    stale: float


_HABITS = {
    "police": _Habits(0.008, 0.0, 1.2),
    "probation": _Habits(0.015, 0.0, 0.6),
    "prison": _Habits(0.010, 0.0, 2.0),
    "court": _Habits(0.020, 0.25, 1.4),
    "council": _Habits(0.025, 0.0, 0.4),
    "health": _Habits(0.018, 0.04, 1.4),
}
"""Assumed, on top of the gaps and slips that every made-up agency makes (dirt.py)."""
_FOREIGN = {
    "british": 1.0,
    "caribbean": 1.1,
    "west_african": 1.8,
    "somali": 2.2,
    "south_asian_muslim": 2.0,
    "indian": 1.7,
    "chinese_vietnamese": 2.2,
    "east_european": 1.9,
    "arab_north_african": 2.2,
    "latin": 1.5,
}
_SWAPPED = {
    "british": 0.004,
    "caribbean": 0.004,
    "west_african": 0.02,
    "somali": 0.03,
    "south_asian_muslim": 0.03,
    "indian": 0.02,
    "chinese_vietnamese": 0.06,
    "east_european": 0.01,
    "arab_north_african": 0.03,
    "latin": 0.015,
}
"""How much more often a name is miswritten, and how often forename and surname change places, by origin (assumed)."""
_HOMELESS = 1.5
_NO_HOME_WRITTEN = (None, "NFA", "ZZ99 3VZ", "NO FIXED ABODE")


def written_by(world: World, agency: str, rng: np.random.Generator) -> Written:
    """Return what an agency holds about people, with all its mistakes; `rng` draws those that are not of identity."""
    split = split_by(world, agency) if world.settings.identity.any_link_error else None
    written = written_down(agency_frames(world, agency), agency, rng, world.settings, split)
    return misrecorded(written, agency, world)


def misrecorded(written: Written, agency: str, world: World) -> Written:
    """Return an agency's tables with its mistakes about who people are; those of a plain partnership as they are."""
    if not world.settings.identity.hard:
        return written
    person = written.frames["person"]
    row = _rows(written, agency, world)
    again = person["person_id"].is_in(written.second["person_id"].implode()).to_numpy()
    number = world.people.first * len(AGENCIES) + AGENCIES.index(agency)
    clerk = _Clerk(world, agency, row, stream(world.seed, "misrecording", number).random((18, len(row))))
    person = clerk.numbers(clerk.homes(clerk.names(person)))
    person = wrongly_joined(person, agency, world, row, again, clerk.draws[16:])
    frames = {**written.frames, "person": person}
    rng = stream(world.seed, "references", number)
    for table in ("offence", "sentence"):
        if table in frames and world.settings.identity.wrong_references:
            frames[table] = _with_wrong_references(frames[table], world.settings.identity.wrong_references, rng)
    return Written(frames, written.second)


def _with_wrong_references(frame: pl.DataFrame, share: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return a table in which a share of rows bears the reference of another row."""
    wrong, other = rng.random(frame.height) < share, rng.integers(max(frame.height, 1), size=frame.height)
    reference = np.where(wrong, frame["offence_ref"].to_numpy()[other], frame["offence_ref"].to_numpy())
    return frame.with_columns(texts("offence_ref", reference))


def _rows(written: Written, agency: str, world: World) -> Ints:
    """Return whose each record is: a row in People."""
    rows = np.flatnonzero(world.known_to[agency])
    own = pl.DataFrame({"person_id": world.numbers.of[agency].gather(rows), "row": rows})
    second = written.second.join(own.rename({"person_id": "first_id"}), on="first_id", maintain_order="left")
    known = pl.concat([own, second.select(own.columns)])
    found = written.frames["person"].select("person_id").join(known, on="person_id", how="left", maintain_order="left")
    return found["row"].to_numpy()


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Who writes an agency's records: one row a record, `row` in People, `draws` in [0, 1)."""

    world: World
    agency: str
    row: Ints
    draws: npt.NDArray[np.float64]

    def _rate(self) -> Floats:
        """Return the chance of a mistake in each part of a record."""
        settings = self.world.settings.identity
        rate = np.full(len(self.row), settings.carelessness * _HABITS[self.agency].mistakes)
        if settings.unequal:
            rate *= np.array([_FOREIGN[origin] for origin in ORIGINS])[self.world.background.origin[self.row]]
            rate *= np.where(self.world.identifiers.no_fixed_abode[self.row], _HOMELESS, 1.0)
        return rate

    def names(self, person: pl.DataFrame) -> pl.DataFrame:
        """Write earlier surnames, aliases, short forms, misspelt and swapped names, and wrong birth dates."""
        identifiers, settings, draws = self.world.identifiers, self.world.settings.identity, self.draws
        forename, surname = (person[name].to_numpy().astype(object) for name in ("forename", "surname"))
        for other, at in ((identifiers.former_surname, 0), (identifiers.alias, 1)):
            hit = (draws[at] < 0.5) & np.array([name is not None for name in other[self.row]], dtype=np.bool_)
            surname = np.where(hit, other[self.row], surname)
        forename = changed(forename, draws[2] < settings.short_forms, draws[3], short_form)
        rate, origin = self._rate(), self.world.background.origin[self.row]
        abroad = (origin > 1) & (draws[4] < 0.6)
        for part, at in ((forename, 5), (surname, 7)):
            part[:] = changed(part, (draws[at] < rate) & abroad, draws[at + 1], respelt)
            part[:] = changed(part, (draws[at] < rate) & ~abroad, draws[at + 1], mistyped)
        often = np.array([_SWAPPED[name] for name in ORIGINS])[origin if settings.unequal else np.zeros_like(origin)]
        swap = draws[9] < settings.carelessness * often
        forename, surname = np.where(swap, surname, forename), np.where(swap, forename, surname)
        latest = date(self.world.settings.first_index.year - 8, 1, 1)
        born = changed(
            np.array(person["date_of_birth"].to_list(), dtype=object), draws[10] < rate * 0.5, draws[11],
            lambda when, draw: wrong_date(when, draw, latest),
        )  # fmt: skip
        return person.with_columns(
            texts("forename", forename),
            texts("surname", surname),
            pl.Series("date_of_birth", born.tolist(), dtype=pl.Date),
        )

    def homes(self, person: pl.DataFrame) -> pl.DataFrame:
        """Write the last home where the agency does not know of the move, and no home where there is none."""
        settings, draws, habits = self.world.settings.identity, self.draws, _HABITS[self.agency]
        stale = draws[12] < settings.old_postcodes * habits.stale
        written = person["postcode"].is_not_null().to_numpy()
        postcode = np.where(stale & written, former_postcodes(self.world, self.row), person["postcode"].to_numpy())
        if settings.people_a_postcode:
            postcode = np.where(draws[13] < habits.no_postcode, NOTHING, postcode)
        nowhere = self.world.identifiers.no_fixed_abode[self.row] & (draws[13] > 0.2)
        words = np.array(_NO_HOME_WRITTEN, dtype=object)[(draws[14] * len(_NO_HOME_WRITTEN)).astype(np.int64)]
        return person.with_columns(texts("postcode", np.where(nowhere, words, postcode)))

    def numbers(self, person: pl.DataFrame) -> pl.DataFrame:
        """Leave out the shared number where the agency does not hold it, and write some people's on others' records."""
        settings, draws = self.world.settings.identity, self.draws
        held = draws[15] < dict(settings.number_held).get(self.agency, 1.0)
        wrong = draws[9] > 1 - settings.wrong_numbers
        someone = (draws[11] * len(self.world.people)).astype(np.int64)
        relative = self.world.background.relative[self.row]
        whose = np.where((relative >= 0) & (draws[11] < 0.5), relative, someone)
        number = np.where(wrong, self.world.numbers.pnc.gather(whose).to_numpy(), person["pnc_id"].to_numpy())
        return person.with_columns(texts("pnc_id", np.where(held, number, NOTHING)))
