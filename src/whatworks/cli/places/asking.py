"""What commands on incidents share: of which kind, in which areas, by which agencies, in which months."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from whatworks.places import Incidents
    from whatworks.records.engine import Engine


@dataclass(frozen=True, slots=True)
class AskedIncidents:
    """Which incidents a command is about; "" where an option was not given."""

    kind: Annotated[str, typer.Option("--kind", help="Kind of incident; all if not given.")] = ""
    areas: Annotated[str, typer.Option("--areas", help="Kind of areas: ward, borough, lsoa or other.")] = "ward"
    vintage: Annotated[str, typer.Option("--vintage", help="Edition of their boundaries, where several are held.")] = ""
    borough: Annotated[str, typer.Option("--borough", help="Only the areas of this borough, by its code.")] = ""
    agency: Annotated[
        str, typer.Option("--agency", help="Whose reports, separated by commas; of all that sent any if not given.")
    ] = ""
    first: Annotated[str, typer.Option("--from", help="First month, as 2024-01.")] = ""
    last: Annotated[str, typer.Option("--to", help="Last month.")] = ""

    def read(self, store: "Engine") -> "Incidents":
        """Return the incidents from a partnership's store."""
        from whatworks.places import read_areas, read_incidents

        first, last = _month(self.first, "from"), _month(self.last, "to")
        agencies = [name.strip() for name in self.agency.split(",") if name.strip()]
        areas = read_areas(store, self.areas, self.vintage or None, self.borough or None)
        return read_incidents(store, areas, agencies, first, last)


def _month(text: str, field: str) -> date | None:
    from whatworks.records.refusal import Fault, Refused

    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Refused(Fault("is not a month", "write it as 2024-01", field=field, value=text)) from None
