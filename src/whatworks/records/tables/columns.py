"""Columns that many tables have, each declared once: whose row it is, of whom, where and when."""

import dataframely as dy

from whatworks.records.tables.declaration import about


def organisation(*, key: bool = True) -> dy.String:
    """Return the column of the agency whose record a row is.

    >>> organisation().primary_key
    True
    """
    return dy.String(
        primary_key=key, description="The agency whose record this is.", metadata=about(references="organisation")
    )


def person(*, nullable: bool = False) -> dy.String:
    """Return the column of the agency's own number for a person.

    >>> person().nullable
    False
    """
    return dy.String(
        nullable=nullable,
        description="The agency's own number for the person.",
        metadata=about(identifying=True, references="person"),
    )


def key(of: str) -> dy.String:
    """Return the column of the agency's own number for the row.

    >>> key("stay").description
    "The agency's own number for the stay."
    """
    return dy.String(primary_key=True, description=f"The agency's own number for the {of}.")


def happened(what: str, *, nullable: bool = True) -> dy.Date:
    """Return a day on which something happened: it may not lie after the day of the extract.

    >>> (happened("Day of release.").metadata or {})["event"]
    True
    """
    return dy.Date(nullable=nullable, description=what, metadata=about(event=True))


def ahead(what: str, *, nullable: bool = True) -> dy.Date:
    """Return a day that may lie ahead.

    >>> (ahead("Day of the trial.").metadata or {})["event"]
    False
    """
    return dy.Date(nullable=nullable, description=what, metadata=about())


def area_code() -> dy.String:
    """Return the column of an area's code.

    >>> area_code().nullable
    True
    """
    return dy.String(nullable=True, description="Code of the ward, borough or small area.", metadata=about())


def area_vintage() -> dy.String:
    """Return the column of the edition of the boundaries.

    >>> area_vintage().nullable
    True
    """
    return dy.String(nullable=True, description="Edition of the boundaries that the code belongs to.")
