"""See what a zip container would unpack to, before anything of it is unpacked."""

from collections.abc import Callable
from zipfile import ZipFile

from whatworks.records.refusal import Fault, Refused

MOST_PARTS = 20_000
LARGE = 200 * 2**20
"""Bytes up to which a part may unpack however well it was packed."""
MOST_TIMES = 100
"""How many times smaller a large part may have been packed; tables and texts are packed about ten times smaller."""


def check_container(
    container: ZipFile, file: str, most_bytes: int, counts: Callable[[str], bool] = lambda name: True
) -> None:
    """Refuse a container of very many parts, or one whose parts that count unpack to too much, or as no writing does.

    >>> from io import BytesIO
    >>> from zipfile import ZIP_DEFLATED
    >>> box = BytesIO()
    >>> with ZipFile(box, "w", ZIP_DEFLATED) as made:
    ...     made.writestr("a.xml", "x" * 2_000)
    >>> check_container(ZipFile(box), "a.docx", 1_000)
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: a.docx: unpacks to more than 0 MB; send what is needed of it alone
    """
    parts = [part for part in container.infolist() if counts(part.filename)]
    if len(container.infolist()) > MOST_PARTS:
        raise Refused(Fault(f"holds more than {MOST_PARTS:,} parts", "save it again and send that", file))
    if sum(part.file_size for part in parts) > most_bytes:
        problem = f"unpacks to more than {most_bytes // 2**20:,} MB"
        raise Refused(Fault(problem, "send what is needed of it alone", file))
    for part in parts:
        check_unfolded(part.file_size, part.compress_size, file)


def check_unfolded(unfolded: int, packed: int, file: str) -> None:
    """Refuse what takes much more room than it was packed into.

    >>> check_unfolded(300 * 2**20, 2**20, "a.parquet")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: a.parquet: was packed more than 100 times smaller than it is, as no writing is; \
save it again and send that
    """
    if unfolded > max(LARGE, MOST_TIMES * packed):
        problem = f"was packed more than {MOST_TIMES} times smaller than it is, as no writing is"
        raise Refused(Fault(problem, "save it again and send that", file))
