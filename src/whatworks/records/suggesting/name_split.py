"""See that one column holds surname and forename, as "Surname, Forename" does."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whatworks.records.mappings.mapping import Part
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.words import PERSON, heading_words, words_in_order

if TYPE_CHECKING:
    from whatworks.records.suggesting.choice import Choice

_NAMES = frozenset({frozenset({"name"}), frozenset({"full", "name"}), frozenset({"surname", "forename"})})


def split_names(choice: "Choice", contents: Mapping[str, Content]) -> None:
    """Fill surname and forename from one column that holds both with a comma between them; ask about any other."""
    if {"surname", "forename"} & choice.filled:
        return
    named = [heading for heading, content in contents.items() if _holds_names(heading, content)]
    whole = [heading for heading in named if contents[heading].share_like("two_names") >= 0.95]
    if len(whole) == 1:
        named_order = [word for word in words_in_order(whole[0]) if word in ("surname", "forename")]
        first, second = named_order or ("surname", "forename")
        choice.split[first] = Part(column=whole[0], by=",", part=1)
        choice.split[second] = Part(column=whole[0], by=",", part=2)
        choice.undecided = {n: asked for n, asked in choice.undecided.items() if n not in choice.split}
        return
    for column in ("surname", "forename") if named else ():
        choice.ask(column, "one column holds the whole name, and no comma says where to split it", tuple(named))


def _holds_names(heading: str, content: Content) -> bool:
    """Return whether a column is called a name, or is called after the person and holds names."""
    words = heading_words(heading)
    if not words - {PERSON, "prison"}:
        return PERSON in words and content.share_like("two_names") + content.share_like("name") >= 0.95
    return words - {PERSON, "prison"} in _NAMES
