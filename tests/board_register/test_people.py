"""Recognition shows its reason, merges are proposals until accepted, and every merge can be taken back."""

import datetime as dt
from typing import Any

import pytest

from whatworks.board.register import Author, entities, members, roots
from whatworks.board.register.ledger import rows
from whatworks.board.register.merging import accept, merge, part, reject, split
from whatworks.board.register.office import holders
from whatworks.records.refusal import Refused

DAY = dt.date(2022, 4, 1)
WHO = Author("C. Clerk", DAY, "the clerk knows them")


def names(connection: Any, kind: str = "person") -> set[str]:
    return {one.name for one in entities(connection, kind)}


def test_forms_of_a_forename_are_proposed_and_not_merged(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    assert put(made_up.march()).proposals == 1
    assert {"Stephen Sample", "Steve Sample"} <= names(connection)
    [proposal] = rows(connection, "merge")
    assert (proposal["state"], proposal["kept_id"], proposal["merged_id"]) == ("proposed", 2, 4)
    assert "Steve Sample" in proposal["reason"]


def test_a_short_name_in_brackets_is_the_bodys(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    assert {"Northmoor Police", "Health", "Northmoor Safety Board"} == names(connection, "organisation")
    reasons = {row["reason"] for row in rows(connection, "name", "printed = 'NP'")}
    assert "in brackets after 'Northmoor Police (NP)'" in reasons


def test_a_known_short_name_says_so(connection: Any, put: Any, made_up: Any) -> None:
    people = (made_up.person("Eli Mock", 5, organisation="Met"), made_up.person("Fay Mock", 6, organisation="MPS"))
    put(made_up.minutes(dt.date(2021, 6, 7), people=people))
    [body] = [one for one in entities(connection, "organisation") if one.name == "Metropolitan Police Service"]
    assert [row["reason"] for row in body.names] == [
        "'Met' is a known name of 'Metropolitan Police Service'",
        "'MPS' is a known name of 'Metropolitan Police Service'",
    ]


def test_merge_and_split_end_where_they_began(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    before = entities(connection, "person")
    accept(connection, 1, WHO)
    assert roots(connection, "person")[4] == 2
    assert "Steve Sample" not in names(connection)
    assert [seat.person for seat in members(connection, DAY, 1)[1]][1] == "Stephen Sample"
    split(connection, "person", 4, WHO)
    after = entities(connection, "person")
    assert [(one.id, one.name, one.names) for one in after] == [(one.id, one.name, one.names) for one in before]
    assert rows(connection, "merge")[0]["state"] == "split"


def test_merges_are_refused_that_would_turn_in_a_circle(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    merge(connection, "person", 1, 2, WHO)
    merge(connection, "person", 3, 1, WHO)
    assert roots(connection, "person") == {1: 3, 2: 3, 3: 3}
    for kept, merged in ((2, 3), (1, 1), (3, 2), (1, 99)):
        with pytest.raises(Refused):
            merge(connection, "person", kept, merged, WHO)


def test_a_rejected_merge_is_not_proposed_again(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    reject(connection, 1, WHO)
    later = made_up.minutes(dt.date(2022, 6, 7), people=(made_up.person("Steve Sample", 5),))
    assert put(later).proposals == 0
    with pytest.raises(Refused, match="is rejected"):
        reject(connection, 1, WHO)


def test_two_people_of_one_name_can_be_parted(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    ann = next(one for one in entities(connection, "person") if one.name == "Ann Testcase")
    new = part(connection, "person", ann.id, [ann.names[1]["id"]], WHO)
    assert [row["person_id"] for row in rows(connection, "attendance", "source_line = 5")] == [ann.id, new]
    with pytest.raises(Refused, match="does not belong to person"):
        part(connection, "person", ann.id, [ann.names[1]["id"]], WHO)


def test_a_parted_name_stays_parted_in_a_corrected_version(connection: Any, put: Any, made_up: Any) -> None:
    put(made_up.june())
    put(made_up.march())
    ann = next(one for one in entities(connection, "person") if one.name == "Ann Testcase")
    new = part(connection, "person", ann.id, [ann.names[1]["id"]], WHO)
    put(made_up.march(), version="2", replace=True)
    assert [row["person_id"] for row in rows(connection, "attendance", "source_line = 5")] == [ann.id, new]


def test_the_mayor_is_who_chairs_not_another_mayor(connection: Any, put: Any, made_up: Any) -> None:
    people = (
        made_up.person("Gil Stand-In", 5, role="Mayor", organisation="Northmoor Councils"),
        made_up.person("Ann Testcase", 6, role="Mayor, Chair"),
    )
    put(made_up.minutes(dt.date(2021, 6, 7), people=people))
    put(made_up.minutes(dt.date(2022, 6, 7), people=(made_up.person("Hal Example", 6, role="Mayor, Chair"),)))
    assert [one.person for one in holders(connection, "the Mayor", dt.date(2021, 12, 1))] == [
        "Ann Testcase",
        "Gil Stand-In",
    ]
    assert holders(connection, "the Mayor", dt.date(2022, 12, 1))[0].person == "Hal Example"
    assert holders(connection, "the Mayor", dt.date(2021, 1, 1)) == []
