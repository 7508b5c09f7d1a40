"""Who meets a rule: contacts in their role, agencies over the links, nobody for being a victim."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_people import AGENCIES, AS_AT, add, contact, custody, know, made_up, need, offence, rule, victim

from whatworks.linkage.records_and_pairs import read_records
from whatworks.people import contacts, load_rule, meeting
from whatworks.people.contacts import KINDS
from whatworks.people.impact import impact
from whatworks.people.joinings import Joinings
from whatworks.people.meeting import check_meeting, counted_people
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused

DAY = AS_AT - timedelta(days=100)


def test_three_agencies_within_the_window_are_needed() -> None:
    """Three agencies' contacts propose a person; two, or one of three before the window, do not."""
    store = made_up(["a", "b", "c"])
    for person in "abc":
        offence(store, person, DAY)
        need(store, person, DAY)
    custody(store, "a", DAY)
    custody(store, "c", date(2023, 6, 30))
    met = meeting(store, rule(), AS_AT)
    assert met["person_id"].to_list() == ["cou-a"] and met["standing"].to_list() == ["linked"]
    assert met.select("agencies", "agencies_mean", "agencies_low", "agencies_high").row(0) == (3, 3.0, 3.0, 3.0)
    custody(store, "c", date(2023, 7, 1))
    assert meeting(store, rule(), AS_AT)["linked_id"].to_list() == ["L-a", "L-c"]


def test_a_person_whose_only_contacts_are_as_victim_is_never_proposed() -> None:
    """Nor one whom only services know, at however many agencies; who is both is marked."""
    store = made_up(["v", "w", "o"])
    for agency in AGENCIES:
        victim(store, "v", DAY, agency)
        need(store, "w", DAY, agency)
        victim(store, "o", DAY, agency)
    offence(store, "o", DAY), need(store, "o", DAY), custody(store, "o", DAY)
    met = meeting(store, rule(), AS_AT)
    assert met.select("linked_id", "also_victim").rows() == [("L-o", True)]
    frame = contacts(store, ["offence"], date(2025, 1, 1), AS_AT)
    assert frame.group_by("role").len().sort("role").rows() == [("suspect", 1), ("victim", 10)]


def test_acquitted_no_crime_and_withdrawn_are_left_out_and_can_be_counted() -> None:
    """The police's record of the acquitted case falls with it; what was proven of it stays."""
    store = made_up(["a"])
    for ref, more in (("R1", {"result": "acquitted"}), ("R2", {"reason": "no_crime"}), ("R3", {})):
        contact(store, "allegation", "a", "police", seriousness="serious", recorded_on=DAY, offence_ref=ref, **more)
        offence(store, "a", DAY, offence_ref=ref)
    found = contacts(store, ["offence", "allegation"], DAY, AS_AT)
    roles = found.group_by("kind", "role").len().sort("kind", "role").rows()
    assert roles == [("allegation", "cleared", 2), ("allegation", "suspect", 1), ("offence", "cleared", 2),
                     ("offence", "suspect", 1)]  # fmt: skip
    assert found.filter(role="suspect")["event"].unique().to_list() == ["R3"]


def test_what_lasts_counts_within_the_window_and_is_weighed_by_a_named_edition() -> None:
    store = made_up(["a"])
    contact(store, "requirement", "a", "probation", kind="supervision", from_date=date(2020, 1, 1))
    offence(store, "a", DAY, offence_group="robbery", sanctioned_on=AS_AT + timedelta(days=1), sanction="conviction")
    found = contacts(store, KINDS, DAY, AS_AT, "example").sort("kind")
    assert found["contact_on"].to_list() == [DAY, DAY] and found["seriousness"].to_list() == [10_000, None]
    assert found["proven"].to_list() == [False, None], "what is proven later was not known on the day"
    assert contacts(store, KINDS, DAY, AS_AT)["seriousness"].null_count() == 2


