"""No answer depends on the text of a linked number, nor on how the records came in."""

import random
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest

from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result.digits import as_written
from whatworks.evaluation.whole import evaluate_partnership
from whatworks.linkage import LinkageSettings, link, train_and_link
from whatworks.linkage.identities.run import identity_content, keep_run, last_run
from whatworks.linkage.stored.models import keep_model, model_in_force
from whatworks.records import DuckDBStore, load_frames
from whatworks.records.engine import Store
from whatworks.records.partnership import PartnershipConfig
from whatworks.simulation import SimulationSettings, world
from whatworks.simulation.agencies.records_kept import frames
from whatworks.simulation.folder_text import partnership_text, protocol_text

SETTINGS = SimulationSettings(effect=0.6)
CONFIG = PartnershipConfig.model_validate(tomllib.loads(partnership_text(SETTINGS)))


def protocol(clock: str = "index_event") -> Protocol:
    """By age in whole years, in which many people are equal: who is matched is then decided by the order of people."""
    text = tomllib.loads(protocol_text(SETTINGS))
    text["cohort"]["clock"] = clock
    text["comparison"]["covariates"] = ["age"]
    text["subgroups"] = {}
    text["outcomes"] |= {"others": [], "placebo": []}
    return Protocol.model_validate(text)


@pytest.fixture(scope="module")
def connection() -> Iterator[Store]:
    with DuckDBStore(None) as store:
        load_frames(store, frames(world(2_500, 5, SETTINGS)), as_at=SETTINGS.as_at)
        yield store


def answer(connection: Store, asked: Protocol) -> str:
    return as_written(evaluate_partnership(connection, asked, CONFIG)).model_dump_json()


def relabel(connection: Store, seed: int) -> None:
    """Give people each other's numbers, as another history of imports might have."""
    names = [name for (name,) in connection.rows("SELECT linked_id FROM main.link_person ORDER BY 1")]
    others = random.Random(seed).sample(names, len(names))
    connection.change("CREATE OR REPLACE TEMP TABLE other_name (linked_id VARCHAR, other VARCHAR)")
    connection.change_each("INSERT INTO other_name VALUES (?, ?)", list(zip(names, others, strict=True)))
    connection.change(
        "UPDATE identity SET linked_id = o.other FROM other_name AS o WHERE o.linked_id = identity.linked_id"
    )


@pytest.mark.parametrize("clock", ["index_event", "scheme_start"])
def test_people_who_swap_their_numbers_change_no_answer(connection: Store, clock: str) -> None:
    link(connection)
    run = last_run(connection, identity_content(connection))
    assert run is not None
    before = answer(connection, protocol(clock))
    relabel(connection, 1)
    keep_run(connection, run, identity_content(connection))
    labels = connection.rows("SELECT linked_id FROM identity ORDER BY organisation_id, person_id")
    assert answer(connection, protocol(clock)) == before
    after = connection.rows("SELECT linked_id FROM identity ORDER BY organisation_id, person_id")
    assert after == labels, "the relabelled numbers stood while it was evaluated"


def test_one_import_and_three_give_the_same_answer(connection: Store) -> None:
    """People come in three parts and are linked each time: by number, by a model, and by it again with what is new."""
    everybody = connection.fetch("SELECT * FROM person ORDER BY reverse(person_id), organisation_id")
    settings = LinkageSettings()
    train_and_link(connection, settings, date(2026, 3, 1), retrain=True)
    stored = model_in_force(connection)
    assert stored is not None
    before = answer(connection, protocol())
    for table in ("identity", *(name for name in sorted(connection.tables()) if name.startswith("link_"))):
        connection.change(f"DELETE FROM main.{table}")
    connection.change("DELETE FROM person")
    third, most = everybody.height // 3, everybody.height * 5 // 6
    for number, part in enumerate((everybody[:third], everybody[third:most], everybody[most:])):
        connection.append("person", part)
        if number == 1:
            keep_model(connection, stored.model, date(2026, 3, 1))
        link(connection, settings)
    assert answer(connection, protocol()) == before
