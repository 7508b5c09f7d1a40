"""Lists that the law allows: each row of the commissioner's notice is a behaviour, tried on a list of a few people."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_up_people import AGENCIES, AS_AT, add, custody, know, made_up, need, offence, rule, victim
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.people.register import people_of
from whatworks.people.rule import EXAMPLE, ListRule
from whatworks.people.tables import LISTS, PEOPLE
from whatworks.people.verbs import VERBS
from whatworks.places.gangs_register import GANGS
from whatworks.records.audit.journal import DEED
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.partnership import Partnership, PartnershipConfig
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Ledger
from whatworks.records.register.person_list import GROUNDS
from whatworks.records.register.verb import Done, perform
from whatworks.sharing.selection import resolve

DAY, LATER = AS_AT - timedelta(days=50), date(2026, 2, 1)
REVIEW, END = date(2025, 12, 1), date(2027, 6, 1)


HERE = Partnership(Path("no such folder"), PartnershipConfig(name="Town", as_at=AS_AT))


def do(store: Store, verb: str, on: date = AS_AT, why: str = "due", **values: Any) -> Done:
    (chosen,) = (each for each in VERBS if each.name == verb)
    return perform(chosen, PEOPLE, store, Author("A. Officer", on, why), values, here=HERE)


def file(folder: Path, own: ListRule) -> Path:
    """Write a rule as its owner would."""
    values = own.model_dump(by_alias=True, exclude_none=True)
    lines = []
    for key, value in values.items():
        shown = value.isoformat() if isinstance(value, date) else str(list(value)) if isinstance(value, tuple) else None
        lines.append(f"{key} = {shown or (value if isinstance(value, int) else repr(value))}")
    path = folder / f"{own.name}-{own.version}-{own.owner}.toml"
    path.write_text("\n".join(lines).replace("'", '"'))
    return path


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Store]:
    """Anna and the child Ben meet the rule of 16 and over, Vera is a victim alone, Otto known to the police alone."""
    store = made_up(["anna", "vera", "otto"])
    know(store, "ben", date(2008, 6, 1))
    PEOPLE.make_ready(store)
    for person in ("anna", "ben"):
        offence(store, person, DAY), need(store, person, DAY), custody(store, person, DAY)
    victim(store, "anna", DAY)
    for agency in AGENCIES:
        victim(store, "vera", DAY, agency)
    offence(store, "otto", DAY)
    yield store


def listed(store: Store, folder: Path) -> None:
    """Propose and enter everybody who is proposed."""
    do(store, "propose", rule=file(folder, rule(minimum_age=16)))
    for row in PEOPLE.rows(store, "entry", "state = 'proposed'"):
        do(store, "enter", number=row["id"], review_on=REVIEW, retain_until=END)


def test_victims_and_offenders_are_told_apart(town: Store, tmp_path: Path) -> None:
    """A victim alone is never proposed; that somebody is a victim too is seen for safeguarding, and else nowhere."""
    listed(town, tmp_path)
    assert {row["person"] for row in PEOPLE.rows(town, "entry")} == {"cou-anna", "cou-ben"}
    seen = {purpose: do(town, "list", name="joint-concern", purpose=purpose).says
            for purpose in ("safeguarding_adults", "offender_management")}  # fmt: skip
    assert [line.count("also a victim") for line in seen["safeguarding_adults"].splitlines()] == [0, 1, 0]
    assert "victim" not in seen["offender_management"]
    assert "victim" not in str(PEOPLE.rows(town, "entry"))


def test_one_versioned_rule_and_its_version_on_every_entry(town: Store, tmp_path: Path) -> None:
    """Another rule under the same version is refused; a new version is taken, and stands on what is entered by it."""
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    do(town, "enter", number=1, review_on=REVIEW, retain_until=END)
    with pytest.raises(Refused, match="give it a new version"):
        do(town, "propose", rule=file(tmp_path, rule(minimum_age=16, agencies=2)))
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16, agencies=2, version="2")))
    do(town, "enter", number=2, review_on=REVIEW, retain_until=END)
    assert [row["rule_version"] for row in LISTS.entered(town, PEOPLE, 1)] == ["1", "2"]
    assert PEOPLE.row(town, "list", 1)["version"] == "2"


def test_a_boroughs_variant_is_another_list_with_its_own_owner(town: Store, tmp_path: Path) -> None:
    variant = rule(name="north", agencies=2, variant_of="joint-concern")
    with pytest.raises(Refused, match="is not an open list"):
        do(town, "propose", rule=file(tmp_path, variant))
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    with pytest.raises(Refused, match="has the same owner"):
        do(town, "propose", rule=file(tmp_path, variant))
    do(town, "propose", rule=file(tmp_path, variant.model_copy(update={"owner": "council"})))
    assert [row["owner"] for row in PEOPLE.rows(town, "list")] == ["probation", "council"]


def test_a_removed_person_leaves_a_tombstone_without_identity(town: Store, tmp_path: Path) -> None:
    """Declined or removed, nothing in any table of the register says whom; that it was, when and why, does."""
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    do(town, "enter", number=1, review_on=REVIEW, retain_until=END, why="Anna Example of Station Road")
    with pytest.raises(Refused, match="names the person"):
        do(town, "remove", number=1, reason="exit_rule", why="CNCL no. COU-ANNA left")
    town.change("UPDATE person SET surname = 'Marsh' WHERE person_id = 'cou-ben'")
    with pytest.raises(Refused, match="names the person"):
        do(town, "decline", number=2, why="Mr Marsh moved")
    do(town, "decline", number=2, why="moved to Marshfield")
    do(town, "remove", number=1, reason="exit_rule")
    text = " ".join(str(PEOPLE.rows(town, table)) for table in ("list", "entry", "change"))
    for trace in ("anna", "Anna", "ben", "L-anna", "Station Road"):
        assert trace not in text
    gone, declined = PEOPLE.rows(town, "entry")
    assert (gone["state"], gone["leave_reason"], gone["entered_on"], gone["removed_on"]) == (
        "removed", "exit_rule", AS_AT, AS_AT)  # fmt: skip
    assert declined["state"] == "declined" and PEOPLE.history(town, "entry", 1)[-1]["why"] == "due"
    with pytest.raises(Refused, match="is not listed, but removed"):
        do(town, "remove", number=1, reason="other")


def test_no_entry_without_a_review_and_an_end_within_what_the_rule_allows(town: Store, tmp_path: Path) -> None:
    """Both are asked for; the rule allows six and twenty-four months."""
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    (enter,) = (verb for verb in VERBS if verb.name == "enter")
    assert {each.name for each in enter.options if each.required} >= {"review_on", "retain_until"}
    for dates in ((date(2026, 1, 1), END), (REVIEW, date(2027, 7, 1)), (AS_AT, END), (REVIEW, date(2025, 11, 1))):
        with pytest.raises(Refused):
            do(town, "enter", number=1, review_on=dates[0], retain_until=dates[1])
    do(town, "enter", number=1, review_on=date(2025, 12, 30), retain_until=date(2027, 6, 30))


def test_overdue_entries_come_first_stay_counted_and_are_not_acted_on(town: Store, tmp_path: Path) -> None:
    listed(town, tmp_path)
    do(town, "propose", date(2025, 11, 1), rule=file(tmp_path, rule(minimum_age=16)), review_on=date(2026, 3, 1))
    do(town, "review", date(2025, 11, 1), number=1, review_on=date(2026, 4, 1))
    lines = do(town, "list", LATER, name="joint-concern", purpose="offender_management").says.splitlines()
    assert "2 listed" in lines[0] and "OVERDUE FOR REVIEW since 2025-12-01" in lines[1] and "OVERDUE" not in lines[2]
    assert people_of(town, PEOPLE, "joint-concern", LATER) == (("council", PEOPLE.row(town, "entry", 1)["person"]),)
    do(town, "review", LATER, number=2, review_on=date(2026, 6, 1))
    assert len(people_of(town, PEOPLE, "joint-concern", LATER)) == 2
    with pytest.raises(Refused, match=r"overdue for review.*propose lists/joint-concern.toml"):
        people_of(town, PEOPLE, "joint-concern", date(2026, 3, 2))
    with pytest.raises(Refused, match="overdue"):
        do(town, "propose", date(2026, 3, 2), rule=file(tmp_path, rule(minimum_age=16)))


def test_a_release_of_a_list_holds_whoever_is_on_it_and_not_overdue(town: Store, tmp_path: Path) -> None:
    """By the register, through any linked record; and by lists that agencies sent, on the days that they say."""
    listed(town, tmp_path)
    add(town, "list_entry", organisation_id="prison", list_entry_id="1", list_name="old", person_id="pri-otto",
        entered_on=DAY, left_on=AS_AT)  # fmt: skip

    def on_it(name: str, day: date) -> list[str]:
        return [person for _, person in resolve(town, "police", f"list:{name}", day).pairs()]

    assert on_it("joint-concern", REVIEW) == ["pol-anna", "pol-ben"] and on_it("joint-concern", LATER) == []
    assert [on_it("old", day) for day in (DAY, AS_AT)] == [["pol-otto"], []]
    do(town, "remove", number=1, reason="moved")
    assert len(on_it("joint-concern", REVIEW)) == 1


@pytest.mark.parametrize("ledger", [PEOPLE, GANGS])
def test_what_tells_of_a_person_on_a_list_is_official_sensitive(ledger: Ledger) -> None:
    """Every column of an entry, but for whose list and which edition of the rule it is by."""
    (table,) = (kind for kind in ledger.tables.values() if "person" in kind.columns())
    plain = {"source_id", "source_line", "last_line", "id", "rule_version", "list_id", "group_id"}
    columns = table.columns()
    official = {name for name, kind in columns.items() if (kind.metadata or {}).get("handling") == "official"}
    assert official <= plain and (columns["person"].metadata or {})["identifying"]


@pytest.mark.parametrize("ground", GROUNDS)
def test_no_list_opens_without_its_assessments_and_grounds(ground: str) -> None:
    store = made_up()
    PEOPLE.make_ready(store)
    values = dict.fromkeys((*GROUNDS, "name", "rule", "rule_sha256"), "x") | {ground: " "}
    with pytest.raises(Refused, match="no list is opened without it"):
        LISTS.open(store, PEOPLE, Author("A", AS_AT), review_on=REVIEW, retain_until=END, **values)


def test_children_are_marked_at_every_step(town: Store, tmp_path: Path) -> None:
    said = [do(town, "propose", rule=file(tmp_path, rule(minimum_age=16))).says]
    (child,) = PEOPLE.rows(town, "entry", "under_18 = 'yes'")
    dates = {"review_on": REVIEW, "retain_until": END}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("list", {"name": "joint-concern", "purpose": "offender_management"}),
        ("enter", {"number": child["id"], **dates}),
        ("review", {"number": child["id"], "review_on": REVIEW + timedelta(1)}),
        ("list", {"name": "joint-concern", "purpose": "offender_management"}),
        ("remove", {"number": child["id"], "reason": "moved"}),
    ]
    said += [do(town, verb, **values).says for verb, values in steps]
    assert ["1 under 18" in said[0], *("UNDER 18" in each for each in said[1:])] == [True] * 6
    assert "1 entries, 0 under 18" not in do(town, "list").says
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    (child,) = PEOPLE.rows(town, "entry", "under_18 = 'yes' AND state = 'proposed'")
    assert "UNDER 18" in do(town, "decline", number=child["id"]).says


def test_every_look_is_kept_with_its_purpose_and_reason(town: Store, tmp_path: Path) -> None:
    listed(town, tmp_path)
    for lacking in ({"purpose": None}, {"why": ""}):
        with pytest.raises(Refused, match=r"purpose|why"):
            do(town, "list", **{"name": "joint-concern", "purpose": "safeguarding_adults", **lacking})
    do(town, "list", name="joint-concern", purpose="safeguarding_adults", why="Tuesday's panel")
    for purpose, words in (("law_enforcement", "names a regime"), (None, "purpose")):
        with pytest.raises(Refused, match=words):
            do(town, "list", name="joint-concern", purpose=purpose)
    shown = do(town, "list", name="joint-concern", purpose="research", edition="example")
    assert "proven 0 (weight 0); alleged, not proven 1" in shown.says and len(shown.people) == 2
    deeds = [entry.payload for entry in StoreBook(town).entries(DEED)]
    assert [(deed["act"], len(deed["people"])) for deed in deeds][-2:] == [("consulted", 2)] * 2
    looks = [row for row in PEOPLE.history(town, "list", 1) if row["field"] == "consulted"]
    assert [(row["after"], row["why"]) for row in looks] == [
        ("safeguarding_adults", "Tuesday's panel"),
        ("research", "due"),
    ]


def test_a_person_merged_or_split_while_listed_is_kept_shown_and_decided(town: Store, tmp_path: Path) -> None:
    """A record joins Anna, one of Ben's parts from him: both stay listed, are shown so, and a person decides."""
    listed(town, tmp_path)
    town.change("UPDATE identity SET linked_id = 'L-anna' WHERE person_id = 'pol-otto'")
    town.change("UPDATE identity SET linked_id = 'L-new' WHERE person_id = 'hea-ben'")
    lines = do(town, "list", name="joint-concern", purpose="offender_management").says.splitlines()
    assert "LINKS CHANGED: 1 records joined the person" in lines[1]
    assert "LINKS CHANGED: 1 records were parted from the person" in lines[2]
    with pytest.raises(Refused, match="links have changed since entry"):
        do(town, "review", number=1, review_on=REVIEW)
    do(town, "review", number=1, review_on=REVIEW, links="same")
    assert (
        "LINKS CHANGED"
        not in do(town, "list", name="joint-concern", purpose="offender_management").says.splitlines()[1]
    )
    town.change("UPDATE identity SET linked_id = 'L-anna' WHERE linked_id = 'L-ben'")
    assert (
        do(town, "list", name="joint-concern", purpose="offender_management").says.count(
            "another entry is about the same person"
        )
        == 2
    )


