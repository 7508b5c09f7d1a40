"""Put into words why a column of numbers cannot be read as one, and what would say how it is written."""

from collections.abc import Iterable

import polars as pl

from whatworks.evaluation.values.cleaned_file import counts_of
from whatworks.evaluation.values.faults import counted
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.numbers import Disguise, disguised
from whatworks.evaluation.values.remedies import IN_PROTOCOL, Remedies, listed
from whatworks.evaluation.values.settings import ColumnSettings
from whatworks.records.missing_words import means_missing
from whatworks.records.refusal import Fault
from whatworks.records.showing.shown import shown_in


def not_numbers(
    field: str,
    column: str,
    values: pl.Series,
    numbers: pl.Series,
    settings: ColumnSettings,
    file: FlatFile,
    *,
    factor: bool,
    kinds: bool = False,
    remedies: Remedies = IN_PROTOCOL,
) -> list[Fault]:
    """Return faults where a column of numbers holds texts that are not read as numbers; none where it holds kinds.

    `factor` tells whether the column may hold kinds of people instead, and `kinds` that it is matched on as such: then
    only a mixture of numbers and numbers in disguise is at fault.
    """
    counts = counts_of(values.filter(numbers.is_null() & values.is_not_null()))
    if not counts:
        return []
    seen = disguised(counts)
    plain = len(numbers) - numbers.null_count()
    if factor and not _of_numbers(seen, plain, kinds):
        return []
    way_out = f"; if each text is a kind of its own, {remedies.kinds(column)}" if factor else ""
    faults = []
    if seen.numbers:
        rows = sum(seen.numbers.values())
        problem = f"holds numbers in disguise in {rows} of {len(values)} rows, the first of them this one"
        faults.append(
            _at(field, problem, _how_to_read(column, seen, settings, remedies) + way_out, seen.numbers, values, file)
        )
    if seen.bounds:
        problem = f"holds bounds, not numbers, in {sum(seen.bounds.values())} rows, the first of them this one"
        remedy = f"send the numbers, or have them not known: {remedies.not_known(column, sorted(seen.bounds))}"
        faults.append(_at(field, problem, remedy + way_out, seen.bounds, values, file))
    missing = {text: rows for text, rows in seen.others.items() if means_missing(text)}
    if missing:
        problem = f"is not a number but stands among numbers: {counted(missing)}"
        faults.append(_at(field, problem, remedies.not_known(column, sorted(missing)) + way_out, missing, values, file))
    odd = {text: rows for text, rows in seen.others.items() if text not in missing}
    if odd:
        more = f" (this is the first of {sum(odd.values())} such rows)" if sum(odd.values()) > 1 else ""
        problem = f"is not a number, as others of the column are{more}"
        remedy = f"write numbers only, or {remedies.list_not_known(column)} if it means not known"
        faults.append(_at(field, problem, remedy + way_out, odd, values, file))
    return faults


def _of_numbers(seen: Disguise, plain: int, kinds: bool) -> bool:
    """Tell whether a column is one of numbers, by what stands in it."""
    in_disguise, bounds = sum(seen.numbers.values()), sum(seen.bounds.values())
    if kinds:
        return bool(in_disguise and plain)
    if seen.ranges and not in_disguise:
        return False
    others = sum(rows for text, rows in seen.others.items() if not means_missing(text))
    return plain + in_disguise + bounds > others


def _how_to_read(column: str, seen: Disguise, settings: ColumnSettings, remedies: Remedies) -> str:
    """Return the settings that would read these numbers, with those that the column has already."""
    asked = seen.settings()
    if not asked:
        return "write numbers only, as 1250.5 or -12"
    units = [unit for unit in settings.units if unit not in seen.units]
    if units and seen.units:
        asked[-1] = f"unit = {listed([*units, *sorted(seen.units)])}"
    doubt = (
        ', or decimal = "," if the comma is a decimal point' if any('thousands = ","' in one for one in asked) else ""
    )
    return f"write numbers only, or say how they are written: {remedies.read(column, asked)}{doubt}"


def _at(field: str, problem: str, remedy: str, texts: Iterable[str], values: pl.Series, file: FlatFile) -> Fault:
    row = int(values.is_in(list(texts)).fill_null(False).arg_true()[0])
    return Fault(problem, remedy, file.name, file.lines[row], field, *shown_in(values, [values[row]]))
