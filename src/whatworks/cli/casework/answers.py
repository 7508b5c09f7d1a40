"""`whatworks casework`: what the team's records answer for the board, in papers without a name."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.answering import Asked, Maker

if TYPE_CHECKING:
    from whatworks.casework import Exits
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling

ByOption = Annotated[Literal["borough", "provider", "prison"] | None, typer.Option(help="By this as well.")]
FromOption = Annotated[str, typer.Option("--from", help="Who came out from this day on, as 2024-04-01.")]
ToOption = Annotated[str, typer.Option("--to", help="And up to this day.")]
ProviderOption = Annotated[Literal["provider"] | None, typer.Option(help="By this as well.")]
PeriodOption = Annotated[str, typer.Option(help="2024, 2024-Q2, 2024-05 or 2024-01-15..2024-03-31.")]
AgainstOption = Annotated[str, typer.Option(help="The earlier period to hold it against.")]
StartOption = Annotated[
    Literal["release", "order"],
    typer.Option("--start", help="From release, or from the end of one provider's order to contact with the next."),
]


def gate(
    asked: Asked, start: StartOption = "release", first: FromOption = "", last: ToOption = "", by: ByOption = None
) -> Maker:
    """Say who comes out with which needs, who picks them up, and who is seen by nobody within 1, 7, 14 and 28 days.

    Contacted, returned to custody, died, or at liberty and unseen: the four add up to 100% on each day. Releases from
    remand, same-day returns and people gone to another area are lines of their own. --json has exact counts, which
    are restricted.
    """
    from whatworks.journeys import watched
    from whatworks.papers.casework.gate import gate_answer

    found = gate_exits(asked, start, first, last)
    groups = watched(found.cases, by)
    return lambda told: gate_answer(found, groups, asked.minimum, told, by)


def gate_exits(asked: Asked, start: Literal["release", "order"], first: str, last: str) -> "Exits":
    """Return the exits of a time, in the words of the partnership's own `journeys/through_the_gate.toml` if any."""
    from dataclasses import replace

    from whatworks.casework import exits
    from whatworks.cli.journeys.group import window
    from whatworks.journeys import load_kind
    from whatworks.papers.casework.gate import gate_kind

    days = window(first, last)
    kind = load_kind("through_the_gate", asked.here.root / "journeys")
    found = exits(asked.store, gate_kind(kind, start), start)
    return replace(found, cases=found.cases.opened(*days))


def lost(
    asked: Asked,
    after: Annotated[int, typer.Option(help="Lost is who had no kept contact for more than so many days.")] = 28,
    by: ProviderOption = None,
) -> Maker:
    """Say how often people on orders and at liberty are lost, how soon they first are, and who is found again.

    The rate is per 100 person-months in which somebody could be lost. --json has exact counts, which are restricted.
    """
    from whatworks.casework import lost_contact
    from whatworks.papers.casework.lost_contact import lost_contact_answer

    found = lost_contact(asked.store, after, by_provider=by is not None)
    return lambda told: lost_contact_answer(found, asked.minimum, told)


def compliance(asked: Asked, period: PeriodOption, against: AgainstOption, by: ProviderOption = None) -> Maker:
    """Say whether breaches fell because people comply or because nobody acts: never the one rate without the other.

    Appointments kept of those due, breaches a person-month on an order, and breaches for each absence without excuse,
    in two periods. --json has exact counts, which are restricted.
    """
    from whatworks.casework import compliance as complied
    from whatworks.journeys.compare import span
    from whatworks.papers.casework.compliance import compliance_answer

    found = complied(asked.store, span(against), span(period), by_provider=by is not None)
    return lambda told: compliance_answer(found, asked.minimum, told)


def confidence(
    asked: Asked,
    question: Annotated[str, typer.Argument(help="The survey's question on the courts, as the records name it.")],
    period: PeriodOption,
    against: AgainstOption,
    answers: Annotated[
        str, typer.Option("--answers", help="Answers whose share is confidence, separated by commas; none: the mean.")
    ] = "",
    survey: Annotated[str | None, typer.Option(help="Which survey, where several asked the question.")] = None,
) -> Maker:
    """Put custody beside serious further offences and confidence in the courts, in two periods: all three, or none.

    Custody is the share of days of sentence that gave it. Waves of the survey are those that lie within a period.
    """
    from dataclasses import replace

    from whatworks.casework import custody_beside, waves_within
    from whatworks.cli.surveys.group import given_answers
    from whatworks.journeys.compare import span
    from whatworks.measures.settings import MeasureSettings
    from whatworks.papers.casework.confidence import confidence_answer
    from whatworks.surveys.change import change

    before, after, config = span(against), span(period), asked.here.config
    asked_of = given_answers(asked, question, answers, survey, None)
    waves = [waves_within(asked_of.waves, one) for one in (before, after)]
    settings = MeasureSettings(config.as_at, config.conviction_record or "", preferences=config.preferences)
    found = custody_beside(asked.store, settings, before, after)

    def make(told: "Telling") -> "Answer":
        return confidence_answer(found, change(replace(asked_of, told=told), *waves), asked.minimum, told)

    return make


def homes(asked: Asked) -> Maker:
    """Say who was offered a home or a job, who refused, how long it lasts, and which borough takes whom.

    Sustained at 4, 13 and 26 weeks, with those who started too recently censored. --json has exact counts, which are
    restricted.
    """
    from whatworks.casework import placements
    from whatworks.papers.casework.homes import homes_answer

    found = placements(asked.store)
    return lambda told: homes_answer(found, asked.minimum, told)
