"""Put the protocol's declarations to the texts of a file: one spelling for each kind, and nothing where not known."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from whatworks.evaluation.values.cleaning import kind_of, spelt_as_one
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.settings import Clean, ColumnSettings, Data


def cleaned_file(data: Data, file: FlatFile, columns: Sequence[str]) -> FlatFile:
    """Return the file with these columns written as `[data]` declares; the others stay as they are."""
    changed = [cleaned_column(file.texts[name], data.values_of(name)) for name in dict.fromkeys(columns)]
    return replace(file, texts=file.texts.with_columns(changed))


def counts_of(values: pl.Series) -> dict[str, int]:
    """Return how often each text stands in a column.

    >>> counts_of(pl.Series(["b", "a", None, "b"]))
    {'a': 1, 'b': 2}
    """
    found = values.drop_nulls().value_counts(name="rows")
    return dict(sorted(zip(found[values.name].to_list(), found["rows"].to_list(), strict=True)))


def cleaned_column(values: pl.Series, settings: ColumnSettings) -> pl.Series:
    """Return a column with one spelling for each kind, and nothing where the settings say that it is not known.

    >>> cleaned_column(pl.Series(["N", "n", "9"]), ColumnSettings(clean=("case",), missing_values=("9",))).to_list()
    ['N', 'N', None]
    """
    if settings.blank:
        values = values.fill_null(settings.blank)
    if not settings.clean and not settings.missing_values:
        return values
    with_numbers: tuple[Clean, ...] = (*settings.clean, "numbers")
    gone = {kind_of(text, with_numbers) for text in settings.missing_values}
    spelt = spelt_as_one(counts_of(values), settings.clean)
    read = {text: None if kind_of(text, with_numbers) in gone else one or None for text, one in spelt.items()}
    if not any(text != one for text, one in read.items()):
        return values
    return values.replace_strict(read, default=None, return_dtype=pl.String)
