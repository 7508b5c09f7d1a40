"""`whatworks protocol look`, and `evaluate --design-only`: designs side by side before any outcome is read."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.evaluation.evaluate import DataOption
from whatworks.cli.options import FolderOption, JsonOption, printable

if TYPE_CHECKING:
    from whatworks.evaluation.design import DesignLook, Detectable
    from whatworks.papers import PublishedResult

ExpectedOption = Annotated[
    str | None,
    typer.Option(
        help="Share with the outcome that is expected without the scheme, as 45%; by default three are tried."
    ),
]
WIDE, COLUMN = 42, 26
"""Letters of the first column, and of each design's."""


def look(
    protocols: Annotated[list[Path], typer.Argument(help="One protocol or several, TOML files, side by side.")],
    partnership: FolderOption = None,
    data: DataOption = None,
    expected: ExpectedOption = None,
    json: JsonOption = False,
) -> None:
    """Look at designs before outcomes are read: people, losses, overlap, balance, and the effect that could be found.

    No outcome column is opened and nothing is remembered, so a protocol that is locked afterwards is a clean one.
    Numbers of people are given by bands, and small shares are withheld as in a paper.
    """

    tell([path.stem for path in protocols], [look_at(path, partnership, data, expected) for path in protocols], json)


def tell(names: "list[str]", designs: "list[DesignLook]", json: bool) -> None:
    """Print designs side by side, as they may be shown: numbers of people by bands, small shares withheld."""
    from whatworks.papers import publish

    shown = [(one, publish(one.result)) for one in designs]
    if json:
        print_json({"outcomes_opened": False, "designs": [document(one, release) for one, release in shown]})
        return
    for name, cells in [("", names), *rows(shown), ("", []), *balance_rows([release for _, release in shown])]:
        typer.echo("".join([name.ljust(WIDE), *(cell.ljust(COLUMN) for cell in cells)]).rstrip())
    for name, (_, release) in zip(names, shown, strict=True):
        for warning in (*([release.not_comparable] if release.not_comparable else []), *release.warnings):
            typer.echo(f"Note on {name}: {printable(warning)}", err=True)
    typer.echo("\nNo outcome was opened. Next: `whatworks protocol lock` the design that you choose.")


def look_at(path: Path, partnership: Path | None, data: Path | None, expected: str | None) -> "DesignLook":
    """Return the design of one protocol file, from a partnership's records or from a flat file."""

    from whatworks.cli.place import asked_at, prepared
    from whatworks.cli.progress import bars
    from whatworks.evaluation.design import look_at_flat, look_at_partnership
    from whatworks.evaluation.studied.flat.people import columns_of_people
    from whatworks.evaluation.values.file import read_flat

    asked, place = asked_at(path, partnership)
    shares = _expected(expected)
    if asked.data.source == "partnership":
        with prepared(place.inside()) as store, bars() as progress:
            return look_at_partnership(store, asked, place.inside().config, progress=progress, **shares)
    file = read_flat(place.data(asked, path, data), asked.data, columns_of_people(asked))
    return look_at_flat(asked, file, minimum_count=place.minimum_count, **shares)


def rows(shown: "list[tuple[DesignLook, PublishedResult]]") -> list[tuple[str, list[str]]]:
    """Return what is said of each design, a line a subject."""
    releases = [release for _, release in shown]
    minimum = releases[0].minimum_count
    said = [
        ("How compared", [release.matching.method for release in releases]),
        ("In the scheme: at first", [people(release.attrition[0].treated, minimum) for release in releases]),
        ("  analysed", [people(release.n.treated, minimum) for release in releases]),
        ("  without a comparison", [people(release.estimand.treated_dropped, minimum) for release in releases]),
        ("Comparisons: could be", [people(release.n.comparison_pool, minimum) for release in releases]),
        ("  analysed", [people(release.n.comparison, minimum) for release in releases]),
        ("  worth", [people(release.n.effective_comparison, minimum) for release in releases]),
        ("Overlap", [overlap(release) for release in releases]),
        ("Balance", [bands(release) for release in releases]),
        ("Can be compared", ["no" if release.not_comparable else "yes" for release in releases]),
    ]
    for at, first in enumerate(shown[0][0].detectable):
        about = "Smallest change found" if first.expected is None else f"Smallest fall found, from {first.expected:.0%}"
        said.append((about, [fall(one.detectable[at]) for one, _ in shown]))
    if any(one.result.areas for one, _ in shown):
        said.append(("Smallest p that the areas allow", [areas(one) for one, _ in shown]))
    return said


