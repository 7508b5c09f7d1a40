"""Make up the finance report that precedes the meetings: a scheme in three wards, and what it costs."""

from datetime import timedelta

from whatworks.records.calendar_names import long_date
from whatworks.simulation.minutes.cast import Cast

YEARS = 3


def report(made: Cast, plants: frozenset[str]) -> str:
    """Return the report's text; in a sound one every row and column of its table foots.

    >>> from whatworks.simulation.minutes.cast import cast
    >>> "TOTAL PROJECT COSTS " in report(cast(1), frozenset())
    True
    """
    day = made.first - timedelta(weeks=104)
    scheme = made.scheme
    lines = [
        f"{made.town} Justice Board - {scheme} Initiative", "",
        "Report: 9", f"Date: {long_date(day)}", f"By: the Assistant Commissioner of {made.police}", "",
        "Summary", "", f"This report updates members on the {scheme} Initiative and seeks delegated authority.", "",
        "A. Recommendations", "", "Members are asked to:", "",
        "1. Note the current position.", "",
        "2. Delegate authority to the Chief Executive to sign the joint agreement.", "",
        "B. Supporting information", "",
        f"1. The {scheme} Initiative aims to help people who leave prison, in three pilot wards, for two years.", "",
        f"2. The evaluation will be led by the research team within {made.police}.", "",
        "Project dependencies", "", "3. The project is dependent on:", "",
        "  • Central funding over the two years", "  • Enough people leaving prison and living in the wards", "",
        "Strategic risks", "", "4. The following strategic risks and responses have been identified:", "",
        "Identified Risks Risk Response",
        "Too few people for a comparison Early mapping completed",
        "Staff not recruited in time Recruitment begun", "",
        "Table 1: Strategic risks and responses", "",
        "C. Race and equality impact", "", "An assessment will be made once the wards are chosen.", "",
        "D. Financial implications", "",
        f"1. Table 2 below summarises the costs of three pilot wards of the {scheme} Initiative.", "",
        *_table(made, plants), "",
        f"Table {1 if 'caption' in plants else 2}: Cost summary of three pilot wards", "",
        "2. Any proposal to extend the pilots to other wards will be subject to a further report.", "",
        "E. Contact details", "", f"Report author: {made.people[8]}, {made.police}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _table(made: Cast, plants: frozenset[str]) -> list[str]:
    years = [f"{made.first.year - 2 + at}/{made.first.year - 1 + at} £000’s" for at in range(YEARS)]
    staff, rooms = [410, 655, 240], [60, 60, 24]
    others = [205, 310, 130]
    home, police = [300, 300, 150], [205, 415, 114]
    council = [
        own + room + other - one - two
        for own, room, other, one, two in zip(staff, rooms, others, home, police, strict=True)
    ]
    total = [own + room + other for own, room, other in zip(staff, rooms, others, strict=True)]
    wrong = 1 if "sums" in plants else 0
    return [
        f"Cost summary of three pilot wards of the {made.scheme} Initiative",
        " ".join(("Costs", *years, "TOTAL £000’s")),
        _row(f"{made.police} - staff", staff),
        _row(f"{made.police} - rooms", rooms, wrong),
        _row(f"TOTAL {made.police.upper()} COSTS", [own + room for own, room in zip(staff, rooms, strict=True)]),
        "    \u00a0 \u00a0 \u00a0 \u00a0",
        _row("Other agencies - multi-agency team", others),
        _row("TOTAL PROJECT COSTS", total),
        "    \u00a0 \u00a0 \u00a0 \u00a0",
        "FUNDING \u00a0 \u00a0 \u00a0 \u00a0",
        _row("Home Office", home),
        _row(f"{made.police} - existing resources", police),
        _row("Local authorities", council),
        _row("TOTAL FUNDING AVAILABLE", total),
    ]


def _row(name: str, figures: list[int], wrong: int = 0) -> str:
    return " ".join((name, *(f"{one:,}" for one in (*figures, sum(figures) - wrong))))
