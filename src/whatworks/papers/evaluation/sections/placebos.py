"""What the scheme cannot have changed: where the groups differ in that, they were not alike."""

from decimal import Decimal

from whatworks.papers.disclosure.rounding import SCALES
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.release_doubts import Placebo
from whatworks.papers.evaluation.sections.likeness import withheld_note
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate, lower, value
from whatworks.papers.paper import Block, Bullets, Paragraph, Table
from whatworks.papers.words import text
from whatworks.records.listing import listed

INTRODUCTION = (
    "A placebo is an outcome that the scheme cannot have changed, because it lies before the index date or because the "
    "scheme has no way to touch it. Groups that are alike do not differ in it beyond chance."
)
NOTES = (
    "The same people and the same rules of method as for the outcomes. No placebo alters a verdict, an interval or a "
    "p-value.",
    "Each is tested by itself: of twenty placebos in groups that are alike, one differs by chance. Smallest effect: "
    "found four times in five. Ranges in brackets are 95% intervals.",
)
IN_FULL = "Time in custody before the index date is not taken out: everybody's time counts in full."
MATCHED_ON = "Where a covariate already tells the same past, the groups were made alike in it, and the check is weaker."
WITHHELD = "Withheld, since too few people are behind the figures."


def placebos(release: Release) -> list[Block]:
    """Return what placebos are, the table of them and what each says; nothing where the protocol names none."""
    found = release.placebos
    if not found:
        return []
    rows = [
        (
            one.label,
            text(one.treated.n),
            value(one, one.treated),
            text(one.comparison.n),
            value(one, one.comparison),
            estimate(one.difference, one.ci_low, one.ci_high),
            text("c" if one.withheld else one.p),
            text(one.smallest_detectable),
        )
        for one in found
    ]
    table = Table(
        name="placebos",
        title="What the scheme cannot have changed",
        columns=(
            "Placebo",
            "Scheme: people",
            "Scheme: value",
            "Comparison: people",
            "Comparison: value",
            "Difference",
            "p",
            "Smallest effect",
        ),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, True, True, True),
        widths=(2.4, 1.0, 1.6, 1.5, 1.6, 1.8, 0.7, 1.1),
        notes=(*NOTES, *windows(release), *withheld_note(rows)),
    )
    return [Paragraph(INTRODUCTION), table, Bullets(meanings(found))]


def windows(release: Release) -> tuple[str, ...]:
    """Return over which time placebos were counted, and what was known of it when people were matched."""
    told = {one.window: [two.label for two in release.placebos if two.window == one.window] for one in release.placebos}
    said = [f"{sentence(labels)}: {window}." for window, labels in told.items() if window]
    if said:
        said.append(IN_FULL)
    elif release.matching.method != "none":
        said.append(MATCHED_ON)
    return tuple(said)


def meanings(found: tuple[Placebo, ...]) -> tuple[str, ...]:
    """Return what each placebo says, then what weakens it; those of which the same is said stand together."""
    told = [(one.label, one.note or WITHHELD) for one in found]
    told += [(one.label, one.weakness) for one in found if one.weakness and not one.withheld]
    said = dict.fromkeys(note for _, note in told)
    return tuple(f"{sentence([label for label, note in told if note == one])}: {one}" for one in said)


def sentence(labels: list[str]) -> str:
    """Return labels as a sentence begins with them.

    >>> sentence(["Nights in custody", "Proven offending"])
    'Nights in custody and proven offending'
    """
    return listed([labels[0], *(lower(label) for label in labels[1:])])


def differing(release: Release) -> list[str]:
    """Return the warning that the groups were not alike, where a placebo that is shown says so."""
    labels = [lower(one.label) for one in release.placebos if one.differs]
    if not labels or not release.protocol.causal:
        return []
    return [
        f"The groups differ in what the scheme cannot have changed ({listed(labels)}): they were not alike in "
        "something that the comparison does not allow for."
    ]


def sheet_rows(release: Release) -> list[list[Decimal | int | str | None]]:
    """Return the placebos as the spreadsheets hold them; shares are percentages."""
    rows: list[list[Decimal | int | str | None]] = []
    for one in release.placebos:
        groups = [cell for group in (one.treated, one.comparison)
                  for cell in (group.n, group.value, group.ci_low, group.ci_high)]  # fmt: skip
        unit = "per cent" if SCALES[one.kind].value_unit else one.unit
        effect = [one.difference, one.ci_low, one.ci_high, one.p, one.smallest_detectable]
        differs = None if one.differs is None else "Yes" if one.differs else "No"
        rows.append([one.label, unit, *groups, difference_unit(one), *effect, differs, one.window, one.estimator,
                     " ".join(filter(None, (one.note or WITHHELD, one.weakness)))])  # fmt: skip
    return rows
