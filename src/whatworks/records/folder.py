"""Import all extracts of a partnership, parents before children, as `mappings/import.toml` says."""

from dataclasses import dataclass
from datetime import date

from whatworks.records.declaring.declared_rows import refresh_declared
from whatworks.records.import_plan import plan_import
from whatworks.records.import_report import ImportReport
from whatworks.records.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.store import Store


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
) -> FolderReport:
    """Import every file that `mappings/import.toml` claims; those imported before are passed over.

    Each file is taken whole or not at all. A refused file ends the import, for rows of later files would miss theirs:
    the refusal says how many files stand, and running it again goes on from there. If `strict`, a file with any row at
    fault is refused.
    """
    rows = store.connection.execute("SELECT DISTINCT name, sha256 FROM source").fetchall()
    plan = plan_import(partnership, dict(rows))
    declared = refresh_declared(store, partnership, received_on)
    reports: list[ImportReport] = []
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
            )
        except Refused as refused:
            stand = Fault(
                f"{number} of {len(plan.files)} files stand; this one and the rest were not imported",
                "correct what is named above and run the same command again",
            )
            raise Refused([*refused.faults, stand]) from refused
        reports.append(report)
    progress("files", len(plan.files), len(plan.files))
    return FolderReport(tuple(reports), plan.unclaimed, declared)
