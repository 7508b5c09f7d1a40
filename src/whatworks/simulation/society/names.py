"""Name made-up people: common names put together at random."""

import numpy as np
import polars as pl

from whatworks.simulation.days import Flags, Ints

FORENAMES_FEMALE = (
    "Amelia", "Aisha", "Chloé", "Daniela", "Ebony", "Fatima", "Grace", "Hannah", "Isla", "Jade", "Kelly", "Leanne",
    "Maria", "Naomi", "Olivia", "Priya", "Rachel", "Shanice", "Tara", "Zoë", "Charlotte", "Michelle", "Siobhan",
)  # fmt: skip
FORENAMES_MALE = (
    "Aaron", "Ahmed", "Ben", "Callum", "Daniel", "Dwayne", "Ethan", "Farid", "George", "Hassan", "Ivan", "Jamal",
    "Kevin", "Liam", "Marcus", "Nathan", "Omar", "Patrick", "Ravi", "Sean", "Tyrone", "Vikram", "William", "Yusuf",
    "Adrian", "Christopher", "Darren", "Jonathan", "Matthew", "Stephen",
)  # fmt: skip
SURNAMES = (
    "Adams", "Ahmed", "Ali", "Allen", "Bailey", "Baker", "Begum", "Bennett", "Brown", "Campbell", "Carter", "Chen",
    "Clarke", "Collins", "Cooper", "Davies", "Edwards", "Evans", "Fernandes", "Foster", "García", "Grant", "Green",
    "Hall", "Harris", "Hughes", "Hussain", "Ivanov", "Jackson", "James", "Johnson", "Jones", "Joseph", "Kaur", "Khan",
    "Kelly", "King", "Kowalski", "Lewis", "Lopez", "Martin", "Miah", "Mitchell", "Moore", "Morgan", "Morris", "Murphy",
    "Nguyen", "O'Brien", "Okafor", "Owusu", "Parker", "Patel", "Phillips", "Popescu", "Rahman", "Reid", "Roberts",
    "Robinson", "Scott", "Shah", "Silva", "Singh", "Smith-Jones", "Taylor", "Thomas", "Thompson", "Turner", "Walker",
    "Ward", "Watson", "White", "Williams", "Wilson", "Wood", "Wright", "Young",
)  # fmt: skip


def forenames(draw: Ints, female: Flags) -> pl.Series:
    """Return first names by number: those of women where `female`."""
    names = pl.Series(FORENAMES_FEMALE + FORENAMES_MALE)
    women = len(FORENAMES_FEMALE)
    return names.gather(np.where(female, draw % women, women + draw % len(FORENAMES_MALE)))
