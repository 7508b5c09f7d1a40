"""`whatworks money streams` and `cut`: where the money goes, and who carries a cut."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.money.paper import AsAtOption, OutOption, check_out, read_amount, write
from whatworks.cli.options import JsonOption

if TYPE_CHECKING:
    from whatworks.money.streams.carrying import CutResult
    from whatworks.money.streams.flows import Flows
    from whatworks.money.streams.search import Search
    from whatworks.money.streams.spend import Spending
    from whatworks.money.streams.terms import StreamTerms

FileArgument = Annotated[Path, typer.Argument(help="The streams, a TOML file or a table of flows (docs/money.md).")]
PricesOption = Annotated[str | None, typer.Option(help='Of a table of flows: "cash", or the price year.')]
YearOption = Annotated[str | None, typer.Option(help="The year, as 2012/13; the first in the file by default.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("streams")(streams)
    group.command("cut")(cut)


def streams(
    file: FileArgument,
    year: YearOption = None,
    prices: PricesOption = None,
    out: OutOption = None,
    as_at: AsAtOption = None,
    json: JsonOption = False,
) -> None:
    """Balance every hand that money passes through, follow each stream through the years, and say what it buys."""
    from whatworks.money.streams import load_streams, read_flows, spending
    from whatworks.papers.money.streams import streams_figures, streams_paper
    from whatworks.records.refusal import faults_of

    check_out(out)
    terms = load_streams(file, prices)
    with faults_of(file.name):
        found, spent = read_flows(terms), spending(terms, year or terms.years[0])
    figures = streams_figures(terms, found, spent)
    write(out, as_at, lambda day: (streams_paper(terms, found, spent, day), figures))
    if json:
        print_json(figures)
        return
    for line in _streams_lines(terms, found, spent):
        typer.echo(line)


def cut(
    file: FileArgument,
    stream: Annotated[str | None, typer.Option(help="The stream that is cut.")] = None,
    by: Annotated[str | None, typer.Option(help="By how much: pounds, or a share as in 20%.")] = None,
    payer: Annotated[str | None, typer.Option("--from", help="Who cuts, where several pay into the stream.")] = None,
    total: Annotated[
        str | None, typer.Option(help="Search the file's options for this total with the least harm.")
    ] = None,
    harm: Annotated[
        str, typer.Option(help="What the search keeps least: cashable, economic, or an outcome.")
    ] = "cashable",
    year: YearOption = None,
    prices: PricesOption = None,
    out: OutOption = None,
    as_at: AsAtOption = None,
    json: JsonOption = False,
) -> None:
    """Say which services, partners and outcomes carry a cut, and on whose budget it lands.

    With --stream and --by, one cut; with --total, the cuts among the file's options that do the least harm.
    """
    from whatworks.money.streams import load_streams
    from whatworks.papers.money.cuts import cut_figures, cut_paper

    check_out(out)
    if (total is None) == (stream is None) or (stream is None) != (by is None):
        from whatworks.records.refusal import Refused

        raise Refused("a cut is asked for in two ways or in none", "give --stream with --by, or --total")
    terms = load_streams(file, prices)
    chosen = year or terms.years[0]
    result, search = (
        _one(terms, chosen, stream, by, payer) if stream and by else _search(terms, chosen, total or "", harm)
    )
    figures = cut_figures(result, search)
    write(out, as_at, lambda day: (cut_paper(f"{terms.title}: a cut in {chosen}", result, day, search), figures))
    if json:
        print_json(figures)
        return
    if search is not None:
        typer.echo(search.sentence)
        for constraint in search.constraints:
            typer.echo(f"  within: {constraint}")
    for sentence in result.sentences:
        typer.echo(sentence)


def _one(terms: "StreamTerms", year: str, stream: str, by: str, payer: str | None) -> "tuple[CutResult, Search | None]":
    from whatworks.money.streams import cut as worked_out

    share = by.strip().endswith("%")
    amount = read_amount(by.strip().removesuffix("%"), "by")
    return worked_out(terms, year, stream, amount / 100 if share else amount, share=share, start=payer), None


def _search(terms: "StreamTerms", year: str, total: str, harm: str) -> "tuple[CutResult, Search | None]":
    from whatworks.money.streams import least_harm

    found = least_harm(terms, year, read_amount(total, "total"), harm)
    return found.best, found


def _streams_lines(terms: "StreamTerms", found: "Flows", spent: "Spending") -> list[str]:
    from whatworks.money.streams.register import register as listed
    from whatworks.papers.money.streams import pounds

    lines = [f"{found.title} (prices: {found.prices})"]
    ends = {step.name: step for step in found.lineage}
    for name, year, amount in found.by_stream:
        step = ends[name]
        became = f" -> {step.into}, {step.year}" if step.into else f" ({step.ends})"
        lines.append(f"  {year}  {pounds(amount):>14}  {name}{became}")
    lines += [one.sentence for one in found.balances]
    for one in found.derived:
        rest = f"; the rest, {pounds(one.rest)}, from {one.rest_from}" if one.rest_from else ""
        lines.append(f"Derived: {one.stream}, {one.year}: {one.working}, so {pounds(one.whole)} in all{rest}.")
    lines += [*found.refused, *listed(terms).sentences]
    if spent.reached:
        lines += [f"{one.stage}: {pounds(one.pounds)} ({100 * one.share:.1f}%), {spent.year}" for one in spent.stages]
    lines += [f"{name}: {pounds(amount)} works for no outcome that is named." for name, amount in spent.without_outcome]
    lines += [f"{one.name}: {pounds(one.pounds)}, £{one.per_head:,.2f} a head" for one in spent.boroughs]
    if spent.disparity:
        lines.append(spent.disparity.sentence)
    return lines
