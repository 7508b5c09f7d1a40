"""Columns that all tables of the board declare alike: what a paper says, and days, both official."""

import dataframely as dy

from whatworks.records.tables.declaration import about


def said(what: str, *, nullable: bool = True) -> dy.String:
    """Return a column of text as a paper or a person put it.

    >>> said("Its name.").nullable
    True
    """
    return dy.String(nullable=nullable, description=what, metadata=about(handling="official"))


def day_of(what: str, *, nullable: bool = True) -> dy.Date:
    """Return a column of days.

    >>> day_of("The day of the meeting.", nullable=False).nullable
    False
    """
    return dy.Date(nullable=nullable, description=what, metadata=about(handling="official"))
