"""What earlier papers told of the same people, some or more of them: what lies between is a count too."""

from whatworks.evaluation.result import Result
from whatworks.papers.disclosure.knowledge import Knowledge


def know_earlier(known: Knowledge, result: Result) -> None:
    """Add each earlier figure, which nobody can take back, and guard what lies between it and this paper's.

    That none lies between tells as much as few: of the people more in one paper nobody, or everybody, had an outcome.
    """
    for at, figure in enumerate(result.earlier):
        if figure.count not in known.truth:
            continue
        then = known.count(f"earlier figure {at}", figure.people)
        known.say({then: 1}, figure.low, figure.high)
        if figure.lies == "same":
            known.same({then: 1, figure.count: -1})
            continue
        inner, outer = (figure.count, then) if figure.lies == "within" else (then, figure.count)
        known.at_most(inner, outer)
        known.guard(f"{outer}, less {inner}", {outer: 1, inner: -1}, none_tells=True)
