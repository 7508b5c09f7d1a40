"""A protected address and a full one, a case above one's tier and one that is not there: refused alike."""

from datetime import date
from typing import Any

import pytest

from casework.made_up_team import LATER, OPENED, OPENING, add, do, reads_as, team
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

HOME = {"case": "1", "kind": "home"}


@pytest.fixture
def store() -> DuckDBStore:
    """P1 and P2 are kept apart by a condition; House 6 is full."""
    made = team()
    do(made, "open", **OPENING)
    do(made, "open", **OPENING | {"person": "probation:P2"})
    do(made, "forbid", case="1", protected_person_id="probation:P2", kind="victim")
    return made


def refused(store: DuckDBStore, verb: str, **values: Any) -> tuple[str, int]:
    """Return what a refusal says, and how many entries the journal has after it."""
    with pytest.raises(Refused) as caught:
        do(store, verb, LATER, **values)
    return str(caught.value), StoreBook(store).head().count


def offer(store: DuckDBStore, site: str, case: str = "1") -> tuple[str, int]:
    return refused(store, "offer", case=case, kind="home", site=f"council:{site}")


def offered(store: DuckDBStore, case: str, site: str) -> str:
    return str(do(store, "offer", OPENED, case=case, kind="home", site=f"council:{site}").number)


def test_a_protected_site_and_a_full_one_cannot_be_told_apart(store: DuckDBStore) -> None:
    offered(store, "2", "House 4")
    assert offer(store, "House 4") == offer(store, "House 6") == offer(store, "House 9")


def test_the_protected_person_is_not_offered_the_place_of_the_other_either(store: DuckDBStore) -> None:
    offered(store, "1", "House 5")
    assert offer(store, "House 5", "2") == offer(store, "House 6", "2")


@pytest.mark.parametrize("where", ["person", "address"])
def test_the_protected_persons_own_address_is_refused_by_its_postcode(store: DuckDBStore, where: str) -> None:
    if where == "person":
        store.change("UPDATE person SET postcode = 'zz99zz' WHERE person_id = 'P2'")
    else:
        add(store, "address", {"address_id": "A1", "person_id": "P2", "postcode": "ZZ9 9zz"})
    assert offer(store, "House 4") == offer(store, "House 6")
    store.change("UPDATE person SET postcode = 'ZZ1 2AA'")
    store.change("UPDATE address SET to_date = '2025-01-01'")
    offered(store, "1", "House 4")


def test_a_condition_counts_for_whoever_links_say_is_the_same_person(store: DuckDBStore) -> None:
    offered(store, "2", "House 4")
    do(store, "lift", LATER, number="3")
    add(store, "no_contact", {"organisation_id": "council", "condition_id": "X", "person_id": "C1",
                              "protected_person_id": "C2", "kind": "co_defendant", "from_date": OPENED})  # fmt: skip
    add(store, "person", {"organisation_id": "council", "person_id": "C2"})
    add(store, "identity", {"organisation_id": "council", "person_id": "C2", "linked_id": "b", "method": "made up",
                            "probability": 1.0})  # fmt: skip
    assert offer(store, "House 4") == offer(store, "House 6")


def test_a_lifted_condition_and_a_placement_that_ended_bar_no_more(store: DuckDBStore) -> None:
    number = offered(store, "2", "House 4")
    do(store, "settle-in", OPENED, number=number)
    do(store, "move-out", OPENED, number=number)
    assert do(store, "offer", LATER, site="council:House 4", **HOME).number
    again = offered(store, "2", "House 5")
    do(store, "turn-down", LATER, number=again)
    do(store, "lift", date(2025, 2, 1), number="3")


def test_an_offer_is_looked_at_again_when_it_is_taken_up(store: DuckDBStore) -> None:
    mine = offered(store, "1", "House 4")
    store.change("UPDATE person SET postcode = 'ZZ9 9ZZ' WHERE person_id = 'P2'")
    protected = refused(store, "settle-in", number=mine)
    store.change("UPDATE person SET postcode = 'ZZ1 2AA' WHERE person_id = 'P2'")
    store.change("UPDATE placement_site SET places = 0")
    assert protected == refused(store, "settle-in", number=mine)
    store.change("UPDATE placement_site SET places = 1")
    do(store, "settle-in", LATER, number=mine)
    assert offer(store, "House 4", "2")[0].count("cannot be offered") == 1


def test_only_who_is_cleared_to_secret_is_told_why(store: DuckDBStore) -> None:
    offered(store, "2", "House 4")
    reads_as(store, None, "secret")
    assert "a no-contact condition" in offer(store, "House 4")[0]
    assert "0 of 0 places" in offer(store, "House 6")[0]


@pytest.mark.parametrize(
    ("verb", "number", "more"),
    [
        ("need", "case", {"pathway": "health", "level": "low"}),
        ("review", "case", {"review_on": date(2026, 1, 1)}),
        ("close", "case", {}),
        ("meet", "number", {"met_by": "Dr"}),
        ("correct", "number", {"what": "need", "set_to": ["level=low"]}),
        ("accept", "handover", {}),
    ],
)
def test_a_case_above_ones_tier_is_refused_like_one_that_is_not_there(
    store: DuckDBStore, verb: str, number: str, more: dict[str, Any]
) -> None:
    """And so are its needs, and a transfer of it."""
    reads_as(store, None, "secret")
    case = do(store, "open", **OPENING | {"person": "probation:P3", "tier": "secret"}).number
    own = {"case": case, "number": do(store, "need", case=str(case), pathway="drugs_alcohol", level="low").number,
           "handover": do(store, "transfer", case=str(case), to_organisation="mind").number}  # fmt: skip
    reads_as(store, None)
    there, entries = refused(store, verb, **{number: str(own[number])}, **more)
    absent, same = refused(store, verb, **{number: "99"}, **more)
    assert (there.replace(f'"{own[number]}"', '"99"'), entries) == (absent, same)


def test_a_secret_case_does_not_show_by_the_refusal_of_a_second(store: DuckDBStore) -> None:
    reads_as(store, None, "secret")
    do(store, "open", **OPENING | {"person": "probation:P3", "tier": "secret"})
    reads_as(store, None)
    assert do(store, "open", **OPENING | {"person": "probation:P3"}).number


def test_an_agency_works_with_cases_of_its_own_alone(store: DuckDBStore) -> None:
    reads_as(store, "mind")
    assert "is not one that you work with" in refused(store, "contact", case="1", how="phone", outcome="kept")[0]
    reads_as(store, None)
    do(store, "action", case="1", action="call", due_on=LATER, owner_organisation="mind")
    reads_as(store, "mind")
    assert do(store, "contact", case="1", how="phone", outcome="kept").number
