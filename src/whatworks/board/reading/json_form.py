"""Give a record the form in which it is published: plain JSON, dates in ISO 8601, numbers as numbers."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from whatworks.board.parsed import NextMeeting, ParsedPaper


def as_json(parsed: ParsedPaper) -> dict[str, Any]:
    """Return the record as the dictionary that `minutes.schema.json` describes.

    >>> as_json(ParsedPaper("minutes", None, dt.date(2014, 6, 9), True, dt.time(11), "11:00", None, None,
    ...     NextMeeting(dt.date(2014, 9, 15), dt.time(11)), None, ()))["next"]
    '2014-09-15T11:00'
    """
    held: dict[str, Any] = _plain(parsed)
    return held


def _plain(value: Any) -> Any:
    if isinstance(value, NextMeeting):
        return f"{value.day.isoformat()}T{value.time:%H:%M}" if value.time else value.day.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
