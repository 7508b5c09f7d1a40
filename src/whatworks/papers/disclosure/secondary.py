"""What is withheld so that something else cannot be worked out: secondary suppression, a thing at a time."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "level",
    "outcome",
    "row",
    "people",
    "share",
    "missing",
    "unknown",
    "deaths",
    "outside",
    "file",
    "search",
    "earlier",
]
"""What can be withheld: a subgroup's level, an outcome, a row of any other section, a number of people, and so on."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing that can be withheld: its kind, its name, and a level, group or number within it.

    >>> Item("level", "Ward", "A-big"), str(Item("people", "treated", "96"))
    (Item(kind='level', name='Ward', within='A-big'), 'people: treated, 96')
    """

    kind: Kind
    name: str
    within: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}" + (f", {self.within}" if self.within else "")


EARLIER = Item("earlier", "papers")
"""What earlier papers told: it has left, and cannot be withheld."""


@dataclass(frozen=True, slots=True)
class Secondary:
    """Everything that is withheld over and above what is small by itself.

    >>> more = Secondary().with_item(Item("people", "treated", "96")).with_item(Item("level", "Ward", "A-big"))
    >>> more.has("level", "Ward", "A-big"), more.has("deaths", "treated"), sorted(more.within("people", "treated"))
    (True, False, ['96'])
    """

    items: frozenset[Item] = field(default_factory=frozenset)

    def with_item(self, item: Item) -> "Secondary":
        """Return the same with one more item."""
        return Secondary(self.items | {item})

    def has(self, kind: Kind, name: str, within: str = "") -> bool:
        """Return whether a thing is to be withheld."""
        return Item(kind, name, within) in self.items

    def within(self, kind: Kind, name: str) -> frozenset[str]:
        """Return the levels, groups or numbers of one name that are to be withheld."""
        return frozenset(item.within for item in self.items if (item.kind, item.name) == (kind, name))

    def named(self, kind: Kind) -> frozenset[str]:
        """Return the names of one kind that are to be withheld."""
        return frozenset(item.name for item in self.items if item.kind == kind)

    def counts(self, group: str) -> frozenset[int]:
        """Return the numbers of people of a group that may stand nowhere."""
        return frozenset(int(number) for number in self.within("people", group))


NOTHING_MORE = Secondary()
