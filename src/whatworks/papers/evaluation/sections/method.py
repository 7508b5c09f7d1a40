"""How it was done, and where the numbers come from."""

from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.sections.links import stamp as stamp_of
from whatworks.papers.evaluation.sections.verdicts import status_words
from whatworks.papers.paper import Block, Facts, Paragraph, Section, Table
from whatworks.papers.words import text, withheld_note
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed

NOBODY_MATCHED = (
    "Nobody was matched: people were put into the groups by chance, and the groups are compared as they are."
)
NOTHING = "Nothing: the figures describe both groups side by side."


def words_of(method: str) -> str:
    """Return how comparisons were found, in words for a board."""
    return METHODS[method].board if method in METHODS else NOBODY_MATCHED


def estimated(release: Release) -> str:
    """Return whom the effect is about, by name where the sentence does not give it."""
    name, sentence = release.estimand.name, release.estimand.sentence
    return sentence if name in sentence else f"{name}. {sentence}"


def method(release: Release) -> Section:
    """Return the section on the method."""
    settings = "; ".join(f"{name} = {setting(found)}" for name, found in sorted(release.matching.settings.items()))
    people, causal = release.n, release.protocol.causal
    pairs = [
        ("Estimated", estimated(release) if causal else NOTHING),
        ("Matching", words_of(release.matching.method)),
        ("Settings", f"{settings}." if settings else ""),
        ("Score", release.overlap.model if release.overlap else ""),
        (
            "People",
            f"Scheme group {text(people.treated)}; comparison group {text(people.comparison)}, worth "
            f"{text(people.effective_comparison)} after weighting, from a "
            f"pool of {text(people.comparison_pool)}.",
        ),
        ("Severity weights", release.data.severity_edition or ""),
        ("Rounding", "Round half away from zero, in decimal; differences are taken before rounding."),
    ]
    blocks: list[Block] = [
        Facts(tuple((name, said) for name, said in pairs if said)),
        Table(
            name="estimators",
            title="How each outcome was estimated" if causal else "How each figure was made",
            columns=("Outcome", "Window", "Unit", "Design", "Estimator", "Standard error"),
            rows=tuple(
                (one.label, one.window, one.unit, one.design.replace("_", "-"), one.effect.name, one.se_kind)
                for one in release.outcomes
            )
            + tuple(
                (one.label, one.window or "–", one.unit, "placebo", one.estimator, one.se_kind)
                for one in release.placebos
            ),
            numeric=(False,) * 6,
            widths=(2.0, 1.8, 1.6, 1.6, 2.6, 1.6),
            notes=("Verdict, interval and p of an outcome come from the one estimator named.",)
            if causal and release.outcomes
            else (),
        ),
    ]
    if release.target_trial:
        blocks.append(target_trial(release))
    return Section("method", "Method", tuple(blocks))


def target_trial(release: Release) -> Table:
    """Return the table of the trial that one would have run, and what was done instead."""
    return Table(
        name="target-trial",
        title="The trial that one would have run, and what was done instead",
        columns=("Part", "The trial", "What was done"),
        rows=tuple((row.component, row.ideal, row.done) for row in release.target_trial),
        numeric=(False,) * 3,
        widths=(1.6, 3.2, 4.2),
    )


def setting(value: object) -> str:
    """Return a setting as the protocol writes it.

    >>> setting(True), setting(["sex", "age"]), setting(None), setting(0.2)
    ('yes', 'sex and age', 'none', '0.2')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return listed([str(part) for part in value]) or "none"
    return "none" if value is None else str(value)


def provenance(release: Release) -> Section:
    """Return the section on where the numbers come from."""
    stamp, data = release.protocol, release.data
    rows = [
        (
            source.name,
            source.organisation_id,
            source.table,
            source.as_at.isoformat() if source.as_at else "–",
            text(source.rows_in),
            text(source.rows_kept),
            text(source.rows_quarantined),
            text(source.rows_excluded),
            text(source.rows_dropped),
            source.sha256[:16],
        )
        for source in data.sources
    ]
    locked = f", locked on {long_date(stamp.locked_on)}" if stamp.locked_on else ""
    blocks: list[Block] = [
        Facts(
            (
                ("Protocol", f"{stamp.id}: {status_words(stamp.status)}{locked}"),
                ("Protocol hash", stamp.sha256),
                ("Data as at", long_date(data.as_at)),
                ("Software", f"whatworks {data.code_version}, seed {data.seed}"),
                *((("Links", stamp_of(release.links)),) if release.links else ()),
                ("Made again by", release.paper.command),
            )
        )
    ]
    if rows:
        blocks.append(
            Table(
                name="sources",
                title="Files that the figures come from",
                columns=(
                    "File",
                    "From",
                    "Holds",
                    "As at",
                    "Rows",
                    "Kept",
                    "Quarantined",
                    "Left out",
                    "Dropped",
                    "Hash",
                ),
                rows=tuple(rows),
                numeric=(False, False, False, False, True, True, True, True, True, False),
                widths=(2.55, 1.35, 1.55, 1.35, 1.05, 1.05, 1.4, 0.8, 1.1, 2.1),
                notes=(
                    "Hash: the first 16 characters of the file's SHA-256; the spreadsheets have the whole.",
                    "Rows = kept + quarantined + left out + dropped (lines that are not records, such as a total).",
                    *withheld_note(rows),
                ),
            )
        )
    else:
        blocks.append(Paragraph("No source files are on record."))
    return Section("provenance", "Where the numbers come from", tuple(blocks))
