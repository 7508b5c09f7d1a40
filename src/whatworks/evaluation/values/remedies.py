"""Say how to tell the software what a column's values mean, where they are given: in a protocol, or in a notebook."""

import json
import re
from collections.abc import Sequence
from typing import Protocol

from whatworks.records.missing_words import means_missing

SHOWN = 5


def under_data(setting: str) -> str:
    """Return how to make a setting of the whole file.

    >>> under_data('decimal = ","')
    'put decimal = "," under [data] in the protocol'
    """
    return f"put {setting} under [data] in the protocol"


def under_column(column: str, setting: str) -> str:
    """Return how to make a setting of one column.

    >>> under_column("Age (yrs)", 'unit = "years"')
    'put unit = "years" under [data.columns."Age (yrs)"] in the protocol'
    """
    return f"put {setting} {under(column)}"


def under(column: str) -> str:
    """Return where a column's settings stand.

    >>> under("age")
    'under [data.columns.age] in the protocol'
    """
    name = column if re.fullmatch(r"[A-Za-z0-9_-]+", column) else json.dumps(column, ensure_ascii=False)
    return f"under [data.columns.{name}] in the protocol"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a TOML list.

    >>> listed(["N/A", "9"])
    '["N/A", "9"]'
    """
    return json.dumps(list(texts), ensure_ascii=False)


def not_known(column: str, texts: Sequence[str]) -> str:
    """Return how to say that these texts mean not known: of the file where they are words, else of the column.

    >>> not_known("age", ["N/A"]), not_known("age", ["999"])
    ('put missing_values = ["N/A"] under [data] in the protocol', \
'put missing_values = ["999"] under [data.columns.age] in the protocol')
    """
    setting = f"missing_values = {listed(texts[:SHOWN])}"
    return under_data(setting) if all(means_missing(text) for text in texts) else under_column(column, setting)


def blank_means_no(column: str) -> str:
    """Return how to say that an empty cell of a column means no.

    >>> blank_means_no("took_part")
    'put blank = "no" under [data.columns.took_part] in the protocol'
    """
    return under_column(column, 'blank = "no"')


class Remedies(Protocol):
    """How a reader of a refusal says what a column's values mean; settings are written as a protocol has them."""

    def read(self, column: str, settings: Sequence[str]) -> str:
        """Return how to make these settings of one column."""

    def clean(self, column: str, steps: Sequence[str]) -> str:
        """Return how to say that these steps make no difference between two texts."""

    def not_known(self, column: str, texts: Sequence[str]) -> str:
        """Return how to say that these texts mean not known."""

    def list_not_known(self, column: str) -> str:
        """Return the same without the texts, which may identify a person."""

    def kinds(self, column: str) -> str:
        """Return how to say that each text of the column is a kind of its own."""


class InProtocol:
    """Remedies for who has a protocol."""

    def read(self, column: str, settings: Sequence[str]) -> str:
        """Return the settings under the column's name."""
        return under_column(column, " and ".join(settings))

    def clean(self, column: str, steps: Sequence[str]) -> str:
        """Return the setting of the whole file."""
        return f"{under_data(f'clean = {listed(steps)}')} (or of this column alone)"

    def not_known(self, column: str, texts: Sequence[str]) -> str:
        """Return the setting of the file or the column."""
        return not_known(column, texts)

    def list_not_known(self, column: str) -> str:
        """Return where the setting stands."""
        return f"list it in missing_values {under(column)}"

    def kinds(self, column: str) -> str:
        """Return the setting of factors."""
        return f"name the column in factors = {listed([column])} under [data]"


class InTable:
    """Remedies for who has a table of pandas, polars or Arrow: `read_column` takes the same settings.

    >>> InTable().read("age", ['decimal = ","'])
    'read it with read_column(data["age"], decimal=",") of whatworks.evaluation'
    """

    def read(self, column: str, settings: Sequence[str]) -> str:
        """Return the call with these settings."""
        words = "".join(f", {one.replace(' = ', '=', 1)}" for one in settings)
        return f"read it with read_column(data[{listed([column])[1:-1]}]{words}) of whatworks.evaluation"

    def clean(self, column: str, steps: Sequence[str]) -> str:
        """Return the call with these steps."""
        return self.read(column, [f"clean = {listed(steps)}"] if steps else [])

    def not_known(self, column: str, texts: Sequence[str]) -> str:
        """Return the call with these texts."""
        return self.read(column, [f"missing_values = {listed(texts[:SHOWN])}"])

    def list_not_known(self, column: str) -> str:
        """Return the call, the text to be filled in."""
        return f"list it in missing_values of read_column(data[{listed([column])[1:-1]}], missing_values=[...])"

    def kinds(self, column: str) -> str:
        """Return how a table says that a column holds categories."""
        return 'make the column a categorical one (in pandas .astype("category"), in polars .cast(pl.Categorical))'


IN_PROTOCOL = InProtocol()
IN_TABLE = InTable()
