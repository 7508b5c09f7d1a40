"""Know again which people a figure was about, without keeping who they are: a keyed hash for each of them."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class PeopleSet:
    """A set of people as keyed hashes (HMAC-SHA-256 by a book's key, its first 64 bits), sorted.

    Whoever has no key cannot find out whether somebody is in it. Sets made with one key can be compared.

    >>> all_of_them = PeopleSet.of(b"key", ["P1", "P2", "P3"])
    >>> men = PeopleSet.of(b"key", ["P3", "P1"])
    >>> len(men), men.within(all_of_them), all_of_them.within(men), men.shared(all_of_them)
    (2, True, False, 2)
    >>> PeopleSet.unpack(men.pack()).within(men)
    True
    """

    keys: Keys

    @classmethod
    def of(cls, key: bytes, people: Iterable[str]) -> "PeopleSet":
        """Return the set of people named by whatever text is each one's own: a number, or all of their row."""
        hashes = {hmac.digest(key, person.encode(), hashlib.sha256)[:8] for person in people}
        return cls(np.sort(np.frombuffer(b"".join(sorted(hashes)), dtype=">u8").astype(np.uint64)))

    @classmethod
    def unpack(cls, packed: str) -> "PeopleSet":
        """Return the set that `pack` wrote."""
        return cls(np.frombuffer(base64.b64decode(packed), dtype=">u8").astype(np.uint64))

    def pack(self) -> str:
        """Return the set as text for a book's entry."""
        return base64.b64encode(self.keys.astype(">u8").tobytes()).decode("ascii")

    def __len__(self) -> int:
        return len(self.keys)

    def shared(self, other: "PeopleSet") -> int:
        """Return how many people are in both sets."""
        return len(np.intersect1d(self.keys, other.keys, assume_unique=True))

    def within(self, other: "PeopleSet") -> bool:
        """Tell whether everybody of this set is in the other."""
        return self.shared(other) == len(self)
