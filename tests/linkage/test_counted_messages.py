"""One of a thing is said as one in linkage's messages."""

import re
from datetime import date

import pytest

from whatworks.linkage import Hindrance, OrganisationLinkage
from whatworks.linkage.identities.journal import JournalLine
from whatworks.linkage.model import train
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables


@pytest.mark.parametrize(("people", "said"), [(0, "holds 0 records of people"), (1, "holds 1 record of people")])
def test_a_store_of_one_record_is_told_so(people: int, said: str) -> None:
    store = scratch()
    create_tables(store)
    for number in range(people):
        store.change(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id) VALUES ('s', 1, 'police', ?)",
            [str(number)],
        )
    with pytest.raises(Refused, match=said):
        train(store)


def test_no_message_speaks_of_1_in_the_plural() -> None:
    messages = [
        str(Hindrance("court", 1, 1, "have no birth date", "ask for it")),
        str(Hindrance("court", 1, 1, "are of one agency", "import another")),
        str(OrganisationLinkage("court", 1, 0, 1, 0)),
        str(JournalLine(date(2026, 3, 1), "merge", "decision", 1, 1)),
    ]
    assert messages[0] == "court: 1 of 1 record has no birth date; ask for it"
    assert not [message for message in messages if re.search(r"\b1 (records|pairs|people|decisions)\b", message)]
