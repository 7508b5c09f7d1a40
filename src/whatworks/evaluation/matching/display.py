"""How a match shows itself in a notebook: counts, worth, balance and a difference, never people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import Estimate, short_number

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """What a match says of itself: `title`, `counts` and `balance` as rows, an `effect` where an outcome was named."""

    title: str
    counts: list[dict[str, Any]]
    balance: list[dict[str, Any]]
    warnings: tuple[str, ...]
    outcome: str | None = None
    effect: Estimate | None = None

    @property
    def bands(self) -> str:
        """How many covariates (levels) stand in which band, and which are red.

        >>> Summary("", [], [{"covariate": "age", "level": None, "band": "red", "smd_after": 0.34}], ()).bands
        'balance: 0 green, 0 amber, 1 red (age 0.34)'
        """
        times = Counter(row["band"] for row in self.balance)
        red = sorted((row for row in self.balance if row["band"] == "red"), key=lambda row: -abs(row["smd_after"]))
        named = ", ".join(f"{label(row)} {row['smd_after']:.2f}" for row in red[:MOST_NAMED])
        further = f" and {len(red) - MOST_NAMED} more" if len(red) > MOST_NAMED else ""
        line = "balance: " + ", ".join(f"{times[band]} {band}" for band in ("green", "amber", "red"))
        return f"{line} ({named}{further})" if red else line

    def __str__(self) -> str:
        lines = [
            f"{row['group']}: {row['matched']:,} of {row['all']:,} matched, effective sample size "
            f"{row['matched_ess']:,.1f}"
            for row in self.counts
        ]
        effect = [] if self.effect is None else [f"{self.outcome}: {self.effect!r}"]
        return "\n".join([self.title, *lines, self.bands, *effect, *self.warnings])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        columns = ("matched", "all", "unmatched", "discarded")
        counts = [
            (row["group"], *(f"{row[name]:,}" for name in columns), f"{row['matched_ess']:,.1f}") for row in self.counts
        ]
        balance = [
            (label(row), *(short_number(row[name]) for name in ("smd_before", "smd_after")), row["band"] or "")
            for row in self.balance
        ]
        parts = [
            f"<p><b>{escape(self.title)}</b></p>",
            html_table(("", *columns, "effective sample size"), counts),
            f"<p>{escape(self.bands)}</p>",
            html_table(("standardised difference", "before", "after", "band"), balance),
        ]
        if self.effect is not None:
            parts.append(f"<p><b>{escape(self.outcome or '')}</b>: {escape(repr(self.effect))}</p>")
        return "".join([*parts, *(f"<p>{escape(warning)}</p>" for warning in self.warnings)])


def check_alike(rows: list[dict[str, Any]]) -> None:
    """Refuse a verdict on groups that differ, in a row of the balance, by more than 0.1 and more than by chance.

    >>> check_alike([{"covariate": "age", "level": None, "band": "red", "smd_after": 0.3, "chance_sd": 0.1}])
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: the groups are not alike after matching, so there is no verdict: age (0.30); \
match more closely (a caliper, exact factors), or by a method that balances: method="entropy"
    """
    unlike = [row for row in rows if row["band"] == "red" and abs(row["smd_after"]) > 2 * row["chance_sd"]]
    if unlike:
        named = ", ".join(f"{label(row)} ({row['smd_after']:.2f})" for row in unlike[:MOST_NAMED])
        remedy = 'match more closely (a caliper, exact factors), or by a method that balances: method="entropy"'
        raise Refused(f"the groups are not alike after matching, so there is no verdict: {named}", remedy)


def label(row: dict[str, Any]) -> str:
    """Return the name of a row of the balance: the covariate, with its level."""
    return row["covariate"] if row["level"] is None else f"{row['covariate']}: {row['level']}"


def html_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a small HTML table; cells are escaped, the first of a row is its name.

    >>> html_table(["a"], [["<b>"]])
    '<table><tr><th>a</th></tr><tr><th>&lt;b&gt;</th></tr></table>'
    """
    lines = [
        f"<th>{escape(first)}</th>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) for first, *cells in rows
    ]
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in (head, *lines)) + "</table>"
