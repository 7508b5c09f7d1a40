"""Rewrite a document's zip container with one order and one time, so that the same paper is the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip container can carry; what the document is as at stands in its properties."""

FIRST = ("mimetype", "[Content_Types].xml")
"""Members that readers expect at the front; OpenDocument wants `mimetype` uncompressed."""


def settled(container: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """Return the same members in a fixed order, at a fixed time, some with new content.

    >>> box = BytesIO()
    >>> with ZipFile(box, "w") as made:
    ...     made.writestr("b.txt", "two")
    ...     made.writestr("a.txt", "one")
    >>> with ZipFile(BytesIO(settled(box.getvalue(), {"b.txt": b"new"}))) as found:
    ...     [(member.filename, member.date_time[0], found.read(member)) for member in found.infolist()]
    [('a.txt', 1980, b'one'), ('b.txt', 1980, b'new')]
    """
    new = replaced or {}
    settled_box = BytesIO()
    with ZipFile(BytesIO(container)) as found, ZipFile(settled_box, "w") as box:
        for name in sorted(found.namelist(), key=lambda name: (name not in FIRST, name)):
            member = ZipInfo(name, MOMENT)
            member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            member.create_system = 3
            box.writestr(member, new.get(name, found.read(name)), compresslevel=6)
    return settled_box.getvalue()
