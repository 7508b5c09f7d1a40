"""Take the answers to one question out of the records; what cannot be compared, or cannot be so, is refused."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import groupby

import numpy as np
import polars as pl

from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.statistics.survey_design import check_design_effect
from whatworks.surveys.answers import OFTEN, Answers, Floats
from whatworks.surveys.wave import Wave, check_twice, runs

LARGEST = 1e12
"""An answer beyond this is not a number that anybody meant."""
REPLICATES = 8
"""So many numbered columns of one weight are its replicates."""
_REPLICATE = re.compile(
    r"(?:^|_)(?:w(?:ei)?gh?t|wt|rep(?:licates?|_?w|[sl]?$)|brr|bsw|boot|jk|fay|w_?fstr|wrpb)"
    r"|(?:w(?:ei)?gh?tp?|wt|bsw|brr|raked_?w|rep)$",
    re.I,
)
"""What the common stem of replicate weights begins, or ends, with."""
_DESIGN = ("weight", "stratum", "cluster")


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
    gave, or did not give, is withheld. Refused are a question that nobody asked, several surveys where none is named,
    answers that nobody gave, waves that cannot be told apart or compared, a design effect where the file has a design,
    and replicate weights in place of one.
    """
    if not {"survey_wave", "survey_response"} <= store.tables():
        raise Refused("no survey was imported yet", "import its waves and answers first (docs/surveys.md)")
    derive(store, ["area_borough"], view=True)
    rows = store.fetch((files("whatworks.surveys") / "sql/survey_answer.sql").read_text("utf-8"), [question])
    if rows.is_empty():
        query = "SELECT DISTINCT r.question FROM survey_response AS r ORDER BY r.question"
        remedy = choice(question, [name for (name,) in store.rows(query)], "the questions are")
        raise Refused(Fault(f"nobody was asked {question!r}", remedy, field="question"))
    found = answers_of(
        _one_survey(rows, survey), question, tuple(yes), borough_names(store), design_effect, minimum
    )  # fmt: skip
    _check_replicates(store, found)
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
    numbers = {wave.name: at for at, wave in enumerate(waves)}
    wave = np.array([numbers[name] for name in rows["wave_id"]], dtype=np.int64)
    given = [Counter(rows["answer"].filter(pl.Series(wave == at)).drop_nulls()) for at in range(len(waves))]
    _check_codes(given, waves, yes)
    value = _values(rows, question, yes)
    not_asked, partly = _scales(given, waves, yes)
    value = np.where(np.isin(wave, list(not_asked)), np.nan, value)
    found = Answers(question, yes, waves, value, wave, rows, dict(names or {}), design_effect, minimum,
                    not_asked=not_asked, partly=partly)  # fmt: skip
    if design_effect is not None:
        check_design_effect(design_effect)
        if found.designed:
            problem, remedy = (
                "has no effect: the file says in which strata or clusters people were drawn",
                "leave it out",
            )
            raise Refused(Fault(problem, remedy, field="design effect", value=f"{design_effect:g}"))
    return found


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


def replicate_weights(header: Sequence[str]) -> list[list[str]]:
    """Return the columns that look like replicate weights, set by set.

    >>> [len(names) for names in replicate_weights([f"REPWT{at}" for at in range(1, 81)] + ["Q1", "weight_2"])]
    [80]
    """
    numbered = [(found[1].strip("_. "), name) for name in header if (found := re.fullmatch(r"(.*\D)\d+", name.strip()))]
    stems = sorted((stem, at) for at, (stem, _) in enumerate(numbered) if _REPLICATE.search(stem))
    sets = ([numbered[at][1] for _, at in group] for _, group in groupby(stems, lambda pair: pair[0]))
    return [names for names in sets if len(names) >= REPLICATES]


def _check_replicates(store: Engine, answers: Answers) -> None:
    """Refuse a weight that is one of a set of replicates, and a file whose only design is in such a set."""
    query = (
        "SELECT DISTINCT h.file, h.header, h.mapping FROM survey_response AS r JOIN source AS s ON s.source_id = "
        "r.source_id JOIN how_read AS h ON h.name = s.name WHERE r.question = ? ORDER BY h.file, h.header, h.mapping"
    )
    faults = []
    for file, header, mapping in store.rows(query, [answers.question]):
        used = {block["columns"].get("weight") for block in json.loads(mapping)["table"]}
        for names in replicate_weights(json.loads(header)):
            what = f"{len(names)} replicate weights ({names[0]} to {names[-1]}), which are not read"
            if used & set(names):
                faults.append(Fault(f"gives {what}, as its weight", "map the full-sample weight", file, field="weight"))
            elif not answers.designed:
                remedy = "map its strata and clusters; or take those columns out and state --design-effect"
                faults.append(Fault(f"tells how people were drawn by {what}", remedy, file))
    if faults:
        raise Refused(faults)


def _one_survey(rows: pl.DataFrame, survey: str | None) -> pl.DataFrame:
    surveys = rows["survey"].unique().sort().to_list()
    if survey is None and len(surveys) > 1:
        raise Refused(f"{len(surveys)} surveys asked this", f"name one with --survey: {'; '.join(surveys)}")
    if survey is None:
        return rows
    if survey not in surveys:
        remedy = choice(survey, surveys, "the surveys are")
        raise Refused(Fault("is not a survey that asked this", remedy, field="survey", value=survey))
    return rows.filter(pl.col("survey") == survey)


