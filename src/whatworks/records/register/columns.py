"""Columns that all registers declare alike: words, names, days, codes and links to other rows, handled as official."""

import dataframely as dy

from whatworks.records.tables.declaration import about


def written(meaning: str, *, nullable: bool = True) -> dy.String:
    """Return a column of text as a paper or a person put it.

    >>> written("Its name.").nullable
    True
    """
    return dy.String(nullable=nullable, description=meaning, metadata=about(handling="official"))


def name_of(meaning: str, *, nullable: bool = True) -> dy.String:
    """Return a column that holds a person's name.

    >>> name_of("Who.").metadata["identifying"]
    True
    """
    return dy.String(nullable=nullable, description=meaning, metadata=about(identifying=True, handling="official"))


def day_of(meaning: str, *, nullable: bool = True) -> dy.Date:
    """Return a column of days.

    >>> day_of("The day of the meeting.", nullable=False).nullable
    False
    """
    return dy.Date(nullable=nullable, description=meaning, metadata=about(handling="official"))


def link_to(table: str, meaning: str, *, nullable: bool = True) -> dy.Int64:
    """Return a column that holds the number of a row of another table.

    >>> link_to("board_event", "The meeting").description
    'The meeting (`board_event`).'
    """
    description = f"{meaning} (`{table}`)."
    return dy.Int64(nullable=nullable, min=1, description=description, metadata=about(handling="official"))


def code_of(codes: tuple[str, ...], meaning: str) -> dy.Enum:
    """Return a column that holds one of a list of codes.

    >>> code_of(("open", "closed"), "How it stands.").categories
    ['open', 'closed']
    """
    return dy.Enum(codes, description=meaning, metadata=about(handling="official"))
