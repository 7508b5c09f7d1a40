"""Choose how hard it is to tell from agencies' records who is who; everything is off by default."""

from collections.abc import Iterator
from dataclasses import dataclass

from whatworks.records.refusal import Fault, Refused

AGENCIES = ("police", "probation", "prison", "court", "council", "health")
GROUPS = (
    "male", "female", "under_25", "no_fixed_abode", "white", "black", "asian", "mixed", "other", "not_stated",
)  # fmt: skip
"""Groups of people whose link error can be set: sex, age at the first index day, home, ethnicity as it is."""
_SHARES = (
    "old_postcodes", "no_fixed_abode", "twins", "sons", "siblings", "partners", "changed_surnames", "aliases",
    "short_forms", "wrong_numbers", "co_defendants", "wrong_references", "link_error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """How alike people are, and how badly agencies write down who they are.

    Shares are of people unless said otherwise. `origins` draws names by origin instead of from one short list;
    `people_a_postcode` says how many live at one (0: a whole ward). `twins`, `sons` (of a father of the same name),
    `siblings` and `partners` are shares of people who live with such a relative. `old_postcodes` is the share of
    records of the average agency that still hold the last home. `changed_surnames` is a share of women; half their
    records hold the earlier name. An alias stands in half of its bearer's records, a short form in a share of the
    records of those whose name has one. `carelessness` multiplies the assumed rates of mistakes in names and birth
    dates, which are higher for names foreign to the clerk; `unequal = False` makes them the same for all.
    `wrong_numbers` is a share of records with another person's number. `co_defendants` is a share of cases that stand
    under the reference of another person's case, a relative's where there is one, and `wrong_references` a share of the
    offences in an agency's records that bear the reference of another one there. `number_held` says in which share of
    its records an agency holds the shared number (all that it knows, where not named).

    `link_error` is the share of people whose records will hardly join by anything: two fifths are told apart in two at
    the police, two fifths go by another person's details everywhere but there, one fifth are at the police under
    details that are nobody's. `link_error_treated` is the share among those referred to the scheme (None: the same),
    `link_error_of` among groups of GROUPS; the largest that applies counts.

    >>> IdentitySettings().hard, IdentitySettings.realistic().sons
    (False, 0.004)
    """

    origins: bool = False
    people_a_postcode: int = 0
    old_postcodes: float = 0.0
    no_fixed_abode: float = 0.0
    twins: float = 0.0
    sons: float = 0.0
    siblings: float = 0.0
    partners: float = 0.0
    changed_surnames: float = 0.0
    aliases: float = 0.0
    short_forms: float = 0.0
    carelessness: float = 0.0
    unequal: bool = True
    wrong_numbers: float = 0.0
    co_defendants: float = 0.0
    wrong_references: float = 0.0
    number_held: tuple[tuple[str, float], ...] = ()
    link_error: float = 0.0
    link_error_treated: float | None = None
    link_error_of: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        faults = [
            Fault("must lie between 0 and 1", "give a share, such as 0.1", field=field, value=str(share))
            for field, share in self._named_shares()
            if not 0 <= share <= 1
        ]
        faults += _unknown("number_held", self.number_held, AGENCIES, "an agency of the made-up partnership")
        faults += _unknown("link_error_of", self.link_error_of, GROUPS, "a group of its people")
        faults += [
            Fault("must lie between 0 and 500", "use 0 (one a ward) to 500", field=field, value=str(value))
            for field, value in (("people_a_postcode", self.people_a_postcode), ("carelessness", self.carelessness))
            if not 0 <= value <= 500
        ]
        if faults:
            raise Refused(faults)

    def _named_shares(self) -> Iterator[tuple[str, float]]:
        yield from ((name, getattr(self, name)) for name in _SHARES)
        yield "link_error_treated", self.link_error_treated or 0.0
        for field in ("number_held", "link_error_of"):
            yield from ((f"{field}.{name}", share) for name, share in getattr(self, field))

    @property
    def hard(self) -> bool:
        """Whether anything differs from the plain partnership."""
        return self != PLAIN

    @property
    def any_link_error(self) -> bool:
        """Whether anybody's records are to be joined wrongly."""
        return any(
            share > 0 for share in (self.link_error, self.link_error_treated or 0, *dict(self.link_error_of).values())
        )

    @classmethod
    def realistic(cls) -> "IdentitySettings":
        """Return everything but link errors at levels that are assumed, not estimated (docs/simulation.md)."""
        return cls(
            origins=True,
            people_a_postcode=12,
            old_postcodes=0.25,
            no_fixed_abode=0.06,
            twins=0.004,
            sons=0.004,
            siblings=0.02,
            partners=0.01,
            changed_surnames=0.16,
            aliases=0.03,
            short_forms=0.1,
            carelessness=1.0,
            wrong_numbers=0.0005,
            co_defendants=0.08,
            wrong_references=0.005,
            number_held=(
                ("police", 0.97), ("probation", 0.90), ("prison", 0.92), ("court", 0.45), ("council", 0.0),
                ("health", 0.0),
            ),
        )  # fmt: skip


def _unknown(field: str, given: tuple[tuple[str, float], ...], known: tuple[str, ...], what: str) -> list[Fault]:
    return [
        Fault(f"is not {what}", f"use one of {', '.join(known)}", field=field, value=name)
        for name, _ in given
        if name not in known
    ]


PLAIN = IdentitySettings()
"""Everybody has a name of one short list, a ward has one postcode, and agencies know who is who."""
