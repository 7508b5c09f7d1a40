"""Tell whether people seem to stand in a table twice, where no column says who is who."""

import polars as pl


def rows_repeat(table: pl.DataFrame) -> bool:
    """Tell whether more rows are the same as others in every column than chance would make.

    Where few columns hold few values people are alike by chance: pairs of like rows count from ten times as many as
    there would be if the columns had nothing to do with one another. Tables with lists or objects are not looked at.

    >>> people = pl.DataFrame({"age": [20.5 + at % 50 for at in range(100)], "district": range(100)})
    >>> rows_repeat(people), rows_repeat(people.drop("district"))
    (False, False)
    >>> rows_repeat(pl.concat([people, people.head(20)]))
    True
    """
    if not table.height or any(kind.is_nested() or kind == pl.Object for kind in table.dtypes):
        return False
    number = next((column for column in table if column.dtype.is_float()), None)
    if number is not None and number.n_unique() == table.height:  # told by one column, quickly
        return False
    alike = _pairs(table.hash_rows())
    chance = 1.0
    for column in table if alike else ():
        chance *= 2 * _pairs(column) / table.height**2
    return alike > 3 + 10 * chance * table.height**2 / 2


def _pairs(values: pl.Series) -> float:
    """Return how many pairs of rows have the same value."""
    times = values.value_counts()["count"].cast(pl.Float64)
    return float((times * (times - 1) / 2).sum())
