"""Equality impact assessments as a table: of which scheme, when done, and whether that was before its launch."""

import dataframely as dy

from whatworks.records.register.columns import written
from whatworks.records.register.entry import Entry
from whatworks.records.tables.declaration import Table, about


class Assessment(Entry):
    """One equality impact assessment. Its figures are in its paper; here stands that it was done, and when."""

    name = written("The scheme or cohort.", nullable=False)
    place = written("The area it was limited to; null for all.")
    done_on = dy.Date(description="Day of the assessment.", metadata=about(handling="official"))
    launch_on = dy.Date(
        nullable=True, description="Day of the launch, where known.", metadata=about(handling="official")
    )
    before_launch = dy.Bool(nullable=True, description="Whether it was done before the launch; null where not known.")
    paper = written("Where its paper lies.")


EQUALITY_TABLES: dict[str, type[Table]] = {"board_assessment": Assessment}
"""The store's table of assessments, made on demand with `create_tables(connection, EQUALITY_TABLES)`."""
