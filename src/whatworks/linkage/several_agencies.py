"""How many people do several agencies know? Numbers alone: who they are is told to nobody."""

from whatworks.records.engine import Engine


def known_to_several(engine: Engine) -> tuple[int, int]:
    """Return how many people the linked records hold, and how many of them two agencies or more know.

    Nobody is linked yet where `identity` is empty: both are zero then. The numbers are exact; whoever shows them
    withholds what is small.
    """
    [row] = engine.rows(
        "SELECT count(*), count(*) FILTER (WHERE agencies > 1) FROM "
        "(SELECT count(DISTINCT organisation_id) AS agencies FROM identity GROUP BY linked_id)"
    )
    return int(row[0]), int(row[1])
