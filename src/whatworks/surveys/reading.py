"""Take the answers to one question out of the records; what cannot be compared, or cannot be so, is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources import files

import numpy as np
import polars as pl

from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.surveys.answers import OFTEN, Answers, Floats
from whatworks.surveys.wave import Wave, check_twice, runs

LARGEST = 1e12
"""An answer beyond this is not a number that anybody meant."""
_DESIGN = ("weight", "stratum", "cluster", "fpc")


def read_answers(
    store: Engine,
    question: str,
    yes: Sequence[str] = (),
    survey: str | None = None,
    design_effect: float | None = None,
    minimum: int = OFTEN,
) -> Answers:
    """Return the answers to a question, waves in the order of their days.

    `yes` are the answers whose share is asked for; without any the mean is. A share that fewer than `minimum` people
    gave, or did not give, is withheld. Refused are a question that nobody asked,
    several surveys where none is named, answers that nobody gave, and waves that cannot be told apart or compared.
    """
    if not {"survey_wave", "survey_response"} <= store.tables():
        raise Refused("no survey was imported yet", "import its waves and answers first (docs/surveys.md)")
    derive(store, ["area_borough"], view=True)
    rows = store.fetch((files("whatworks.surveys") / "sql/survey_answer.sql").read_text("utf-8"), [question])
    if rows.is_empty():
        asked = [
            name for (name,) in store.rows("SELECT DISTINCT r.question FROM survey_response AS r ORDER BY r.question")
        ]
        raise Refused(Fault(f"nobody was asked {question!r}", _choice("questions", asked, question), field="question"))
    rows = _one_survey(rows, survey)
    found = answers_of(rows, question, tuple(yes), borough_names(store), design_effect, minimum)
    query = "SELECT COALESCE(SUM(s.rows_quarantined), 0) FROM source AS s WHERE s.\"table\" = 'survey_response'"
    [(aside,)] = store.rows(query)
    return replace(found, aside=int(aside))


def answers_of(
    rows: pl.DataFrame,
    question: str,
    yes: tuple[str, ...] = (),
    names: Mapping[str, str] | None = None,
    design_effect: float | None = None,
    minimum: int = OFTEN,
) -> Answers:
    """Return the same of one survey's rows, whose columns are those of `sql/survey_answer.sql`, in its order."""
    waves = _waves(rows)
    _check_design(rows)
    _check_codes(rows, waves, yes)
    value, not_asked = _values(rows, question, yes), _not_asked(rows, waves, yes)
    numbers = {wave.name: at for at, wave in enumerate(waves)}
    wave = np.array([numbers[name] for name in rows["wave_id"]], dtype=np.int64)
    value = np.where(np.isin(wave, list(not_asked)), np.nan, value)
    return Answers(
        question, yes, waves, value, wave, rows, dict(names or {}), design_effect, minimum, not_asked=not_asked
    )


def borough_names(store: Engine) -> dict[str, str]:
    """Return the boroughs' names by their codes.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = scratch()
    >>> create_tables(con)
    >>> borough_names(con)
    {}
    """
    query = "SELECT a.area_code, MIN(a.name) FROM area AS a WHERE a.kind = 'borough' GROUP BY a.area_code"
    return {code: name or code for code, name in store.rows(query)}


def _one_survey(rows: pl.DataFrame, survey: str | None) -> pl.DataFrame:
    surveys = rows["survey"].unique().sort().to_list()
    if survey is None and len(surveys) > 1:
        raise Refused(f"{len(surveys)} surveys asked this", f"name one with --survey: {'; '.join(surveys)}")
    if survey is not None and survey not in surveys:
        raise Refused(
            Fault("is not a survey that asked this", _choice("surveys", surveys, survey), field="survey", value=survey)
        )
    return rows if survey is None else rows.filter(pl.col("survey") == survey)


def _waves(rows: pl.DataFrame) -> tuple[Wave, ...]:
    columns = ("wave_id", "from_date", "to_date", "mode", "population", "panel")
    frame = rows.group_by(columns, maintain_order=True).agg(pl.col("wording").drop_nulls().unique().sort())
    faults = [
        Fault(
            f"the question stands in {len(row['wording'])} wordings in wave {row['wave_id']}",
            "give each wording a short name of its own, and import the wave again",
            field="wording",
        )
        for row in frame.iter_rows(named=True)
        if len(row["wording"]) > 1
    ]
    if faults:
        raise Refused(faults)
    waves = tuple(
        Wave(name, first, last, words[0] if words else None, mode, population, panel)
        for name, first, last, mode, population, panel, words in frame.iter_rows()
    )
    check_twice(waves)
    return waves


