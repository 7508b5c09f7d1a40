"""Say where offences that agencies report may stand twice, or together, among those that are counted."""

from whatworks.measures.merging import Merging

SHARE_TO_WARN = 0.05
"""Of the offences that two agencies may both report: how many may be doubtful before a reader is warned."""
SHARE_WITHOUT_CASE = 0.20
"""Of an agency's records: how many may name no case before a reader is warned."""


def merging_warnings(merging: Merging) -> tuple[str, ...]:
    """Return a sentence for each pair of agencies, and each agency, whose records leave too much in doubt.

    >>> from whatworks.measures.merging import AgencyPair
    >>> pair = AgencyPair("court", "police", merged=900, by_code=0, doubtful=90, other_day=0, other_case=100)
    >>> for sentence in merging_warnings(Merging(2000, 1100, (pair,), {"police": (600, 1000)})): print(sentence[:66])
    10% of the offences that court and police may both report stand un
    10% of the offences that court and police both report have several
    60% of the offence records of police name no usable reference. The
    >>> merging_warnings(Merging(1000, 1000, (), {"police": (600, 1000)}))  # no other agency's to be met with
    ()
    """
    found = []
    for pair in merging.pairs:
        names = f"{pair.first} and {pair.second}"
        if _share(pair.other_case, pair.merged + pair.other_case) > SHARE_TO_WARN:
            found.append(
                f"{_share(pair.other_case, pair.merged + pair.other_case):.0%} of the offences that {names} may both "
                "report stand under different references, of the same person, day and group. Each counts, so some may "
                "count twice: make the references agree, or ask which agency's are wrong."
            )
        if _share(pair.doubtful, pair.merged) > SHARE_TO_WARN:
            found.append(
                f"{_share(pair.doubtful, pair.merged):.0%} of the offences that {names} both report have several "
                "records alike on a day. Their number is known; which record is of which offence is not."
            )
    several = bool(merging.pairs) or len(merging.without_case) > 1  # one agency alone has nobody to meet
    for agency, (blank, records) in merging.without_case.items() if several else ():
        if _share(blank, records) > SHARE_WITHOUT_CASE:
            found.append(
                f"{_share(blank, records):.0%} of the offence records of {agency} name no usable reference. They are "
                "met with other agencies' by day and code only."
            )
    return tuple(found)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
