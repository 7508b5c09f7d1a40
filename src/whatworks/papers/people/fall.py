"""What would have fallen anyway, as a paper: a fall that somebody reports stands beside it, and no cause is said."""

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.people.overlap import ITEM, READER
from whatworks.papers.places.words import WITHHELD_NOTE, per_cent
from whatworks.people.fall import ExpectedFall, Fall
from whatworks.records.audit.telling import Telling

NO_CAUSE = (
    "Whether the list or a scheme made offending fall is not said here: people are picked at a burst, and fall back "
    "without any help. The way to a verdict is `whatworks evaluate`, with people to compare with."
)
ALIKE = 1_000
"""A gamma with such an a is as good as one rate for all."""
MODEL_WORDS = (
    "the list has always existed, so nobody is known to have met its rule without it, and only a model answers. It "
    "assumes that people offend by chance at steady rates (Poisson), that rates differ between them as a gamma, that "
    "the list changed nobody's, one look, and all time at liberty"
)


def fall_answer(found: ExpectedFall, minimum: int, claimed: float | None = None, told: Telling | None = None) -> Answer:
    """Return the expected fall, beside the one that is `claimed` (a share) if any."""
    told, title = told or Telling(), "What would have fallen anyway?"
    fall = found.seen or found.model
    if fall is None:
        raise ValueError("neither seen nor worked out by the model")
    told.whole("people who met the rule", fall.rows["unit"])
    few, listed = _few(fall, minimum), _may_tell(told, found.listed, minimum)
    if few or fall.fall is None or fall.interval is None or not told.tells("people who met the rule"):
        words = f"No fall is given: it would rest on fewer than {minimum} people or offences, or give so few back."
        return Answer(title, (words, NO_CAUSE, *filter(None, (told.beside,))), item=ITEM, prepared_for=READER)
    expected = _fall_words(fall)
    sentences = (
        *(
            ()
            if claimed is None
            else (f"{_change(claimed).capitalize()} is reported. {_beside((claimed, claimed), expected, fall)}",)
        ),
        *_listed_words(found.listed, expected, fall) * bool(listed),
        f"Expected without any list: {expected} in the {found.months} months after people first met the rule "
        f"({found.words}).",
        _basis(found, fall),
        NO_CAUSE,
        *filter(None, (told.beside,)),
    )
    table = Rows(
        name="Fall",
        title="Offences a year before and after people first met the rule",
        rows=[("Met the rule, no list", fall), *(("Entered on the list", one) for one in listed)],
        columns=(
            TableColumn("Who", lambda row: row[0], width=1.6),
            TableColumn("People", lambda row: row[1].people, numeric=True),
            TableColumn("Before", lambda row: half_away(row[1].before, 2), numeric=True),
            TableColumn("After", lambda row: half_away(row[1].after, 2), numeric=True),
            TableColumn("Change (95% interval)", lambda row: _fall_words(row[1]), width=2.0),
        ),
        notes=(WITHHELD_NOTE,),
    )
    return Answer(title, sentences, (table,), item=ITEM, prepared_for=READER)


def _few(fall: Fall, minimum: int) -> bool:
    held = [int(fall.rows[name].sum()) for name in ("before", "after", "events") if name in fall.rows.columns]
    return any(map(Nested(minimum).sensitive, (fall.people, *held)))


def _may_tell(told: Telling, listed: Fall | None, minimum: int) -> tuple[Fall, ...]:
    """Return the fall of those entered on the list, where it may be told."""
    if listed is None or listed.fall is None or _few(listed, minimum):
        return ()
    told.whole("people entered on the list", listed.rows["unit"])
    return (listed,) if told.tells("people entered on the list") else ()


def _listed_words(listed: Fall | None, expected: str, fall: Fall) -> tuple[str, ...]:
    if listed is None or listed.fall is None:
        return ()
    beside = _beside(listed.interval or (listed.fall, listed.fall), expected, fall)
    return (f"Those entered on the list show {_fall_words(listed)}. {beside}",)


def _fall_words(fall: Fall) -> str:
    return f"{_change(fall.fall or 0.0)} ({_ends(*(fall.interval or (0.0, 0.0)))})"


def _change(fall: float) -> str:
    """Return a fall, or a rise, in words.

    >>> _change(0.284), _change(-0.05)
    ('a fall of 28.4%', 'a rise of 5.0%')
    """
    return f"a {'fall' if fall >= 0 else 'rise'} of {per_cent(abs(fall))}"


def _ends(low: float, high: float) -> str:
    return f"{_change(low)} to {_change(high)}" if low < 0 else f"{per_cent(low)} to {per_cent(high)}"


def _beside(shown: tuple[float, float], expected: str, fall: Fall) -> str:
    """Return the ends of a fall beside the expected one, without a word of cause; what overlaps is no other."""
    low, high = fall.interval or (0.0, 0.0)
    place = "is less than" if shown[1] < low else "is more than" if shown[0] > high else "is no other than"
    more = "; other things may have changed too" if place == "is more than" else ""
    return f"Expected anyway is {expected}: it {place} that{more}."


def _basis(found: ExpectedFall, fall: Fall) -> str:
    """Return of whom it is: everybody at looks before the list, or the model with its assumptions."""
    if found.seen is not None:
        return (
            f"{fall.people:,} people met the rule at {len(fall.looks)} looks from {fall.looks[0]:%-d %B %Y} to "
            f"{fall.looks[-1]:%-d %B %Y}, before the list began, each counted at the first; picked or not, since those "
            f"not picked are a selected few. Looks are {found.every} months apart, offences count as known "
            f"{found.lag} months after each window, and days in custody are no time at liberty."
        )
    a, b = found.prior or (1.0, 1.0)
    gamma = (
        f"gamma with a = {a:.2f} and b = {b:.2f}"
        if a < ALIKE
        else f"alike, {a / b:.2f} a year: counts differ by chance"
    )
    return (
        f"{fall.people:,} people meet the rule, but {MODEL_WORDS}. Rates are {gamma}, fitted to {found.everybody:,} "
        "people: everybody with any contact that counts in that year."
    )
