"""Hold records of people, and the pairs of them that were scored, as arrays: a million records fit in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Literal, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.records.engine import Engine

NumberKind = Literal["pnc", "prison", "crn"]
NUMBER_KINDS: tuple[NumberKind, ...] = ("pnc", "prison", "crn")


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One row a record of a person, sorted by (organisation_id, person_id); a row's position is the record's index.

    `pnc`, `prison` and `crn` hold codes of numbers that passed their checks (see `numbers/checked_number.sql`): equal
    codes are equal numbers, -1 is none. The numbers themselves, by code, are in `values`; they identify people.
    """

    organisation: NDArray[np.int32]
    """Index of the record's agency in `organisations`."""
    organisations: tuple[str, ...]
    person_id: NDArray[np.object_] = field(repr=False)
    """The agency's own number for the person, as text."""
    pnc: NDArray[np.int32]
    prison: NDArray[np.int32]
    crn: NDArray[np.int32]
    values: dict[NumberKind, tuple[str, ...]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.organisation)

    def codes(self, kind: NumberKind) -> NDArray[np.int32]:
        """Return the records' codes of one kind of number; -1 where a record has none that passed its checks."""
        return {"pnc": self.pnc, "prison": self.prison, "crn": self.crn}[kind]

    def chosen(self, rows: NDArray[np.intp]) -> "RecordTable":
        """Return the records of these places, given in ascending order."""
        names = ("organisation", "person_id", "pnc", "prison", "crn")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def near(self, kind: NumberKind, first: int, second: int) -> bool:
        """Tell whether two codes are of one number, or of numbers that one slip of the pen explains.

        A slip is one character changed, left out or put in, or two neighbours changed over.

        >>> table = record_table(["a", "b", "c"], ["1", "2", "3"], crn=["X123456", "X132456", "X654321"])
        >>> table.near("crn", 0, 1), table.near("crn", 0, 2)
        (True, False)
        """
        return first == second or one_slip_apart(self.values[kind][first], self.values[kind][second])


def record_table(
    organisation: Sequence[str],
    person_id: Sequence[str],
    *,
    pnc: Sequence[str | None] | None = None,
    prison: Sequence[str | None] | None = None,
    crn: Sequence[str | None] | None = None,
) -> RecordTable:
    """Return the table of records given by columns, sorted by agency and by the agency's number for the person.

    Numbers are taken as they stand: check and clean them first.

    >>> table = record_table(["prison", "police"], ["7", "2"], pnc=["2003/0062845E", None])
    >>> table.organisations, table.person_id.tolist(), table.pnc.tolist()
    (('police', 'prison'), ['2', '7'], [-1, 0])
    """
    columns = {"organisation_id": organisation, "person_id": person_id, "pnc": pnc, "prison": prison, "crn": crn}
    frame = pl.DataFrame(
        {name: values if values is not None else [None] * len(person_id) for name, values in columns.items()},
        schema=dict.fromkeys(columns, pl.String),
    )
    return table_of_frame(frame)


def checked_numbers_sql() -> str:
    """Return the query that lists each record of `person` with its numbers that passed their checks.

    Its columns are organisation_id, person_id, pnc, prison_no, crn_no and pnc_fault.
    """
    numbers = (
        "SELECT n.organisation_id, n.person_id AS person, n.pnc, n.prison_no, n.crn_no, n.initials, "
        "STRFTIME(p.date_of_birth, '%Y%m%d') AS born FROM number_in_form AS n "
        "JOIN person AS p ON p.organisation_id = n.organisation_id AND p.person_id = n.person_id"
    )
    comment, _, select = numbers_query("checked_number").partition("\nSELECT")
    parts = (
        f"number_in_form AS ({numbers_query('number_in_form')})",
        f"numbered AS ({numbers})",
        held_numbers_sql("numbered", "organisation_id"),
        f"number_of_nobody AS ({numbers_query('number_of_nobody')})",
    )
    return f"{comment}\nWITH {', '.join(parts)}\nSELECT{select}"


def numbers_query(name: str) -> str:
    """Return the query of a file of the folder `numbers`."""
    return files("whatworks.linkage").joinpath(f"numbers/{name}.sql").read_text(encoding="utf-8")


def held_numbers_sql(table: str, agency: str = "organisation", suffix: str = "") -> str:
    """Return `held_number AS (...)` for a query: a row each number of a table of records, with who holds it.

    The table has columns `pnc`, `prison_no`, `crn_no` (each with the suffix), `born`
    (YYYYMMDD), `initials` and the agency's.

    >>> held_numbers_sql("numbered").count("UNION ALL")
    2
    """
    born = (
        "CAST(SUBSTRING(born, 1, 4) || '-' || SUBSTRING(born, 5, 2) || '-' || SUBSTRING(born, 7, 2) AS DATE)"
        " AS date_of_birth"
    )
    kinds = (
        f"SELECT '{kind}' AS kind, {kind}{suffix} AS number, {agency} AS organisation_id, initials, {born} "
        f"FROM {table} WHERE {kind}{suffix} IS NOT NULL"
        for kind in ("pnc", "prison_no", "crn_no")
    )
    return f"held_number AS ({' UNION ALL '.join(kinds)})"


