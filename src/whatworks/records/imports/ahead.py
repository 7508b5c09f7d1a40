"""Read a file's next part while the last is being stored, so that an import keeps two processors busy."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

Item = TypeVar("Item")
_END: Final = object()


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Give the items in their order, the next one being made in another thread meanwhile: one waits, never more.

    A fault in making an item is raised where that item would have come.

    >>> list(ahead(iter([1, 2, 3])))
    [1, 2, 3]
    """
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = worker.submit(next, items, _END)
            yield item  # type: ignore[misc]
