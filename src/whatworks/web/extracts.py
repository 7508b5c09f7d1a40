"""What the agencies sent: each file with its rows kept, set aside and left out, and what was wrong with them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, current_app, render_template

from whatworks.records.corrections.quarantine import count_faults, show_kinds

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership
    from whatworks.web.site import Desk

NAME, ADDRESS = "Extracts", "/extracts"
KINDS = 20


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One imported file; rows in are those kept, set aside and left out by a mapping's condition."""

    organisation: str
    name: str
    as_at: date
    rows_in: int
    rows_kept: int
    rows_quarantined: int
    rows_excluded: int
    sha256: str


def add(site: Flask) -> None:
    """Add the pages."""
    site.add_url_rule(ADDRESS, "extracts", extracts)
    site.add_url_rule(f"{ADDRESS}/<name>", "extract", extract)


def sources(here: "Partnership") -> list[SourceRow]:
    """Return the files that agencies sent, by agency and name; none where nothing was imported."""
    if not here.has_store:
        return []
    with here.open_store(read_only=True) as store:
        rows = store.rows(
            "SELECT organisation_id, name, max(as_at), sum(rows_in), sum(rows_kept), sum(rows_quarantined), "
            "sum(rows_excluded), min(sha256) FROM source WHERE organisation_id <> 'partnership' "
            "GROUP BY organisation_id, name ORDER BY organisation_id, name"
        )
    return [
        SourceRow(row[0], row[1], row[2], int(row[3]), int(row[4]), int(row[5]), int(row[6]), row[7]) for row in rows
    ]


def extracts() -> Any:
    """Return the list of files."""
    desk: Desk = current_app.config["desk"]
    with desk.turn:
        return render_template("extracts.html.j2", sources=sources(desk.here))


def extract(name: str) -> Any:
    """Return one file's page: what was wrong by column, and each kind of fault once, with its remedy."""
    desk: Desk = current_app.config["desk"]
    with desk.turn:
        one = next((each for each in sources(desk.here) if each.name == name), None)
        if one is None:
            abort(404)
        with desk.here.open_store(read_only=True) as store:
            counts, kinds = count_faults(store, name), show_kinds(store, name, most=KINDS)
    return render_template("extract.html.j2", source=one, counts=counts, kinds=kinds)
