"""Guess from a file's name, else from the tables that it fills, which sort of agency sent it; a person confirms it."""

import re
from collections.abc import Collection

_WORDS: dict[str, tuple[str, ...]] = {
    "police": ("police", "crime", "crimes", "niche", "athena", "connect", "nspis", "custodysuite", "constabulary"),
    "probation": ("probation", "delius", "ndelius", "oasys", "case", "cases", "licence", "caseload"),
    "prison": ("prison", "prisons", "nomis", "dps", "hmp", "release", "releases", "reception", "receptions"),
    "court": ("court", "courts", "libra", "xhibit", "platform", "magistrates", "crown"),
    "prosecutor": ("cps", "prosecutor", "prosecution"),
    "council": ("council", "borough", "mosaic", "capita", "housing", "authority"),
    "health": ("health", "nhs", "systmone", "emis", "hospital", "treatment"),
    "voluntary": ("charity", "voluntary", "trust", "volunteers"),
}
_TABLES: dict[str, str] = {
    "custody_spell": "prison",
    "offence": "police",
    "requirement": "probation",
    "appointment": "probation",
    "breach": "probation",
    "sentence": "court",
    "participation": "probation",
    "need": "council",
}
"""The sort of agency that most often keeps a table, where the file's name does not say."""


def kind_by_name(file: str) -> str | None:
    """Return the one sort of agency that words of a file's name point to; None where none or several do.

    >>> kind_by_name("Niche_occurrences 2024.csv"), kind_by_name("data.csv"), kind_by_name("police_prison.csv")
    ('police', None, None)
    """
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", file.rsplit(".", 1)[0])}
    kinds = [kind for kind, known in _WORDS.items() if words & set(known)]
    return kinds[0] if len(kinds) == 1 else None


def kind_by_tables(tables: Collection[str]) -> str | None:
    """Return the sort of agency that keeps such tables; None where nothing points to one.

    >>> kind_by_tables(["person", "custody_spell"]), kind_by_tables(["person"])
    ('prison', None)
    """
    return next((kind for table, kind in _TABLES.items() if table in tables), None)
