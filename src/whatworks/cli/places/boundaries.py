"""`whatworks places boundaries`: take in an edition of boundaries from a file of maps."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.options import FolderOption, read_day


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("boundaries")(boundaries)


@saying(changes=True)
def boundaries(
    file: Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON (gzipped too) or Shapefile.")],
    kind: Annotated[str, typer.Option("--kind", help="Kind of its areas: borough, ward, lsoa or other.")],
    vintage: Annotated[str, typer.Option("--vintage", help="Edition of the boundaries, as the records call it.")],
    organisation: Annotated[str, typer.Option("--from", help="The agency that sends it (organisation_id).")],
    code: Annotated[
        str, typer.Option("--code", help="Column of the areas' codes; found by its look if not given.")
    ] = "",
    name: Annotated[str, typer.Option("--name", help="Column of their names.")] = "",
    parent: Annotated[str, typer.Option("--parent", help="Column of the boroughs' codes.")] = "",
    crs: Annotated[str, typer.Option("--crs", help="Projection of a file that names none, as EPSG:27700.")] = "",
    mend: Annotated[bool, typer.Option("--mend", help="Make outlines valid that cross themselves.")] = False,
    source: Annotated[str, typer.Option("--source", help="Who drew them, for papers.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Terms of their use.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Swap this edition's areas for those of the file.")
    ] = False,
    as_at: Annotated[str, typer.Option("--as-at", help="Day of the file; that of whatworks.toml if not given.")] = "",
    partnership: FolderOption = None,
) -> View:
    """Take the areas of one kind and one edition in, projected to metres; codes of two editions never join."""
    from datetime import date

    from whatworks.records.boundaries import BoundaryColumns, import_boundaries
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    here.agency(organisation)
    with here.open_store() as store:
        report = import_boundaries(
            store,
            file,
            organisation_id=organisation,
            vintage=vintage,
            kind=kind,
            columns=BoundaryColumns(code, name, parent),
            crs=crs,
            mend=mend,
            source=source,
            licence=licence,
            as_at=read_day(as_at, latest=date.today()) if as_at else here.config.as_at,
            received_on=date.today(),
            replace=replace,
            partnership=here,
        )
    (block,) = report.blocks
    again = " (held already)" if report.already else ""
    counts = f"{block.rows_in:,} areas in, {block.kept:,} kept, {block.quarantined:,} set aside{again}"
    return View(report, [f"{report.source}: {counts}"])