def _check_design(rows: pl.DataFrame) -> None:
    """Refuse a design that stands in some rows of a wave and not in others, and weights that nobody can have."""
    bad = rows["weight"].drop_nulls()
    if count := int((~bad.is_finite() | (bad <= 0)).sum()):
        remedy = "leave those respondents out, or correct the weights"
        raise Refused(Fault(f"{count} of {len(bad)} weights are not numbers above zero", remedy, field="weight"))
    held = rows.group_by("wave_id", maintain_order=True).agg(
        *(pl.col(name).is_null().mean().alias(name) for name in _DESIGN)
    )
    faults = [
        Fault(f"is missing for some of wave {row['wave_id']}", "give it for every respondent, or for none", field=name)
        for row in held.iter_rows(named=True)
        for name in _DESIGN
        if 0 < row[name] < 1 and name != "fpc"
    ]
    if faults:
        raise Refused(faults)


def _check_codes(rows: pl.DataFrame, waves: Sequence[Wave], yes: Sequence[str]) -> None:
    """Refuse an answer that nobody gave in a wave where many gave one that no comparable wave knows: it was recoded."""
    answers = {wave.name: rows.filter(pl.col("wave_id") == wave.name)["answer"].drop_nulls() for wave in waves}
    given = {name: set(column) for name, column in answers.items()}
    faults = []
    for run in runs(waves):
        names = [waves[at].name for at in run]
        for name in names:
            others = set[str]().union(*(given[other] for other in names if other != name))
            strange = [one for one in _frequent(answers[name]) if one not in others]
            faults += [
                Fault(
                    f"nobody gave it in wave {name}, where many answered {', '.join(strange)}, which no other wave has",
                    "give answers the same codes in every wave, by codes.answer of the mapping",
                    field="answer",
                    value=one,
                )
                for one in yes
                if strange and one in others - given[name]
            ]
    if faults:
        raise Refused(faults)


def _not_asked(rows: pl.DataFrame, waves: Sequence[Wave], yes: Sequence[str]) -> frozenset[int]:
    """Return the waves of runs in which nobody gave any of the answers, and many one that no run with them knows."""
    if not yes:
        return frozenset()
    held = [
        (run, rows.filter(pl.col("wave_id").is_in([waves[at].name for at in run]))["answer"].drop_nulls())
        for run in runs(waves)
    ]
    known = set[str]().union(*(set(answers) for _, answers in held if set(yes) & set(answers)))
    return frozenset(
        at for run, answers in held if not set(yes) & set(answers) and set(_frequent(answers)) - known for at in run
    )


def _values(rows: pl.DataFrame, question: str, yes: tuple[str, ...]) -> Floats:
    answers = rows["answer"]
    if yes:
        given = set(answers.drop_nulls())
        faults = [
            Fault(
                "is an answer that nobody gave", _choice("answers", _frequent(answers), one), field="answer", value=one
            )
            for one in yes
            if one not in given
        ]
        if faults:
            raise Refused(faults)
        return answers.is_in(list(yes)).cast(pl.Float64).fill_null(float("nan")).to_numpy()
    numbers = answers.cast(pl.Float64, strict=False)
    numbers = numbers.set(numbers.is_nan() | (numbers.abs() > LARGEST), None)
    if numbers.null_count() > answers.null_count():
        remedy = (
            f"name with --answers those whose share you ask for: {', '.join(_frequent(answers)[:8]) or 'their words'}"
        )
        raise Refused(Fault(f"the answers to {question!r} are not numbers", remedy, field="answers"))
    return numbers.fill_null(float("nan")).to_numpy()


def _frequent(answers: pl.Series) -> list[str]:
    """Return the answers that many gave: what only few wrote may be their own words."""
    counts = answers.drop_nulls().value_counts()
    return counts.filter(pl.col("count") >= OFTEN)["answer"].sort().to_list()


def _choice(what: str, known: Sequence[str], asked: str) -> str:
    near = get_close_matches(asked, known, 1)
    if not known:
        return f"no {what} were given by ten people or more"
    return f"did you mean {near[0]!r}?" if near else f"the {what} are {', '.join(known)}"
