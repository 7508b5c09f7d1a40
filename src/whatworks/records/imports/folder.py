"""Import all extracts of a partnership, parents before children, as `mappings/import.toml` says."""

from dataclasses import dataclass
from datetime import date, datetime

from whatworks.records.declaring.declared_rows import refresh_declared
from whatworks.records.engine import Store
from whatworks.records.imports.import_plan import plan_import
from whatworks.records.imports.import_report import ImportReport
from whatworks.records.imports.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What became of each file, in the order of import, and which files no pattern claims.

    `declared` says the same of the agencies and schemes that `whatworks.toml` declares.
    """

    files: tuple[ImportReport, ...]
    unclaimed: tuple[str, ...]
    declared: tuple[ImportReport, ...] = ()


def import_folder(
    store: Store,
    partnership: Partnership,
    *,
    received_on: date,
    replace: bool = False,
    strict: bool = False,
    progress: Progress = silent,
    at: datetime | None = None,
) -> FolderReport:
    """Import every file that `mappings/import.toml` claims; those imported before are passed over.

    Each file is taken whole or not at all, and a refused one does not keep the others out: rows that miss its rows wait
    in quarantine until it comes. The refusal at the end names what is wrong with each, and says how many stand. If
    `strict`, a file with any row at fault is refused. The audit tells of each file at the time `at`, or on that day.
    """
    rows = store.rows("SELECT DISTINCT name, sha256 FROM source")
    plan = plan_import(partnership, dict(rows))
    declared = refresh_declared(store, partnership, received_on)
    reports: list[ImportReport] = []
    faults: list[Fault] = []
    for number, file in enumerate(plan.files):
        progress("files", number, len(plan.files))
        try:
            report = import_file(
                store,
                file.path,
                table=file.table,
                mapping=file.mapping,
                organisation_id=file.organisation_id,
                source=file.source,
                as_at=file.as_at,
                received_on=received_on,
                replace=replace,
                strict=strict,
                partnership=partnership,
                longest_record_bytes=partnership.config.settings.longest_record_bytes,
                progress=progress,
                at=at,
            )
        except Refused as refused:
            faults += refused.faults
            continue
        reports.append(report)
    progress("files", len(plan.files), len(plan.files))
    if faults:
        problem = f"{len(reports)} of {len(plan.files)} files stand; those named above were not imported"
        raise Refused([*faults, Fault(problem, "correct them and run the same command again")])
    return FolderReport(tuple(reports), plan.unclaimed, declared)
