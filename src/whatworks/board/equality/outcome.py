"""Join an outcome to the people of a scheme, as a protocol measures it."""

from datetime import date

import polars as pl

from whatworks.evaluation.question.lock import record_outcomes_seen
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.recognition.participants import scheme_people
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.whole import measure_settings
from whatworks.linkage import link
from whatworks.measures.prepare import prepare
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.partnership import PartnershipConfig
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused


def outcome_of_scheme(
    connection: Store,
    protocol: Protocol,
    config: PartnershipConfig,
    name: str,
    *,
    seen_on: date,
    progress: Progress = silent,
) -> tuple[pl.DataFrame, str]:
    """Return who of the scheme had a yes/no outcome (columns person and outcome), and what the outcome is called.

    The store remembers that outcomes of the scheme were seen, since a protocol locked later has to say so. Refuses an
    outcome that the protocol does not name, or that is not yes or no.
    """
    link(connection, config.linkage)
    settings = measure_settings(protocol, config)
    prepare(connection, settings, progress)
    units = partnership_units(connection, protocol, settings)
    spec = next((one for one in units.specs if one.name == name), None)
    known = ", ".join(one.name for one in units.specs if one.yes_no)
    if spec is None or not spec.yes_no:
        problem = "is not an outcome of the protocol" if spec is None else "is not a yes/no outcome"
        raise Refused(Fault(problem, f"name one of: {known or 'none'}", field="outcome", value=name))
    people = units.people.select("linked_id", "treated").with_columns(units.outcomes[spec.values].alias("value"))
    found = (
        people.filter("treated")
        .group_by(pl.col("linked_id").alias("person"))
        .agg((pl.col("value").max() > 0).alias("outcome"))
        .sort("person")
    )
    book = StoreBook(connection)
    record_outcomes_seen(book, protocol, seen_on, scheme_people(connection, protocol.scheme, book.key))
    return found, spec.label
