"""What does it cost, who pays, what would the contract pay, and who is recharged?

Every amount is a `Money`: pounds in Decimal, with a price base and a year; `split` divides one so that the parts sum
to the whole. Settlement is never in floating point; what is bad is refused, and nothing is repaired silently.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.money.amount import Money, split

__all__ = [
    "Money",
    "split",
]

_HOMES = {
    "Money": "amount",
    "split": "amount",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `whatworks --help` loads no heavy library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
