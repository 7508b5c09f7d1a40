"""Say what pydantic found wrong with a file that people write by hand: where it stands, and what is wrong."""

from pydantic_core import ErrorDetails


def place_of(error: ErrorDetails) -> str | None:
    """Return where the fault is, as `table.1.columns`: entries of a list are counted from 1. None: the whole file.

    >>> place_of({"type": "missing", "loc": ("payment", 0, "share"), "msg": "Field required", "input": {}})
    'payment.1.share'
    """
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"]) or None


def problem_of(error: ErrorDetails) -> str:
    """Return what is wrong, as it follows the place in a sentence.

    >>> problem_of({"type": "value_error", "loc": ("age",), "msg": "Value error, Is below nought", "input": -1})
    'is below nought'
    """
    problem = error["msg"].removeprefix("Value error, ")
    return problem[:1].lower() + problem[1:]
