"""Check a linkage: draw pairs for people to judge, and say by their judgements how good the links are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.agreement import JudgeAgreement
from whatworks.linkage.checking.bands import EDGES
from whatworks.linkage.checking.by_group import GroupGap, GroupLinks, group_gaps, links_by_group
from whatworks.linkage.checking.calibration import DoubtFactor
from whatworks.linkage.checking.groups import pair_groups, read_groups
from whatworks.linkage.checking.judge_sheet import sheet_name, write_judge_sheet
from whatworks.linkage.checking.judged_sample import SETTLED, JudgedSample, judged_sample
from whatworks.linkage.checking.quality import LinkQuality, estimate_quality
from whatworks.linkage.checking.samples import ENDS, KeptSample, keep_sample, read_sample
from whatworks.linkage.checking.sampling import OF_EACH_GROUP, PairGroups, sample_pairs
from whatworks.linkage.checking.stored_calibration import judged_ends, last_judged, stored_calibration
from whatworks.linkage.model import describe_pairs, standardise
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions, read_records
from whatworks.linkage.stored.models import StoredModel, model_in_force
from whatworks.linkage.stored.pairs import stored_pairs
from whatworks.linkage.stored.references import SAME_REFERENCE
from whatworks.records.declaring.linkage_block import LinkageSettings
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.counted import counted

POOR_AGREEMENT = 0.6
"""Judges whose kappa is lower do not judge alike (Landis and Koch 1977 call .61 to .80 substantial)."""


@dataclass(frozen=True, slots=True)
class SheetsWritten:
    """A sample that was drawn, and the judges' sheets of it."""

    sample: int
    pairs: int
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """How good a linkage is by the people who judged a sample of its pairs."""

    sample: int
    drawn_on: date
    asked: int
    judged: int
    judged_twice: int
    unlike: int
    settled: int
    agreements: tuple[JudgeAgreement, ...]
    quality: LinkQuality
    false_by_model: float
    """Pairs joined that are false by the model's own reckoning, as a share of those joined."""
    doubts: tuple[DoubtFactor, ...]
    """How many joined pairs are false, and pairs not joined are true, for each that the model says."""
    groups: tuple[GroupLinks, ...]
    gaps: tuple[GroupGap, ...]
    notes: tuple[str, ...]


def write_sheets(
    connection: Store,
    settings: LinkageSettings,
    folder: Path,
    judges: Sequence[str],
    on: date,
    *,
    seed: int | None = None,
    of_each_group: int = OF_EACH_GROUP,
    preferences: Mapping[str, Sequence[str]] | None = None,
    at: date | None = None,
) -> SheetsWritten:
    """Draw a sample of scored pairs and write a sheet for each judge into `folder`.

    The audit tells of each sheet, at the time `at` or else on that day. Refused are a store whose pairs no model
    scored, and judges without a name or of one name.
    """
    _refuse_judges(judges)
    stored, records, pairs = _scored(connection)
    joined = _joined(connection, records, pairs.left, pairs.right)
    groups = (
        pair_groups(records, read_groups(connection), pairs.left, pairs.right, preferences) if of_each_group else ()
    )
    seed = settings.seed if seed is None else seed
    drawn = sample_pairs(records, pairs, joined, seed, _large_enough(groups, pairs, of_each_group), of_each_group)
    with connection.transaction():
        number = keep_sample(
            connection, records, pairs, joined, drawn,
            threshold=settings.threshold, seed=seed, model_id=stored.model_id, on=on,
        )  # fmt: skip
        sample = read_sample(connection, number)
        words = _words(connection, records, stored, pairs, sample)
        paths = tuple(folder / sheet_name(number, judge) for judge in judges)
        for order, (judge, path) in enumerate(zip(judges, paths, strict=True)):
            write_judge_sheet(connection, sample, judge, path, at or on, words=words, order=order)
    return SheetsWritten(number, sample.questions.height, paths)


