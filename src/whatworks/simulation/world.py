"""Put a made-up partnership together in memory: its people, what they did, what is true, what agencies write down."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from whatworks.simulation.agencies.link_errors import LinkErrors, make_link_errors
from whatworks.simulation.agencies.numbering import FOUND, Numbers, known_to, make_numbers, missing_numbers
from whatworks.simulation.days import NEVER, Days, Flags, Ints, age, dates, only
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.background import Background, make_background
from whatworks.simulation.society.homes import Homes, make_homes, without_moves_before
from whatworks.simulation.society.identifiers import Identifiers, make_identifiers
from whatworks.simulation.society.needs import Assessments, helped, made, make_assessments, recorded_needs
from whatworks.simulation.society.offending import BASE_RATE, Offences, make_offences
from whatworks.simulation.society.people import People, make_people
from whatworks.simulation.society.places import SCHEME_BOROUGHS, borough_codes
from whatworks.simulation.society.scheme import (
    Known,
    Participations,
    known_at_release,
    make_participations,
    referral_chance,
    referred,
)
from whatworks.simulation.society.sentencing import Sentences, make_sentences
from whatworks.simulation.society.two_lives import Life, hazard_ratio, life_with, life_without
from whatworks.simulation.truth import truth


@dataclass(frozen=True)
class World:
    """A made-up partnership, or the part of it that begins with person `people.first`.

    `usual` is everyone's life without the scheme, `life` what happened. `index` is each person's index day, the first
    release from a sentence in the window. `joined` says who was referred. `fails` says whose records the shared number
    does not join.
    """

    settings: SimulationSettings
    seed: int
    people: People
    homes: Homes
    offences: Offences
    sentences: Sentences
    usual: Life
    life: Life
    index: Days
    known: Known
    joined: Flags
    assessments: Assessments
    known_to: dict[str, Flags]
    fails: Ints
    background: Background

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers by which agencies know people."""
        return make_numbers(self.people, self.fails, self.seed)

    @cached_property
    def identifiers(self) -> Identifiers:
        """What would identify people if it were written down rightly."""
        return make_identifiers(self.people, self.background, self.seed, self.settings.identity)

    @cached_property
    def link_errors(self) -> LinkErrors:
        """Whose records are written so that they join wrongly."""
        homeless = self.identifiers.no_fixed_abode
        return make_link_errors(self.people, self.known_to, self.joined, homeless, self.seed, self.settings)

    @cached_property
    def participations(self) -> Participations:
        """What became of those who were referred."""
        return make_participations(
            self.people, self.homes, self.index, self.joined, self.life, self.seed, self.settings
        )

    @cached_property
    def truth(self) -> pl.DataFrame:
        """One row for everyone with an index day: who they are, and each outcome in both lives.

        `y_...` is what happened, `y0_...` what happens without the scheme and `y1_...` with it (null for those who did
        not take part). Outcomes stand even where the records do not reach so far.
        """
        window = truth.Window.of(self.index, self.index < NEVER)
        person, joined = window.person, self.joined[window.person]
        without, happened = (
            truth.outcomes(
                window, self.offences, self.sentences, life, self.settings.not_counted, self.settings.windows
            )
            for life in (self.usual, self.life)
        )
        with_it = {name: only(column, joined) for name, column in happened.items()}
        boroughs = self.homes.borough_on(person, window.start)
        return pl.DataFrame(
            {
                "person": self.people.number[person],
                "pnc_id": self.numbers.pnc.gather(person),
                **{
                    f"{agency}_person_id": only(self.numbers.of[agency].gather(person), known[person])
                    for agency, known in self.known_to.items()
                },
                "participant": joined,
                "index_date": dates(window.start),
                "borough": pl.Series(borough_codes()).gather(boroughs),
                "scheme_borough": np.isin(boroughs, SCHEME_BOROUGHS),
                "age": age(self.people.born[person], window.start),
                "sanctions": self.known.sanctions[person],
                "custodial_sentences": self.known.sentences[person],
                "need_count": self.known.need_count()[person],
                "referral_chance": referral_chance(self.known)[person],
                "hazard_ratio": hazard_ratio(self.people, self.index, self.settings)[person],
                "linkable": self.fails[person] == FOUND,
                **{f"y_{name}": column for name, column in happened.items()},
                **{f"y0_{name}": column for name, column in without.items()},
                **{f"y1_{name}": column for name, column in with_it.items()},
            }
        )

    @cached_property
    def identities(self) -> pl.DataFrame:
        """Who each agency's record is: organisation_id, person_id, and the true number `person`."""
        return pl.concat(
            pl.DataFrame(
                {
                    "organisation_id": [agency] * int(known.sum()),
                    "person_id": self.numbers.of[agency].filter(pl.Series(known)),
                    "person": self.people.number[known],
                }
            )
            for agency, known in self.known_to.items()
        )

    def effect(self, outcome: str) -> dict[str, float]:
        """Return the true average effect on all participants: `people`, `with`, `without`, `effect`."""
        return truth.average(self.truth, outcome)


def world(people: int, seed: int, settings: SimulationSettings | None = None, first: int = 0) -> World:
    """Make up a partnership of `people` people known to agencies; the same seed gives the same world.

    >>> made_up = world(2_000, seed=1)
    >>> made_up.effect("proven_reoffending_1y")["effect"] < 0
    True
    """
    settings = settings or SimulationSettings()
    who = make_people(people, seed, settings, BASE_RATE, first)
    who, background = make_background(who, seed, settings.identity)
    homes = background.together(make_homes(who, seed, settings))
    offences = make_offences(who, homes, seed, settings)
    sentences = make_sentences(who, offences, seed)
    usual, index = life_without(who, offences, sentences, settings)
    homes = without_moves_before(homes, index)
    return _with_scheme(who, background, homes, offences, sentences, usual, index, seed, settings)


def _with_scheme(
    who: People,
    background: Background,
    homes: Homes,
    offences: Offences,
    sentences: Sentences,
    usual: Life,
    index: Days,
    seed: int,
    settings: SimulationSettings,
) -> World:
    known_to_whom = known_to(who, offences, sentences, usual, seed, settings)
    might = make_assessments(who, offences, sentences, known_to_whom, seed, settings)
    known = known_at_release(
        who, offences, sentences, usual, recorded_needs(made(might, offences, sentences, usual.committed), index), index
    )
    joined = referred(who, homes, index, known, seed, settings)
    life = life_with(who, offences, sentences, settings, index, joined)
    window = truth.Window.of(index, index < NEVER)
    proven = truth.outcomes(window, offences, sentences, life, settings.not_counted, (12,))["proven_reoffending_1y"]
    reoffends = np.zeros(len(who), dtype=np.bool_)
    reoffends[window.person] = proven.to_numpy() > 0
    return World(
        settings=settings,
        seed=seed,
        people=who,
        homes=homes,
        offences=offences,
        sentences=sentences,
        usual=usual,
        life=life,
        index=index,
        known=known,
        joined=joined,
        assessments=helped(made(might, offences, sentences, life.committed), index, joined, seed, who.first),
        known_to=known_to(who, offences, sentences, life, seed, settings),
        fails=missing_numbers(who, reoffends, seed, settings),
        background=background,
    )
