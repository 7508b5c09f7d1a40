"""Make up a board's record over the years, with a sound copy of every thing that can be planted wrong in it."""

from pathlib import Path

from whatworks.records.refusal import Fault, Refused
from whatworks.simulation.minutes.cast import Cast, cast
from whatworks.simulation.minutes.layouts import LAYOUTS, Meeting, minutes
from whatworks.simulation.minutes.plot import first_meeting, fourth_meeting, second_meeting, third_meeting
from whatworks.simulation.minutes.report import report

PLANTS: dict[str, str] = {
    "weekday": "the second meeting's weekday is not its date's",
    "lost_promise": "two actions fall to a December meeting of which there is no record, yet none is outstanding",
    "growth": "the board agrees not to grow, and grows",
    "priorities": "a group agrees new priorities that the board never adopts",
    "absent_lead": "the lead for robbery attends no meeting",
    "bare_rates": "rates are compared without numbers of people, and with a national rate",
    "bare_shares": "shares are given without what they are shares of",
    "sums": "a row of the cost table does not foot",
    "spelling": "one person's forename is spelt in two ways",
    "numbering": "a sub-paragraph has no paragraph above it",
    "scope": "a scheme of three wards works in seven, without the further report that this required",
    "evaluator": "the police's own evaluation is called independent",
    "count": "three strands are announced, and two listed",
    "finish": "the first meeting ends before it begins",
    "following": "the first meeting's next meeting lies before it",
    "apologies": "somebody is present and sends apologies",
    "stranger": "initials speak that are nobody's",
    "last_meeting": "the fourth meeting calls another day the last meeting than the record does",
    "fewer_bodies": "the board asks for fewer boards, then makes another",
    "make_up": "a new board's members are listed in two ways",
    "caption": "two tables have one number",
}
"""What can be planted, and what it is."""


def meetings(made: Cast, plants: frozenset[str] = frozenset()) -> tuple[Meeting, Meeting, Meeting, Meeting]:
    """Return the four meetings of a made-up board.

    >>> [meeting.date > made.first for made in [cast(1)] for meeting in meetings(made)]
    [False, True, True, True]
    """
    return (
        first_meeting(made, plants),
        second_meeting(made, plants),
        third_meeting(made, plants),
        fourth_meeting(made, plants),
    )


def made_up_record(seed: int = 1, plants: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the texts of a report and four meetings by file name, oldest first; `plants` are keys of `PLANTS`.

    >>> record = made_up_record(1)
    >>> len(record), [name.split("-")[0] for name in record][:2]
    (5, ['report', 'minutes'])
    >>> made_up_record(1, frozenset({"ghost"}))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: plants "ghost": cannot be planted; choose from the keys of PLANTS
    """
    unknown = sorted(plants - set(PLANTS))
    if unknown:
        raise Refused(
            [Fault("cannot be planted", "choose from the keys of PLANTS", field="plants", value=one) for one in unknown]
        )
    made = cast(seed)
    found = {f"report-{made.first.year - 2}.txt": report(made, plants)}
    for meeting, layout in zip(meetings(made, plants), LAYOUTS, strict=True):
        found[f"minutes-{meeting.date.isoformat()}.txt"] = minutes(meeting, layout)
    return found


def write_made_up_record(folder: Path, seed: int = 1, plants: frozenset[str] = frozenset()) -> list[Path]:
    """Write the texts into `folder`, which is made if need be; return the files, oldest first."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in made_up_record(seed, plants).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
