"""A list's rule: one file, dated and versioned, in words that a member can read; the same in every borough."""

import hashlib
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from whatworks.people.contacts import KINDS
from whatworks.records.hand_written import HandWritten
from whatworks.records.toml_file import load_model
from whatworks.sharing.purposes import purpose_fault

PAGE = "docs/people.md"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "people" / "joint-concern.toml"
"""A whole rule, to begin from."""
Kind = Literal["offence", "custody_spell", "requirement", "need", "participation", "allegation"]
ACCUSATION = "allegation"


class ListRule(HandWritten):
    """Who is proposed for a list: which agencies' contacts count, over how long, at how many agencies, from which age.

    A person needs a contact with the law among those that count (not as a victim, never as somebody cleared), at
    `agencies` agencies or more within `window_months`. `left_out` names agencies whose contacts do not count. A
    borough's variant is another list, with a name and an owner of its own: `variant_of` names the list that it varies.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)
    version: str
    from_date: date = Field(alias="from", description="The day from which this version holds.")
    owner: str = Field(description="The agency that answers for it, by its id.")
    purpose: str = Field(description="What it is kept for: one of the purposes of agreements.")
    lawful_basis: str
    dpia: str = Field(description="Reference of the data protection impact assessment.")
    equality_assessment: str = Field(description="Reference of the equality assessment.")
    kinds: tuple[Kind, ...] = Field(min_length=1)
    window_months: int = Field(ge=1, le=120)
    agencies: int = Field(ge=1, le=20)
    minimum_age: int = Field(ge=10, le=99)
    left_out: tuple[str, ...] = ()
    order: Literal["agencies", "proven", "allegations"] = "agencies"
    variant_of: str | None = None
    review_months: int = Field(ge=1, le=24)
    retain_months: int = Field(ge=1, le=120)

    @model_validator(mode="after")
    def _is_lawful(self) -> Self:
        faults = []
        if self.order == "allegations" or set(self.kinds) == {ACCUSATION}:
            faults.append("a rule may not choose or order people by allegations alone: count another kind, or order "
                          "by agencies or proven")  # fmt: skip
        if fault := purpose_fault(self.purpose):
            faults.append(str(fault))
        if not {*self.kinds} - {"need", "participation"}:
            faults.append(f"kinds has no contact with the law: add one of {', '.join(KINDS[:3])}")
        if self.retain_months < self.review_months:
            faults.append("retain_months is shorter than review_months: a list is reviewed before it ends")
        if self.variant_of == self.name:
            faults.append("variant_of names the list itself: a variant has a name of its own")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def window(self, on: date) -> tuple[date, date]:
        """Return the first and the last day of the window that ends with a day.

        >>> load_rule(EXAMPLE).window(date(2025, 6, 30))
        (datetime.date(2023, 7, 1), datetime.date(2025, 6, 30))
        """
        return months_after(on, -self.window_months) + timedelta(days=1), on

    def sha256(self) -> str:
        """Return the hash of what the rule says, by which two files of one name and version are told apart."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def in_words(self) -> str:
        """Return the rule as a sentence.

        >>> load_rule(EXAMPLE).in_words()
        'at 3 agencies or more within 24 months (offence, custody spell, need), aged 18 or over'
        """
        kinds = ", ".join(kind.replace("_", " ") for kind in self.kinds)
        without = f", contacts of {', '.join(self.left_out)} left out" if self.left_out else ""
        many = "1 agency" if self.agencies == 1 else f"{self.agencies} agencies"
        within = "1 month" if self.window_months == 1 else f"{self.window_months} months"
        return f"at {many} or more within {within} ({kinds}), aged {self.minimum_age} or over{without}"


def load_rule(path: Path) -> ListRule:
    """Return the rule in a file, or refuse it with every fault at once."""
    return load_model(ListRule, path, PAGE)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month; earlier below zero.

    >>> months_after(date(2024, 3, 31), -1), months_after(date(2024, 11, 30), 3)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
