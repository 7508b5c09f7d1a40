"""Write a query of DuckDB's dialect in another database's, so that it gives the same rows there.

sqlglot translates; what it passes through and the other database refuses, or reads otherwise, is a small rewrite of
`rewrites`, named for what it cures.
"""

from functools import lru_cache

import sqlglot
from sqlglot import exp

from whatworks.records.engines.rewrites import REWRITES, marked
from whatworks.records.refusal import Fault, Refused


@lru_cache(maxsize=4_096)
def translate(query: str, dialect: str) -> str:
    """Return a query in the other dialect, as sqlglot names it; the marks of its values stay marks.

    Raises `Refused` for what the dialect cannot say.

    >>> translate("SELECT a / b AS c FROM temp.main.t WHERE a > $least ORDER BY c", "spark")
    'SELECT a / b AS c FROM t WHERE a > :least ORDER BY c NULLS LAST'
    >>> translate("SELECT a FROM t WHERE a LIKE '%x' AND b = ?", "postgres")
    "SELECT a FROM t WHERE a LIKE '%%x' AND b = %s"
    """
    if dialect == "duckdb":
        return query
    tree: exp.Expr = sqlglot.parse_one(query, read="duckdb")
    for rewrite in REWRITES[dialect]:
        tree = tree.transform(rewrite)
    try:
        text = tree.sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.UnsupportedError as fault:
        raise Refused(Fault(f"cannot be asked of {dialect}: {fault}", "ask the store itself", "a query")) from None
    return marked(text) if dialect == "postgres" else text
