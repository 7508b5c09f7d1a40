"""Where a contract breaks common sense, found by trying results on its settlement and comparing what they pay."""

from whatworks.money.contracts.cash import cash
from whatworks.money.contracts.laboratory import Finding, Laboratory
from whatworks.money.contracts.monotony import nothing_over_all, other_choice, same_choice, worse_total
from whatworks.money.contracts.terms import Terms
from whatworks.money.contracts.thresholds import cliffs, padding, plateau, recording

RANKS = ("breach", "warning", "note")
SEARCHES = (same_choice, other_choice, worse_total, plateau, cash, recording, padding, nothing_over_all, cliffs)


def findings(terms: Terms) -> tuple[Finding, ...]:
    """Return what is found, breaches first; the search settles some tens of thousands of made-up results.

    >>> from whatworks.money.contracts.load import load_terms
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", "payment.cap=0.05"])
    >>> [one.kind for one in findings(terms)][:1]
    ['cap below threshold']
    """
    lab = Laboratory.of(terms)
    found = [one for search in SEARCHES for one in search(lab)]
    return tuple(sorted(found, key=lambda one: RANKS.index(one.rank)))
