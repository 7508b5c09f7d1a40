"""See that one column holds surname and forename, as "Surname, Forename" does."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whatworks.records.mapping import Part
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.words import PERSON, heading_words

if TYPE_CHECKING:
    from whatworks.records.suggesting.choice import Choice

_NAMES = frozenset({frozenset({"name"}), frozenset({"full", "name"}), frozenset({"surname", "forename"})})


def split_names(choice: "Choice", contents: Mapping[str, Content]) -> None:
    """Fill surname and forename from one column that holds both with a comma between them; ask about any other."""
    if {"surname", "forename"} & choice.filled:
        return
    named = [heading for heading in contents if heading_words(heading) - {PERSON, "prison"} in _NAMES]
    whole = [heading for heading in named if contents[heading].share_like("two_names") >= 0.95]
    if len(whole) == 1:
        for part, column in ((1, "surname"), (2, "forename")):
            choice.undecided.pop(column, None)
            choice.split[column] = Part(column=whole[0], by=",", part=1 if part == 1 else 2)
        return
    for column in ("surname", "forename") if named else ():
        choice.ask(column, "one column holds the whole name, and no comma says where to split it", tuple(named))
