"""What happens at the four made-up meetings: a sound record, and each contradiction that can be planted in it."""

from dataclasses import replace
from datetime import date, time, timedelta

from whatworks.records.calendar_names import MONTHS, weekday
from whatworks.simulation.minutes.cast import Attendee, Cast
from whatworks.simulation.minutes.layouts import Block, Item, Meeting

Plants = frozenset[str]
GROUP = "Delivery Management Group"


def prose(text: str, *points: str) -> Block:
    """Return a paragraph, with the points that hang below it."""
    return Block("prose", text, points)


def dates(made: Cast, plants: Plants) -> tuple[date, date, date, date]:
    """Return the days of the meetings; the last falls when the third announced it, unless that is planted away."""
    first, second = made.first, made.first + timedelta(weeks=76)
    third = _workday(date(second.year + 2, 6, 6) + timedelta(days=made.first.day % 9))
    lost = "lost_promise" in plants
    fourth = date(third.year + 1, 3, 9) if lost else date(third.year, 12, 4)
    return first, second, third, _workday(fourth + timedelta(days=made.first.day % 9))


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def attendance(made: Cast, plants: Plants, *, late: bool) -> tuple[Attendee, ...]:
    """Return who is there: a board of five and its officers; the late meetings may have grown by plan."""
    who = made.people
    board = [
        Attendee(who[1], "Mayor", "Chair", made.council),
        Attendee(who[0], "", "Deputy Mayor for Policing", made.council),
        Attendee(who[2], "Councillor", "", made.council),
        Attendee(who[3], "Councillor", "", made.council),
        Attendee(who[4], "Councillor", "", made.council),
    ]
    if late and "growth" in plants:
        board += [Attendee(who[at], "", "", made.council) for at in range(12, 19)]
    return (
        *board,
        Attendee(who[5], "", "Assistant Commissioner", made.police, "lead officer"),
        Attendee(who[6], "", "Chief Executive", made.council, "lead officer"),
        Attendee(who[7], "", "Chief Executive", made.probation, "lead officer"),
        Attendee(who[8], "", "Head of Analysis", made.police, "presenting"),
        Attendee(who[9], "", "Policy Officer", made.council, "officer"),
        Attendee(who[10], "", "Policy Officer", made.probation, "officer"),
    )


def first_meeting(made: Cast, plants: Plants) -> Meeting:
    """Return the meeting with dashed paragraphs: a new partnership, the scheme's figures, the big issues."""
    day, following, _, _ = dates(made, plants)
    people = attendance(made, plants, late=False)
    speaker = {one.name: one.initials for one in people}
    police, council, analyst = (speaker[made.people[at]] for at in (5, 6, 8))
    second, third = (speaker[made.people[at]] for at in (2, 3))
    if "apologies" in plants:
        people += (replace(people[7], capacity="apologies"),)
    stranger = "ZQ" if "stranger" in plants else police
    items = (
        Item("1", "Welcome and introductions", (prose("The Mayor welcomed everyone to the meeting."),)),
        Item("2", "Minutes of last meeting", (prose("Agreed."),)),
        Item(
            "3",
            "A night-time harm partnership",
            (
                prose(f"{police} presented Item 3 and sought the board's support for a Night-time Harm Partnership."),
                prose(f"{second} asked to see what the partnership would do first, and what it would cost."),
                prose(
                    "The Mayor concluded that the proposals were supported"
                    + (
                        " and asked how the number of boards can be reduced, not just added to."
                        if "fewer_bodies" in plants
                        else "."
                    )
                ),
            ),
        ),
        Item("4", f"The {made.scheme} Initiative", _scheme_figures(made, plants, analyst, third)),
        Item(
            "5",
            "Big issues",
            (
                prose(
                    f"{stranger} suggested that the areas of focus for the {made.short} should be:",
                    "Night-time harm",
                    "Domestic abuse",
                    "Reducing reoffending.",
                ),
                prose(f"{council} supported this and asked for a paper."),
            ),
        ),
        Item("6", "Closing remarks", (prose("The Mayor thanked everyone and closed the meeting."),)),
    )
    end = time(14, 30) if "finish" in plants else time(17, 30)
    return Meeting(
        made.board, day, weekday(day), time(16), end, f"the {made.hall}, {made.town}",
        day - timedelta(days=20) if "following" in plants else following, None, people, items,
        "6.1.1" if "numbering" in plants else None,
    )  # fmt: skip


