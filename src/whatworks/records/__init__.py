"""What do the agencies hold, is it sound, and where did each row come from?

The ground floor of the house. A `Partnership` is a folder, which `init_partnership` makes. `import_file` takes one
agency's file into its store, and `import_folder` all of them, keeping or quarantining every record;
`suggesting.draft` drafts how a file is read; `write_corrections` and `import_corrected` have quarantined rows put
right. `load_frames` takes frames that are clean already; `sources` says what the store rests on. Rooms know the
store as an `Engine`, or as a `Store` where they write; `DuckDBStore` opens one and `scratch` gives one in memory.
The tables are declared once in `tables/`, by the base class `Table`, from which the store, the checks and the data
dictionary come.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
