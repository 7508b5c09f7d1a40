"""Say how two records are compared: levels of agreement, of which the first that holds counts."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class AgreementLevel:
    """How far two records agree."""

    words: str
    """What a person reads: `same date of birth`."""
    condition: str
    """SQL over the columns of both records, those of the first named `..._l` and those of the second `..._r`."""
    frequency: str | None = None
    """A column that is equal in both records here, whose value counts for more the fewer records hold it."""
    usual: float = 0.01
    """How often records of one person come to this level where the data cannot teach it: the first guess of m."""
    beside_reference: Literal["speaks", "silent", "differs"] = "speaks"
    """Of a name or a birth: whether it lets a reference count that both records stand under, or forbids it."""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """What is compared, and its levels, from the most alike; the last holds where no other does."""

    name: str
    what: str
    """What is compared, as a person calls it."""
    missing: str
    """SQL that tells whether there is nothing to compare."""
    levels: tuple[AgreementLevel, ...]
    identifies: bool = False
    """Whether it compares a number given to one person only, of which chance makes no two equal."""

    def case(self) -> str:
        """Return SQL for the level: 0 where something is missing, then 1 for the first level, 2 for the second.

        >>> levels = (AgreementLevel("same sex", "sex_l = sex_r"), otherwise("other sex"))
        >>> FieldComparison("sex", "sex", absent("sex"), levels).case()
        'CASE WHEN sex_l IS NULL OR sex_r IS NULL THEN 0 WHEN sex_l = sex_r THEN 1 ELSE 2 END'
        """
        conditions = [self.missing, *(level.condition for level in self.levels[:-1])]
        cases = " ".join(f"WHEN {condition} THEN {place}" for place, condition in enumerate(conditions))
        return f"CASE {cases} ELSE {len(self.levels)} END"


def otherwise(words: str, usual: float = 0.01) -> AgreementLevel:
    """Return the last level of a comparison, which holds where no other does."""
    return AgreementLevel(words, "ELSE", usual=usual, beside_reference="differs")


def absent(*columns: str) -> str:
    """Return SQL that tells whether a column is empty in either record.

    >>> absent("sex")
    'sex_l IS NULL OR sex_r IS NULL'
    """
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in ("l", "r"))


def number_comparison(column: str, words: str) -> FieldComparison:
    """Return the comparison of a number that is given to one person only.

    >>> [level.words for level in number_comparison("pnc", "PNC number").levels]
    ['same PNC number', 'PNC numbers one slip apart', 'other PNC number']
    """
    return FieldComparison(
        column,
        words,
        absent(column),
        (
            AgreementLevel(f"same {words}", f"{column}_l = {column}_r", usual=0.97),
            AgreementLevel(f"{words}s one slip apart", f"damerau_levenshtein({column}_l, {column}_r) <= 1", usual=0.02),
            otherwise(f"other {words}", usual=0.01),
        ),
        identifies=True,
    )
