"""See that a file's last lines are the end of a printed report and no records, and by which words they begin."""

import re
from collections.abc import Sequence

from whatworks.records.readers.reading import Reader

MOST_LINES = 5
"""A report ends in a few lines."""
MOST_LOOKED_AT = 1_000_000
"""The end of a longer file is not looked for: its import says which lines seem to be none."""
MOST_FILLED, FEWEST_COLUMNS = 2, 4
"""So many fields, of so many columns or more, the end of a report fills."""
_ENDS = re.compile(
    r"""\*{2,}[ A-Za-z]*\**
    | [-=_]{3,}
    | end\ of\ [a-z]+
    | (?:grand\ |sub)?totals?\b[ A-Za-z]*
    | \d[\d,]*\ (?:rows?|records?|lines?|results?)\b
    | (?:number\ of\ )?(?:rows?|records?|lines?|results?|count)\b(?:\ (?:count|returned|selected))?
    | (?:printed|produced|generated|extracted|exported|run)\b(?:\ (?:on|at|by|from|date))?
    | (?:page|source|report)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def trailer_words(reader: Reader) -> tuple[str, ...]:
    """Return the words with which a file's last lines begin, if they are a report's end; they name nobody."""
    last: list[tuple[int, list[str]]] = []
    looked_at = 0
    for batch in reader.batches():
        rows = [*batch.texts.tail(MOST_LINES + 1).iter_rows()]
        lines = list(batch.lines)[-len(rows) :] if rows else []
        found = [(int(line), [text or "" for text in row]) for line, row in zip(lines, rows, strict=True)]
        found += [(one.line, [one.raw]) for one in batch.broken[-MOST_LINES - 1 :]]
        looked_at += batch.texts.height
        if looked_at > MOST_LOOKED_AT:
            return ()
        last = sorted([*last, *found])[-MOST_LINES - 1 :]
    return tuple(dict.fromkeys(_words([fields for _, fields in last], len(reader.header))))


def _words(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the words of each line after the last record, or none where a line does not read like an end.

    >>> _words([["7", "Lee", "1990", "M"], ["Total people", "1", "", ""], ["*** END ***"]], 4)
    ['Total people', '*** END ***']
    >>> _words([["7", "Lee", "1990", "M"], ["8", "", "", ""]], 4)
    []
    """
    words: list[str] = []
    for fields in reversed(rows) if width >= FEWEST_COLUMNS else ():
        filled = [field.strip() for field in fields if field.strip()]
        begins = _ENDS.match(filled[0].lstrip('" ,;\t|')) if 0 < len(filled) <= MOST_FILLED else None
        if begins is None:
            break
        words.insert(0, begins.group().strip())
    return words if len(words) <= MOST_LINES else []
