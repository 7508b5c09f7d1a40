"""Parts from which hand-made results are put together."""

from datetime import date
from math import erfc, exp, sqrt
from typing import Any

from whatworks.evaluation.result import (
    BalanceRow,
    GroupResult,
    Means,
    Outcome,
    Ratio,
    SourceStamp,
)
from whatworks.evaluation.result.doubts import Placebo

Z = 1.959963984540054


def rate(events: int, n: int) -> GroupResult:
    """A share with its Wald interval: enough arithmetic for a made-up result."""
    p = events / n
    half = Z * sqrt(p * (1 - p) / n)
    return GroupResult(n=n, events=events, value=p, ci_low=max(0.0, p - half), ci_high=min(1.0, p + half))


def mean(n: int, value: float, se: float) -> GroupResult:
    return GroupResult(n=n, events=None, value=value, ci_low=value - Z * se, ci_high=value + Z * se)


def against(treated: GroupResult, comparison: GroupResult) -> dict[str, float]:
    """Difference of two shares, its Wald interval and two-sided p: one estimator."""
    assert treated.value is not None and comparison.value is not None
    variance = (
        treated.value * (1 - treated.value) / treated.n + comparison.value * (1 - comparison.value) / comparison.n
    )
    return moved(treated.value - comparison.value, sqrt(variance))


def moved(difference: float, se: float) -> dict[str, float]:
    return {
        "difference": difference,
        "ci_low": difference - Z * se,
        "ci_high": difference + Z * se,
        "p": erfc(abs(difference / se) / sqrt(2)),
    }


def outcome(name: str, label: str, **about: Any) -> Outcome:
    usual = {
        "kind": "yes_no",
        "design": "matched",
        "unit": "share of people",
        "window": "12 months from the index date",
        "primary": False,
        "difference": None,
        "ci_low": None,
        "ci_high": None,
        "p": None,
        "smallest_detectable": None,
        "n_needed": None,
        "verdict": None,
        "sentence": "",
        "se_kind": "clustered on the matched pair",
        "estimator": "regression in the matched sample with treatment-by-covariate terms, averaged over the treated",
    }
    return Outcome(name=name, label=label, **(usual | about))


def placebo(name: str, label: str, treated: GroupResult, comparison: GroupResult, **about: Any) -> Placebo:
    """A placebo of the year before the index date; it differs where p says so."""
    usual = {
        "kind": "yes_no",
        "unit": "share of people",
        "window": "within the 12 months that ended 6 months before the index date",
        "smallest_detectable": 0.0975,
        "differs": about["p"] <= 0.05,
        "estimator": "regression in the matched sample with treatment-by-covariate terms, averaged over the treated",
        "se_kind": "clustered on the matched pair",
    }
    return Placebo(name=name, label=label, treated=treated, comparison=comparison, **(usual | about))


def ratios(events_1: int, n_1: int, events_2: int, n_2: int) -> tuple[Ratio, ...]:
    """Return the ratio of two shares with the textbook interval of its logarithm (Katz), and that of their odds."""
    found = []
    for name, cells, value in (
        ("risk ratio", 1 / events_1 - 1 / n_1 + 1 / events_2 - 1 / n_2, events_1 / n_1 / (events_2 / n_2)),
        (
            "odds ratio",
            1 / events_1 + 1 / (n_1 - events_1) + 1 / events_2 + 1 / (n_2 - events_2),
            events_1 / (n_1 - events_1) / (events_2 / (n_2 - events_2)),
        ),
    ):
        wide = exp(Z * sqrt(cells))
        found.append(Ratio(name=name, value=value, ci_low=value / wide, ci_high=value * wide))
    return tuple(found)


def source(organisation: str, table: str, rows: int, quarantined: int, excluded: int) -> SourceStamp:
    return SourceStamp(
        organisation_id=organisation,
        table=table,
        name=f"{organisation}_{table}s_2025.csv",
        sha256=(organisation + table).encode().hex().ljust(64, "0")[:64],
        as_at=date(2025, 6, 30),
        rows_in=rows,
        rows_kept=rows - quarantined - excluded,
        rows_quarantined=quarantined,
        rows_excluded=excluded,
    )


def balance(
    covariate: str,
    level: str | None,
    before: tuple[float, float],
    after: tuple[float, float] | None,
    smd: tuple[float, float | None],
    band: Any,
    **extra: Any,
) -> BalanceRow:
    return BalanceRow(
        covariate=covariate,
        level=level,
        means=Means(
            treated_before=before[0],
            comparison_before=before[1],
            treated_after=after[0] if after else None,
            comparison_after=after[1] if after else None,
        ),
        smd_before=smd[0],
        smd_after=smd[1],
        variance_ratio_after=extra.pop("variance_ratio", None),
        ks_after=extra.pop("ks", None),
        band=band,
        **extra,
    )


def interval(difference: float, se: float) -> dict[str, float]:
    found = moved(difference, se)
    del found["p"]
    return found
