"""Write a linked number: opaque and running, so that it tells nothing of the person."""


def linked_number(number: int) -> str:
    """Return the linked number of a running number.

    >>> linked_number(123)
    'L0000123'
    """
    return f"L{number:07d}"