def test_possible_people_are_entered_only_after_a_person_looked(town: Store, tmp_path: Path) -> None:
    do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
    town.change("UPDATE people_entry SET standing = 'possible' WHERE id = 1")
    with pytest.raises(Refused, match="--links same, or decline"):
        do(town, "enter", number=1, review_on=REVIEW, retain_until=END)
    do(town, "enter", number=1, review_on=REVIEW, retain_until=END, links="same")


def test_who_is_listed_is_not_proposed_again_and_what_is_undecided_is_made_anew(town: Store, tmp_path: Path) -> None:
    path = file(tmp_path, rule(minimum_age=16))
    do(town, "propose", rule=path)
    do(town, "enter", number=1, review_on=REVIEW, retain_until=END)
    assert "1 proposed" in do(town, "propose", rule=path).says
    assert [row["state"] for row in PEOPLE.rows(town, "entry")] == ["listed", "proposed"]


def test_bad_rules_are_named_with_the_remedy_all_at_once(town: Store, tmp_path: Path) -> None:
    bad = rule(owner="probatoin", left_out=["helth"], **{"from": date(2025, 7, 1)})
    with pytest.raises(Refused) as refused:
        do(town, "propose", rule=file(tmp_path, bad))
    assert [fault.field for fault in refused.value.faults] == ["from", "owner", "left_out"]
    assert "did you mean 'probation'" in refused.value.faults[1].remedy
    with pytest.raises(Refused, match="nobody meets the rule"):
        do(town, "propose", rule=file(tmp_path, rule(agencies=5)))
    with pytest.raises(Refused, match="did you mean 'joint-concern'"):
        do(town, "propose", rule=file(tmp_path, rule(minimum_age=16)))
        do(town, "list", name="joint-concerns", purpose="offender_management")