def write_unlike(connection: Store, folder: Path, at: date, number: int | None = None) -> SheetsWritten:
    """Write a sheet, at a time, of the pairs of a sample on which its judges differ, for them to settle together.

    The sheet is of the judge "agreed", whose answers count in place of what each said. Refused is a sample on whose
    pairs no judges differ.
    """
    sample = last_judged(connection) if number is None else judged_sample(connection, read_sample(connection, number))
    open_pairs = None if sample is None else sample.pairs.filter((pl.col("answers") > 1) & pl.col("settled").is_null())
    if sample is None or open_pairs is None or not open_pairs.height:
        raise Refused(Fault("there is no pair on which judges differ", "nothing has to be settled"))
    stored, records, pairs = _scored(connection)
    path = folder / sheet_name(sample.sample.sample, SETTLED)
    only = frozenset(open_pairs["question"].to_list())
    words = _words(connection, records, stored, pairs, sample.sample)
    return SheetsWritten(
        sample.sample.sample,
        write_judge_sheet(connection, sample.sample, SETTLED, path, at, words=words, only=only),
        (path,),
    )


def check_links(
    connection: Engine,
    settings: LinkageSettings,
    number: int | None = None,
    preferences: Mapping[str, Sequence[str]] | None = None,
) -> LinkCheck:
    """Say how good the links are by a sample's judgements, by default of the last sample that was judged.

    Refused is a store without judgements, or with fewer than thirty.
    """
    sample = last_judged(connection) if number is None else judged_sample(connection, read_sample(connection, number))
    if sample is None:
        read_sample(connection)  # refuses where none was drawn
        problem, remedy = "no pair was judged yet", "read an answered sheet with `whatworks link check --read FILE`"
        raise Refused(Fault(problem, remedy))
    kept = sample.sample
    quality = estimate_quality(sample.judged, kept.cells, kept.threshold, kept.seed)
    records = read_records(connection)
    left, right = judged_ends(sample, records)
    there = (left >= 0) & (right >= 0)
    record_groups = read_groups(connection)
    on_scheme = (record_groups["scheme"] == "scheme").to_numpy()
    groups = pair_groups(records, record_groups, left[there], right[there], preferences)
    by_group = links_by_group(sample.judged.chosen(there), groups)
    stored = model_in_force(connection)
    return LinkCheck(
        kept.sample,
        kept.drawn_on,
        sample.asked,
        len(sample.judged),
        sample.twice,
        sample.unlike,
        sample.settled,
        sample.agreements,
        quality,
        float(1 - kept.cells.model_sum[1].sum() / kept.cells.pairs[1].sum()),
        stored_calibration(connection, records, on_scheme, sample).factors(kept.seed),
        by_group,
        group_gaps(by_group),
        tuple(_notes(sample, quality, stored, settings, int((~there).sum()))),
    )


def _refuse_judges(judges: Sequence[str]) -> None:
    names = [judge.strip() for judge in judges]
    if SETTLED in names:
        raise Refused(
            Fault(
                "is not a judge's name: it stands for what judges settle together",
                "name each judge by their own name",
                field="judge",
                value=SETTLED,
            )
        )
    if not names or "" in names:
        raise Refused(Fault("a judge without a name", "name each with --judge", field="judge"))
    if len({sheet_name(1, name) for name in names}) < len(names):
        raise Refused(Fault("two judges of one name", "give each judge a name of their own", field="judge"))


def _scored(connection: Engine) -> tuple[StoredModel, RecordTable, ScoredPairs]:
    stored = model_in_force(connection)
    records = read_records(connection)
    pairs = None if stored is None else stored_pairs(connection, records, stored.model_id)
    if stored is None or pairs is None or not len(pairs):
        raise Refused(
            Fault("no pair of records was scored, so there is nothing to judge", "run `whatworks link` first")
        )
    return stored, records, pairs