def test_cumulative_impact_is_two_columns_that_are_never_summed() -> None:
    """Of four cases one is proven (whoever reports it), two are alleged, one acquitted; 100, 40 + 5 and nothing."""
    store = made_up(["a", "b"])
    offence(store, "a", DAY, offence_ref="R1", offence_group="robbery")
    offence(store, "a", DAY, "probation", offence_ref="R1", offence_group="robbery", sanction="conviction",
            sanctioned_on=DAY)  # fmt: skip
    offence(store, "a", DAY, offence_ref="R2", offence_group="violence")
    alleged = {"seriousness": "serious", "recorded_on": DAY}
    contact(store, "allegation", "a", "police", offence_ref="R2", offence_group="violence", **alleged)
    contact(store, "allegation", "a", "police", offence_ref="R3", offence_group="public_order", **alleged)
    contact(store, "allegation", "a", "police", offence_ref="R4", result="acquitted", **alleged)
    victim(store, "a", DAY), offence(store, "b", DAY)
    found = impact(store, rule(), AS_AT, "example", ["L-a"])
    assert found.rows() == [("L-a", 1, 100.0, 2, 45.0, 1)]
    assert "sum" not in " ".join(found.columns) and "total" not in " ".join(found.columns)


def test_age_is_asked_on_the_day_and_a_missing_one_is_told() -> None:
    """Eighteen today is in, tomorrow is not; without a date of birth the mark is null, never a guess."""
    store = made_up()
    for person, born in (("in", date(2007, 6, 30)), ("out", date(2007, 7, 1)), ("none", None)):
        know(store, person, born)
        offence(store, person, DAY), need(store, person, DAY), custody(store, person, DAY)
    met = meeting(store, rule(), AS_AT)
    assert met.select("linked_id", "under_18").rows() == [("L-in", False), ("L-none", None)]
    met = meeting(store, rule(minimum_age=10), AS_AT)
    assert met.filter(linked_id="L-out")["under_18"].to_list() == [True]
    store.change("UPDATE person SET died_on = ? WHERE person_id = 'pol-in'", [DAY])
    assert meeting(store, rule(), AS_AT)["linked_id"].to_list() == ["L-none"]


def joined(store: Store, draws: list[set[str]]) -> Joinings:
    """Return links of the five records of `a`: sure for three, the health record at a joining of .3 alone, and draws
    in which the named agencies' records are one person's and each other stands for itself."""
    records = read_records(store)
    agencies = [records.organisations[code] for code in records.organisation]

    def of(together: set[str]) -> Any:
        first = min(at for at, agency in enumerate(agencies) if agency in together)
        return np.array([first if agency in together else at for at, agency in enumerate(agencies)], dtype=np.int32)

    sure = {"police", "council", "prison"}
    return Joinings(
        records, np.array(["L-a" if agency in sure else f"L-{agency}" for agency in agencies], dtype=object), of(sure),
        of(sure), of(sure | {"health"}), tuple(of(draw) for draw in draws),
    )  # fmt: skip


def test_agencies_carry_the_links_probability_and_possible_people_are_neither_in_nor_out() -> None:
    """Three draws of four agencies and one of two: mean 3.5. Asked for four agencies the person is possible, for three
    linked; the health record that may be the same person's has no contact with the law, and is no row of its own."""
    store = made_up(["a"])
    offence(store, "a", DAY), custody(store, "a", DAY), need(store, "a", DAY), need(store, "a", DAY, "health")
    four = {"police", "council", "prison", "health"}
    links = joined(store, [four, four, four, {"police", "prison"}])
    met = meeting(store, rule(), AS_AT, links)
    assert met.select("agencies", "agencies_mean", "standing").row(0) == (3, 3.5, "linked")
    low, high = (float(np.percentile([4, 4, 4, 2], at)) for at in (2.5, 97.5))
    assert met.select("agencies_low", "agencies_high").row(0) == (low, high)
    met = meeting(store, rule(agencies=4), AS_AT, links)
    assert met.select("linked_id", "agencies", "standing").rows() == [("L-a", 3, "possible")]
    assert meeting(store, rule(agencies=5), AS_AT, links).is_empty()
    met = meeting(store, rule(agencies=1, kinds=["offence"]), AS_AT, links)
    assert met["standing"].to_list() == ["one_agency"]


