"""Each cure of a translated query does the one thing that it is for, and leaves other queries alone.

The words of PostgreSQL and Spark beside each are from their own manuals.
"""

import pytest

from whatworks.records.engines.translate import translate


@pytest.mark.parametrize(
    ("query", "dialect", "written"),
    [
        ("SELECT n FROM temp.main.part", "spark", "SELECT n FROM part"),
        ("SELECT n FROM temp.main.part", "postgres", "SELECT n FROM part"),
        ("SELECT n FROM part WHERE n > $least", "spark", "SELECT n FROM part WHERE n > :least"),
        ("SELECT n FROM part WHERE n > $least", "postgres", "SELECT n FROM part WHERE n > %(least)s"),
        ("SELECT DATE_DIFF('day', a, b) AS d FROM t", "postgres",
         "SELECT CAST((CAST(b AS DATE) - CAST(a AS DATE)) AS BIGINT) AS d FROM t"),
        ("SELECT AVG(n) AS m FROM t", "postgres", "SELECT AVG(CAST(n AS DOUBLE PRECISION)) AS m FROM t"),
        ("SELECT p.rowid AS place FROM p", "postgres", "SELECT CAST(p.ctid AS TEXT) AS place FROM p"),
        ("SELECT hash(a, b) AS h FROM t", "postgres",
         "SELECT HASHTEXTEXTENDED(CAST(ROW(a, b) AS TEXT), 0) AS h FROM t"),
        ("SELECT CAST(n AS HUGEINT) AS h FROM t", "postgres", "SELECT CAST(n AS DECIMAL) AS h FROM t"),
        ("SELECT json_object('a', \"a\") AS j FROM t", "postgres",
         'SELECT (SELECT ROW_TO_JSON(json_row) FROM (SELECT "a" AS "a") AS json_row) AS j FROM t'),
        ("SELECT j ->> '$.a' AS a FROM t", "postgres",
         "SELECT JSON_EXTRACT_PATH_TEXT(CAST(j AS JSON), 'a') AS a FROM t"),
        ("SELECT n % 7 AS r, '5 %' AS s FROM t WHERE a = ?", "postgres",
         "SELECT n %% 7 AS r, '5 %%' AS s FROM t WHERE a = %s"),
        ("SELECT a FROM (SELECT 1 AS a) JOIN (SELECT 1 AS b) ON a = b", "postgres",
         "SELECT a FROM (SELECT 1 AS a) AS subquery_1 JOIN (SELECT 1 AS b) AS subquery_2 ON a = b"),
        ("SELECT a FROM (SELECT a FROM t) AS named", "postgres", "SELECT a FROM (SELECT a FROM t) AS named"),
        ("SELECT a FROM t ORDER BY a DESC", "postgres", "SELECT a FROM t ORDER BY a DESC NULLS LAST"),
        ("SELECT a FROM t ORDER BY a", "spark", "SELECT a FROM t ORDER BY a NULLS LAST"),
    ],
)  # fmt: skip
def test_a_query_is_written_as_the_other_database_reads_it(query: str, dialect: str, written: str) -> None:
    assert translate(query, dialect) == written


def test_duckdb_is_given_what_is_written() -> None:
    assert translate("FROM part  -- as it stands", "duckdb") == "FROM part  -- as it stands"
