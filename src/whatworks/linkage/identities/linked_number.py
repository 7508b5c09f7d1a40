"""Write a linked number: opaque and running, so that it tells nothing of the person."""

LINKED_NUMBER = r"^L(\d{7,})$"
"""How a linked number reads, with its running number; those of earlier versions read otherwise."""


def linked_number(number: int) -> str:
    """Return the linked number of a running number.

    >>> linked_number(123)
    'L0000123'
    """
    return f"L{number:07d}"