def test_the_commands_of_lists_work_in_a_partnership(tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(build(), list(words))

    assert run("init", str(tmp_path / "p"), "--name", "Town").exit_code == 0
    here = ["--partnership", str(tmp_path / "p"), "--by", "A. Officer"]
    refused = run("people", "propose", str(EXAMPLE), *here)
    assert refused.exit_code and "is not an agency" in str(refused.exception)
    assert "None is open." in run("people", "list", *here).output


def test_any_person_removed_leaves_nothing_identifying(tmp_path: Path) -> None:
    """A dozen people with numbers of all kinds, removed and declined by turns: none of their values is left."""
    numbers = ["A1", "X999999", "98/12345J", "O'Neil", "7", "ß-3", "J. S.", "00012", "L-1", "p%", "née", "Q-Q"]
    store = made_up()
    PEOPLE.make_ready(store)
    for person in numbers:
        know(store, f"<{person}>")
        offence(store, f"<{person}>", DAY), need(store, f"<{person}>", DAY), custody(store, f"<{person}>", DAY)
    know(store, "other"), offence(store, "other", DAY)
    do(store, "propose", rule=file(tmp_path, rule()))
    for at, row in enumerate(PEOPLE.rows(store, "entry")):
        if at % 2:
            do(store, "decline", number=row["id"])
        else:
            do(store, "enter", number=row["id"], review_on=REVIEW, retain_until=END)
            do(store, "review", number=row["id"], review_on=REVIEW - timedelta(1))
            do(store, "remove", number=row["id"], reason="died")
    text = " ".join(str(PEOPLE.rows(store, table)) for table in ("entry", "change"))
    assert not [person for person in numbers if f"<{person}>" in text]
    columns = PEOPLE.tables["people_entry"].columns()
    identifying = [name for name, column in columns.items() if (column.metadata or {}).get("identifying")]
    assert all(row[name] is None for row in PEOPLE.rows(store, "entry") for name in identifying) and identifying
