"""What the Data Lab's form says in sentences: an outcome for 100 typical people, its difference, and reoffenders."""

from decimal import Decimal

from whatworks.papers.data_lab.clearance import LabRow
from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.sections.verdicts import UNTOLD, unless_they_subtract
from whatworks.papers.words import text

MORE_NEEDED = (
    "More {more} would have to be analysed to tell. This is not evidence that the programme has no effect, and must "
    "not be read so."
)


def finding(row: LabRow) -> tuple[str, ...]:
    """Return one outcome's sentences: both groups, the difference as an interval, and the verdict's meaning."""
    if row.withheld:
        return (f"{row.label}: withheld ({row.why_withheld}).",)
    first = f"{row.label}."
    if row.headline is not None:
        ours, theirs, difference, *_ = row.headline
        return (
            first,
            f"For 100 typical people in the scheme, {written(ours)} had this outcome; for 100 similar people without "
            f"it, {written(theirs)} would be expected to: {apart(int(difference))}."
            f"{unless_they_subtract(ours, theirs, difference)}",
            *meaning(row),
        )
    return (first, means(row), *meaning(row))


def means(row: LabRow) -> str:
    """Return both groups' means in a sentence: of 100 people where that can be said, else in the outcome's unit.

    What would be expected without the scheme is said only where a difference is shown; else the groups are described.
    """
    ours, theirs = row.treated.value, row.comparison.value
    if row.kind == "yes_no":
        return (
            f"Of 100 people in the scheme group {text(ours)} had this outcome, of 100 in the comparison group "
            f"{text(theirs)}."
        )
    if row.kind == "frequency" and isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        in_all, other = written(int(100 * ours)), written(int(100 * theirs))
        if row.difference is None:
            return f"For 100 people in the scheme group there were {in_all} in all, for 100 in the other {other}."
        return (
            f"For 100 typical people in the scheme there were {in_all} in all; for 100 similar people without it, "
            f"{other} would be expected."
        )
    return f"On average {text(ours)} {row.unit} in the scheme group and {text(theirs)} in the comparison group."


def meaning(row: LabRow) -> tuple[str, ...]:
    """Return what may be said of the difference."""
    if row.verdict is None and not row.named and row.difference is not None:
        return ("The protocol does not name this outcome, so no verdict is given.",)
    if row.verdict is None:
        return ()
    if row.verdict in UNTOLD:
        where = "" if row.ci_low is None and row.ci_high is None else f"The difference could lie {span(row)}. "
        return (where + MORE_NEEDED.format(more=UNTOLD[row.verdict]),)
    return (f"The difference is {span(row)}: a {row.verdict}.",)


def span(row: LabRow) -> str:
    """Return the interval of the difference: of 100 people for rates and frequencies, else in the outcome's unit."""
    ends = row.headline[3:] if row.headline else (row.ci_low, row.ci_high)
    if row.kind not in ("yes_no", "frequency") or not all(isinstance(end, Decimal) for end in ends):
        return f"between {text(row.ci_low)} and {text(row.ci_high)} {row.unit}"
    low, high = (int((100 if row.kind == "frequency" else 1) * Decimal(end)) for end in ends)
    if row.verdict in UNTOLD:
        return f"anywhere between {side(low, -1)} and {side(high, 1)}"
    near, far = sorted((abs(low), abs(high)))
    return f"between {near or 'less than 1'} and {far} {'fewer' if row.verdict == 'significant reduction' else 'more'}"


def side(end: int, sign: int) -> str:
    """Return one end of an interval that holds zero.

    >>> side(-7, -1), side(8, 1), side(0, 1)
    ('7 fewer', '8 more', 'less than 1 more')
    """
    return f"{abs(end) or 'less than 1'} {'fewer' if (end or sign) < 0 else 'more'}"


def apart(difference: int) -> str:
    """Return a whole difference in words.

    >>> apart(-4), apart(2), apart(0)
    ('4 fewer', '2 more', 'less than 1 apart')
    """
    return "less than 1 apart" if difference == 0 else f"{abs(difference)} {'fewer' if difference < 0 else 'more'}"


def reoffenders(rows: list[LabRow]) -> str:
    """Return what is said of reoffenders only: how many they are, how soon they reoffended, and where to read on."""
    days = next((row for row in rows if row.kind == "days"), rows[0])
    if days.withheld:
        return f"Figures about reoffenders only are withheld ({days.why_withheld})."
    message = (
        f"Of reoffenders only ({text(days.treated.n)} in the scheme group, {text(days.comparison.n)} in the other)"
    )
    if days.kind == "days":
        message += (
            f", the first reoffence came {text(days.treated.value)} days after the index date on average in the scheme "
            f"group, and {text(days.comparison.value)} in the comparison group"
        )
        message += apart_in_days(days)
    else:
        message += ", the time, the court outcome and custody are below"
    return f"{message}. The table of reoffenders has the rest; no verdict is drawn from it."


def apart_in_days(row: LabRow) -> str:
    """Return the interval of a difference in days, in words; nothing where it is not shown."""
    low, high = row.ci_low, row.ci_high
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return ""
    if low < 0 < high:
        return f": anywhere between {text(-low)} days earlier and {text(high)} days later"
    near, far = sorted((abs(low), abs(high)))
    return f": between {text(near)} and {text(far)} days {'earlier' if high <= 0 else 'later'}"
