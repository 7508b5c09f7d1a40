"""Know people again in the partnership's own book, whatever linked number they have today."""

from importlib.resources import files

import polars as pl

from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.records.engine import Engine


def lasting_names(connection: Engine, linked_ids: pl.Series) -> pl.Series:
    """Return for each linked number what its person is known by in keyed hashes; it identifies people.

    That is the least of the person's PNC numbers, else the least (organisation_id, person_id) of their records. It is
    made from records alone, so a person whose linked number changes is known again; and it is what linked numbers once
    were, so what an older store remembers goes on counting. A linked number that stands for no record names itself.

    >>> from whatworks.linkage import link
    >>> from whatworks.records.tables.ddl import create_tables
    >>> from whatworks.records.store import scratch
    >>> con = scratch()
    >>> create_tables(con)
    >>> add = "insert into person (source_id, source_line, organisation_id, person_id, pnc_id) values ('s', 1, ?, ?, ?)"
    >>> con.change_each(add, [["police", "7", "98/12345J"], ["prison", "A1", None]])
    >>> _ = link(con)
    >>> lasting_names(con, pl.Series(["L0000002", "L0000001"])).to_list()
    ['prison:A1', 'pnc:1998/0012345J']
    """
    query = files("whatworks.linkage").joinpath("identities/lasting_name.sql").read_text(encoding="utf-8")
    with connection.lent("asked_person", pl.DataFrame({"linked_id": linked_ids.cast(pl.String).unique()})):
        names = connection.fetch(f"WITH checked_number AS ({checked_numbers_sql()}) {query}")
    asked = pl.DataFrame({"linked_id": linked_ids.cast(pl.String)})
    joined = asked.join(names, on="linked_id", how="left", maintain_order="left")
    return joined.select(pl.coalesce("name", "linked_id").alias("identity")).to_series()