def _joined(
    connection: Engine, records: RecordTable, left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Tell of pairs of records whether they are one person in `identity`."""
    rows = connection.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
    place = positions(records, rows["organisation_id"].to_list(), rows["person_id"].to_list())
    person = np.arange(len(records), dtype=np.int64) + rows.height
    codes = rows["linked_id"].rank("dense").cast(int).to_numpy()
    person[place[place >= 0]] = codes[place >= 0]
    return np.asarray(person[left] == person[right], dtype=np.bool_)


def _large_enough(groups: Sequence[PairGroups], pairs: ScoredPairs, wanted: int) -> list[PairGroups]:
    """Return the groups with those left out that hold fewer pairs than are wanted: they are judged as they fall."""
    kept = []
    likely = pairs.probability >= EDGES[0]
    for group in groups:
        size = np.bincount(group.code[likely & (group.code >= 0)], minlength=len(group.values))
        small = np.isin(group.code, np.flatnonzero(size < wanted))
        kept.append(PairGroups(group.characteristic, group.values, np.where(small, -1, group.code).astype(np.int16)))
    return kept


def _words(
    connection: Engine, records: RecordTable, stored: StoredModel, pairs: ScoredPairs, sample: KeptSample
) -> list[str]:
    """Say of each question what agrees and differs; what one of both does not hold is passed over."""
    left_agency, left_number, right_agency, right_number = (sample.questions[name].to_list() for name in ENDS)
    left, right = positions(records, left_agency, left_number), positions(records, right_agency, right_number)
    refer = np.char.endswith(pairs.pattern.astype(str), SAME_REFERENCE)
    referring = set(zip(pairs.left[refer].tolist(), pairs.right[refer].tolist(), strict=True))
    return [
        "; ".join(
            [line.words for line in pair.lines[1:] if not line.words.startswith("no ")]
            + [SAME_REFERENCE] * ((pair.left, pair.right) in referring)
        )
        for pair in describe_pairs(standardise(connection), stored.model, left, right)
    ]


def _notes(
    sample: JudgedSample, quality: LinkQuality, stored: StoredModel | None, settings: LinkageSettings, gone: int
) -> list[str]:
    """Say what a reader of the figures should know about the judging and what has changed since."""
    kept, notes = sample.sample, []
    once = len(sample.judged) - sample.twice
    unjudged = [
        f"{band.least:g} and above ({'joined' if band.joined else 'not joined'})"
        for band in quality.bands
        if not band.judged
    ]
    if sample.asked > len(sample.judged):
        notes.append(
            f"{sample.asked - len(sample.judged):,} of {counted(sample.asked, 'pair is', 'pairs are')} not judged yet."
        )
    if unjudged:
        notes.append(f"No pair was judged of probability {'; '.join(unjudged)}: there the model is believed.")
    if sample.unlike > sample.settled:
        notes.append(
            f"{counted(sample.unlike - sample.settled, 'pair')} on which the judges differ: each counts a half until "
            "it is settled with "
            "`whatworks link check --sheet FOLDER --unlike`. One slip in a hundred pairs hides how good links are."
        )
    if once:
        notes.append(
            f"{counted(once, 'pair was', 'pairs were')} judged by one person only: have two people judge each pair."
        )
    notes += [
        f"{agreement.judges[0]} and {agreement.judges[1]} do not judge alike (kappa {agreement.kappa:.2f}): "
        "agree first on what counts."
        for agreement in sample.agreements
        if agreement.kappa is not None and agreement.kappa < POOR_AGREEMENT
    ]
    if gone:
        pairs = counted(gone, "judged pair holds", "judged pairs hold")
        notes.append(f"{pairs} a record that is no longer there: no group counts that.")
    if stored is None or stored.model_id != kept.model_id:
        notes.append("The model has changed since the sample was drawn: draw and judge another.")
    if settings.threshold != kept.threshold:
        notes.append(
            f"The threshold was {kept.threshold:g} when the sample was drawn and is {settings.threshold:g} now."
        )
    return notes