def read_records(connection: Engine) -> RecordTable:
    """Read the records of people that the store holds, with their checked numbers."""
    query = f"SELECT organisation_id, person_id, pnc, prison_no AS prison, crn_no AS crn FROM ({checked_numbers_sql()})"
    return table_of_frame(connection.fetch(query))


def positions(
    records: RecordTable, organisation: Sequence[str] | pl.Series, person_id: Sequence[str] | pl.Series
) -> NDArray[np.int32]:
    """Return the index of each record named by its agency and number; -1 where the table does not hold it.

    >>> table = record_table(["prison", "police"], ["7", "2"])
    >>> positions(table, ["prison", "police"], ["7", "3"]).tolist()
    [1, -1]
    """
    agency = pl.Series(records.organisations, dtype=pl.String).gather(records.organisation)
    there = pl.DataFrame({"agency": agency, "person": pl.Series(records.person_id.tolist(), dtype=pl.String)})
    asked = pl.DataFrame(
        {"agency": organisation, "person": person_id}, schema={"agency": pl.String, "person": pl.String}
    )
    joined = asked.join(there.with_row_index("at"), on=["agency", "person"], how="left", maintain_order="left")
    return joined["at"].cast(pl.Int32).fill_null(-1).to_numpy()


def table_of_frame(frame: pl.DataFrame) -> RecordTable:
    """Return the table of records of a frame: organisation_id, person_id, pnc, prison and crn."""
    frame = frame.sort("organisation_id", "person_id")
    numbers = {kind: _coded(frame[kind]) for kind in NUMBER_KINDS}
    organisation, organisations = _coded(frame["organisation_id"])
    return RecordTable(
        organisation,
        organisations,
        frame["person_id"].to_numpy().astype(object),
        numbers["pnc"][0],
        numbers["prison"][0],
        numbers["crn"][0],
        {kind: numbers[kind][1] for kind in NUMBER_KINDS},
    )


def _coded(column: pl.Series) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return each text's place among the column's different texts in order, -1 for none, and those texts."""
    codes = column.rank("dense").cast(pl.Int32).fill_null(0).to_numpy() - np.int32(1)
    return codes.astype(np.int32), tuple(column.drop_nulls().unique().sort().to_list())


def one_slip_apart(first: str, second: str) -> bool:
    """Tell whether one character changed, left out or put in, or two neighbours changed over, makes one text the other.

    >>> one_slip_apart("X123456", "X123465"), one_slip_apart("X123456", "X12345"), one_slip_apart("X123456", "X213465")
    (True, True, False)
    """
    if len(first) == len(second):
        differing = [place for place in range(len(first)) if first[place] != second[place]]
        if len(differing) != 2:
            return len(differing) < 2
        left, right = differing
        return right == left + 1 and first[left] == second[right] and first[right] == second[left]
    shorter, longer = sorted((first, second), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs of records with the probability that both are one person.

    `left` < `right` are record indexes. Rows are sorted by (weight descending, left, right), so by probability too.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    probability: NDArray[np.float64]
    weight: NDArray[np.float64]
    """Log to base 2 of the odds that the comparisons and the prior give together."""
    pattern: NDArray[np.object_] = field(repr=False)
    """The level that each comparison came to, as text."""

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def sorted_from(
        cls,
        left: NDArray[np.int32],
        right: NDArray[np.int32],
        probability: NDArray[np.float64],
        weight: NDArray[np.float64] | None = None,
        pattern: NDArray[np.object_] | None = None,
    ) -> Self:
        """Return pairs in the order that joining needs, each turned so that `left` is the lower record.

        >>> pairs = ScoredPairs.sorted_from(np.array([3, 0]), np.array([1, 2]), np.array([0.5, 0.9]))
        >>> pairs.left.tolist(), pairs.right.tolist()
        ([0, 1], [2, 3])
        """
        low, high = np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)
        weight = _log_odds(probability) if weight is None else weight
        order = np.lexsort((high, low, -weight))
        pattern = np.full(len(low), "", dtype=object) if pattern is None else pattern
        return cls(low[order], high[order], probability[order], weight[order], pattern[order])

    def chosen(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Self:
        """Return the pairs of these rows, given by a mask or by places in ascending order."""
        return type(self)(
            self.left[rows], self.right[rows], self.probability[rows], self.weight[rows], self.pattern[rows]
        )


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded = np.clip(probability, 1e-300, 1 - 2**-53)
    return np.log2(bounded) - np.log2(1 - bounded)
