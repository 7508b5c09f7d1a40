"""`whatworks link check`: give pairs to two people to judge, read what they say, and tell how good the links are."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, printable, read_day
from whatworks.cli.place import existing_store
from whatworks.records.showing.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatworks.linkage.checking.by_group import GroupGap, GroupLinks
    from whatworks.linkage.checking.check import LinkCheck, SheetsWritten
    from whatworks.linkage.checking.judged_pairs import LinkShare
    from whatworks.records.partnership import Partnership

JUDGES = ("first judge", "second judge")


def check(
    sheet: Annotated[Path | None, typer.Option(help="Draw pairs to judge, and write each judge's sheet here.")] = None,
    judge: Annotated[
        list[str] | None, typer.Option(help="A judge's name, with --sheet; once for each, two of them or more.")
    ] = None,
    unlike: Annotated[
        bool, typer.Option("--unlike", help="With --sheet: write the pairs on which judges differ, to be settled.")
    ] = False,
    of_each_group: Annotated[
        int, typer.Option(min=0, help="Joined pairs to draw of each group (sex, age, ethnic group, home, scheme).")
    ] = 60,
    seed: Annotated[int | None, typer.Option(min=0, help="What to draw by; by default that of whatworks.toml.")] = None,
    read: Annotated[list[Path] | None, typer.Option(help="Read a judge's answered sheet; may be repeated.")] = None,
    sample: Annotated[int | None, typer.Option(help="Tell of this sample; by default of the last judged.")] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Instead: hide all numbers, and count what is joined without them.")
    ] = False,
    decide: Annotated[
        bool, typer.Option("--decide", help="Make decisions of what all judges of a pair say against the links.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who decides, with --decide.")] = "",
    on: Annotated[str, typer.Option(help="The day, as 2025-06-30; today if not given.")] = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Tell how many links are right and how many are missed, by people who judge a sample of pairs."""

    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    if numbers and (sheet is not None or read or decide):
        raise Refused("--numbers stands with --sheet, --read or --decide", "it needs no judges: give it alone")
    if sheet is not None and (read or decide):
        raise Refused("--sheet stands with --read or --decide", "draw first; read when the sheets are answered")
    here = Partnership.open(partnership)
    day = read_day(on, latest=date.today()) if on else date.today()
    if unlike and sheet is None:
        raise Refused("--unlike stands without --sheet", "say where the sheet is to be written, with --sheet FOLDER")
    if numbers:
        _hide_numbers(here, json)
    elif sheet is not None and unlike:
        _write_unlike(here, sheet, sample, json)
    elif sheet is not None:
        _write(here, sheet, judge or list(JUDGES), seed, of_each_group, day, json)
    else:
        _read_and_tell(here, read or [], sample, by if decide else None, day, json)


def _write(
    here: "Partnership",
    folder: Path,
    judges: list[str],
    seed: int | None,
    of_each_group: int,
    day: date,
    json: bool,
) -> None:
    from whatworks.linkage.checking.check import write_sheets
    from whatworks.records.writing.private_file import private_folder

    with existing_store(here) as store, store.transaction():
        private_folder(folder, close=False)
        written = write_sheets(
            store,
            here.config.linkage,
            folder,
            judges,
            day,
            seed=seed,
            of_each_group=of_each_group,
            preferences=here.config.preferences,
            at=datetime.now(UTC),
        )
    _tell_written(written, json)


def _write_unlike(here: "Partnership", folder: Path, sample: int | None, json: bool) -> None:
    from whatworks.linkage.checking.check import write_unlike
    from whatworks.records.writing.private_file import private_folder

    with existing_store(here) as store, store.transaction():
        private_folder(folder, close=False)
        written = write_unlike(store, folder, datetime.now(UTC), sample)
    _tell_written(written, json)


def _tell_written(written: "SheetsWritten", json: bool) -> None:
    if json:
        print_json({"sample": written.sample, "pairs": written.pairs, "sheets": [str(path) for path in written.paths]})
        return
    typer.echo(f"Sample {written.sample}: {counted(written.pairs, 'pair')} to judge.")
    for path in written.paths:
        typer.echo(f"  {path}")
    typer.echo("The sheets hold personal data. Give each judge one, and read it back with --read when it is answered.")


