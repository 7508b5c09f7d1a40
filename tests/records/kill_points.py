"""Run an import in processes that are killed at one step after another; run by test_kill.py in a process of its own.

Forked before any library has started threads: the parent never reads a frame nor opens a store.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from whatworks.records.audit.tables import BOOK_TABLES
from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.store import DuckDBStore

FOLDER = Path(sys.argv[1])
BEFORE, WORK = FOLDER / "before.duckdb", FOLDER / "work.duckdb"
STEPS = ("execute", "executemany", "begin", "commit")
ALARMS = 4
"""Kills by the clock, spread over the time that a whole import takes: inside a step, where no step counter sees."""


def take(store: Store, name: str, table: str, **said: Any) -> Any:
    return import_file(
        store, FOLDER / name, table=table, organisation_id="police", as_at=date(2025, 6, 30),
        received_on=date(2025, 7, 1), source=table, **said,
    )  # fmt: skip


def in_child(job: Callable[[], Any]) -> tuple[int, Any]:
    """Return how a forked child ended, and what it said."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        said = json.dumps(job()).encode()
        os.write(send, said)
        os._exit(0)
    os.close(send)
    with os.fdopen(receive) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), json.loads(text or "null")


def make_before() -> str:
    with DuckDBStore(BEFORE) as store:
        store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police', 'police')")
        take(store, "people_old.csv", "person")
        take(store, "spells.csv", "custody_spell")
    return content(BEFORE)


def content(path: Path) -> str:
    """Return a hash of all that a store holds; of the audit's tables, whose keys are random, of how many rows."""
    found = hashlib.sha256()
    with DuckDBStore(path) as store:
        for (table,) in store.rows("SELECT table_name FROM duckdb_tables() ORDER BY ALL"):
            what = "count(*)" if table in BOOK_TABLES else "t::VARCHAR"
            rows = store.rows(f"SELECT {what} FROM {table} t ORDER BY ALL")
            found.update(f"{table} {rows}".encode())
    return found.hexdigest()


class Mortal:
    """A connection that dies before or after its `kill_at`-th moment: each call of a step has two."""

    def __init__(self, connection: Any, kill_at: int) -> None:
        self.connection, self.kill_at, self.moment = connection, kill_at, 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.connection, name)
        if name not in STEPS:
            return found

        def call(*given: Any) -> Any:
            self.pass_moment()
            done = found(*given)
            self.pass_moment()
            return done

        return call

    def pass_moment(self) -> None:
        self.moment += 1
        if self.moment == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def newer(kill_at: int = 0, alarm: float = 0.0) -> dict[str, Any]:
    """Replace the people by a newer extract; die at moment `kill_at`, or `alarm` seconds after the start."""
    with DuckDBStore(WORK) as store:
        mortal = Mortal(store._connection, kill_at)
        store._connection = mortal  # type: ignore[assignment]
        started = perf_counter()
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, alarm)  # its default ends the process at once
        take(store, "people_new.csv", "person", replace=True)
        signal.setitimer(signal.ITIMER_REAL, 0)
        took = perf_counter() - started
    return {"moments": mortal.moment, "took": took, "content": content(WORK)}


def fresh() -> None:
    for left in FOLDER.glob("work.duckdb*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    shutil.copy(BEFORE, WORK)


def main() -> None:
    _, before = in_child(make_before)
    fresh()
    _, whole = in_child(newer)
    last, took = whole["moments"], whole["took"]
    points = sorted({*range(1, last, last // 9), *range(last - 3, last + 1)})
    kills = [{"kill_at": point} for point in points] + [{"alarm": took * (n + 1) / (ALARMS + 1)} for n in range(ALARMS)]
    found = []
    for number, kill in enumerate(kills):
        fresh()
        ended, _ = in_child(lambda kill=kill: newer(**kill))
        _, after = in_child(lambda: content(WORK))
        again = in_child(newer)[1]["content"] if number % 3 == 0 else None
        found.append({"kill": kill, "ended": ended, "content": after, "again": again})
    json.dump({"before": before, "after": whole["content"], "kills": found}, sys.stdout)


if __name__ == "__main__":
    main()
