"""Say a number of things in words, one or many."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things; `many` where the plural is more than an s.

    >>> counted(1, "pair"), counted(1_200, "pair"), counted(1, "record holds", "records hold")
    ('1 pair', '1,200 pairs', '1 record holds')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
