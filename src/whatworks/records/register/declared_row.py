"""Declare a row once, as a dataclass: the table in the store is derived from its fields."""

from dataclasses import dataclass, fields
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import dataframely as dy

from whatworks.records.register.entry import RegisterTable
from whatworks.records.tables.codes import Handling
from whatworks.records.tables.declaration import Table, about


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field of a row means, and which values it may have; `least` and `most` are for numbers."""

    meaning: str
    least: int | None = None
    most: int | None = None
    unit: str | None = None
    handling: Handling = "official"


def table_of(row: type, name: str) -> type[Table]:
    """Return the table of a dataclass: a column for each field that a `Meaning` describes, null where it may be None.

    A field's type says the column's: text, whole number, number, date, yes or no, or a `Literal` of codes. Fields
    without a `Meaning` are not kept there: the row's number, which every table has, or what other tables hold of it.

    >>> @dataclass(frozen=True)
    ... class Shelf:
    ...     '''A shelf.'''
    ...     id: int
    ...     state: Annotated[Literal["free", "full"], Meaning("How it stands.")]
    ...     boxes: Annotated[int | None, Meaning("Boxes on it.", least=0)] = None
    >>> columns = table_of(Shelf, "Shelves").columns()
    >>> list(columns)[-2:], columns["boxes"].nullable, columns["state"].categories
    (['state', 'boxes'], True, ['free', 'full'])
    """
    hints = get_type_hints(row, include_extras=True)
    own = {each.name: _column(hints[each.name]) for each in fields(row) if get_origin(hints[each.name]) is Annotated}
    return type(name, (RegisterTable,), {**own, "__doc__": row.__doc__, "__module__": row.__module__})


def _column(annotated: Any) -> dy.Column:
    bare, column = get_args(annotated)[:2]
    kinds = get_args(bare) if get_origin(bare) in (Union, UnionType) else (bare,)
    (kind,) = (each for each in kinds if each is not NoneType)
    shared: dict[str, Any] = {
        "nullable": NoneType in kinds,
        "description": column.meaning,
        "metadata": about(handling=column.handling, unit=column.unit),
    }
    if get_origin(kind) is Literal:
        return dy.Enum(get_args(kind), **shared)
    if kind in (int, float):
        limits = {"min": column.least, "max": column.most}
        return dy.Int64(**shared, **limits) if kind is int else dy.Float64(**shared, **limits)
    plain: dict[Any, type[dy.Column]] = {str: dy.String, date: dy.Date, bool: dy.Bool}
    return plain[kind](**shared)
