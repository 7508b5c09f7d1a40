"""Know the words by which a paper says what became of a promise."""

import re
from typing import Literal

State = Literal["closed", "carried", "dropped"]
_STATES: tuple[tuple[State, str], ...] = (
    (
        "carried",
        r"carried (?:forward|over)|c/?f|carry forward|rolled (?:forward|over)|deferred|not (?:yet )?(?:been )?\w+"
        r"|remain(?:s|ed)? (?:open|outstanding)|(?:still )?outstanding|incomplete|part(?:ial)?ly complete[d]?|overdue",
    ),
    ("dropped", r"no longer (?:required|needed|relevant)|withdrawn|superseded|dropped|cancelled"),
    ("closed", r"completed?|done|closed|discharged|actioned|achieved|implemented|delivered|finished"),
)
_NAMED = {state: re.compile(rf"(?:{words})\b", re.IGNORECASE) for state, words in _STATES}
ANY_STATE = "|".join(words for _, words in _STATES)
ENDS_IN_STATE = re.compile(
    rf"(?:[.:;(]|\s[–—-])\s*(?:now |action |status:? )?(?:{ANY_STATE})\b(?: (?:to|until|at|on|in) [^.;]{{1,40}})?\W*$",
    re.IGNORECASE,
)
_NUMBERS = r"(?P<numbers>[\w.]*\d[\w./-]*(?:\s*(?:,|and|&|to)\s*(?:and\s+)?[\w.]*\d[\w./-]*)*)"
NUMBERED = re.compile(
    rf"^(?:actions?|action (?:points?|items?|nos?\.?)|aps?)\s*(?:nos?\.?\s*|points?\s+)?{_NUMBERS}\s*"
    rf"(?P<between>[^.;]*?)[\s:(–—-]*\b(?P<state>{ANY_STATE})\b",
    re.IGNORECASE,
)


def state_of(text: str) -> State | None:
    """Return what a status says became of the promise; None where it is open or nothing is said.

    >>> state_of("Complete"), state_of("Not complete; carried forward"), state_of("In progress")
    ('closed', 'carried', None)
    """
    found = ((match.start(), order, state) for order, (state, pattern) in enumerate(_NAMED.items())
             if (match := pattern.search(text)))  # fmt: skip
    return min(found, default=(0, 0, None))[2]


def is_numbered(text: str) -> bool:
    """Tell whether a line says what became of the action of a number, and no more.

    >>> is_numbered("Actions 3 and 4: complete"), is_numbered("Action 3 - write to them. Complete")
    (True, False)
    """
    found = NUMBERED.match(text)
    return found is not None and not re.match(r"\s+(?:the|an?|all|its|their|this|and)\b", text[found.end() :])


def is_status(text: str) -> bool:
    """Tell whether a line that begins like a marked action only says what became of one.

    >>> is_status("Action 3: complete"), is_status("Action 3: complete the review by May")
    (True, False)
    """
    return ENDS_IN_STATE.search(text) is not None or is_numbered(text)
