"""What sqlglot leaves as it stands, and another database refuses or reads otherwise: one small cure each.

Each takes a part of a parsed query and gives it back, changed where it is what the cure is for.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sqlglot import exp

Rewrite: TypeAlias = Callable[[exp.Expression], exp.Expression]


def without_session(node: exp.Expression) -> exp.Expression:
    """Name tables of the session by their name alone: only DuckDB keeps them in a catalogue `temp`."""
    if isinstance(node, exp.Table) and node.catalog == "temp":
        node.set("catalog", None)
        node.set("db", None)
    return node


def named_marks(node: exp.Expression) -> exp.Expression:
    """Write `$name` as a mark with a name, which other dialects take for a variable."""
    return exp.Placeholder(this=node.name) if isinstance(node, exp.Parameter) else node


def whole_days(node: exp.Expression) -> exp.Expression:
    """Count days between dates in 64 bits: PostgreSQL counts them in 32."""
    if isinstance(node, exp.DateDiff) and not _already(node, exp.DType.BIGINT):
        return exp.cast(node, exp.DType.BIGINT)
    return node


def mean_of_doubles(node: exp.Expression) -> exp.Expression:
    """Take means in doubles: PostgreSQL's mean of whole numbers is a decimal."""
    if isinstance(node, exp.Avg) and not isinstance(node.this, exp.Cast):
        node.set("this", exp.cast(node.this, exp.DType.DOUBLE))
    return node


def driver_marks(node: exp.Expression) -> exp.Expression:
    """Put marks of values between two signs that no query holds; `marked` writes them as the driver reads them."""
    if isinstance(node, exp.Placeholder):
        return exp.Var(this=f"\x01{node.this or ''}\x02")
    return node


def marked(text: str) -> str:
    """Return a query with `%s` and `%(name)s` for its marks, and every other % written twice.

    >>> marked("SELECT 7 % \x01\x02, \x01least\x02")
    'SELECT 7 %% %s, %(least)s'
    """
    plain = text.replace("%", "%%").replace("\x01\x02", "%s")
    return plain.replace("\x01", "%(").replace("\x02", ")s")


def row_number_of_store(node: exp.Expression) -> exp.Expression:
    """Know a row by its place in PostgreSQL's table, where DuckDB has `rowid`."""
    if isinstance(node, exp.Column) and node.name.lower() == "rowid":
        place = exp.column("ctid", node.table or None)
        return exp.cast(place, exp.DType.TEXT)
    return node


def hashed_row(node: exp.Expression) -> exp.Expression:
    """Hash columns, or a whole row, to 64 bits by PostgreSQL's own hash of their text."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "hash":
        parts = node.expressions
        row = parts[0] if len(parts) == 1 else exp.Anonymous(this="ROW", expressions=parts)
        return exp.Anonymous(
            this="HASHTEXTEXTENDED", expressions=[exp.cast(row, exp.DType.TEXT), exp.Literal.number(0)]
        )
    if isinstance(node, exp.DataType) and node.this in (exp.DType.INT128, exp.DType.UINT128):
        return exp.DataType.build("decimal")
    return node


def row_as_object(node: exp.Expression) -> exp.Expression:
    """Write a row as JSON without blanks, as DuckDB does, by `row_to_json`; read one by its keys."""
    if isinstance(node, exp.JSONObject):
        named = [exp.alias_(pair.expression, pair.this.name, quoted=True) for pair in node.expressions]
        inner = exp.select(*named).subquery("json_row")
        return exp.select("ROW_TO_JSON(json_row)").from_(inner).subquery()
    if isinstance(node, exp.JSONExtractScalar):
        keys = [part.this for part in node.expression.find_all(exp.JSONPathKey)]
        document = exp.cast(node.this, exp.DType.JSON)
        return exp.Anonymous(this="JSON_EXTRACT_PATH_TEXT", expressions=[document, *map(exp.Literal.string, keys)])
    return node


def named_subqueries(node: exp.Expression) -> exp.Expression:
    """Give each subquery that stands for a table a name: PostgreSQL before 16 refuses one without."""
    if node.parent is None:
        for number, inner in enumerate(node.find_all(exp.Subquery), start=1):
            if isinstance(inner.parent, exp.From | exp.Join) and not inner.alias:
                inner.set("alias", exp.TableAlias(this=exp.to_identifier(f"subquery_{number}")))
    return node


def _already(node: exp.Expression, kind: exp.DType) -> bool:
    return isinstance(node.parent, exp.Cast) and node.parent.to.this == kind


_EVERYWHERE: tuple[Rewrite, ...] = (without_session, named_marks)
REWRITES: Mapping[str, tuple[Rewrite, ...]] = {
    "postgres": (
        *_EVERYWHERE,
        whole_days,
        mean_of_doubles,
        row_number_of_store,
        hashed_row,
        row_as_object,
        named_subqueries,
        driver_marks,
    ),
    "spark": _EVERYWHERE,
}
"""The cures of each database, in the order in which they are applied."""
