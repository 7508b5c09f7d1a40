"""Rulings: by hand for what a data protection officer asks, and against a reading of agreements by brute force."""

from datetime import date, timedelta
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_agreements import AGREEMENT, KINDS

from whatworks.records.partnership import Partnership
from whatworks.records.tables.codes import TIERS
from whatworks.sharing.agreement import EXAMPLES, Agreement, load_agreement, read_agreements
from whatworks.sharing.may import MISSING, Request, may
from whatworks.sharing.selection import People, set_faults, sets_of

REQUESTS = [
    (
        "listed person",
        "probation",
        "person",
        ["surname"],
        [("police", "list:prolific")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        True,
        (),
    ),
    (
        "child of the scheme",
        "council",
        "person",
        ["surname"],
        [("police", "scheme:mentors + area:E09000007 + under_18")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("selection",),
    ),
    (
        "somebody else",
        "probation",
        "person",
        ["surname"],
        [("police", "")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("selection",),
    ),
    (
        "field not granted",
        "probation",
        "person",
        ["date_of_birth"],
        [("police", "list:prolific")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("field",),
    ),
    (
        "another purpose",
        "probation",
        "person",
        ["surname"],
        [("police", "list:prolific")],
        "victim_support",
        "2025-06-30",
        "official-sensitive",
        False,
        ("purpose",),
    ),
    (
        "the other way round",
        "police",
        "person",
        ["surname"],
        [("probation", "list:prolific")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("party",),
    ),
    (
        "the day after",
        "probation",
        "person",
        ["surname"],
        [("police", "list:prolific")],
        "offender_management",
        "2027-01-01",
        "official-sensitive",
        False,
        ("expired",),
    ),
    (
        "the day before",
        "probation",
        "offence",
        ["offence_group"],
        [("police", "")],
        "offender_management",
        "2024-12-31",
        "official-sensitive",
        False,
        ("not_begun",),
    ),
    (
        "own records",
        "police",
        "person",
        ["date_of_birth"],
        [("police", "")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        True,
        (),
    ),
    (
        "nobody selected",
        "probation",
        "person",
        ["surname"],
        [],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("selection",),
    ),
    (
        "two givers, one not",
        "probation",
        "person",
        ["surname"],
        [("police", "list:prolific"), ("health", "list:prolific")],
        "offender_management",
        "2025-06-30",
        "official-sensitive",
        False,
        ("party",),
    ),
]


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    path = tmp_path_factory.mktemp("sharing") / "a.toml"
    path.write_text(AGREEMENT, "utf-8")
    return load_agreement(path, KINDS)


@pytest.mark.parametrize(
    ("name", "organisation", "table", "fields", "people", "purpose", "on", "tier", "allowed", "missing"),
    REQUESTS,
    ids=[each[0] for each in REQUESTS],
)
def test_a_request(
    agreement: Agreement, name: str, organisation: str, table: str, fields: list[str], people: list[tuple[str, str]],
    purpose: str, on: str, tier: str, allowed: bool, missing: tuple[str, ...],
) -> None:  # fmt: skip
    selection = People({(giver, sets_of(sets)): frozenset() for giver, sets in people})
    request = Request(organisation, table, tuple(fields), selection, purpose, date.fromisoformat(on), tier)  # type: ignore[arg-type]
    ruling = may([agreement], request)
    assert (ruling.allowed, ruling.missing) == (allowed, missing), ruling.says
    if allowed and organisation != people[0][0]:
        assert ruling.clause in ruling.says
        assert ruling.clause.startswith("MAOM-1 clause 4.")
    if not allowed:
        assert ruling.says.startswith(f"Refused. The nearest is {ruling.clause}: ")


ORGANISATIONS, PURPOSES = ("police", "probation", "council"), ("offender_management", "resettlement")
FIELDS = {"person": ("forename", "surname"), "briefing": ("official", "secret")}
HANDLING = {"forename": 1, "surname": 1, "official": 0, "secret": 2}
SETS = ("list:a", "adult", "under_18")
STANDINGS = [frozenset(each) for each in chain.from_iterable(combinations(SETS, size) for size in range(4))]
FIRST = date(2025, 1, 1)


@st.composite
def some_agreements(draw: st.DrawFn) -> tuple[Agreement, ...]:
    def one(reference: str) -> Agreement:
        table = draw(st.sampled_from(["person", *FIELDS]))
        starts = draw(st.integers(0, 1))
        names = st.lists(st.sampled_from(ORGANISATIONS), min_size=1, max_size=2, unique=True)
        clauses = [
            {
                "number": str(number), "gives": draw(names), "receives": draw(names),
                "purpose": draw(st.sampled_from([PURPOSES[0], *PURPOSES])), "table": table, "retain_days": 1,
                "fields": draw(st.lists(st.sampled_from(FIELDS[table]), min_size=1, max_size=2, unique=True)),
                "whose": draw(st.lists(st.sampled_from(["everybody", "list:a", "adult", "list:a + under_18"]),
                                       min_size=1, max_size=2)),
            }
            for number in range(draw(st.integers(1, 2)))
        ]  # fmt: skip
        content = {
            "reference": reference, "title": "Made up", "parties": ORGANISATIONS, "basis": [], "clause": clauses,
            "starts_on": FIRST + timedelta(starts), "review_on": FIRST + timedelta(9),
            "ends_on": FIRST + timedelta(starts + draw(st.integers(0, 3))),
            "beside": [other for other in ("A", "B", "C") if other != reference and draw(st.integers(0, 3)) == 0],
        }  # fmt: skip
        return Agreement.model_validate(content)

    return tuple(one(reference) for reference in ("A", "B", "C")[: draw(st.integers(0, 3))])


@st.composite
def some_cases(draw: st.DrawFn) -> tuple[tuple[Agreement, ...], Request]:
    """Return agreements, and a request that lies near a clause of one of them: most of it is as the clause has it."""
    agreements = draw(some_agreements())
    agreement = draw(st.sampled_from(agreements or (None,)))
    clause = draw(st.sampled_from(agreement.clause)) if agreement else None

    def near(known: object, others: st.SearchStrategy[object]) -> object:
        return known if clause is not None and draw(st.integers(0, 5)) else draw(others)

    table = near(clause and clause.table, st.sampled_from(sorted(FIELDS)))
    giver = st.sampled_from(clause.gives if clause else ORGANISATIONS)
    groups = draw(
        st.lists(st.tuples(giver, st.sampled_from(STANDINGS)), min_size=draw(st.integers(0, 9)) > 0, max_size=2)
    )
    fields = draw(st.lists(st.sampled_from(FIELDS[str(table)]), min_size=1, max_size=2, unique=True))
    first, last = (agreement.starts_on, agreement.ends_on) if agreement else (FIRST, FIRST)
    request = Request(
        near(clause and draw(st.sampled_from(clause.receives)), st.sampled_from([None, *ORGANISATIONS])), table,
        tuple(fields), People({group: frozenset() for group in groups}),
        near(clause and clause.purpose, st.sampled_from(PURPOSES)),
        draw(st.sampled_from([first, last, first - timedelta(1), last + timedelta(1)])),
        draw(st.sampled_from(["secret", "secret", *TIERS])),
    )  # fmt: skip
    return agreements, request


def written_out(agreement: Agreement) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return every single sight that an agreement permits, and everything that it speaks of, each day by itself."""
    sights, speech = set(), set()
    days = [agreement.starts_on + timedelta(n) for n in range((agreement.ends_on - agreement.starts_on).days + 1)]
    for clause in agreement.clause:
        readers = {(giver, reader) for giver in clause.gives for reader in clause.receives}
        readers |= {(giver, giver) for giver in clause.gives}
        for (giver, reader), day in product(readers, days):
            speech.add((giver, reader, clause.purpose, clause.table, day))
            for standing, field in product(STANDINGS, clause.fields):
                for text in clause.whose:
                    if text == "everybody" or all(part in standing for part in text.split(" + ")):
                        sights.add((giver, reader, clause.purpose, clause.table, day, standing, field))
    return sights, speech


def by_brute_force(agreements: tuple[Agreement, ...], request: Request) -> bool:
    """Read every agreement out in full, and look each field of each person up."""
    books = {agreement.reference: (agreement, *written_out(agreement)) for agreement in agreements}
    if not request.selection.groups:
        return False
    for (giver, standing), field in product(request.selection.groups, request.fields):
        if HANDLING[field] > TIERS.index(request.tier):
            return False
        if HANDLING[field] < 2 and request.organisation in (None, giver):
            continue
        about = (giver, request.organisation, request.purpose, request.table, request.on)
        sight = (*about, standing, field)
        yes = {name for name, (_, sights, _) in books.items() if sight in sights}
        no = {name for name, (_, _, speech) in books.items() if about in speech} - yes
        beside = {(name, other) for name, (agreement, _, _) in books.items() for other in agreement.beside}
        if not any(all((a, b) in beside or (b, a) in beside for b in no) for a in yes):
            return False
    return True


@settings(max_examples=500)
@given(some_cases())
def test_a_ruling_is_what_reading_every_agreement_out_in_full_gives(
    case: tuple[tuple[Agreement, ...], Request],
) -> None:
    agreements, request = case
    ruling = may(agreements, request)
    assert ruling.allowed == by_brute_force(agreements, request)
    assert set(ruling.missing) <= set(MISSING) and bool(ruling.missing) != ruling.allowed
    if agreements and not ruling.allowed:
        assert ruling.clause is not None


@given(some_cases(), st.data())
def test_less_is_asked_and_more_is_not_refused(
    case: tuple[tuple[Agreement, ...], Request], data: st.DataObject
) -> None:
    """Whoever may see fields of people may see one of them, of one of those people."""
    agreements, request = case
    ruling = may(agreements, request)
    if ruling.allowed:
        group = data.draw(st.sampled_from(sorted(request.selection.groups, key=str)))
        field = data.draw(st.sampled_from(request.fields))
        less = Request(request.organisation, request.table, (field,), People({group: frozenset()}), request.purpose,
                       request.on, request.tier)  # fmt: skip
        assert may(agreements, less).allowed


def test_of_two_agreements_that_differ_the_narrower_rules_and_it_is_said(agreement: Agreement) -> None:
    narrow = agreement.model_copy(update={"reference": "N-1", "clause": (
        agreement.clause[0].model_copy(update={"fields": ("surname",), "whose": ("list:prolific + adult",)}),
    )})  # fmt: skip
    both = [agreement, narrow]

    def ask(field: str, sets: str, among: list[Agreement]) -> object:
        people = People.named("police", sets)
        return may(among, Request("probation", "person", (field,), people, "offender_management", date(2025, 6, 30)))

    assert ask("surname", "list:prolific + adult", both).allowed
    for field, sets in (("forename", "list:prolific + adult"), ("surname", "list:prolific")):
        assert ask(field, sets, [agreement]).allowed
        refused = ask(field, sets, both)
        assert (refused.allowed, refused.missing) == (False, ("narrower",))
        assert "the narrower rules" in refused.says and "`beside`" in refused.says
        aside = narrow.model_copy(update={"beside": ("MAOM-1",)})
        assert ask(field, sets, [agreement, aside]).allowed
        assert ask(field, sets, [agreement.model_copy(update={"beside": ("N-1",)}), narrow]).allowed


def test_a_permission_says_that_its_agreement_is_overdue_for_review(agreement: Agreement) -> None:
    request = Request("probation", "person", ("surname",), People.named("police", "list:prolific"),
                      "offender_management", date(2026, 3, 1))  # fmt: skip
    assert "overdue for review since 2025-12-31" in may([agreement], request).says


def test_secret_always_needs_an_agreement() -> None:
    people = People.named("police", "")
    for organisation in ("police", None):
        asked = Request(organisation, "briefing", ("secret",), people, "offender_management", FIRST, "secret")
        assert not may([], asked).allowed
        assert may([], Request(organisation, "briefing", ("official",), people, "research", FIRST)).allowed
    briefing = load_agreement(EXAMPLES / "tiered_briefing.toml", KINDS)
    own = Request("police", "briefing", ("secret",), people, "counter_terrorism_oversight", FIRST, "secret")
    assert may([briefing], own).clause == "BRIEF-2025 clause 2.3"


@pytest.mark.parametrize("text", ["", "+", "scheme:GATE +", "+ adult", "  "])
def test_a_set_of_people_with_an_empty_part_names_nobody_and_never_everybody(text: str) -> None:
    assert [fault.problem for fault in set_faults(text, "whose")] == ["names nobody in a part of it"]


def test_an_agencys_own_records_rest_on_no_clause_of_an_agreement_that_it_is_in(agreed: Partnership) -> None:
    asked = Request(
        "police",
        "person",
        ("surname",),
        People.named("police", "scheme:GATE"),
        "offender_management",
        date(2025, 6, 30),
    )
    ruling = may(read_agreements(agreed), asked)
    assert (ruling.allowed, ruling.clause) == (True, None)