def _waves(rows: pl.DataFrame) -> tuple[Wave, ...]:
    columns = ("wave_id", "from_date", "to_date", "mode", "population", "panel")
    frame = rows.group_by(columns, maintain_order=True).agg(pl.col("wording").drop_nulls().unique().sort()).rows()
    remedy = "give each wording a short name of its own, and import the wave again"
    faults = [
        Fault(f"the question stands in {len(words)} wordings in wave {name}", remedy, field="wording")
        for name, *_, words in frame
        if len(words) > 1
    ]
    if faults:
        raise Refused(faults)
    waves = tuple(
        Wave(name, first, last, words[0] if words else None, *how) for name, first, last, *how, words in frame
    )
    check_twice(waves)
    return waves


def _check_design(rows: pl.DataFrame) -> None:
    """Refuse a design that stands in some rows of a wave and not in others, and weights that nobody can have."""
    bad = rows["weight"].drop_nulls()
    if count := int((~bad.is_finite() | (bad <= 0)).sum()):
        remedy = "leave those respondents out, or correct the weights"
        raise Refused(Fault(f"{count} of {len(bad)} weights are not numbers above zero", remedy, field="weight"))
    missing = rows.group_by("wave_id", maintain_order=True).agg(pl.col(name).is_null().mean() for name in _DESIGN)
    faults = [
        Fault(f"is missing for some of wave {wave}", "give it for every respondent, or for none", field=name)
        for wave, *shares in missing.iter_rows()
        for name, share in zip(_DESIGN, shares, strict=True)
        if 0 < share < 1
    ]
    if faults:
        raise Refused(faults)


def _check_codes(given: Sequence[Counter[str]], waves: Sequence[Wave], yes: Sequence[str]) -> None:
    """Refuse an answer that nobody gave in a wave where many gave one that no comparable wave knows: it was recoded."""
    faults, remedy = [], "give answers the same codes in every wave, by codes.answer of the mapping"
    for at, same in ((at, run) for run in runs(waves) for at in run):
        others = set[str]().union(*(given[other] for other in same if other != at))
        if strange := [one for one in _frequent(given[at]) if one not in others]:
            many = f"where many answered {', '.join(strange)}, which no other wave has"
            problem = f"nobody gave it in wave {waves[at].name}, {many}"
            lost = (one for one in yes if one in others and one not in given[at])
            faults += [Fault(problem, remedy, field="answer", value=one) for one in lost]
    if faults:
        raise Refused(faults)


def _scales(
    given: Sequence[Counter[str]], waves: Sequence[Wave], yes: Sequence[str]
) -> tuple[frozenset[int], dict[int, str]]:
    """Return the waves whose scale, after or before a break, has none of the answers, and what is said of those where
    it is only partly the same: an answer asked for is not there, or many gave one that no wave before a break knows.
    """
    none, partly, before = set[int](), dict[int, str](), set[str]()
    held = [(run, sum((given[at] for at in run), Counter[str]())) for run in runs(waves)]
    known = set[str]().union(*(answers for _, answers in held if set(yes) & set(answers)))
    for run, answers in held if yes else ():
        here, often = [one for one in yes if one in answers], _frequent(answers)
        if not here:
            none |= set(run) if set(often) - known else set()
            continue
        lost, new = [one for one in yes if one not in answers], [one for one in often if before and one not in before]
        before |= set(answers)
        if lost or new:
            name = waves[run[0]].name + (f" to {waves[run[-1]].name}" if len(run) > 1 else "")
            parts = [f"nobody answered {' or '.join(lost)} there"] * bool(lost)
            parts += [f"many answered {', '.join(new)}, which nobody did before"] * bool(new)
            counted = f" What is counted there is {' or '.join(here)} alone." if lost else ""
            said = f"In {name} the scale is only partly that of the other waves: {', and '.join(parts)}.{counted}"
            partly |= dict.fromkeys(run, said)
    return frozenset(none), partly


def _values(rows: pl.DataFrame, question: str, yes: tuple[str, ...]) -> Floats:
    answers = rows["answer"]
    often = _frequent(Counter(answers.drop_nulls()))
    if yes:
        given = set(answers.drop_nulls())
        nobody = "no answers were given by ten people or more"
        faults = [
            Fault("is an answer that nobody gave", choice(one, often, "the answers are") if often else nobody,
                  field="answer", value=one)
            for one in yes if one not in given
        ]  # fmt: skip
        if faults:
            raise Refused(faults)
        return answers.is_in(list(yes)).cast(pl.Float64).fill_null(float("nan")).to_numpy()
    numbers = answers.cast(pl.Float64, strict=False)
    numbers = numbers.set(numbers.is_nan() | (numbers.abs() > LARGEST), None)
    if numbers.null_count() > answers.null_count():
        remedy = f"name with --answers those whose share you ask for: {', '.join(often[:8]) or 'their words'}"
        raise Refused(Fault(f"the answers to {question!r} are not numbers", remedy, field="answers"))
    return numbers.fill_null(float("nan")).to_numpy()


def _frequent(answers: Counter[str]) -> list[str]:
    """Return the answers that many gave: what only few wrote may be their own words."""
    return sorted(answer for answer, count in answers.items() if count >= OFTEN)