def _scheme_figures(made: Cast, plants: Plants, analyst: str, member: str) -> tuple[Block, ...]:
    wards = "seven" if "scope" in plants else "three"
    by = "independent academic consultants" if "evaluator" in plants else f"the research team of {made.police}"
    rates = (
        f"The {made.scheme} cohort had a reoffending rate of 41.5%, higher than that of the comparison group (39.9%). "
        "This was considerably less than the national rate of 58.0%."
        if "bare_rates" in plants
        else f"Of 412 people on the {made.scheme} Initiative, 171 (41.5%) reoffended, against 180 of 420 people "
        "(42.9%) in the comparison group."
    )
    return (
        prose(f"{analyst} presented the {made.scheme} model, which is working in {wards} wards."),
        prose(f"{analyst} explained that the evaluation of {made.scheme} has been carried out by {by}."),
        prose(rates),
        prose(f"{member} thanked the team for the figures."),
    )


def second_meeting(made: Cast, plants: Plants) -> Meeting:
    """Return the meeting whose lines are wrapped: priorities with leads, money, and terms of reference."""
    _, day, _, _ = dates(made, plants)
    people = attendance(made, plants, late=False)
    who = made.people
    lead = who[20] if "absent_lead" in plants else who[5]
    said = weekday(day + timedelta(days=2)) if "weekday" in plants else weekday(day)
    items = (
        Item("1", "Welcome and introductions", (prose(f"{who[1]} opened the meeting."),)),
        Item("2", "Minutes of last meeting", (prose("The minutes were agreed. Action updates were received."),)),
        Item("3a", f"Review of {made.short} priorities", _review(made, plants, lead)),
        Item("4", f"{made.short} ToR and membership", _terms(made, plants)),
        Item("5", f"Next {made.short} - agenda planning", (
            prose(f"Suggested items for the next {made.short} were:", "Police and Crime Plan.", "Street robbery."),
        )),
    )  # fmt: skip
    place = f"the {made.hall}, {made.town}"
    return Meeting(made.board, day, said, time(11), time(12, 30), place, day + timedelta(weeks=12), None, people, items)


def _review(made: Cast, plants: Plants, lead: str) -> tuple[Block, ...]:
    """Return the review of priorities: three areas with leads, which the board adopts unless that is planted away."""
    who, strands = made.people, ("Prevention", "Enforcement", "Resettlement")
    areas = (
        f"Street robbery   Lead officer: {lead}",
        f"Reducing reoffending   Lead officer: {who[7]}",
        f"Antisocial behaviour   Lead officer: {who[6]}",
    )
    adopted = f"The {made.short} agreed that these three would replace the priorities of the last two years."
    products = ("To produce a plan for street robbery by the next meeting.", "To map what is spent on prevention.")
    return (
        prose(f"{who[6]} updated the Board on the away-day of the ‘{GROUP}’ (DMG)."),
        Block("counted", f"Members of DMG agreed that the three areas of focus for the {made.short} should be:", areas),
        *(() if "priorities" in plants else (prose(adopted),)),
        prose(
            "To support these, ‘Task and Finish Groups’ will be established on behalf of the board, and refer any "
            f"challenges back to the {made.short}."
        ),
        Block("counted", "The approach has three strands:", strands[: 2 if "count" in plants else 3]),
        Block("deliverables", "", products),
        Block("action", f"{who[9]} to coordinate the ‘Task and Finish Groups’."),
    )


def _terms(made: Cast, plants: Plants) -> tuple[Block, ...]:
    """Return the item on terms of reference, at whose end one name may be spelt in another way."""
    forename, surname = made.people[0].split()
    deputy = respelt(forename) if "spelling" in plants else forename
    return (
        prose(f"{made.people[10]} talked to the draft terms of reference."),
        prose(f"The {made.short} agreed that it should not be any bigger than it currently is."),
        prose("The TOR were approved."),
        prose(f"{deputy} {surname} thanked officers for their work."),
    )


