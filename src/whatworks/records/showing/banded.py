"""Show a number of people in a message that no audit clears: by bands, so that no two of them tell of few."""


def banded(people: int, minimum: int = 10) -> str:
    """Return the band in which a number of people lies, as wide as the least number that may be told; none is none.

    Whoever takes one from another, or from a number that a paper prints, is left with a whole band.

    >>> banded(0), banded(7), banded(45), banded(1234), banded(45, 20)
    ('0', 'fewer than 10', '40 to 49', '1,230 to 1,239', '40 to 59')
    """
    low = people // minimum * minimum
    if people == 0:
        return "0"
    return f"{low:,} to {low + minimum - 1:,}" if low else f"fewer than {minimum}"
