"""Draw at random so that one topic's draws never shift another's, whichever settings are chosen."""

import numpy as np

_TOPICS = (
    "people", "homes", "offending", "marks", "sentencing", "needs", "scheme", "supervision", "custody", "boroughs",
    "numbers", "dirt", "participation", "needs_met", "known", "missing", "background", "identifiers", "misrecording",
    "link_errors", "references", "co_defendants", "journeys", "surveys", "journey_kinds", "places", "displacement",
    "gangs", "refuges", "cameras", "casework", "lists",
)  # fmt: skip


def stream(seed: int, topic: str, first: int = 0) -> np.random.Generator:
    """Return the generator of one topic, for the part of the population that begins with person `first`.

    >>> float(stream(1, "people").random()) == float(stream(1, "people").random())
    True
    """
    return np.random.default_rng([seed, _TOPICS.index(topic), first])