def respelt(forename: str) -> str:
    """Return another spelling of a forename.

    >>> respelt("Stephen")
    'Steven'
    """
    return {"Stephen": "Steven", "Matthew": "Mathew", "Jonathan": "Jonathon", "Christopher": "Chris",
            "Daniel": "Danny", "Ben": "Benjamin"}[forename]  # fmt: skip


def third_meeting(made: Cast, plants: Plants) -> Meeting:
    """Return the meeting with paragraphs numbered through: victims become a priority, two actions fall to December."""
    _, _, day, fourth = dates(made, plants)
    who = made.people
    lead = who[20] if "absent_lead" in plants else who[5]
    following = date(day.year, 9, 15) if "lost_promise" in plants else fourth
    before, december = day - timedelta(days=77), f"December {made.short} meeting"
    share = (
        f" {made.town} has 50% and 20% of all robbery and sexual offences respectively."
        if "bare_shares" in plants
        else ""
    )
    items = (
        Item("", f"Minutes of last meeting/actions ({before.day} {MONTHS[before.month - 1]})", (
            prose("The minutes were agreed. Action updates were received."),
        )),
        Item("1", "An integrated approach to victims' services", (
            prose("The Board heard what the review of victims' services had found so far." + share),
            prose(f"{who[8]} of {made.police} gave a flavour of the findings."),
            prose(
                "The Board agreed the recommendations as below:",
                "Agree victims as a partnership priority area alongside street robbery, reducing reoffending and "
                "antisocial behaviour",
                f"Commission the {GROUP} to drive progress",
            ),
        )),
        Item("2", "Stock take", (
            prose(f"{who[6]} introduced the paper. Money is short, and decisions should not be made in silos."),
            Block("action", f"{made.police} to research camera needs and report back to the {december}."),
            Block("action", f"{made.probation} to review budgets. A report to come back to the {december}."),
            prose(f"The {made.short} DMG would lead the work on robbery, with {lead} leading for {made.police}."),
        )),
        Item("3", "Any other business", (prose("There was no other business."),)),
    )  # fmt: skip
    return Meeting(
        made.board, day, weekday(day), time(11), None, f"the {made.hall}, {made.town}", following, before,
        attendance(made, plants, late=True), items,
    )  # fmt: skip


def fourth_meeting(made: Cast, plants: Plants) -> Meeting:
    """Return the meeting with attendance tables: what became of December, and a new board."""
    _, _, third, day = dates(made, plants)
    before = third
    if "lost_promise" in plants:
        before = date(third.year, 9, 15)
    elif "last_meeting" in plants:
        before = third - timedelta(days=40)
    settled = (
        "There were no outstanding actions." if "lost_promise" in plants
        else "Both actions were reported on and closed."
    )  # fmt: skip
    agreed = " This was agreed by the Board." if "fewer_bodies" in plants else ""
    partner = "courts" if "make_up" in plants else "probation"
    title = "A city-wide Harbour Board" if "fewer_bodies" in plants else "The Harbour Board"
    new = "new " if "fewer_bodies" in plants else ""
    items = (
        Item("1", "Welcome and introductions", (prose("The Chair welcomed the members."),)),
        Item("2", f"Minutes of last meeting/actions ({before.day} {MONTHS[before.month - 1]})", (
            prose(f"The minutes were agreed as a true and accurate record. {settled}"),
        )),
        Item("3", title, (
            prose(
                f"The Board discussed the {new}{made.town}-wide Harbour Board. It would include attendees from the "
                f"police, {partner} and health. It would report back to {made.short}.{agreed}"
            ),
            Block("action", f"Partners from police, probation and health will meet to {'create' if new else 'support'} "
                            f"the {new}Harbour Board."),
        )),
        Item("4", "Public service reform", (
            prose(f"{who_of(made, 6)} presented a paper to the Board."),
            prose("The Board agreed that this work should be developed over the coming two months."),
        )),
    )  # fmt: skip
    return Meeting(
        made.board, day, weekday(day), time(14), None, f"the {made.hall}, {made.town}", day + timedelta(weeks=13),
        before, attendance(made, plants, late=True), items,
    )  # fmt: skip


def who_of(made: Cast, at: int) -> str:
    """Return a person's name by part."""
    return made.people[at]
