"""Walk an evaluation from its data to its result, and remember that outcomes were seen."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from whatworks.evaluation.evaluate import areas_among, evaluate_units
from whatworks.evaluation.links.redraw import redraw
from whatworks.evaluation.question.area_wording import as_by_area
from whatworks.evaluation.question.lock import KnownData, LockBook, read_locks, record_outcomes_seen
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.recognition.participants import scheme_people
from whatworks.evaluation.result import ByArea, Result
from whatworks.evaluation.result.digits import as_written
from whatworks.evaluation.studied.cohort import find_cohort
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.studied.offence_merging import merging_warnings
from whatworks.evaluation.studied.partnership_sample import check_names, partnership_units
from whatworks.evaluation.studied.provenance import read_sources, source_hashes, stamp_from
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.whom.people_told import PeopleTold
from whatworks.linkage import link
from whatworks.linkage.doubt.stamp import link_stamp
from whatworks.measures.prepare import prepare
from whatworks.measures.settings import MeasureSettings
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Engine, Store
from whatworks.records.partnership import PartnershipConfig
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import private_folder, write_private

STEPS = ("link people", "derive measures", "find the cohort", "join records otherwise", "match and compare")


def areas_beforehand(connection: Store, protocol: Protocol, config: PartnershipConfig) -> ByArea | None:
    """Return what areas can ever show of a scheme given by area, or None: no outcome is looked at.

    Raises `Refused` where the records do not hold the protocol's people yet.
    """
    settings = measure_settings(protocol, config)
    link(connection, config.linkage)
    prepare(connection, settings)
    found = areas_among(protocol, find_cohort(connection, protocol, settings).people)
    return None if found is None else as_by_area(found)


def evaluate_partnership(
    connection: Store,
    protocol: Protocol,
    config: PartnershipConfig,
    *,
    command: str = "whatworks evaluate",
    computed_on: date | None = None,
    progress: Progress = silent,
    told: PeopleTold | None = None,
) -> Result:
    """Return the result of a protocol on a partnership's records, linking and measuring them first.

    With `computed_on` the store remembers that outcomes of the scheme were computed. Raises `Refused`; the store is
    then as it was: the commands that import people link them too, and linking again writes only what has changed.
    """
    check_names(protocol)
    settings = measure_settings(protocol, config)
    progress("evaluate", 0, len(STEPS))
    link(connection, config.linkage)
    progress("evaluate", 1, len(STEPS))
    merging = prepare(connection, settings, progress).merging
    progress("evaluate", 2, len(STEPS))
    units = partnership_units(connection, protocol, settings)
    units = replace(units, merging=merging, warnings=(*units.warnings, *merging_warnings(merging)))
    progress("evaluate", 3, len(STEPS))
    book = StoreBook(connection)
    people = scheme_people(connection, protocol.scheme, book.key)
    locks = read_locks(book, by_scheme=True)
    data = source_hashes(read_sources(connection))
    stamp = stamp_from(protocol, locks, data, command, config.settings.minimum_count, people)
    redrawn = redraw(
        connection,
        protocol,
        settings,
        units,
        threshold=config.linkage.threshold,
        minimum=stamp.minimum_count,
        lock=locks.lock_of(protocol, people),
        progress=progress,
    )
    progress("evaluate", 4, len(STEPS))
    result = evaluate_units(protocol, units, stamp, told=told, redrawn=redrawn)
    if computed_on is not None:
        record_outcomes_seen(book, protocol, computed_on, people)
    progress("evaluate", 5, len(STEPS))
    return result


def evaluate_flat(
    protocol: Protocol,
    file: FlatFile,
    book: LockBook | None = None,
    people: KnownData | None = None,
    *,
    command: str = "whatworks evaluate",
    minimum_count: int = 10,
    told: PeopleTold | None = None,
) -> Result:
    """Return the result of a protocol on one file with a row a person.

    Whether it was locked beforehand is for the `book` to say, which knows the file's `people` again.
    """
    units = flat_units(protocol, file)
    stamp = stamp_from(protocol, book or LockBook(), {file.name: file.sha256}, command, minimum_count, people)
    return evaluate_units(protocol, units, stamp, told=told)


def links_now(connection: Engine, protocol: Protocol, config: PartnershipConfig) -> dict[str, Any] | None:
    """Return what a lock keeps of the links of a partnership's records; None where no model joined them."""
    stamp = link_stamp(connection, config.linkage.threshold, protocol.linkage.draws)
    return None if stamp is None else stamp.payload()


def measure_settings(protocol: Protocol, config: PartnershipConfig) -> MeasureSettings:
    """Return what measures need to know: the partnership's as-at date and agencies, the protocol's choices."""
    if config.conviction_record is None:
        raise Refused(
            Fault(
                "is not named, so nobody's reoffending could be proved",
                'add conviction_record = "police", or whichever agency holds convictions',
                "whatworks.toml",
                field="conviction_record",
            )
        )
    return MeasureSettings(
        as_at=config.as_at,
        conviction_record=config.conviction_record,
        not_counted=protocol.outcomes.not_counted,
        severity_edition=protocol.outcomes.severity_edition,
        preferences=config.preferences,
    )


def write_result(result: Result, path: Path) -> Result:
    """Write `result.json`, which is restricted and stays inside the partnership, and return the result as it says it.

    Numbers have 8 significant digits, which are the same on every processor; nothing is rounded further. The file is
    the old one or the new one whatever happens, and only its owner may read it.
    """
    written = as_written(result)
    private_folder(path.parent)
    write_private(path, written.model_dump_json(indent=2) + "\n")
    return written


def read_result(path: Path) -> Result:
    """Read `result.json`, or refuse a file that is not one."""
    try:
        return Result.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise Refused(Fault("is not there", "check the name and the folder", path.name)) from fault
    except IsADirectoryError as fault:
        raise Refused(Fault("is a folder", "name the result.json in it", path.name)) from fault
    except (OSError, UnicodeDecodeError, ValidationError) as fault:
        raise Refused(Fault("cannot be read as a result", "run whatworks evaluate again", path.name)) from fault
