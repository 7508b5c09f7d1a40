"""Bring together what the judges of a sample said: one row a pair, and how far the judges agree."""

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import polars as pl

from whatworks.linkage.checking.agreement import JudgeAgreement, judge_agreement
from whatworks.linkage.checking.answers import SAME_AS_SAID, present_answers
from whatworks.linkage.checking.bands import band_of
from whatworks.linkage.checking.judged_pairs import JudgedPairs
from whatworks.linkage.checking.samples import KeptSample
from whatworks.records.engine import Engine

SETTLED = "agreed"
"""The judge's name under which two judges answer together the pairs on which they differed: that answer counts."""


@dataclass(frozen=True, slots=True)
class JudgedSample:
    """A sample with what its judges said. `judged` and `pairs` have a row for each judged pair, in the same order.

    `pairs` names both records by their agencies and numbers. `twice` counts pairs judged by two people or more,
    `unlike` those on which they differ, `settled` those of them on which they came to agree.
    """

    sample: KeptSample
    judged: JudgedPairs
    pairs: pl.DataFrame = field(repr=False)
    asked: int
    twice: int
    unlike: int
    settled: int
    agreements: tuple[JudgeAgreement, ...]
    judges: tuple[str, ...]


def judged_sample(connection: Engine, sample: KeptSample, last: int | None = None) -> JudgedSample:
    """Return the judged pairs of a sample. Several judges' answers to a pair are averaged: a split counts a half.

    What the judges settled afterwards counts in place of what each said at first. Where some pairs of a band were not
    judged, the others stand for them too. With `last` only judgements up to that number count.
    """
    every = present_answers(connection, sample.sample, last).with_columns(
        said=pl.col("answer").replace_strict(SAME_AS_SAID, return_dtype=pl.Float64)
    )
    answers, agreed = (every.filter((pl.col("judge") == SETTLED) == settled) for settled in (False, True))
    by_pair = (
        answers.group_by("question")
        .agg(first=pl.col("said").mean(), judges=pl.len(), answers=pl.col("answer").n_unique())
        .join(agreed.select("question", settled="said"), on="question", how="left")
        .with_columns(same=pl.coalesce("settled", "first"))
    )
    questions = sample.questions.filter(pl.col("weight") > 0)
    cell = 2 * band_of(questions["probability"].to_numpy()) + questions["joined"].to_numpy()
    rows = questions.with_columns(cell=pl.Series(cell)).join(by_pair, on="question", how="left", maintain_order="left")
    whole, known = pl.col("weight").sum().over("cell"), pl.col("weight").filter(pl.col("same").is_not_null()).sum()
    rows = rows.with_columns(stands_for=pl.col("weight") * whole / known.over("cell"))
    rows = rows.filter(pl.col("same").is_not_null())
    judged = JudgedPairs(
        rows["probability"].to_numpy(),
        rows["joined"].to_numpy(),
        rows["same"].to_numpy(),
        rows["stands_for"].to_numpy().astype(np.float64),
    )
    return JudgedSample(
        sample,
        judged,
        rows,
        questions.height,
        int((rows["judges"] > 1).sum()),
        int((rows["answers"] > 1).sum()),
        int(((rows["answers"] > 1) & rows["settled"].is_not_null()).sum()),
        _agreements(answers),
        tuple(answers["judge"].unique().sort().to_list()),
    )


def _agreements(answers: pl.DataFrame) -> tuple[JudgeAgreement, ...]:
    """Return the agreement of each two judges who judged a pair in common."""
    by_judge = {judge: frame for (judge,), frame in answers.sort("judge").group_by("judge", maintain_order=True)}
    made = []
    for first, second in combinations(by_judge, 2):
        both = by_judge[first].join(by_judge[second], on="question", suffix="_second").sort("question")
        if both.height:
            texts = both["answer"].to_list(), both["answer_second"].to_list()
            made.append(judge_agreement((str(first), str(second)), *texts))
    return tuple(made)