def test_a_rule_that_nobody_or_everybody_meets_is_said_with_the_remedy() -> None:
    store = made_up(["a", "b"])
    offence(store, "a", DAY), offence(store, "b", DAY)
    for changed, words in (({}, "nobody meets"), ({"agencies": 1}, r"everybody .*2 people")):
        own = rule(**changed)
        with pytest.raises(Refused, match=words) as refused:
            check_meeting(own, meeting(store, own, AS_AT), counted_people(store, own, AS_AT))
        assert "agencies" in refused.value.faults[0].remedy


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"order": "allegations"}, "by allegations alone"),
        ({"kinds": ["allegation"]}, "by allegations alone"),
        ({"kinds": ["need", "participation"]}, "no contact with the law"),
        ({"retain_months": 3}, "shorter than review_months"),
        ({"dpia": " "}, "is empty"),
        ({"variant_of": "joint-concern"}, "names the list itself"),
        ({"kinds": ["ofence"]}, "kinds"),
        ({"agencies": True}, "agencies"),
    ],
)
def test_a_rule_that_the_law_does_not_allow_is_refused(changed: dict[str, Any], words: str, tmp_path: Path) -> None:
    from whatworks.people.rule import EXAMPLE

    text = EXAMPLE.read_text()
    for key, value in changed.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{key} =")]
        shown = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
        text = "\n".join([*lines, f"{key} = {shown}"])
    (tmp_path / "rule.toml").write_text(text)
    with pytest.raises(Refused, match=words):
        load_rule(tmp_path / "rule.toml")


@pytest.mark.parametrize("key", ["dpia", "equality_assessment", "owner", "purpose", "lawful_basis", "review_months"])
def test_no_rule_is_without_its_grounds(key: str, tmp_path: Path) -> None:
    from whatworks.people.rule import EXAMPLE

    (tmp_path / "r.toml").write_text("\n".join(x for x in EXAMPLE.read_text().splitlines() if not x.startswith(key)))
    with pytest.raises(Refused, match=key):
        load_rule(tmp_path / "r.toml")


MADE: dict[str, Any] = {"offence": offence, "need": need, "custody_spell": custody, "victim": victim}
ROW = st.tuples(
    st.sampled_from(["offence", "need", "custody_spell", "victim", "incident"]),
    st.sampled_from("abc"),
    st.sampled_from(AGENCIES),
    st.integers(0, 900),
)


@pytest.fixture(scope="module")
def three() -> Store:
    return made_up("abc")


@settings(max_examples=25)
@given(rows=st.lists(ROW, min_size=3, max_size=24), order=st.sampled_from(["agencies", "proven"]))
def test_no_victim_contact_moves_an_entry_a_number_or_the_order(
    three: Store, rows: list[tuple[Any, ...]], order: str
) -> None:
    """With and without all contacts as victim the rows are the same but for the mark; victims alone are never there."""
    for table in ("offence", "need", "custody_spell", "victim", "incident", "incident_person"):
        three.change(f"DELETE FROM {table}")
    for at, (kind, person, agency, ago) in enumerate(rows):
        day = AS_AT - timedelta(days=ago)
        if kind == "incident":
            add(three, "incident", organisation_id=agency, incident_id=f"i{at}", kind="assault", from_time=day)
            add(three, "incident_person", organisation_id=agency, incident_id=f"i{at}", role="victim",
                person_id=f"{agency[:3]}-{person}")  # fmt: skip
        else:
            MADE[kind](three, person, day, agency)
    own = rule(order=order, agencies=2)
    both = meeting(three, own, AS_AT)
    three.change("DELETE FROM victim"), three.change("DELETE FROM incident_person")
    without = meeting(three, own, AS_AT)
    assert both.drop("also_victim").equals(without.drop("also_victim")) and not without["also_victim"].any()
    lawful = {f"L-{person}" for kind, person, *_ in rows if kind in ("offence", "custody_spell")}
    assert set(both["linked_id"]) <= lawful
