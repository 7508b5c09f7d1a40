"""Apply one block of a mapping to a batch of records: who is excluded, what each column's text is, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import dataframely as dy
import polars as pl

from whatworks.records.file_settings import LONDON
from whatworks.records.imports.fault_frame import TEXT, Check, list_faults
from whatworks.records.imports.rules import DAY_OF, row_checks
from whatworks.records.mappings.mapping import ISO_DATE, SOURCE, SOURCE_LINE, Condition, Part, TableBlock
from whatworks.records.mappings.parse import frame_type, parse
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.declaration import DATED, Table

_OTHER_DATES = "; list every form in formats.{0} of the mapping, and what stands for no date in missing.{0}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a batch yields for one table: a typed row for each record that was not excluded, and all faults."""

    rows: pl.DataFrame
    faults: pl.DataFrame
    excluded: int


class BlockPlan:
    """One block of a mapping, worked out once and applied to every batch of the file."""

    def __init__(
        self,
        block: TableBlock,
        organisation_id: str,
        as_at: date,
        *,
        zone: str = LONDON,
        dates: frozenset[str] = frozenset(),
        source: str = "",
    ) -> None:
        """`zone` is whose days count; `dates` are their columns with real dates, read as 2024-02-28 by us.

        `source` is what the file is called in the store.
        """
        self.source = source
        self.block, self.organisation_id, self.as_at = block, organisation_id, as_at
        self.zone, self.dates = zone, dates
        self.schema: type[Table] = RECORD_TABLES[block.table]
        self.columns = {name: kind for name, kind in self.schema.columns().items() if name != "source_id"}
        self.texts = dict(self._texts())
        self.checks: list[Check] = []
        self.marks = dict(self._unsplit())
        self.values = {"source_line": pl.col("source_line"), **dict(self._values())}
        self.checks += row_checks(block.table, self.schema, as_at)

    def apply(self, texts: pl.DataFrame, lines: pl.Series) -> Checked:
        """Return typed rows (columns as declared, `source_id` left out), faults, and how many were excluded."""
        frame = texts.with_columns(lines.cast(pl.Int64).alias("source_line"))
        wanted = frame.filter([_holds(one) for one in self.block.when]) if self.block.when else frame
        rows = (
            wanted.lazy()
            .select(
                "source_line",
                *(expr.alias(f"{TEXT}{name}") for name, expr in self.texts.items()),
                *(expr.alias(name) for name, expr in self.marks.items()),
            )
            .with_columns(expr.alias(name) for name, expr in self.values.items())
            .collect()
        )
        return Checked(rows.select(list(self.columns)), list_faults(rows, self.checks), frame.height - wanted.height)

    def _texts(self) -> Iterator[tuple[str, pl.Expr]]:
        block = self.block
        for name in self.columns:
            if name == "source_line":
                continue
            if name in block.constants:
                yield name, _stripped(pl.lit(block.constants[name]))
            elif name in block.columns:
                yield name, self._known(name, _stripped(pl.col(block.columns[name])))
            elif name in block.split:
                yield name, self._known(name, _part(block.split[name]))
            elif name in block.key:
                yield name, pl.concat_str([_key_part(part, self.source) for part in block.key[name]], separator="-")
            elif name == "organisation_id":
                yield name, pl.lit(self.organisation_id)
            else:
                yield name, pl.lit(None, pl.String)

    def _unsplit(self) -> Iterator[tuple[str, pl.Expr]]:
        """Yield, for each column that is a part of a text, where that text does not hold what splits it."""
        for name, part in self.block.split.items():
            if part.alone is None:
                mark, text = f"unsplit:{name}", _stripped(pl.col(part.column))
                remedy = f"write both with {part.by!r} between them, or say in the mapping which one stands alone"
                self.checks.append(Check("split", name, pl.col(mark), pl.lit(f"holds no {part.by!r}"), remedy))
                yield mark, ~text.str.contains(part.by, literal=True)

    def _values(self) -> Iterator[tuple[str, pl.Expr]]:
        filled = self.block.fills() | {"organisation_id"}
        for name, kind in self.columns.items():
            if name == "source_line":
                continue
            if name not in filled:
                yield name, pl.lit(None, frame_type(kind))
                continue
            text = pl.col(f"{TEXT}{name}")
            source = self._decoded(name, kind, text) if name in self.block.codes else self._day_of_code(name, text)
            pivot = self.as_at if self.block.two_digit_years and _is_event(kind) else None
            parsed = parse(source, kind, self._formats(name), pivot, self.zone)
            if not isinstance(kind, dy.String):
                bad = source.is_not_null() & pl.col(name).is_null()
                remedy = parsed.remedy + (_OTHER_DATES.format(name) if isinstance(kind, DATED) else "")
                self.checks.append(Check(parsed.rule, name, bad, parsed.problem, remedy))
            yield name, parsed.value
        if self.block.table != "organisation":
            self._only_own_organisation()

    def _known(self, name: str, text: pl.Expr) -> pl.Expr:
        nothing = [one.strip() for one in self.block.missing.get(name, ())]
        return pl.when(~text.is_in(nothing)).then(text) if nothing else text

    def _day_of_code(self, name: str, text: pl.Expr) -> pl.Expr:
        """Return the text of a day, null where the code whose day it is stands for none of ours."""
        code = DAY_OF.get((self.block.table, name), "")
        codes = self.block.codes.get(code, {}).items()
        none = [theirs.strip() for theirs, ours in codes if not ours.strip()]
        return pl.when(~pl.col(f"{TEXT}{code}").fill_null("").is_in(none)).then(text) if none else text

    def _formats(self, name: str) -> tuple[str, ...]:
        formats = self.block.formats.get(name, (ISO_DATE,))
        real = self.block.columns.get(name) in self.dates and ISO_DATE not in formats
        return (*formats, ISO_DATE) if real else formats

    def _decoded(self, name: str, kind: dy.Column, text: pl.Expr) -> pl.Expr:
        codes = {theirs.strip(): ours.strip() or None for theirs, ours in self.block.codes[name].items()}
        known = {theirs: ours for theirs, ours in codes.items() if theirs}
        remedy = f"add it to codes.{name} of the mapping, or send one of {', '.join(known)}"
        unknown = text.is_not_null() & ~text.is_in(list(known))
        self.checks.append(Check("code", name, unknown, pl.lit("is not a code that the mapping knows"), remedy))
        ours = text.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
        empty = pl.lit(codes.get(""), pl.String)
        return pl.when(text.is_null()).then(empty).otherwise(ours)

    def _only_own_organisation(self) -> None:
        bad = pl.col("organisation_id") != self.organisation_id
        problem = pl.lit(f"is not {self.organisation_id}, which was named at import")
        self.checks.append(Check("organisation", "organisation_id", bad, problem, "import each agency's rows apart"))


def _is_event(kind: dy.Column) -> bool:
    return bool((kind.metadata or {}).get("event"))


def _stripped(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    return pl.when(bare != "").then(bare)


def _part(part: Part) -> pl.Expr:
    text = _stripped(pl.col(part.column))
    sides = text.str.splitn(part.by, 2)
    whole = text if part.alone in (None, part.part) else pl.lit(None, pl.String)
    side = _stripped(sides.struct.field(f"field_{part.part - 1}"))
    return pl.when(text.str.contains(part.by, literal=True)).then(side).otherwise(whole)


def _key_part(part: str, source: str) -> pl.Expr:
    if part == SOURCE:
        return pl.lit(source)
    return pl.col("source_line").cast(pl.String) if part == SOURCE_LINE else _stripped(pl.col(part))


def _holds(condition: Condition) -> pl.Expr:
    text = pl.col(condition.column).fill_null("").str.strip_chars()
    if condition.equals is not None:
        return text == condition.equals.strip()
    if condition.not_equals is not None:
        return text != condition.not_equals.strip()
    if condition.one_of is not None:
        return text.is_in([one.strip() for one in condition.one_of])
    wants_empty = condition.empty if condition.empty is not None else not condition.not_empty
    return (text == "") if wants_empty else (text != "")
