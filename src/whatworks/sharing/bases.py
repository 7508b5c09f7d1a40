"""On what law records are shared: closed lists, and which of them the law allows together.

UK GDPR articles 6, 9 and 10 with the Data Protection Act 2018, sections 10 and 11 and Schedule 1; or Part 3 of that
Act: sections 31, 35, 36 and 42, and Schedule 8.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, choice
from whatworks.sharing.purposes import PURPOSES

REGIMES = ("uk_gdpr", "part_3")
ARTICLE_6 = ("6(1)(a)", "6(1)(b)", "6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(f)")
ARTICLE_9 = ("9(2)(a)", "9(2)(b)", "9(2)(c)", "9(2)(d)", "9(2)(e)", "9(2)(f)", "9(2)(g)", "9(2)(h)", "9(2)(i)",
             "9(2)(j)")  # fmt: skip
ARTICLE_10 = ("official_authority", "schedule_1")
SECTION_35 = ("consent", "task")
SCHEDULE_1: dict[str, tuple[int, int]] = {
    "employment_social_security": (1, 1), "health_or_social_care": (1, 2), "public_health": (1, 3), "research": (1, 4),
    "statutory_purposes": (2, 6), "administration_of_justice": (2, 7), "equality_of_opportunity": (2, 8),
    "preventing_unlawful_acts": (2, 10), "protecting_against_dishonesty": (2, 11), "regulatory_requirements": (2, 12),
    "preventing_fraud": (2, 14), "terrorist_financing": (2, 15), "support_for_disability": (2, 16),
    "counselling": (2, 17), "safeguarding": (2, 18), "economic_well_being": (2, 19),
    "elected_representatives": (2, 23), "informing_about_prisoners": (2, 25),
    "consent": (3, 29), "vital_interests": (3, 30), "public_domain": (3, 32), "legal_claims": (3, 33),
    "judicial_acts": (3, 34), "extended_public_interest": (3, 36),
}  # fmt: skip
"""Conditions of Schedule 1 -> its part and the paragraph."""
SCHEDULE_8 = (
    "statutory_purposes", "administration_of_justice", "vital_interests", "safeguarding", "public_domain",
    "legal_claims", "judicial_acts", "preventing_fraud", "archiving_research",
)  # fmt: skip
NEEDS_SCHEDULE_1: Mapping[str, tuple[str, ...]] = {
    "9(2)(b)": ("employment_social_security",),
    "9(2)(g)": tuple(name for name, (part, _) in SCHEDULE_1.items() if part == 2),
    "9(2)(h)": ("health_or_social_care",),
    "9(2)(i)": ("public_health",),
    "9(2)(j)": ("research",),
}
"""Grounds of article 9 that hold only with one of these conditions (section 10(2) and (3))."""
WITH_POLICY = (*NEEDS_SCHEDULE_1["9(2)(g)"], "employment_social_security", "extended_public_interest")
"""Conditions that are met only with an appropriate policy document (Schedule 1, paragraphs 1, 5 and 36)."""
COMPETENT = ("police", "probation", "prison", "court", "prosecutor", "central")
"""Kinds of agencies that are competent authorities (section 30, Schedule 7)."""
NO_CRIMES = ("organisation", "person", "address", "area", "scheme", "scheme_area", "area_boundary", "area_lookup",
             "camera", "survey_wave", "survey_response", "need", "consent", "family_link", "refuge_service",
             "refuge_referral", "refuge_stay", "briefing")  # fmt: skip
"""Tables in which nobody stands for an offence, alleged or proven; every other one is of article 10 (section 11(2))."""
SPECIAL_FIELDS = ("ethnicity", "religion", "disability", "sexual_orientation", "gender_identity")
SPECIAL_TABLES = ("need",)


@dataclass(frozen=True, slots=True)
class Shared:
    """What rests on a basis: are special categories or offences among it, and do only competent authorities get it?"""

    special: bool = False
    criminal: bool = False
    to_authorities: bool = False


def categories(table: str, fields: Collection[str]) -> tuple[bool, bool]:
    """Return whether fields of a table are of special categories (article 9), and whether of offences (article 10).

    >>> categories("person", ["surname", "ethnicity"]), categories("offence", ["sanction"])
    ((True, False), (False, True))
    """
    return table in SPECIAL_TABLES or any(name in SPECIAL_FIELDS for name in fields), table not in NO_CRIMES


def _listed(words: str, codes: Collection[str], default: Any = None) -> Any:
    return Field(default, description=words, json_schema_extra={"enum": [*codes]})


class Basis(HandWritten):
    """The law on which some parties share for one purpose, under one regime."""

    parties: tuple[str, ...] = Field(min_length=1, description="Parties that rest on it.")
    purpose: str = _listed("The purpose.", PURPOSES, ...)
    regime: str = _listed("`uk_gdpr`, or `part_3` for law enforcement by competent authorities.", REGIMES, ...)
    law: str = Field("", description="The enactment that lays the task down, with its section.")
    article_6: str | None = _listed("`uk_gdpr`: the ground of article 6.", ARTICLE_6)
    article_9: str | None = _listed("`uk_gdpr`: the ground of article 9, for special categories.", ARTICLE_9)
    article_10: str | None = _listed("`uk_gdpr`: by what offences may be processed.", ARTICLE_10)
    schedule_1: tuple[str, ...] = Field((), description=f"Conditions of Schedule 1: {', '.join(SCHEDULE_1)}.")
    section_35: str | None = _listed("`part_3`: consent, or a competent authority's task.", SECTION_35)
    schedule_8: str | None = _listed("`part_3`: the condition for sensitive processing.", SCHEDULE_8)
    policy_document: str = Field("", description="Reference of the appropriate policy document.")
    statutory_function: str = Field("", description="`part_3`: what makes another body competent, section 30(1)(b).")

    @property
    def words(self) -> str:
        """The basis in a line, as a register of agreements shows it."""
        parts = ["UK GDPR", self.article_6, self.article_9, self.article_10 and f"10 ({self.article_10})"]
        if self.regime == "part_3":
            parts = ["DPA 2018 Part 3", self.section_35 and f"s.35 {self.section_35}",
                     self.schedule_8 and f"Sch. 8 {self.schedule_8}"]  # fmt: skip
        parts += [f"Sch. 1 para {SCHEDULE_1[name][1]}" for name in self.schedule_1 if name in SCHEDULE_1]
        return ", ".join(part for part in (*parts, self.law) if part)


def listing_faults(basis: Basis) -> Iterator[Fault]:
    """Yield what is on none of the closed lists, with what was perhaps meant."""
    lists = {"regime": REGIMES, "article_6": ARTICLE_6, "article_9": ARTICLE_9, "article_10": ARTICLE_10,
             "section_35": SECTION_35, "schedule_8": SCHEDULE_8, "schedule_1": tuple(SCHEDULE_1)}  # fmt: skip
    for name, codes in lists.items():
        value = getattr(basis, name)
        for each in value if isinstance(value, tuple) else (value,) if value is not None else ():
            if each not in codes:
                yield Fault("is not on the list", choice(each, codes), field=name, value=each)


def law_faults(basis: Basis, kinds: Mapping[str, str], shared: Shared) -> Iterator[Fault]:
    """Yield each combination that the law does not allow, with the remedy; `kinds` are the parties' kinds of agency.

    >>> fair = Basis(parties=("council",), purpose="resettlement", regime="uk_gdpr", article_6="6(1)(f)")
    >>> [fault.field for fault in law_faults(fair, {"council": "council"}, Shared(criminal=True))]
    ['article_6', 'article_10']
    """
    own = {"uk_gdpr": ("article_6", "article_9", "article_10", "schedule_1"),
           "part_3": ("section_35", "schedule_8", "statutory_function")}  # fmt: skip
    for regime, keys in own.items():
        for key in keys if regime != basis.regime else ():
            if getattr(basis, key):
                yield Fault(f"belongs to {regime}, not to {basis.regime}", f"take {key} out", field=key)
    yield from (_part_3 if basis.regime == "part_3" else _uk_gdpr)(basis, kinds, shared)


def _uk_gdpr(basis: Basis, kinds: Mapping[str, str], shared: Shared) -> Iterator[Fault]:
    public = sorted(party for party in basis.parties if kinds.get(party) not in (None, "voluntary"))
    enforcing = PURPOSES[basis.purpose].law_enforcement
    collected = [party for party in basis.parties if kinds.get(party) in COMPETENT] if not enforcing else []
    if basis.article_6 is None:
        yield Fault("is missing", "name the ground of article 6, as 6(1)(e)", field="article_6")
    elif basis.article_6 == "6(1)(f)" and public:
        problem = f"legitimate interests are no ground for a public authority's tasks ({', '.join(public)})"
        yield Fault(problem, "use 6(1)(e) with the law that lays the task down", field="article_6", value="6(1)(f)")
    elif basis.article_6 == "6(1)(a)" and public and enforcing:
        problem = f"consent is not freely given to an authority that enforces ({', '.join(public)})"
        yield Fault(problem, "use 6(1)(e) with the law that lays the task down", field="article_6", value="6(1)(a)")
    if basis.article_6 in ("6(1)(c)", "6(1)(e)") and not basis.law:
        yield Fault("is missing", f"name the law that lays the task or duty of {basis.article_6} down", field="law")
    elif collected and not basis.law:
        problem = f"what {', '.join(collected)} hold for law enforcement is used for another purpose"
        yield Fault(problem, "name the law that authorises it (section 36(4))", field="law")
    yield from _special(basis, shared.special)
    yield from _criminal(basis, kinds, shared.criminal)
    needing = [name for name in basis.schedule_1 if name in WITH_POLICY]
    if shared.to_authorities and needing == ["preventing_unlawful_acts"]:
        needing = []  # paragraph 10(2): disclosure to a competent authority needs none
    if needing and not basis.policy_document:
        problem = f"is missing: {', '.join(needing)} of Schedule 1 holds only with an appropriate policy document"
        yield Fault(problem, "give the reference of the policy document", field="policy_document")


def _special(basis: Basis, shared: bool) -> Iterator[Fault]:
    if basis.article_9 is None and shared:
        remedy = "name its ground, as 9(2)(g), or share no field of special categories"
        yield Fault("is missing: special categories are shared", remedy, field="article_9")
    needed = NEEDS_SCHEDULE_1.get(basis.article_9 or "", ())
    if needed and not set(needed) & set(basis.schedule_1):
        parts = "Part 2" if basis.article_9 == "9(2)(g)" else "Part 1"
        problem = f"{basis.article_9} holds only with a condition of Schedule 1, {parts}"
        yield Fault(f"{problem}; none is named", choice("", needed), field="schedule_1")


def _criminal(basis: Basis, kinds: Mapping[str, str], shared: bool) -> Iterator[Fault]:
    without = [party for party in basis.parties if kinds.get(party) not in (None, *COMPETENT)]
    if basis.article_10 is None and shared:
        remedy = (
            "give `schedule_1` and its condition, or `official_authority` for one that has it, or share no offences"
        )
        yield Fault("is missing: data of offences are shared (article 10, section 10(5))", remedy, field="article_10")
    elif basis.article_10 == "schedule_1" and not basis.schedule_1:
        remedy = choice("", tuple(SCHEDULE_1), "name one of Schedule 1 Part 1, 2 or 3:")
        yield Fault("no condition of Schedule 1 is named (section 10(5))", remedy, field="schedule_1")
    elif basis.article_10 == "official_authority" and without:
        problem = f"{', '.join(without)} have no official authority over data of offences"
        yield Fault(problem, "use `schedule_1` with its condition", field="article_10", value=basis.article_10)


def _part_3(basis: Basis, kinds: Mapping[str, str], shared: Shared) -> Iterator[Fault]:
    others = [party for party in basis.parties if kinds.get(party) not in (None, *COMPETENT)]
    if others and not basis.statutory_function:
        remedy = "use uk_gdpr for it, or name its `statutory_function` of law enforcement (section 30(1)(b))"
        yield Fault(f"{', '.join(others)} is not a competent authority", remedy, field="parties")
    if not PURPOSES[basis.purpose].law_enforcement:
        problem = "is not a purpose of law enforcement (section 31)"
        yield Fault(problem, "use uk_gdpr for it (section 36(4))", field="purpose", value=basis.purpose)
    if basis.section_35 is None:
        yield Fault("is missing", "say `task`, or `consent`", field="section_35")
    if not basis.law:
        yield Fault("is missing: section 35(2) asks for a basis in law", "name the law", field="law")
    if shared.special and basis.section_35 == "task" and basis.schedule_8 is None:
        problem = "is missing: sensitive processing is shared, strictly necessary under a condition of Schedule 8"
        yield Fault(problem, choice("", SCHEDULE_8), field="schedule_8")
    if shared.special and not basis.policy_document:
        problem = "is missing: sensitive processing asks for an appropriate policy document (section 42)"
        yield Fault(problem, "give its reference, or share no sensitive field", field="policy_document")
