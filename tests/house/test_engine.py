"""One file knows the database that holds the records; all others ask `records.engine`."""

import ast
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from whatworks.records.engine import Store
from whatworks.records.store import DuckDBStore, memory_share, scratch

SOURCE = Path(str(files("whatworks")))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_only_the_stores_file_knows_duckdb() -> None:
    known = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(name.split(".")[0] in ("duckdb", "_duckdb") for name in imported(path))
    }
    assert known == {"records/store.py"}


def test_a_frame_is_lent_for_the_block_alone() -> None:
    with scratch() as engine:
        with engine.lent("word", pl.DataFrame({"n": [1, 2]})):
            assert engine.rows("SELECT sum(n) FROM word") == [(3,)]
            assert engine.columns("word") == ["n"]
        assert engine.columns("word") == []


def test_what_the_session_derives_hides_the_records_and_leaves_them() -> None:
    with scratch() as engine:
        engine.change("CREATE TABLE part (n BIGINT)")
        assert engine.append("part", pl.DataFrame({"n": [1, 2]})) == 2
        engine.derive("part", "SELECT n, n + ? AS more FROM part WHERE n > 1", [5])
        assert engine.fetch("SELECT * FROM part").rows() == [(2, 7)]
        assert engine.columns("part") == ["n", "more"]
        engine.drop("part", "never_there")
        assert engine.rows("SELECT n FROM part ORDER BY n") == [(1,), (2,)]
        assert "part" in engine.tables()


def test_a_view_is_worked_out_when_it_is_asked_for() -> None:
    with scratch() as engine:
        engine.put("part", pl.DataFrame({"n": [1]}))
        engine.derive("seen", "SELECT n FROM part", view=True)
        engine.put("part", pl.DataFrame({"n": [8]}))
        assert engine.rows("SELECT n FROM seen") == [(8,)]


def test_a_change_says_how_many_rows_it_changed() -> None:
    with scratch() as store:
        assert store.change("CREATE TABLE part (n BIGINT)") == 0
        store.change_each("INSERT INTO part VALUES (?)", [[1], [2], [3]])
        assert store.change("UPDATE part SET n = n + 1 WHERE n > $low", {"low": 1}) == 2
        assert store.change("DELETE FROM part") == 3


def test_a_transaction_does_all_or_nothing() -> None:
    store: Store = DuckDBStore(None)
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.append("organisation", pl.DataFrame({"source_id": ["s"], "source_line": [1], "organisation_id": ["court"],
                                                   "name": ["Court"], "kind": ["court"]}))  # fmt: skip
        _ = 1 / 0
    assert store.rows("SELECT count(*) FROM organisation") == [(0,)]
    store.close()


def test_the_memory_follows_the_machine_and_what_a_container_may_have(tmp_path: Path) -> None:
    machine = int(memory_share(tmp_path / "none").removesuffix("MB"))
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert machine == max(there // 4_000_000, 1_000)
    limit = tmp_path / "memory.max"
    for text, megabytes in (("6000000000\n", 1_500), ("100000000\n", 1_000), ("max\n", machine)):
        limit.write_text(text)
        assert memory_share(limit) == f"{min(megabytes, machine)}MB"


def test_an_answer_is_the_same_however_little_memory_there_is(tmp_path: Path) -> None:
    """Sorting and grouping two million rows does not fit in 60 MB: it goes to disk."""
    found = []
    for name, limit in (("little", "60MB"), ("much", "4GB")):
        with DuckDBStore(tmp_path / f"{name}.duckdb", memory_limit=limit) as store:
            store.derive("number", "SELECT (i * 7919) % 2000003 AS n, 'row ' || i AS word FROM range(2000000) AS r(i)")
            found.append(store.fetch("SELECT n % 200000 AS part, max(word) AS word FROM number GROUP BY 1 ORDER BY 1"))
            found.append(store.fetch("SELECT n, word FROM number ORDER BY n DESC, word LIMIT 1000"))
    assert found[0].equals(found[2]) and found[1].equals(found[3])
