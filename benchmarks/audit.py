"""How fast is the audit's chain verified, against the hashing alone? Run as `python benchmarks/audit.py [ENTRIES]`.

Both are timed in one run, on one machine, over the same entries: `ratio` is the time of the whole verification over
that of hashing the same texts with SHA-256 and nothing else.
"""

import hashlib
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import polars as pl

from whatworks.records.audit.chain import START, canonical_json, digest
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.verify import verify
from whatworks.records.store import DuckDBStore

COLUMNS = ["entry_number", "kind", "written_at", "payload", "previous", "sha256"]


def chain(length: int) -> pl.DataFrame:
    """Return a chain of deeds as the journal writes them."""
    rows, last = [], START
    for number in range(1, length + 1):
        told = {
            "act": "consulted",
            "by": {"organisation_id": "police", "sign_in": f"u{number % 900}"},
            "what": "offence",
        }
        row = (
            number,
            "deed",
            f"2025-06-30T09:{number // 60 % 60:02}:{number % 60:02}+00:00",
            canonical_json(told),
            last,
        )
        last = digest(*row)
        rows.append((*row, last))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def main(length: int) -> dict[str, float]:
    """Time both, and return entries a second and the ratio."""
    rows = chain(length)
    with TemporaryDirectory() as folder, DuckDBStore(Path(folder) / "partnership.duckdb") as store:
        StoreBook(store).head()
        store.append("book_entry", rows)
        store.change("UPDATE book_head SET entry_count = ?, last_sha256 = ?", [length, rows[-1, "sha256"]])
        begun, worked = perf_counter(), process_time()
        found = verify(store, [rows[length // 2, "sha256"]])
        taken, work = perf_counter() - begun, process_time() - worked
        assert found.deeds == length
    texts = [f"[{a},{json.dumps(b)},{json.dumps(c)},{d},{json.dumps(e)}]".encode() for a, b, c, d, e, _ in rows.rows()]
    worked = process_time()
    for text in texts:
        hashlib.sha256(text).hexdigest()
    bare = process_time() - worked
    figures = {"entries": length, "seconds": round(taken, 2), "entries_a_second": round(length / taken)}
    return figures | {
        "processor_seconds": round(work, 2),
        "bare_seconds": round(bare, 2),
        "ratio": round(work / bare, 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000), indent=2))
