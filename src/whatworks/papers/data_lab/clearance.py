"""Clear a result for the Justice Data Lab's form: its rounding and withheld cells, over and above our own."""

from typing import Annotated, Any

from whatworks.evaluation import result as inside
from whatworks.papers.data_lab.cells import key, withheld_rows
from whatworks.papers.disclosure.groups import of_reoffenders
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.disclosure.rounding import SCALES, Rounded, Safe, half_away, p_value, rounded
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Secondary
from whatworks.papers.disclosure.suppression import withheld_outcomes
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.lost import Step
from whatworks.papers.evaluation.sections.provenance import Data
from whatworks.papers.words import without_small_counts

COMPARED = ("difference", "ci_low", "ci_high", "p", "n_needed")


class LabGroup(Published, of=inside.GroupResult):
    """One group: people, mean or whole percentage, and the 95% interval to one decimal place."""


class LabRow(Published, of=inside.DataLab):
    """One outcome in the Data Lab's form; all figures are "c" where `withheld`."""

    withheld: Annotated[bool, Before("treated")]
    why_withheld: Annotated[str | None, Before("treated")]
    treated: LabGroup
    comparison: LabGroup
    difference: Safe
    p: Annotated[str | None, Before("areas_needed")]
    n_needed: Annotated[int | str | None, Before("areas_needed")]
    headline: tuple[Rounded, Rounded, Rounded, Rounded, Rounded] | None


class PublishedLab(Published):
    """An evaluation in the Justice Data Lab's form, as published: what its `summary.json` holds."""

    style: str = "justice-data-lab"
    minimum_count: int
    paper: inside.Paper
    protocol: inside.ProtocolStamp
    data: Data
    attrition: tuple[Step, ...]
    who: str
    matching: str
    settings: dict[str, object]
    rows: tuple[LabRow, ...]
    notes: tuple[str, ...] = ()
    by_area: bool = False
    warnings: tuple[str, ...]


def published_lab(result: inside.Result, release: PublishedResult, more: Secondary = NOTHING_MORE) -> PublishedLab:
    """Return what is published in the Data Lab's form, beside the house's own `release`, whose people it shows.

    Whatever the house withholds of an outcome stays withheld here, since both papers may lie on one table.
    """
    names = withheld_outcomes(result, more)
    hidden = {key(row): "too few people behind the figure" for row in result.data_lab if row.name in names}
    hidden |= withheld_rows(result)
    return PublishedLab(
        minimum_count=release.minimum_count,
        paper=release.paper,
        protocol=release.protocol,
        data=release.data,
        attrition=release.attrition,
        who=release.estimand.sentence,
        matching=release.matching.method,
        settings=dict(release.matching.settings),
        rows=tuple(_row(row, result, release, hidden.get(key(row))) for row in result.data_lab),
        notes=tuple(without_small_counts(note, result.minimum_count) for note in result.data_lab_notes),
        by_area=result.areas is not None,
        warnings=release.warnings,
    )


def _row(row: inside.DataLab, result: inside.Result, release: PublishedResult, why: str | None) -> LabRow:
    ours, theirs = _people(row, result, release)
    blurred = why is not None or "c" in (ours, theirs)
    causal = result.protocol.causal
    share = row.kind == "yes_no" and not row.among_reoffenders
    ends = [one for one in (row.ci_low, row.ci_high) if one is not None]
    figures = (row.treated.value or 0.0, row.comparison.value or 0.0, row.difference, *ends)
    share = share and len(ends) == 2
    how = Disclosure(result.minimum_count, blurred, scale=SCALES[row.kind])
    compared: dict[str, Any] = {"p": p_value(row.p), "n_needed": row.n_needed}
    if blurred:  # even where nobody more is needed, which would tell that a difference was found
        compared = dict.fromkeys(compared, "c")
    return LabRow.of(
        row,
        how,
        withheld=why is not None,
        why_withheld=why,
        treated=_group(row.treated, "c" if why else ours, how, why is not None),
        comparison=_group(row.comparison, "c" if why else theirs, how, why is not None),
        **(compared if causal else dict.fromkeys(COMPARED)),
        verdict=None if why else row.verdict,
        headline=tuple(half_away(one, 0, 100) for one in figures) if share and causal and not why else None,
    )


def _people(row: inside.DataLab, result: inside.Result, release: PublishedResult) -> tuple[Count, Count]:
    """Return how many people a row is about, as the board's paper shows them.

    An outcome that the protocol does not name is of the same people as one that it does, or of everybody analysed.
    Reoffenders are as many in all their rows: as the days to the first are of, where the protocol names them.
    """
    ours, theirs = row.treated.n, row.comparison.n
    name = f"days_to_first_{row.name.rpartition('_')[2]}" if row.among_reoffenders else row.name
    for own, whole in zip(release.outcomes, result.outcomes, strict=True):
        same = whole.comparison is not None and (whole.treated.n, whole.comparison.n) == (ours, theirs)
        if own.name == name or (not row.named and not row.among_reoffenders and same):
            return (
                _count(ours, whole.treated.n, own.treated.n),
                _count(
                    theirs,
                    whole.comparison.n if whole.comparison else -1,
                    own.comparison.n if own.comparison else "c",
                ),
            )
    if row.among_reoffenders:
        every = next((one for one in result.data_lab if one.name.startswith("proven_reoffending")), None)
        if every is None:
            return "c", "c"
        people = _people(every, result, release)
        return of_reoffenders(ours, people[0]), of_reoffenders(theirs, people[1])
    return (
        _count(ours, result.n.treated, release.n.treated),
        _count(theirs, result.n.comparison, release.n.comparison),
    )


def _count(mine: int, whole: int, shown: Count) -> Count:
    return shown if mine == whole else "c"


def _group(group: inside.GroupResult, n: Count, row: Disclosure, withheld: bool) -> LabGroup:
    value = rounded(group.value or 0.0, withheld, row.scale.value_places, row.scale.factor)
    return LabGroup.of(group, row, n=n, value=value)
