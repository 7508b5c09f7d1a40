"""What makes a linkage: what is compared, which pairs, what training shares, and what tells how many pairs match."""

from dataclasses import dataclass

from whatworks.linkage.model.blocking import PERSON_RULES, BlockingRule
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS


@dataclass(frozen=True, slots=True)
class LinkageScheme:
    """How the records of one kind of table are linked; people's is `PERSON_SCHEME`."""

    comparisons: tuple[FieldComparison, ...]
    rules: tuple[BlockingRule, ...]
    training: tuple[tuple[str, ...], ...]
    """What records share in each round of training: a round learns about all that it does not share."""
    number: str | None
    """A column with a number that is given to one person only, from which the count of matches is reckoned."""
    surely: tuple[str, ...]
    """Columns that together nearly always mean one person, where too few share a number."""


PERSON_SCHEME = LinkageScheme(
    PERSON_COMPARISONS,
    PERSON_RULES,
    training=(("full_name",), ("born",)),
    number="pnc",
    surely=("full_name", "born"),
)
