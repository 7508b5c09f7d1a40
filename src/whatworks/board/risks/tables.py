"""Risks and dependencies as tables: who answers for each, how it is met, which number it watches, how that stood."""

import dataframely as dy

from whatworks.records.register.columns import day_of, written
from whatworks.records.register.entry import Entry
from whatworks.records.tables.declaration import Table, about

KINDS = ("risk", "dependency")
STATES = ("green", "amber", "red", "not known")
"""`not known`: nothing is watched, or the number could not be had. It is never shown as green."""
NUMBERS = (
    "sample_size", "matched_share", "linked_share", "quarantined_share", "projected_people", "figure",
)  # fmt: skip


def _score(what: str) -> dy.Int64:
    return dy.Int64(nullable=True, min=1, max=5, description=f"{what}, 1 to 5; null where nobody scored it.")


def _level(what: str) -> dy.Float64:
    return dy.Float64(nullable=True, description=what, metadata=about(handling="official"))


def _of() -> dy.Int64:
    return dy.Int64(min=1, description="The risk or dependency (`board_risk`).", metadata=about(handling="official"))


class Risk(Entry):
    """A risk, or something that the work depends on. What a paper does not say stays null: nothing is defaulted."""

    kind = dy.Enum(KINDS, description="Risk or dependency.")
    text = written("The risk or dependency.", nullable=False)
    cause = written("What would bring it about.")
    impact = written("What it would do; for a dependency, what follows if it fails.")
    owner = written("Who answers for it.")
    provider = written("Of a dependency: on whom it depends.")
    response = written("What is said to be done about it.")
    likelihood = _score("Likelihood")
    severity = _score("Severity")
    raised_on = day_of("Day on which it was raised; null where no day is given for it.")
    review_on = day_of("Day of its next review.")
    state = dy.Enum(STATES, description="How it stands, by the number that it watches or as somebody set it.")
    closed_on = day_of("Day of closure.")


class Watch(Entry):
    """A number that a risk or dependency watches, and from where on it turns amber and red."""

    risk_id = _of()
    number = dy.Enum(NUMBERS, description="Which number.")
    place = written("Where it is had: a file of the partnership, a source, a scheme, an organisation.")
    name = written("The figure's name, of a file with several.")
    worse = dy.Enum(("below", "above"), description="On which side of its limits the number is worse.")
    amber = _level("Limit of amber.")
    red = _level("Limit of red.")
    comparison_share = _level("Of projected people: share with the outcome that is expected without the scheme.")
    smallest_effect = _level("Of projected people: smallest effect worth finding, as a difference of shares.")
    ratio = _level("Of projected people: effective comparisons for each treated person.")
    design_effect = _level("Of projected people: how much clustering inflates the variance.")
    share_matched = _level("Of projected people: share that finds a comparison.")
    share_linked = _level("Of projected people: share linked to the conviction record.")
    until = day_of("Of projected people: last day on which they can start; else the scheme's last day.")
    ends_on = day_of("Last day on which it is looked at.")


class Reading(Entry):
    """How a watched number stood when it was looked at: a row where the number or the state had changed."""

    watch_id = dy.Int64(min=1, description="The watch (`board_watch`).", metadata=about(handling="official"))
    read_on = day_of("When it was looked at.", nullable=False)
    as_at = day_of("The day that the number is of.")
    value = dy.Float64(nullable=True, description="The number; null where it could not be had.", metadata=about())
    limit = dy.Float64(nullable=True, description="The limit of red at that time.", metadata=about())
    state = dy.Enum(STATES, description="The state that follows.")
    sentence = written("Why.", nullable=False)


class Proof(Entry):
    """What shows that the response to a risk was done and works. Without one, no response is a mitigation."""

    risk_id = _of()
    text = written("What it shows.", nullable=False)
    evidence = written("Where it can be seen: a file, a result, a minute.", nullable=False)
    linked_on = day_of("When it was linked.", nullable=False)


class Message(Entry):
    """What is said to whom about a scheme, tied to the risk that it answers. It is published after approval only."""

    risk_id = dy.Int64(nullable=True, min=1, description="The risk that it answers (`board_risk`).")
    kind = dy.Enum(("message", "event"), description="Something said or written, or an event such as a launch.")
    text = written("The message, or what happens at the event.", nullable=False)
    audience = written("To whom.", nullable=False)
    planned_on = day_of("When it is meant to go out, or happen.")
    approved_on = day_of("Day of approval.")
    approved_by = written("Who approved it.")
    published_on = day_of("Day on which it went out, or happened.")


RISK_TABLES: dict[str, type[Table]] = {
    "board_risk": Risk,
    "board_watch": Watch,
    "board_reading": Reading,
    "board_proof": Proof,
    "board_message": Message,
}
"""The store's tables of risks, made on demand with `create_tables(connection, RISK_TABLES)`."""
