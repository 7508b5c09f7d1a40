"""`whatworks money streams` and `cut`: where the money goes, and who carries a cut."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answering import answering
from whatworks.cli.options import read_amount

if TYPE_CHECKING:
    from whatworks.money.streams.carrying import CutResult
    from whatworks.money.streams.search import Search
    from whatworks.money.streams.terms import StreamTerms
    from whatworks.papers.answer import Answer

FileArgument = Annotated[Path, typer.Argument(help="The streams, a TOML file or a table of flows (docs/money.md).")]
PricesOption = Annotated[str | None, typer.Option(help='Of a table of flows: "cash", or the price year.')]
YearOption = Annotated[str | None, typer.Option(help="The year, as 2012/13; the first in the file by default.")]


@answering
def streams(
    file: FileArgument,
    year: YearOption = None,
    prices: PricesOption = None,
) -> "Answer":
    """Balance every hand that money passes through, follow each stream through the years, and say what it buys."""
    from whatworks.money.streams import load_streams, read_flows, spending
    from whatworks.papers.money.streams import streams_answer
    from whatworks.records.refusal import faults_of

    terms = load_streams(file, prices)
    with faults_of(file.name):
        found, spent = read_flows(terms), spending(terms, year or terms.years[0])
    return streams_answer(terms, found, spent)


@answering
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
) -> "Answer":
    """Say which services, partners and outcomes carry a cut, and on whose budget it lands.

    With --stream and --by, one cut; with --total, the cuts among the file's options that do the least harm.
    """
    from whatworks.money.streams import load_streams
    from whatworks.papers.money.cuts import cut_answer

    if (total is None) == (stream is None) or (stream is None) != (by is None):
        from whatworks.records.refusal import Refused

        raise Refused("a cut is asked for in two ways or in none", "give --stream with --by, or --total")
    terms = load_streams(file, prices)
    chosen = year or terms.years[0]
    result, search = (
        _one(terms, chosen, stream, by, payer) if stream and by else _search(terms, chosen, total or "", harm)
    )
    return cut_answer(f"{terms.title}: a cut in {chosen}", result, search)


def _one(terms: "StreamTerms", year: str, stream: str, by: str, payer: str | None) -> "tuple[CutResult, Search | None]":
    from whatworks.money.streams import cut as worked_out

    share = by.strip().endswith("%")
    amount = read_amount(by.strip().removesuffix("%"), "by")
    return worked_out(terms, year, stream, amount / 100 if share else amount, share=share, start=payer), None


def _search(terms: "StreamTerms", year: str, total: str, harm: str) -> "tuple[CutResult, Search | None]":
    from whatworks.money.streams import least_harm

    found = least_harm(terms, year, read_amount(total, "total"), harm)
    return found.best, found
