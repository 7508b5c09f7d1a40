"""Hold the counts to the terms before anything is settled: what is missing, unknown, negative or impossible."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from whatworks.money.contracts.accounts import Accounts
from whatworks.money.contracts.counts import counts_of
from whatworks.money.contracts.outcomes import BASELINE, EVERYONE, Count, Group, Key, Outcomes
from whatworks.money.contracts.terms import Terms
from whatworks.records.refusal import Fault, Refused

MOST = 10**12


def check_outcomes(terms: Terms, outcomes: Outcomes, leaving: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the periods that are measured, in order, or refuse the counts with every fault at once."""
    faults = [*unknown(terms, outcomes), *impossible(terms, outcomes), *leavers(terms, leaving)]
    measured = tuple(measured_periods(terms, outcomes))
    if not measured:
        problem = "counts nothing in any measurement period"
        faults.append(Fault(problem, f"give rows for {', '.join(terms.period)}", outcomes.name, field="period"))
    faults += missing(terms, outcomes, measured, leaving)
    faults = faults or list(worthless(terms, outcomes, measured, leaving))
    if faults:
        raise Refused(faults)
    return measured


def measured_periods(terms: Terms, outcomes: Outcomes) -> Iterator[str]:
    """Yield the periods up to the last that has a count of a payee; later ones are not yet measured."""
    counted = {key.period for key in outcomes.counts if key.group == "payee"}
    reached = [at for at, period in enumerate(terms.period) if period in counted]
    yield from list(terms.period)[: max(reached, default=-1) + 1]


def unknown(terms: Terms, outcomes: Outcomes) -> Iterator[Fault]:
    """Yield payees, metrics and periods that the terms do not know, and counts that they do not use."""
    groups = {"matched comparison": "comparison", "national trend removed": "national"}
    used = groups.get(terms.counterfactual.kind)
    known = {"payee": terms.payees, "metric": tuple(terms.metric), "period": (BASELINE, *terms.period)}
    for key in outcomes.counts:
        line = outcomes.lines.get(key)
        for column, names in known.items():
            value = getattr(key, column)
            if value in names or (column == "payee" and key.group != "payee" and value == EVERYONE):
                continue
            near = get_close_matches(value, names, 1)
            remedy = f'did you mean "{near[0]}"?' if near else f"the terms name {', '.join(names)}"
            problem = "is an unknown borough or payee" if column == "payee" else f"is an unknown {column}"
            yield Fault(problem, remedy, outcomes.name, line, column, value)
        if key.group not in ("payee", used):
            problem = f"is not used: the counterfactual is {terms.counterfactual.kind}"
            yield Fault(problem, "delete the row, or change the terms", outcomes.name, line, "group", key.group)


def impossible(terms: Terms, outcomes: Outcomes) -> Iterator[Fault]:
    """Yield counts that cannot be."""
    for key, count in outcomes.counts.items():
        line = outcomes.lines.get(key)
        metric = terms.metric.get(key.metric)
        if count.count < 0:
            yield Fault("is a negative count", "correct it", outcomes.name, line, "count", str(count.count))
        if max(count.count, count.people or 0) > MOST:
            yield Fault("is more than can be counted", "correct it", outcomes.name, line, "count", str(count.count))
        if count.people is not None and count.people <= 0:
            yield Fault("is not a number of people", "give 1 or more", outcomes.name, line, "people", str(count.people))
        if metric is None:
            continue
        if metric.of_people and count.people is None:
            problem, remedy = f"{key.metric} has no number of people", "say how many people the cohort had"
            yield Fault(problem, remedy, outcomes.name, line, "people")
        if not metric.of_people and count.people is not None:
            problem = f"{key.metric} is a count of an area, not of a cohort"
            remedy = 'leave people empty, or set kind = "frequency" in the terms'
            yield Fault(problem, remedy, outcomes.name, line, "people", str(count.people))
        if metric.kind == "binary" and count.people is not None and count.count > count.people:
            problem, remedy = f"is more than the {count.people} people of the cohort", "count each person once"
            yield Fault(problem, remedy, outcomes.name, line, "count", str(count.count))


def leavers(terms: Terms, leaving: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with those who are said to leave."""
    for name in leaving:
        if terms.break_clause is None:
            yield Fault("cannot leave: the contract has no break clause", "leave it out", field="leaves", value=name)
        elif name not in terms.payees:
            yield Fault("is not a payee", f"choose from {', '.join(terms.payees)}", field="leaves", value=name)
    if terms.break_clause and leaving and terms.settled == "pooled" and set(terms.payees) - set(leaving):
        problem = "leave alone, but the payees are settled as one"
        yield Fault(problem, "name all of them, or none", field="leaves", value=", ".join(leaving))


def missing(terms: Terms, outcomes: Outcomes, measured: Sequence[str], leaving: Sequence[str] = ()) -> Iterator[Fault]:
    """Yield the counts that are needed and not there."""
    for payee, metric, period, group in wanted(terms, measured, leaving):
        if outcomes.find(payee, metric, period, group) is None:
            of = "" if group == "payee" else f"{group} "
            problem = f"has no {of}count of {metric} in {period} for {payee}"
            yield Fault(problem, "add the row, or correct its names", outcomes.name, field="count")


def wanted(terms: Terms, measured: Sequence[str], leaving: Sequence[str] = ()) -> Iterator[tuple[str, str, str, Group]]:
    """Yield every count that a settlement needs, as payee, metric, period and group."""
    gone = terms.periods_after_break()
    for payee in terms.payees:
        for metric in terms.metric:
            if terms.needs_baseline:
                yield payee, metric, BASELINE, "payee"
            if terms.counterfactual.kind == "national trend removed":
                yield payee, metric, BASELINE, "national"
            for period in measured:
                if payee in leaving and period in gone:
                    continue
                yield payee, metric, period, "payee"
                if terms.counterfactual.kind == "matched comparison":
                    yield payee, metric, period, "comparison"
                if terms.counterfactual.kind == "national trend removed":
                    yield payee, metric, period, "national"


def worthless(
    terms: Terms, outcomes: Outcomes, measured: Sequence[str], leaving: Sequence[str] = ()
) -> Iterator[Fault]:
    """Yield what nothing can fall from: a national baseline or a whole expectation of zero."""
    for key, count in outcomes.counts.items():
        if key.group == "national" and key.period == BASELINE and count == Count(0, count.people):
            problem, remedy = f"the national count of {key.metric} is zero", "no trend can be taken from it"
            yield Fault(problem, remedy, outcomes.name, outcomes.lines.get(key), "count", "0")
            return
    accounts = Accounts(terms, counts_of(terms, outcomes))
    for place, payee in enumerate(terms.payees):
        for period in measured:
            if payee in leaving and period in terms.periods_after_break():
                continue
            if not any(accounts.expected_rate(place, period, metric).on(0) for metric in terms.paid_metrics):
                problem = f"nothing is expected of {payee} in {period}, so nothing can fall"
                remedy = "take the payee out, or pool it with others"
                line = outcomes.lines.get(Key(payee, terms.paid_metrics[0], BASELINE))
                yield Fault(problem, remedy, outcomes.name, line, "count")
