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


def other_person(what: str, *, nullable: bool = False) -> dy.String:
    """Return a column of the agency's own number for somebody beside the person whom a row is about.

    >>> (other_person("The relative.").metadata or {})["references"]
    'person'
    """
    return dy.String(nullable=nullable, description=what, metadata=about(identifying=True, references="person"))


def replaces() -> dy.String:
    """Return the column by which a row corrects an earlier one.

    >>> replaces().nullable
    True
    """
    return dy.String(nullable=True, description="The number under which it was first recorded, where this corrects it.")


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


def moment(what: str, *, nullable: bool = True, ahead: bool = False) -> dy.Datetime:
    """Return a time by the clock on the wall; like `happened`, not after the extract unless it may lie `ahead`.

    >>> (moment("When it began.").metadata or {})["event"]
    True
    """
    return dy.Datetime(nullable=nullable, description=what, metadata=about(event=not ahead))


TIME_PRECISION = "time_precision"


def time_precision() -> dy.Enum:
    """Return the column that says how finely a row's times are known.

    >>> time_precision().categories
    ['minute', 'hour', 'day', 'month']
    """
    what = "How finely the times are known: a day or month stands as its first moment; null: to the minute."
    return dy.Enum(["minute", "hour", "day", "month"], nullable=True, description=what)


def easting(*, identifying: bool = False) -> dy.Float64:
    """Return metres east on the British National Grid; degrees lie below its least.

    >>> easting().min
    1000.0
    """
    return _coordinate("Metres east on the British National Grid.", "metres east", 1000.0, 700000.0, identifying)


def northing(*, identifying: bool = False) -> dy.Float64:
    """Return metres north on the British National Grid.

    >>> northing().max
    1300000.0
    """
    return _coordinate("Metres north on the British National Grid.", "metres north", 1000.0, 1300000.0, identifying)


def longitude(*, identifying: bool = False) -> dy.Float64:
    """Return degrees east in WGS 84; a latitude of Britain is out of its range, so that swapped ones are seen.

    >>> longitude().max
    3.0
    """
    return _coordinate("Degrees east (WGS 84).", "degrees east", -9.0, 3.0, identifying)


def latitude(*, identifying: bool = False) -> dy.Float64:
    """Return degrees north in WGS 84.

    >>> latitude().min
    49.0
    """
    return _coordinate("Degrees north (WGS 84).", "degrees north", 49.0, 61.5, identifying)


def _coordinate(what: str, unit: str, low: float, high: float, identifying: bool) -> dy.Float64:
    about_it = about(unit=unit, identifying=identifying)
    return dy.Float64(nullable=True, min=low, max=high, description=what, metadata=about_it)
