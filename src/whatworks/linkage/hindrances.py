"""Say what in agencies' records keeps them from being joined: names, dates and numbers missing or out of place."""

from dataclasses import dataclass

import polars as pl

from whatworks.linkage.model.names import standard_name
from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.records.engine import Engine
from whatworks.records.showing.counted import counted

WORTH_SAYING = 0.05
"""Share of an agency's records from which something is said of them."""
_COMMON_NAME, _COMMON_BIRTH, _NAMES_OF_A_NUMBER = 0.2, 0.02, 10
_EXCEL = r"^\s*([0-9]+([.,][0-9]+)?[eE]\+?[0-9]+|[A-Za-z]{3,4}-[0-9]{2,4}|#+[A-Z/!]*)\s*$"
_OTHER_NUMBER = r"(?i)^\s*([A-Z][0-9]{6,7}|[A-Z][0-9]{4}[A-Z]{2})\s*$"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A thing that hinders joining, in `records` of an agency's `of` records; `organisation_id` None: in all agencies'.

    >>> print(Hindrance("court", 30, 90, "have no birth date", "ask the court for it"))
    court: 30 of 90 records have no birth date; ask the court for it
    """

    organisation_id: str | None
    records: int
    of: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the sentence for a person to read."""
        whose = self.organisation_id or "all agencies"
        what = self.what.replace("have ", "has ", 1).replace("are ", "is ", 1) if self.records == 1 else self.what
        return f"{whose}: {self.records:,} of {counted(self.of, 'record')} {what}; {self.remedy}"


_FAULTS = ["not a PNC number", "without a check letter", "with a wrong check letter"]
_BY_EXCEL = pl.col("number").str.contains(_EXCEL)
_OTHER = pl.col("number").str.contains(_OTHER_NUMBER) | (pl.col("number") == pl.col("person_id"))
_NUMBER = ~pl.col("pnc_fault").fill_null("").is_in(["empty", "a placeholder", *_FAULTS])
_OF_A_RECORD: tuple[tuple[str, pl.Expr, str, str], ...] = (
    ("no name", pl.col("parts") == 0, "have no name that says who it is",
     "see that the mapping names the columns; until then dates, postcodes and numbers alone speak for them"),
    ("other letters", pl.col("other_letters"), "have names in letters that are not Latin",
     "ask for the names as other agencies here write them"),
    ("one column", pl.col("in_one_column"), "have the whole name in one column",
     "ask the agency for forename and surname in columns of their own"),
    ("initial", pl.col("forename_whole").str.len_chars() == 1, "have an initial for a forename",
     "ask whether the agency holds the forename"),
    ("no birth", pl.col("date_of_birth").is_null(), "have no date of birth",
     "see that the mapping names its column, and ask whether the agency holds it"),
    ("common birth", pl.col("common_birth"), "have a date of birth of very many, as a placeholder is",
     "list such dates in missing.date_of_birth of the mapping"),
    ("excel", _BY_EXCEL, "have in pnc_id what Excel makes of a number",
     "ask for the extract as a text file that no spreadsheet has opened"),
    ("other number", _OTHER & ~_BY_EXCEL, "have another number than the PNC number in pnc_id",
     "name the PNC number's column in the mapping, and map this one to prison_number or crn where it is one"),
    ("other fault", pl.col("pnc_fault").is_in(_FAULTS) & ~_OTHER & ~_BY_EXCEL,
     "have in pnc_id what is not a whole PNC number with its check letter",
     "ask for the number as the Police National Computer prints it, as 1998/0012345J, in a column of its own"),
    ("shared", _NUMBER & (pl.col("names_of_number") >= _NAMES_OF_A_NUMBER),
     "have a PNC number that stands with ten names or more",
     "a number of so many names nobody: list it in missing.pnc_id of the mapping"),
)  # fmt: skip
"""Name, which records, what is said of them, and what would help."""


