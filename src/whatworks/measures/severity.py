"""Weigh offences by a named edition of severity weights; editions disagree, so none is taken silently."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files

from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class SeverityTable:
    """The weights of one edition, in hundredths (integers add up the same in any order).

    `by_code` holds weights of offence codes, `by_group` those of offence groups; a code's weight goes before its
    group's.
    """

    edition: str
    by_code: tuple[tuple[str, int], ...] = ()
    by_group: tuple[tuple[str, int], ...] = ()


def severity_table(edition: str, others: Sequence[SeverityTable] = ()) -> SeverityTable:
    """Return the weights of an edition: one of `others`, or one that ships with the package; refuse an unknown one.

    >>> dict(severity_table("example").by_group)["robbery"]
    10000
    >>> severity_table("official 2031")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: severity_edition "official 2031": is not an edition that is at hand; ...
    """
    for table in others:
        if table.edition == edition:
            return table
    shipped = files("whatworks.measures").joinpath("reference")
    names = sorted(
        entry.name.removeprefix("severity_").removesuffix(".csv")
        for entry in shipped.iterdir()
        if entry.name.startswith("severity_") and entry.name.endswith(".csv")
    )
    if edition in names:
        name = f"severity_{edition}.csv"
        return read_severity(shipped.joinpath(name).read_text(encoding="utf-8"), edition, name)
    at_hand = ", ".join(sorted({*names, *(table.edition for table in others)}))
    raise Refused(
        Fault(
            "is not an edition that is at hand",
            f"name one of: {at_hand}; or give its weights as a table",
            field="severity_edition",
            value=edition,
        )
    )


def read_severity(text: str, edition: str, file: str | None = None) -> SeverityTable:
    """Read weights from CSV text with the columns `level` (code or group), `key`, `weight`; `#` starts a comment.

    Weights have at most two decimals. Every fault is named at once.

    >>> read_severity("level,key,weight\\ngroup,theft,2.5\\n", "mine").by_group
    (('theft', 250),)
    """
    weights: dict[str, dict[str, int]] = {"code": {}, "group": {}}
    faults: list[Fault] = []
    lines = text.splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(line for _, line in numbered)
    if list(rows.fieldnames or []) != ["level", "key", "weight"]:
        raise Refused(Fault("does not have the columns level,key,weight", "add that header", file))
    for (number, _), row in zip(numbered[1:], rows, strict=False):
        level, key = (row["level"] or "").strip(), (row["key"] or "").strip()
        hundredths = _hundredths(row["weight"])
        if level not in weights:
            faults.append(Fault("is neither code nor group", "write code or group", file, number, "level", level))
        elif not key or key in weights[level]:
            faults.append(Fault("is empty or given twice", "give each key one weight", file, number, "key", key))
        elif hundredths is None:
            remedy = "write a number from 0 with at most two decimals"
            faults.append(Fault("is not a weight", remedy, file, number, "weight", row["weight"]))
        else:
            weights[level][key] = hundredths
    if faults:
        raise Refused(faults)
    return SeverityTable(edition, tuple(weights["code"].items()), tuple(weights["group"].items()))


def _hundredths(text: str | None) -> int | None:
    try:
        weight = Decimal((text or "").strip()) * 100
    except InvalidOperation:
        return None
    return int(weight) if weight.is_finite() and weight >= 0 and weight == weight.to_integral_value() else None
