"""Every query can be given to PostgreSQL and Spark: what they refuse, or answer otherwise in silence, is not here.

Read are all `.sql` files, and all texts in the source that hold a query (what is filled in stands there as a name).
"""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

SOURCE = Path(str(files("whatworks")))
FILES = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.sql"))}
OWN = ("records/store.py", "linkage/model/")
"""What DuckDB alone is given: the store's own statements, and work on copies in memory, where Splink needs DuckDB."""
LATER = {
    ("records/imports/staging.py", "json"): "a row set aside is written as JSON",
    ("records/imports/looking_again.py", "json"): "and read again",
    ("linkage/stored/records.py", "hash"): "a store knows which records changed: md5 takes ten times as long",
    ("linkage/stored/references.py", "hash"): "and whether references did",
    ("evaluation/links/redraw.py", "hash"): "and whether draws rest on the same records",
}
"""Rules that a file breaks until a second store is built, and what for."""
QUERY = re.compile(
    r"\b(SELECT|INSERT INTO|DELETE FROM|UPDATE \w+ SET|GROUP BY|ORDER BY|JOIN|CREATE (OR|TEMP|TABLE))\b|json_object\("
)
RULES = {
    "decimal": (r"/\s*\(?\d+\.\d|\d\.\d+\s*/", "Spark divides by a decimal in decimals: / CAST(100 AS DOUBLE)"),
    "semi": (r"\b(SEMI|ANTI)\s+JOIN\b", "write WHERE [NOT] EXISTS"),
    "by name": (r"\bBY NAME\b", "name the columns, or use Store.append"),
    "by all": (r"\b(GROUP|ORDER) BY ALL\b", "name or number what is grouped by"),
    "hash": (r"(?<![\w.])hash\(", "compare columns: other databases' hash() is another, or of 32 bits"),
    "arg_min": (r"(?i)\b(arg_min|arg_max|min_by|max_by|first|last)\(", "number the rows with ROW_NUMBER"),
    "any_value": (r"(?i)\bany_value\(", "write MIN"),
    "json": (r"(?i)\bjson_object\(|->>", "make it in polars"),
    "show": (r"\b(SHOW TABLES|DESCRIBE)\b", "ask Engine.tables or Engine.columns"),
    "replace": (r"\bCREATE OR REPLACE\b", "use Engine.derive"),
    "filter": (r"\bFILTER \((?!\s*WHERE\b)", "write FILTER (WHERE ...)"),
}


def texts_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give each text of a module that is not a docstring, with its line; what is filled in reads `filled`."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in notes or id(node) in inner:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "filled" for part in node.values)
            yield node.lineno, "".join(str(part) for part in parts)


def queries() -> Iterator[tuple[str, str]]:
    """Give each query of the source with its place."""
    yield from FILES.items()
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(OWN):
            for line, text in texts_of(ast.parse(path.read_text("utf-8"))):
                if QUERY.search(text):
                    yield f"{name}:{line}", text


def broken(text: str) -> list[str]:
    """Return the names of the rules that a query breaks; what stands in quotes or behind -- is not read."""
    plain = re.sub(r"--[^\n]*", "", re.sub(r"'[^']*'", "''", text))
    return [name for name, (pattern, _) in RULES.items() if re.search(pattern, plain)]


def unnamed(query: exp.Expression) -> list[str]:
    """Return the expressions of a query's tables that have no name: two of them have the same one on PostgreSQL."""
    inner = {id(node.this) for node in query.find_all(exp.Exists, exp.In)}
    found = []
    for select in query.find_all(exp.Select):
        scalar = isinstance(select.parent, exp.Subquery) and not isinstance(select.parent.parent, exp.From | exp.Join)
        set_right = isinstance(select.parent, exp.SetOperation) and select.parent.expression is select
        if (
            id(select) not in inner
            and not scalar
            and not set_right
            and not isinstance(select.parent, exp.Exists | exp.In)
        ):
            kinds = exp.Alias | exp.Column | exp.Star | exp.Dot
            found += [one.sql() for one in select.expressions if not isinstance(one, kinds)]
    return found


def test_no_query_says_what_other_databases_refuse_or_read_otherwise() -> None:
    seen = [
        f"{place}: {rule}: {RULES[rule][1]}"
        for place, text in queries()
        for rule in broken(text)
        if (place.split(":")[0], rule) not in LATER
    ]
    assert seen == []


def test_what_waits_for_a_second_store_is_still_there() -> None:
    there = {(place.split(":")[0], rule) for place, text in queries() for rule in broken(text)}
    assert set(LATER) <= there


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_one_query_that_says_what_it_is_and_names_its_columns(name: str) -> None:
    text = FILES[name]
    assert text.startswith(f"-- {name.split('/')[-1].removesuffix('.sql')}: ")
    parsed = sqlglot.parse(text, read="duckdb", error_level=sqlglot.ErrorLevel.RAISE)
    assert len(parsed) == 1
    query = parsed[0]
    assert isinstance(query, exp.Query)
    assert unnamed(query) == []
    tables = [node for node in query.find_all(exp.Subquery) if isinstance(node.parent, exp.From | exp.Join)]
    assert all(node.alias for node in tables), "PostgreSQL before 16 wants a name for every subquery"
    for dialect in ("postgres", "spark"):
        written = query.sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("SELECT a / 30.4375 AS m FROM t", "decimal"),
        ("SELECT a / (100.0) AS m FROM t", "decimal"),
        ("SELECT 1.5 / a AS m FROM t", "decimal"),
        ("SELECT a FROM t\nANTI  JOIN s USING (a)", "semi"),
        ("INSERT INTO t BY NAME SELECT * FROM s", "by name"),
        ("SELECT a, count(*) FROM t GROUP BY ALL", "by all"),
        ("SELECT hash(a) AS h FROM t", "hash"),
        ("SELECT ARG_MAX(a, b) AS h FROM t", "arg_min"),
        ("SELECT first(a ORDER BY b) AS h FROM t", "arg_min"),
        ("SELECT h ->> '$.a' AS h FROM t", "json"),
        ("CREATE OR REPLACE TEMP TABLE t AS SELECT 1 AS a", "replace"),
        ("SELECT count(*) FILTER (a > 1) AS n FROM t", "filter"),
    ],
)
def test_a_rule_sees_what_it_is_for(text: str, rule: str) -> None:
    assert broken(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a / CAST(100 AS DOUBLE) AS m, sha256(b) AS s, first_on FROM t -- not / 100.0",
        "SELECT a FROM t WHERE b = 'GROUP BY ALL' AND EXISTS (SELECT 1 FROM s WHERE s.a = t.a)",
        "SELECT count(*) FILTER (WHERE a > 0.5) AS n FROM t ORDER BY a",
    ],
)
def test_a_rule_passes_over_what_is_sound(text: str) -> None:
    assert broken(text) == []


def test_an_expression_without_a_name_is_seen_where_it_makes_a_column() -> None:
    parsed = sqlglot.parse_one("WITH a AS (SELECT count(*) FROM t) SELECT (SELECT max(b) FROM s) AS b, 1 FROM a")
    assert unnamed(parsed) == ["1", "COUNT(*)"]
    assert unnamed(sqlglot.parse_one("SELECT b FROM t WHERE EXISTS (SELECT 1 FROM s) AND c IN (SELECT 2)")) == []
