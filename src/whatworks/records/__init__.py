"""What do the agencies hold, is it sound, and where did each row come from?

The ground floor of the house. A `Partnership` is a folder, which `init_partnership` makes. `import_file` takes one
agency's file into its store, and `import_folder` all of them, keeping or quarantining every record;
`suggesting.draft` drafts how a file is read; `write_corrections` and `import_corrected` have quarantined rows put
right. `load_frames` takes frames that are clean already; `sources` says what the store rests on. Rooms know the
store as an `Engine`, or as a `Store` where they write; `DuckDBStore` opens one and `scratch` gives one in memory.
The tables are declared once in `tables/`, by the base class `Table`, from which the store, the checks and the data
dictionary come.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.records.corrections.correcting import import_corrected
    from whatworks.records.corrections.correction_sheet import write_corrections
    from whatworks.records.engine import Engine, Store
    from whatworks.records.imports.folder import import_folder
    from whatworks.records.imports.import_report import ImportReport
    from whatworks.records.imports.importing import import_file
    from whatworks.records.imports.load import load_frames
    from whatworks.records.partnership import Partnership, init_partnership
    from whatworks.records.provenance import sources
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.store import DuckDBStore, scratch
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "corrections.correcting": ["import_corrected"],
            "corrections.correction_sheet": ["write_corrections"],
            "imports.folder": ["import_folder"],
            "imports.import_report": ["ImportReport"],
            "imports.importing": ["import_file"],
            "imports.load": ["load_frames"],
            "partnership": ["Partnership", "init_partnership"],
            "provenance": ["sources"],
            "refusal": ["Fault", "Refused"],
            "engine": ["Engine", "Store"],
            "store": ["DuckDBStore", "scratch"],
        },
    )

__all__ = [
    "DuckDBStore",
    "Engine",
    "Fault",
    "ImportReport",
    "Partnership",
    "Refused",
    "Store",
    "import_corrected",
    "import_file",
    "import_folder",
    "init_partnership",
    "load_frames",
    "scratch",
    "sources",
    "write_corrections",
]
