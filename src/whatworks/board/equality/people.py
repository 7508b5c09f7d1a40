"""Find the people of a scheme with their protected characteristics and how far they came: records, or a flat file."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import polars as pl

from whatworks.board.equality.impact import STAGES
from whatworks.evaluation.values.file import FlatFile
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

BANDS = (10, 18, 25, 35, 50)
"""Ages at which a new band begins."""
CHARACTERISTICS = {"sex": "Sex", "ethnicity": "Ethnic group", "age_band": "Age"}
NOT_STATED = ("not stated", "not known", "unknown", "refused")
"""Answers about ethnic group that are none."""
YES, NO = ("1", "yes", "y", "true"), ("0", "no", "n", "false")
_PEOPLE = """
WITH part AS (
  SELECT COALESCE(i.linked_id, p.organisation_id || ':' || p.person_id) AS person, p.*
  FROM participation AS p LEFT JOIN identity AS i USING (organisation_id, person_id)
  WHERE p.scheme_id = ? AND (CAST(? AS VARCHAR) IS NULL OR p.area_code = ?)
),
placed AS (
  SELECT part.*,
    ROW_NUMBER() OVER (PARTITION BY person ORDER BY area_code IS NULL, first_on IS NULL, first_on, area_code) AS nth
  FROM (
    SELECT part.*, COALESCE(eligible_on, referred_on, offered_on, started_on, completed_on) AS first_on FROM part
  ) AS part
),
stage AS (
  SELECT
    person,
    min(LEAST(eligible_on, referred_on, offered_on, started_on, completed_on)) AS first_day,
    bool_or(COALESCE(eligible_on, referred_on, offered_on, started_on, completed_on) IS NOT NULL) AS eligible,
    bool_or(COALESCE(referred_on, offered_on, started_on, completed_on) IS NOT NULL) AS selected,
    bool_or(COALESCE(started_on, completed_on) IS NOT NULL) AS started,
    bool_or(completed_on IS NOT NULL) AS completed,
    min(CASE WHEN nth = 1 AND first_on IS NOT NULL THEN area_code END) AS area
  FROM placed GROUP BY person
),
answer AS (
  SELECT COALESCE(i.linked_id, p.organisation_id || ':' || p.person_id) AS person, p.organisation_id, p.person_id,
    UNNEST(['sex', 'ethnicity', 'date_of_birth']) AS field,
    UNNEST([NULLIF(p.sex, 'unknown'), p.ethnicity, CAST(p.date_of_birth AS VARCHAR)]) AS value
  FROM person AS p LEFT JOIN identity AS i USING (organisation_id, person_id)
),
ranked AS (
  SELECT a.person, a.field, a.value,
    ROW_NUMBER() OVER (
      PARTITION BY a.person, a.field ORDER BY COALESCE(t.place, 1000), a.organisation_id, a.person_id
    ) AS nth
  FROM answer AS a
  LEFT JOIN equality_trust AS t ON t.field = a.field AND t.organisation_id = a.organisation_id
  WHERE a.value IS NOT NULL AND EXISTS (SELECT 1 FROM stage AS s WHERE s.person = a.person)
),
trusted AS (SELECT person, field, value FROM ranked WHERE nth = 1)
SELECT s.*, x.value AS sex, e.value AS ethnicity, CAST(d.value AS DATE) AS date_of_birth
FROM stage AS s
LEFT JOIN trusted AS x ON x.person = s.person AND x.field = 'sex'
LEFT JOIN trusted AS e ON e.person = s.person AND e.field = 'ethnicity'
LEFT JOIN trusted AS d ON d.person = s.person AND d.field = 'date_of_birth'
WHERE s.eligible
ORDER BY s.person
"""


def people_of_scheme(
    connection: Engine,
    scheme: str,
    preferences: dict[str, tuple[str, ...]],
    *,
    area: str | None = None,
) -> pl.DataFrame:
    """Return a row a person of a scheme: person, sex, ethnicity, age_band, area, and a flag for each stage.

    Where agencies disagree about somebody, the partnership's order of preference decides, then the alphabet. The age
    is that of the first day on which the scheme knew the person. Refuses a scheme, or an area of it, without people.
    """
    trust = [(field, name, at) for field, order in sorted(preferences.items()) for at, name in enumerate(order)]
    columns = {"field": pl.String, "organisation_id": pl.String, "place": pl.Int64}
    connection.put("equality_trust", pl.DataFrame(trust, schema=columns, orient="row"))
    found = connection.fetch(_PEOPLE, [scheme, area, area])
    if not found.height:
        raise Refused(_nobody(connection, scheme, area))
    stated = pl.when(~pl.col("ethnicity").str.to_lowercase().is_in(NOT_STATED)).then("ethnicity")
    people: pl.DataFrame = found.with_columns(ethnicity=stated, age_band=age_band()).drop("date_of_birth", "first_day")
    return people


def age_band(bands: Sequence[int] = BANDS) -> pl.Expr:
    """Return the age band on `first_day`, from `date_of_birth`: completed years.

    >>> born = pl.DataFrame({"date_of_birth": [date(2000, 5, 2)], "first_day": [date(2025, 5, 1)]})
    >>> born.select(age_band()).item()
    '18 to 24'
    """
    birth, day = pl.col("date_of_birth"), pl.col("first_day")
    had = day.dt.strftime("%m%d") >= birth.dt.strftime("%m%d")
    age = day.dt.year() - birth.dt.year() - (~had).cast(pl.Int32)
    named = pl.when(age.is_null()).then(None).when(age < bands[0]).then(pl.lit(f"under {bands[0]}"))
    for low, high in pairwise(bands):
        named = named.when(age < high).then(pl.lit(f"{low} to {high - 1}"))
    return named.otherwise(pl.lit(f"{bands[-1]} and over"))


def people_of_file(
    file: FlatFile, characteristics: Sequence[str], stages: Sequence[str], outcome: str | None = None
) -> pl.DataFrame:
    """Return a flat file's people as `people_of_scheme` does; refuse all that cannot be read, at once.

    A stage holds yes or no (1, 0, true, false), or the day on which it was reached, empty where it was not. `stages`
    names the file's columns for eligible, selected, started and completed, in that order. The outcome is yes or no,
    empty where it is not known.
    """
    wanted = [*characteristics, *stages, *([outcome] if outcome else [])]
    lacking = [name for name in wanted if name not in file.texts.columns]
    faults = [
        Fault("is not a column", f"the file has: {', '.join(file.texts.columns)}", file.name, field=name)
        for name in lacking
    ]
    if len(stages) != len(STAGES):
        remedy = "name the columns for eligible, selected, started and completed, in that order"
        faults.append(Fault(f"{len(stages)} stages are named", remedy, field="stages"))
    if faults:
        raise Refused(faults)
    flags = {one.name: _flags(file, column, faults, stage=True) for one, column in zip(STAGES, stages, strict=True)}
    columns: dict[str, list[bool | None]] = dict(flags)
    if outcome is not None:
        columns["outcome"] = _flags(file, outcome, faults, stage=False)
    if faults:
        raise Refused(faults)
    frame = file.texts.select(characteristics).with_columns(
        pl.Series(name, values, dtype=pl.Boolean) for name, values in columns.items()
    )
    return _reached(frame).filter(pl.col("eligible"))


def _reached(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every stage holding whoever reached a later one."""
    names = [one.name for one in STAGES]
    return frame.with_columns(
        pl.any_horizontal(pl.col(later).fill_null(False) for later in names[at:]).alias(name)
        for at, name in enumerate(names)
    )


def _flags(file: FlatFile, column: str, faults: list[Fault], *, stage: bool) -> list[bool | None]:
    found: list[bool | None] = []
    for line, text in zip(file.lines, file.texts[column], strict=True):
        plain = str(text).casefold() if text is not None else None
        if plain is None:
            found.append(False if stage else None)
        elif plain in YES or plain in NO:
            found.append(plain in YES)
        elif stage and _is_day(plain):
            found.append(True)
        else:
            found.append(None)
            remedy = "write yes or no, or a day such as 2025-06-30" if stage else "write yes or no"
            faults.append(Fault("is neither yes nor no", remedy, file.name, line, column))
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _nobody(connection: Engine, scheme: str, area: str | None) -> Fault:
    known = [str(row[0]) for row in connection.rows("SELECT DISTINCT scheme_id FROM participation ORDER BY 1")]
    if scheme not in known:
        listed = f"known: {', '.join(known)}" if known else "import a participation table first"
        return Fault("has no people in the records", listed, field="scheme", value=scheme)
    return Fault("has no people of the scheme", "name another area, or none for all", field="area", value=area)