def hindrances(connection: Engine) -> tuple[Hindrance, ...]:
    """Return what hinders joining the records of people in the store, agency by agency, then in all together.

    Said is what at least one record in twenty of an agency has, and any number that stands with ten names or more.

    >>> from whatworks.records.tables.ddl import create_tables
    >>> from whatworks.records.store import scratch
    >>> con = scratch()
    >>> create_tables(con)
    >>> columns = "source_id, source_line, organisation_id, person_id, forename, surname, pnc_id, date_of_birth"
    >>> row = ["s", 1, "court", "7", "Ann", "Lee", "1.98E+11", "1990-01-31"]
    >>> _ = con.change(f"insert into person ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    >>> for hindrance in hindrances(con):
    ...     print(hindrance.organisation_id, hindrance.records, hindrance.what)
    court 1 have in pnc_id what Excel makes of a number
    None 1 are of one agency, so that only those whom it holds twice can be found
    """
    person = _looked_at(connection)
    if person.is_empty():
        return ()
    totals = person.group_by("organisation_id").agg(
        pl.len(), *(test.fill_null(value=False).sum().alias(name) for name, test, _, _ in _OF_A_RECORD)
    )
    by_agency = [
        Hindrance(row["organisation_id"], row[name], row["len"], what, remedy)
        for row in totals.sort("organisation_id").iter_rows(named=True)
        for name, _, what, remedy in _OF_A_RECORD
        if row[name] >= max(WORTH_SAYING * row["len"], 1) or (name == "shared" and row[name])
    ]
    return (*by_agency, *_of_all(person))


def _of_all(person: pl.DataFrame) -> tuple[Hindrance, ...]:
    """Return what hinders joining in all agencies together."""
    total, hindering = person.height, []
    if person["organisation_id"].n_unique() == 1:
        what = "are of one agency, so that only those whom it holds twice can be found"
        hindering.append(Hindrance(None, total, total, what, "import another agency's records of people"))
    names = person.filter(pl.col("parts") > 0)["whole"].value_counts()["count"]
    if len(names) and int(names.max()) > max(_COMMON_NAME * total, 20):  # type: ignore[arg-type]
        what = "have one and the same name, which tells nobody apart"
        hindering.append(Hindrance(None, int(names.max()), total, what, "see that the mapping names the right columns"))  # type: ignore[arg-type]
    return tuple(hindering)


def _looked_at(connection: Engine) -> pl.DataFrame:
    """Return a row a record: its parts of a name, date of birth, number as written, and how many share these."""
    person = connection.fetch(
        "SELECT p.organisation_id, p.person_id, p.forename, p.surname, p.date_of_birth, trim(p.pnc_id) AS number, "
        f"n.pnc_fault FROM person AS p JOIN ({checked_numbers_sql()}) AS n USING (organisation_id, person_id) "
        "ORDER BY p.organisation_id, p.person_id"
    )
    for part in ("forename", "surname"):
        person = person.join(_forms(person[part], part), on=part, how="left", nulls_equal=True, maintain_order="left")
    alike = pl.len().over("organisation_id", "date_of_birth")
    of = pl.len().over("organisation_id")
    looked_at: pl.DataFrame = person.with_columns(
        parts=pl.col("forename_parts") + pl.col("surname_parts"),
        whole=pl.col("forename_whole") + " " + pl.col("surname_whole"),
        other_letters=pl.col("forename_other") | pl.col("surname_other"),
        in_one_column=(pl.min_horizontal("forename_parts", "surname_parts") == 0)
        & (pl.max_horizontal("forename_parts", "surname_parts") > 1),
        common_birth=pl.col("date_of_birth").is_not_null() & (alike >= pl.max_horizontal(_COMMON_BIRTH * of, 10)),
        names_of_number=pl.struct("forename_whole", "surname_whole").n_unique().over("number"),
    )
    return looked_at


def _forms(written: pl.Series, part: str) -> pl.DataFrame:
    """Return, for each name as written, how many parts it has, these together, and whether they are not Latin."""
    rows = [
        (name, len(form.parts), form.whole, not form.whole.isascii())
        for name in written.unique().sort().to_list()
        for form in [standard_name(name)]
    ]
    kinds = {part: pl.String, f"{part}_parts": pl.Int64, f"{part}_whole": pl.String, f"{part}_other": pl.Boolean}
    return pl.DataFrame(rows, schema=kinds, orient="row")