def balance_rows(releases: "list[PublishedResult]") -> list[tuple[str, list[str]]]:
    """Return how far apart the groups are in each covariate, before and after, design by design."""
    from whatworks.papers.charts.love import label
    from whatworks.papers.words import text

    found: dict[str, dict[int, str]] = {}
    for at, release in enumerate(releases):
        for row in release.balance:
            known = [end for end in (row.smd_before, row.smd_after) if end is not None]
            ends = [text(end) + ("%" if isinstance(end, Decimal) else "") for end in known]
            band = row.band if row.band in ("green", "amber", "red") else ""
            found.setdefault(label(row), {})[at] = f"{' to '.join(ends)} {band}".rstrip()
    table = [(name, [cells.get(at, "") for at in range(len(releases))]) for name, cells in found.items()]
    return [("Apart, in % of a standard deviation", ["before to after" for _ in releases]), *table]


def people(count: "Any", minimum: int) -> str:
    """Return a number of people by its band: two designs less each other must not tell of a few.

    >>> people(412, 10), people("c", 10), people(0, 10)
    ('410 to 419', 'withheld', '0')
    """
    from whatworks.records.showing.banded import banded

    return banded(count, minimum) if isinstance(count, int) else "withheld"


def overlap(release: "PublishedResult") -> str:
    """Return whether overlap holds, and for how many of the scheme."""
    found = release.overlap
    if found is None:
        return "by chance"
    share = f" ({found.overlap_share}%)" if isinstance(found.overlap_share, Decimal) else ""
    return ("fails" if found.failed else "holds") + share


def bands(release: "PublishedResult") -> str:
    """Return how many rows of the balance table lie in each band."""
    found = [row.band for row in release.balance]
    return ", ".join(f"{found.count(band)} {band}" for band in ("green", "amber", "red") if band in found) or "none"


def fall(found: "Detectable") -> str:
    """Return the smallest effect in points, or in standard deviations where the outcome is not a share."""
    if found.fall is None:
        return "none could be"
    return f"{found.fall:.2f} standard deviations" if found.expected is None else f"{100 * found.fall:.1f} points"


def areas(one: "DesignLook") -> str:
    """Return the smallest p that a design's areas can give."""
    found = one.result.areas
    return "by person" if found is None else f"{found.smallest_p:.2g} ({found.treated} against {found.comparison})"


def document(one: "DesignLook", release: "PublishedResult") -> dict[str, Any]:
    """Return a design as JSON holds it: people by bands, the rest as a paper would show it."""
    minimum, written = release.minimum_count, release.model_dump(mode="json")
    return {
        "protocol": one.protocol,
        "sha256": release.protocol.sha256,
        "method": release.matching.method,
        "attrition": [
            {
                "step": step.step,
                "treated": people(step.treated, minimum),
                "comparison": people(step.comparison, minimum),
            }
            for step in release.attrition
        ],
        "people": {name: people(getattr(release.n, name), minimum) for name in written["n"]},
        "without_comparison": people(release.estimand.treated_dropped, minimum),
        "overlap": None
        if release.overlap is None
        else {"failed": release.overlap.failed, "share": written["overlap"]["overlap_share"]},
        "balance": [
            {name: row[name] for name in ("covariate", "level", "smd_before", "smd_after", "band")}
            for row in written["balance"]
        ],
        "comparable": not release.not_comparable,
        "why_not": release.not_comparable,
        "detectable": one.detectable,
        "areas": None if one.result.areas is None else one.result.areas.model_dump(mode="json"),
        "warnings": list(release.warnings),
    }


def _expected(given: str | None) -> dict[str, Any]:
    """Return the share expected without the scheme, where it is given."""
    from whatworks.cli.evaluation.power import share_of

    return {} if given is None else {"expected": (share_of(given, "expected"),)}
