"""On everyone's list? How many agencies know the same people, as a paper: aggregate, small counts withheld."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.places.words import WITHHELD_NOTE
from whatworks.people.overlap import Overlap, Spread, TwoLists
from whatworks.pictures.upset import upset_chart
from whatworks.records.audit.telling import Telling, part

ITEM, READER = "On whom to focus", "The board"
EVERYBODY, KNOWN = "people with a contact", "people known"
SETS = "agencies that know them"
"""Every division of the people by agencies: crossed with each other, since one follows from another."""
MOST_BARS = 15
STANDINGS = {
    "linked": "linked beyond doubt",
    "possible": "possibly linked: some link is between .3 and .95 sure",
    "one_agency": "of one agency only",
}


def overlap_answer(found: Overlap, counts: str, minimum: int, told: Telling | None = None) -> Answer:
    """Return who is known to several agencies; `counts` says in words which contacts count."""
    told = told or Telling()
    name_overlap(told, found)

    def shown(count: float, *within: tuple[str, object]) -> int | str:
        return "c" if Nested(minimum).sensitive(count) else told.count(part(KNOWN, *within), int(count))

    def spread(value: Spread, *within: tuple[str, object]) -> str:
        return "c" if shown(value.now, *within) == "c" else _spread_words(value)

    sets = {of: shown(value.now, ("set", " + ".join(of))) for of, value in found.sets.items()}
    numbers = {k: shown(value.now, ("agencies", k)) for k, value in found.numbers.items()}
    sizes = {name: shown(_size(found, name), (name, "yes")) for name in found.agencies}
    pairs = {one.agencies: shown(one.shared.now, (_both(one), "yes")) for one in found.pairs}
    population = told.count(EVERYBODY, found.size) if found.rows.height == found.size else found.size
    sentences = (
        f"{_or_few(spread(found.people), minimum)} people are known to any of {len(found.agencies)} agencies, "
        f"by {counts}. {_or_few(spread(found.several, ('several', 'yes')), minimum)} are known to two or more; a "
        f"person is known to {_mean(found.agencies_each)} on average.",
        *_standing(found, shown),
        *_most(found, pairs, sizes),
        "If lists were independent, two of n1 and n2 people would share n1 n2 / N. N is "
        f"{_or_few(population, minimum)}: {found.population}. The two lists together are never taken for N, since that "
        "says too many.",
        _doubt(found),
        *filter(None, (told.beside,)),
    )
    tables = (_numbers(found, numbers), _sets(found, sets), _pairs(found, pairs, sizes, population))
    bars = {of: found.sets[of].now for of, count in sets.items() if count not in ("c", 0)}
    bars = dict(list(bars.items())[:MOST_BARS])
    words = "; ".join(f"{' and '.join(of)}: {count:,.0f}" for of, count in bars.items())
    picture = Figure("upset", "People by the agencies that know them", f"{words}.",
                     lambda: upset_chart(found.agencies, bars, "People"))  # fmt: skip
    blocks = (Bullets(sentences), *((picture,) if bars else ()), *(one.on_page() for one in tables))
    title = "On everyone's list?"
    return Answer(title, sentences, tables, (Section("overlap", title, blocks),), item=ITEM, prepared_for=READER)


def name_overlap(told: Telling, found: Overlap) -> None:
    """Name everybody, those whom any agency knows, and their divisions by agencies and by standing."""
    known = found.rows.drop_nulls("set")
    several = pl.when(pl.col("agencies") > 1).then(pl.lit("yes")).otherwise(pl.lit("no"))
    held = {name: pl.col("set").str.split(" + ").list.contains(name) for name in found.agencies}
    held |= {_both(one): held[one.agencies[0]] & held[one.agencies[1]] for one in found.pairs}
    known = known.with_columns(several.alias("several"),
                               *(pl.when(of).then(pl.lit("yes")).alias(name) for name, of in held.items()))  # fmt: skip
    told.anywhere = True
    told.whole(EVERYBODY, found.rows["unit"])
    told.whole(KNOWN, known["unit"])
    for column in ("set", "agencies", "several", *held):
        told.parts(KNOWN, known, column, divides=SETS)
    told.parts(KNOWN, known, "standing")


def _both(one: TwoLists) -> str:
    return " and ".join(one.agencies)


def _size(found: Overlap, name: str) -> int:
    return sum(int(value.now) for of, value in found.sets.items() if name in of)


def _spread_words(value: Spread) -> str:
    """Return the mean over the draws with its interval; where no draw differs, the number.

    >>> _spread_words(Spread(20, 21.25, 19, 24)), _spread_words(Spread(20, 20, 20, 20))
    ('21 (19 to 24)', '20')
    """
    ends = "" if value.low == value.high else f" ({value.low:,.0f} to {value.high:,.0f})"
    return f"{value.mean:,.0f}{ends}"


def _mean(value: Spread) -> str:
    mean, low, high = (half_away(end, 2) for end in (value.mean, value.low, value.high))
    return f"{mean} agencies" if low == high else f"{mean} agencies ({low} to {high})"


def _or_few(shown: Any, minimum: int) -> str:
    return f"A number withheld (under {minimum}, or giving one back) of" if shown == "c" else (
        f"{shown:,}" if isinstance(shown, int) else str(shown))  # fmt: skip


def _standing(found: Overlap, shown: Callable[..., int | str]) -> tuple[str, ...]:
    """Return how sure the links are; with one number withheld the others would give it back, so none is said."""
    counts = {word: shown(count, ("standing", word)) for word, count in found.standing.items() if count}
    if "c" in counts.values():
        return ("How many are linked beyond doubt is withheld: too few are in one of the groups.",)
    return (f"{', '.join(f'{count:,} {STANDINGS[word]}' for word, count in counts.items())}.",)


def _most(found: Overlap, pairs: Mapping[tuple[str, str], Any], sizes: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which two of the lists shown share most beyond what independence gives."""
    told = [
        one for one in found.pairs if one.expected and "c" not in (pairs[one.agencies], *map(sizes.get, one.agencies))
    ]
    if not told:
        return ()
    best = max(told, key=lambda one: one.shared.now - (one.expected or 0))
    first, second = best.agencies
    return (f"{first} and {second} share {_spread_words(best.shared)} people, where independent lists would share "
            f"{half_away(best.expected or 0, 1)}.",)  # fmt: skip


