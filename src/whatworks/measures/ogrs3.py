"""Score the risk that a group of offenders is reconvicted (OGRS3), to match like with like and describe case mix.

Howard, Francis, Soothill and Humphreys (2009), OGRS 3: the revised Offender Group Reconviction Scale, Ministry of
Justice Research Summary 7/09. A covariate and a description of groups; never a prediction about a named person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
from whatworks.statistics.arrays import Floats

AGE_BANDS = (10, 12, 14, 16, 18, 21, 25, 30, 35, 40, 50)
"""First age in completed years of each band; the last has no end."""
MALE = (
    0.0, 0.083922902, 0.075775765, -0.061594199, -0.625103618, -1.051515067,
    -1.166679288, -1.325976554, -1.368045933, -1.499690953, -2.025261458,
)  # fmt: skip
FEMALE = (
    -0.785038489, -0.613852078, -0.669521331, -0.959179629, -0.897480934, -1.028488454,
    -1.052777806, -1.129127959, -1.42187494, -1.524652221, -2.44983716,
)  # fmt: skip
OFFENCE = {
    "violence": 0.0,
    "robbery": -0.634795912,
    "public_order": 0.181917975,
    "sexual_child": -0.653434071,
    "soliciting_prostitution": 0.760608858,
    "burglary_domestic": -0.12394352,
    "burglary_other": 0.240604429,
    "theft": 0.661244321,
    "handling": 0.351866973,
    "fraud_forgery": 0.159910192,
    "absconding_bail": 0.733378677,
    "taking_and_driving_away": 0.380059431,
    "theft_from_vehicles": 0.427225615,
    "criminal_damage": 0.204960477,
    "drug_import_export_production": -0.795556373,
    "drug_possession_supply": 0.077165871,
    "other": -0.060667525,
}
FIRST_CONVICTION, REPEAT_CONVICTION = 0.126142106, 0.463062792
COPAS, ONE_YEAR, TWO_YEARS = 1.251124464, 1.402562384, 2.121705678
MOST_PREVIOUS = 50


@dataclass(frozen=True, slots=True)
class Ogrs3Choices:
    """What official programs disagree about, and what is taken here.

    `sexual_not_child` stands as 0.0328 in one program and 0.003276327 in another; the two motoring terms bear each
    other's label in one; one prints the female terms for ages 10-15 positive. `breach_as` is ours: the scale knows no
    group for breach of an order.
    """

    sexual_not_child: Literal["0.0328", "0.003276327"] = "0.0328"
    motoring_swapped: bool = False
    young_female_positive: bool = False
    breach_as: Literal["other", "absconding_bail"] = "other"

    def offence_terms(self) -> dict[str, float]:
        """Return the term of every offence group.

        >>> Ogrs3Choices(motoring_swapped=True).offence_terms()["drink_driving"]
        0.262228428
        """
        drink, other = (0.262228428, -0.121439408) if self.motoring_swapped else (-0.121439408, 0.262228428)
        return {
            **OFFENCE,
            "sexual_not_child": float(self.sexual_not_child),
            "drink_driving": drink,
            "other_motoring": other,
            "breach": OFFENCE[self.breach_as],
        }

    def age_terms(self, sex: Literal["male", "female"]) -> Floats:
        """Return the age terms of one sex, a band each."""
        if sex == "male":
            return np.array(MALE)
        terms = np.array(FEMALE)
        if self.young_female_positive:
            terms[:3] = -terms[:3]
        return terms


def copas(previous: Floats, age_at_conviction: Floats, age_at_first_sanction: Floats) -> Floats:
    """Return the Copas rate: how fast sanctions came, on a log scale. Ages in completed years.

    >>> float(copas(np.array([0.0]), np.array([20.0]), np.array([20.0]))[0]) == float(np.log(0.1))
    True
    """
    years = 10 + np.asarray(age_at_conviction, float) - np.asarray(age_at_first_sanction, float)
    rate: Floats = np.log((1 + np.minimum(np.asarray(previous, float), MOST_PREVIOUS)) / years)
    return rate


def ogrs3(
    sex: Sequence[str | None],
    age_at_conviction: Floats,
    age_at_first_sanction: Floats,
    age_at_follow_up: Floats,
    previous: Floats,
    offence_group: Sequence[str | None],
    choices: Ogrs3Choices | None = None,
) -> tuple[Floats, Floats]:
    """Return each person's score for one and for two years, as proportions; arrays of one length.

    NaN where something is not known, where the sex is neither `male` nor `female`, or below the age of ten.

    >>> one, two = ogrs3(["male"], np.array([20.0]), np.array([20.0]), np.array([20.0]), np.array([0.0]), ["violence"])
    >>> f"{one[0]:.10f} {two[0]:.10f}"
    '0.1216155350 0.2213052114'
    """
    choices = choices or Ogrs3Choices()
    previous = np.asarray(previous, float)
    z = (
        _age_term(sex, np.asarray(age_at_follow_up, float), choices)
        + np.where(np.isnan(previous), np.nan, np.where(previous > 0, REPEAT_CONVICTION, FIRST_CONVICTION))
        + COPAS * copas(previous, age_at_conviction, age_at_first_sanction)
        + _offence_term(offence_group, choices)
    )
    return 1 / (1 + np.exp(-(z + ONE_YEAR))), 1 / (1 + np.exp(-(z + TWO_YEARS)))


def _age_term(sex: Sequence[str | None], age: Floats, choices: Ogrs3Choices) -> Floats:
    band = np.clip(np.searchsorted(np.array(AGE_BANDS), np.nan_to_num(age), side="right") - 1, 0, None)
    people = np.asarray(sex, dtype=object)
    term = np.full(len(age), np.nan)
    for one in ("male", "female"):
        term = np.where(people == one, choices.age_terms(one)[band], term)
    return np.where(age >= AGE_BANDS[0], term, np.nan)


def _offence_term(groups: Sequence[str | None], choices: Ogrs3Choices) -> Floats:
    terms = choices.offence_terms()
    assert set(terms) == set(OFFENCE_GROUPS), "every declared offence group has a term"  # noqa: S101
    return np.array([terms.get(group, np.nan) if group is not None else np.nan for group in groups], dtype=float)
