"""Was it like for like? Balance of each covariate before and after matching, and of the prognostic score."""

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Annotated, Any

from whatworks.evaluation import result as inside
from whatworks.papers.charts.love import label
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.disclosure.rounding import SCALES, Safe, rounded
from whatworks.papers.disclosure.shares import before_gives_the_dropped, is_share, key, of_few, sizes
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.verdicts import BANDS
from whatworks.papers.forms.sheet import PER_CENT
from whatworks.papers.words import text


class Balance(Published, of=inside.BalanceRow):
    """Balance of one covariate or level. Shares and SMDs are percentages; a withheld row shows "c" throughout."""

    share: Annotated[bool, Before("smd_before")]
    treated: Annotated[Safe, Before("smd_before")]
    comparison_before: Annotated[Safe, Before("smd_before")]
    comparison_after: Annotated[Safe, Before("smd_before")]


def guard(_: ResultSection, row: inside.BalanceRow, at: int, proposal: Proposal) -> Balance:
    """Publish a row. The treated group's mean is the one after matching; the one before would show who was dropped."""
    result, share, means = proposal.result, is_share(row), row.means
    withheld = share and (row.covariate, key(row)) in proposal.shares
    withheld = withheld or of_few(row, sizes(result), proposal.small)
    few = proposal.more.within("missing", row.covariate)
    missing = {"treated": row.missing_treated, "comparison": row.missing_comparison}
    return Balance.of(
        row,
        Disclosure(proposal.minimum, withheld),
        share=share,
        treated=number(means.treated_before if means.treated_after is None else means.treated_after, withheld, share),
        comparison_before=number(means.comparison_before, withheld, share),
        comparison_after=number(means.comparison_after, withheld, share),
        smd_before=number(row.smd_before, withheld or before_gives_the_dropped(row, result), share=True),
        **{f"missing_{name}": "c" if proposal.small(n) or name in few else n for name, n in missing.items()},
    )


def number(value: float | None, withheld: bool, share: bool) -> Safe:
    """Return a share as a whole percentage, or a mean to one place: finer would disclose the count behind it."""
    return rounded(value, withheld, 0, 100) if share else rounded(value, withheld, 1)


class Prognosis(Published, of=inside.Prognosis):
    """What the records alone would have made of the outcome, scheme minus comparison, before and after matching.

    Gaps are in percentage points or the outcome's unit, the others in per cent of a standard deviation.
    """


def prognosis(proposal: Proposal) -> Prognosis | None:
    """Return the balance of the prognostic score, where the primary outcome's own figures are shown.

    Before matching a few more people counted: where they are few, what they add to the score would disclose them.
    """
    found, primary = proposal.result.prognosis, proposal.primary()
    if found is None or primary is None or primary.withheld:
        return None
    how = Disclosure(proposal.minimum, scale=rounding(found.kind, coarse=primary.treated.n == "c"))
    few = proposal.small(proposal.result.estimand.treated_dropped)
    return Prognosis.of(found, how, **(dict.fromkeys(("gap_before", "smd_before"), "c") if few else {}))


PROGNOSIS = ResultSection(name="prognosis", published=Prognosis, whole=prognosis, single=True, audited=True)


def gathered(rows: Sequence[Balance]) -> list[Balance]:
    """Return the rows, the withheld levels of a covariate put into one where there are several."""
    hidden = {
        row.covariate: [one for one in rows if one.covariate == row.covariate and one.band == "c"] for row in rows
    }
    kept = []
    for row in rows:
        others = hidden[row.covariate]
        if row not in others or len(others) < 2:
            kept.append(row)
        elif row == others[0]:
            kept.append(row.model_copy(update={"level": f"{len(others)} levels withheld"}))
    return kept


def mean(row: Balance, value: Decimal | str | None) -> str:
    """Return a mean, or a share as a percentage."""
    return text(value) + ("%" if row.share and isinstance(value, Decimal) else "")


def percentage(value: Decimal | str | None) -> str:
    """Return a standardised difference."""
    return text(value) + ("%" if isinstance(value, Decimal) else "")


def lines(release: PublishedResult) -> list[Any]:
    """Return the rows, and that of the prognostic score, which has differences only."""
    whole = release.prognosis
    if whole is None:
        return list(release.balance)
    figures = {"smd_before": whole.smd_before, "smd_after": whole.smd_after, "band": whole.band}
    nothing = dict.fromkeys(Balance.model_fields)
    row = SimpleNamespace(**nothing | figures | {"covariate": f"Prognostic score: {whole.outcome}"})
    return [*release.balance, row]


def columns(release: PublishedResult) -> Sequence[Column]:
    """Return the columns; on the page those of after matching only where there was any."""
    after = any(row.smd_after is not None for row in release.balance)
    wide = 1.6 if after else 1.25

    def missing(row: Balance) -> str:
        return f"{text(row.missing_treated)} / {text(row.missing_comparison)}"

    return (
        Column("Covariate", "covariate", 2.6 if after else 3.0, label, page="On the index date", numeric=False),
        Column("Level", "level", page=False),
        Column("Unit", lambda row: None if row.share is None else PER_CENT if row.share else "mean", page=False),
        Column("Scheme group", "treated", 1.1 if after else 1.25, lambda row: mean(row, row.treated)),
        Column("Comparison before", "comparison_before", wide, lambda row: mean(row, row.comparison_before),
               page="Comparison before" if after else "Comparison"),
        Column("Comparison after", "comparison_after", 1.6, lambda row: mean(row, row.comparison_after), page=after),
        Column("Difference before (%)", "smd_before", 1.5 if after else 1.25, lambda row: percentage(row.smd_before),
               page="Difference before" if after else "Difference"),
        Column("Difference after (%)", "smd_after", 1.5, lambda row: percentage(row.smd_after),
               page="Difference after" if after else False),
        Column("Variance ratio", "variance_ratio_after", 1.2, page=after),
        Column("KS", "ks_after", 0.75, page=after),
        Column("Not known", "", 1.1 if after else 1.25, missing, sheet=False),
        Column("Not known: scheme", "missing_treated", page=False),
        Column("Not known: comparison", "missing_comparison", page=False),
        Column("Band", "band", 0.95, lambda row: BANDS.get(row.band or "", text(row.band)), page=after, numeric=False),
    )  # fmt: skip


BALANCE = ResultSection(
    name="balance",
    rows=lambda result: result.balance,
    published=Balance,
    guard=guard,
    audited=True,
    lines=lines,
    title="Balance of the groups",
    sheet_title="Balance of the groups on the index date",
    columns=columns,
    notes=lambda _: (
        "Differences are standardised: scheme minus comparison, in per cent of the scheme group's standard deviation. "
        "Shares are whole percentages. Not known: people in the scheme group / comparison group whose value is "
        "missing.",
    ),
)


def foretold(found: Prognosis) -> str:
    """Return what all that was recorded would have made of the outcome, before and after matching."""
    unit = SCALES[found.kind].difference_unit or found.unit
    before = f"{signed(found.gap_before)} before matching and " if isinstance(found.gap_before, Decimal) else ""
    return (
        f"{found.outcome}: taken together, the differences in what the records hold would by themselves have made a "
        f"difference between the groups ({unit}) of {before}{signed(found.gap_after)} after matching. That is "
        f"{percentage(found.smd_after)} of a standard deviation of this prognostic score, which the comparisons' own "
        "outcomes give. What the records do not hold is not in it."
    )


def signed(number: Safe) -> str:
    """Return a difference with its sign."""
    return ("+" if isinstance(number, Decimal) and number > 0 else "") + text(number)