def _doubt(found: Overlap) -> str:
    if not found.draws:
        return "No model joined the records, so no doubt of the links is known: numbers stand without intervals."
    return f"Intervals are 2.5% to 97.5% over {found.draws} draws of the linkage; they say how sure the links are."


def _numbers(found: Overlap, shown: Mapping[int, Any]) -> Rows[Any]:
    return Rows(
        name="Agencies",
        title="People by the number of agencies that know them",
        rows=list(found.numbers),
        columns=(TableColumn("Agencies", lambda k: k, numeric=True), *_spread_columns(found.numbers, shown)),
        notes=(WITHHELD_NOTE,),
    )


def _sets(found: Overlap, shown: Mapping[tuple[str, ...], Any]) -> Rows[Any]:
    hidden = sum(shown[of] == "c" for of in found.sets)
    return Rows(
        name="Combinations",
        title="People by the agencies that know them, and no other",
        rows=[of for of in found.sets if shown[of] not in ("c", 0)],
        columns=(TableColumn("Known to", lambda of: ", ".join(of), width=3.0), *_spread_columns(found.sets, shown)),
        notes=(f"{hidden} more combinations are withheld, of few people or such as would give few back.",)
        * bool(hidden),
    )


def _spread_columns(values: Mapping[Any, Spread], shown: Mapping[Any, Any]) -> tuple[TableColumn[Any], ...]:
    """Return the columns of a number in force, and of its mean and interval over the draws; all withheld together."""

    def of(name: str) -> Callable[[Any], Any]:
        return lambda row: "c" if shown[row] == "c" else half_away(getattr(values[row], name), 1)

    ends = (("Mean of draws", "mean"), ("2.5%", "low"), ("97.5%", "high"))
    return (TableColumn("People", lambda row: shown[row], numeric=True),
            *(TableColumn(heading, of(name), numeric=True) for heading, name in ends))  # fmt: skip


def _pairs(
    found: Overlap, pairs: Mapping[tuple[str, str], Any], sizes: Mapping[str, Any], population: Any
) -> Rows[TwoLists]:
    def expected(one: TwoLists) -> Any:
        if "c" in (population, sizes[one.agencies[0]], sizes[one.agencies[1]]):
            return "c"
        return "N is only both lists" if one.expected is None else half_away(one.expected, 1)

    def interval(one: TwoLists) -> str:
        low, high = one.shared.low, one.shared.high
        return "c" if pairs[one.agencies] == "c" else f"{half_away(low, 1)} to {half_away(high, 1)}"

    return Rows(
        name="Two lists",
        title="People on two agencies' lists, and how many would be if the lists were independent",
        rows=found.pairs,
        columns=(
            TableColumn("Lists", _both, width=2.0),
            TableColumn("First", lambda one: sizes[one.agencies[0]], numeric=True),
            TableColumn("Second", lambda one: sizes[one.agencies[1]], numeric=True),
            TableColumn("On both", lambda one: pairs[one.agencies], numeric=True),
            TableColumn("Over draws", interval, width=1.6),
            TableColumn("If independent", expected, numeric=True),
        ),
        notes=(WITHHELD_NOTE, f"N is {found.population}."),
    )