def _read_and_tell(
    here: "Partnership", sheets: list[Path], sample: int | None, by: str | None, day: date, json: bool
) -> None:
    from whatworks.cli.audit.noted import noted
    from whatworks.linkage import link
    from whatworks.linkage.checking.answers import take_answers
    from whatworks.linkage.checking.check import check_links
    from whatworks.linkage.checking.deciding import decide_as_judged
    from whatworks.linkage.checking.judged_sample import judged_sample
    from whatworks.linkage.checking.samples import read_sample
    from whatworks.linkage.identities.decisions import last_decision, people_since

    with existing_store(here) as store:
        with store.transaction():
            taken = [take_answers(store, path, day, date.today()) for path in sheets]
            for one in taken:
                told = {"by": one.judge, "judged": one.answered}
                noted(store, "changed", f"judgements of sample {one.sample}", more=told)
        made = check_links(store, here.config.linkage, sample, here.config.preferences)
        decided = None
        if by is not None:
            judged = judged_sample(store, read_sample(store, made.sample))
            with store.transaction():
                last = last_decision(store)
                decided = decide_as_judged(store, judged, by=by, on=day)
                people = people_since(store, last)
                noted(store, "linked", f"sample {made.sample} decided as judged", people=people, more={"by": by})
            link(store, here.config.linkage)
    if json:
        print_json({"read": taken, "check": made, "decisions": decided})
        return
    for one in taken:
        typer.echo(printable(f"{one.judge}: {counted(one.answered, 'pair')} judged, {one.left_open:,} left open"))
    tell_check(made)
    if decided is not None:
        typer.echo(f"Decided: {counted(decided.must, 'pair')} must be joined, {decided.cannot:,} cannot be.")
        for why in decided.why:
            typer.echo(printable(f"  not decided: {why}"))


def _hide_numbers(here: "Partnership", json: bool) -> None:
    from whatworks.linkage.checking.hidden_number import check_hidden_numbers

    with existing_store(here, read_only=True) as store:
        made = check_hidden_numbers(store, here.config.linkage, here.config.preferences)
    if json:
        print_json(made)
        return
    typer.echo(str(made))
    _tell_groups(made.groups, made.gaps)


def tell_check(made: "LinkCheck") -> None:
    """Say how good the links are, for a person to read."""
    typer.echo(
        f"Sample {made.sample} of {made.drawn_on:%d %B %Y}: {made.judged:,} of {counted(made.asked, 'pair')} judged, "
        f"{made.judged_twice:,} by two people or more, who differ on {made.unlike:,} "
        f"(settled: {made.settled:,})."
    )
    for one in made.agreements:
        kappa = "" if one.kappa is None else f", kappa {one.kappa:.2f} ({one.low:.2f} to {one.high:.2f})"
        typer.echo(
            printable(f"  {one.judges[0]} and {one.judges[1]} agree on {one.agreed:.1%} of {one.pairs:,}{kappa}")
        )
    typer.echo(f"Of the pairs joined, {_share(made.quality.precision, ' (95% interval ')} are one person (precision).")
    typer.echo(f"  By the model's own reckoning {1 - made.false_by_model:.2%} are.")
    typer.echo(f"Of the true pairs scored, {_share(made.quality.recall, ' (95% interval ')} are joined (recall).")
    for factor in made.doubts:
        kind = "joined pairs are false" if factor.factor == "phi" else "pairs not joined are true"
        typer.echo(
            f"  {factor.group}: {factor.mean:.1f} {kind} for each that the model says "
            f"({factor.low:.1f} to {factor.high:.1f}; {factor.judged:,} judged)"
        )
    typer.echo("Probability by the model, pairs, judged, and share of one person by the model and by the judges:")
    for band in made.quality.bands:
        judges = "not judged" if band.judged_share is None else f"{band.judged_share:.1%}"
        typer.echo(
            f"  {'joined' if band.joined else 'not joined':10} {band.least:>5g} and above: "
            f"{counted(band.pairs, 'pair')}, {band.judged:,} judged; {band.model_share:.1%}; {judges}"
        )
    typer.echo("Links that are wrong, of those joined, and missed, of those that should be, by group:")
    _tell_groups(made.groups, made.gaps)
    for note in made.notes:
        typer.echo(printable(f"Note: {note}"))


def _tell_groups(groups: "Sequence[GroupLinks]", gaps: "Sequence[GroupGap]") -> None:
    for row in groups:
        kinds = (("wrong", row.false), ("missed", row.missed))
        parts = ", ".join(f"{what} {_share(share, ' (')}" for what, share in kinds if share)
        typer.echo(printable(f"  {row.characteristic}, {row.group}: {parts or 'rests on fewer than ten pairs'}"))
    for gap in gaps:
        typer.echo(printable(f"Warning: {gap}"))


def _share(share: "LinkShare", opening: str) -> str:
    return f"{share.share:.1%}{opening}{100 * share.low:.1f} to {100 * share.high:.1f})"
