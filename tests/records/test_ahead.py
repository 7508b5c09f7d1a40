"""The next part of a file is read while the last is stored: in order, faults where they come, one part ahead."""

from collections.abc import Iterator
from threading import Event, get_ident

import pytest

from whatworks.records.imports.ahead import ahead


def test_the_next_item_is_made_while_the_last_is_used() -> None:
    begun = [Event() for _ in range(4)]

    def items() -> Iterator[tuple[int, int]]:
        for number in range(3):
            begun[number].set()
            yield number, get_ident()
        begun[3].set()

    for number, thread in ahead(items()):
        assert begun[number + 1].wait(30), "the next one is begun before anyone asks for it"
        assert number == 2 or not begun[min(number + 2, 3)].is_set(), "but not the one after it"
        assert thread != get_ident()


def test_a_fault_comes_where_its_item_would_have_come() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("the third")

    seen = []
    with pytest.raises(ValueError, match="the third"):
        for item in ahead(items()):
            seen.append(item)
    assert seen == [1, 2]


def test_who_stops_early_closes_what_was_read() -> None:
    closed = []

    def items() -> Iterator[int]:
        try:
            yield from range(10)
        finally:
            closed.append(True)

    made = items()
    reading = ahead(made)
    assert next(reading) == 0
    reading.close()
    made.close()
    assert closed == [True]
