"""Answer the board's questions from the papers that stand: evaluations, money, boards, and the linked lists."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from whatworks.board.contradictions.record import CLAIM
from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.members.trust import reasons
from whatworks.papers.evaluation.members.verdict_words import answer_line, fewer, too_unlike
from whatworks.papers.evaluation.release import PublishedResult, release_model
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.evaluation.sections.power import needed
from whatworks.papers.evaluation.sections.verdicts import difference_unit, lower
from whatworks.papers.pack.question import ANSWERERS, Answerer, PackAnswer, PackSource, Published
from whatworks.papers.places.displacement import PAPER as DISPLACEMENT
from whatworks.papers.words import text

ASSUMED = "As far as the assumptions that the paper lists."
FIGURES = "As far as the file behind it: the paper names its source."
RECORD = "A rule read the minutes: it says that two places differ, and people must say which is right."
LINKED = "As far as the records are joined rightly, of which a sample should be judged."
ALIKE = "As far as the control areas would have gone the same way: the paper shows what other choices say."
POOL = "POOL"
"""Who carries what no borough does, in the bills of a shared service."""
POUNDS = re.compile(r"\u00a3[\d,]+")


def evaluations(source: PackSource) -> Iterator[tuple[Published, PublishedResult, Outcome]]:
    """Yield the papers that are evaluations with a primary outcome, read back as they were published."""
    for paper in source.papers:
        if "estimand" not in paper.figures:
            continue
        try:
            release = release_model(SECTIONS.values()).model_validate(paper.figures)
        except ValidationError:
            continue  # a paper of another version says nothing here
        outcome = release.primary()
        if outcome is not None:
            yield paper, release, outcome


def trusted(release: PublishedResult, outcome: Outcome) -> str:
    """Return how far to trust an evaluation's answer, with what is most against it."""
    found = reasons(release, outcome)
    if too_unlike(release):
        return "Nothing to trust: the groups are too unlike to be compared."
    against = [*found.grave, *found.care]
    grade = f"{found.grade[:1].upper()}{found.grade[1:]}"
    return f"{grade}: {against[0]}." if against else f"{grade}."


def large_enough(source: PackSource) -> list[PackAnswer]:
    """Return the smallest effect that each evaluation could have found, and what the smallest worthwhile takes."""
    found = []
    for paper, release, outcome in evaluations(source):
        smallest = outcome.smallest_detectable
        if not isinstance(smallest, Decimal):
            continue
        unit = difference_unit(outcome)
        said = f"It could show a change of {text(smallest)} {unit} or more in {lower(outcome.label)}."
        more, people = needed(outcome), release.n.treated
        if isinstance(more, int) and outcome.areas is None and isinstance(people, int):
            verdict = "Yes" if more <= people else "No"
            said = f"{verdict}. {said} The smallest change worth having takes {written(more)} people in the scheme."
        elif isinstance(more, int):
            said += f" The smallest change worth having takes {written(more)} areas on each side."
        name = release.paper.about.scheme or release.paper.title
        found.append(PackAnswer(f"{name}: {said[:1].lower()}{said[1:]}", f"{text(smallest)} {short(unit)}",
                                trusted(release, outcome), paper.folder))  # fmt: skip
    return found


def stop_buying(source: PackSource) -> list[PackAnswer]:
    """Return each evaluated scheme's answer, and each cost of an outcome avoided."""
    found = []
    for paper, release, outcome in evaluations(source):
        figure = "No answer"
        if outcome.per_hundred is not None:
            figure = fewer(outcome.per_hundred[2], "in 100")
        elif isinstance(outcome.effect.difference, Decimal):
            figure = fewer(outcome.effect.difference, short(difference_unit(outcome)), less=True)
        name = release.paper.about.scheme or release.paper.title
        said = f"{name}. {answer_line(release, outcome)}"
        found.append(PackAnswer(said, figure, trusted(release, outcome), paper.folder))
    for paper in source.papers:
        if "avoided" in paper.figures and "sentence" in paper.figures:
            said = f"{paper.figures['evaluation']}. {paper.figures['sentence']}"
            each = POUNDS.search(paper.figures["sentence"])
            figure = f"{each[0]} each" if each else _pounds(paper.figures["cost"]["pounds"])
            found.append(PackAnswer(said, figure, ASSUMED, paper.folder))
    return found


def luck(source: PackSource) -> list[PackAnswer]:
    """Return of each simulated contract the largest chance of being paid though nothing changed."""
    found = []
    for paper in source.papers:
        if "paid_for_nothing" not in str(paper.figures.get("positions", "")):
            continue
        rows = [(one["exact"]["any_period"], one["name"]) for one in paper.figures["positions"] if one.get("exact")]
        if not rows:
            continue
        share, name = max(rows)
        said = f"{paper.figures['contract']['name']}: if nothing changed, {name} would still be paid by chance"
        found.append(PackAnswer(f"{said} in {share:.0%} of futures.", f"{share:.0%}", ASSUMED, paper.folder))
    return found


def cuts(source: PackSource) -> list[PackAnswer]:
    """Return where a cut lands, in the paper's own sentences."""
    found = []
    for paper in source.papers:
        cut = paper.figures.get("cut")
        if isinstance(cut, dict) and cut.get("sentences"):
            landings = [one for one in cut["sentences"] if "lands on" in one] or cut["sentences"]
            whole = _pounds(cut["whole"])
            found.append(PackAnswer(f"Of a cut of {whole}, {landings[0]}", whole, ASSUMED, paper.folder))
    return found


def pound(source: PackSource) -> list[PackAnswer]:
    """Return who funds a plan and who spends it."""
    found = []
    for paper in source.papers:
        if "funders" not in paper.figures or not paper.figures.get("spenders"):
            continue
        spender = max(paper.figures["spenders"], key=lambda one: float(one["share"] or 0))
        told = [one for one in paper.figures["sentences"] if one.startswith(f"Spent by {spender['name']}")]
        said = f"{paper.figures['title']}. {' '.join(told or paper.figures['sentences'][:1])}"
        found.append(PackAnswer(said, f"{float(spender['share'] or 0):.0%}", FIGURES, paper.folder))
    return found


def bills(source: PackSource) -> list[PackAnswer]:
    """Return the range of the boroughs' bills for a shared service, by its first model in its last year."""
    found = []
    for paper in source.papers:
        rows = paper.figures.get("bills")
        if not isinstance(rows, list) or "service" not in paper.figures:
            continue
        year = [one for one in rows if one["year"] == paper.figures["year"]] or rows
        amounts = [float(bill["total"]) for code, bill in year[0]["bills"].items() if code != POOL]
        low, high = _pounds(min(amounts)), _pounds(max(amounts))
        said = (
            f"{paper.figures['service']}, {year[0]['year']}: from {low} to {high} a borough by "
            f"{year[0]['model'].replace('_', ' ')}. The paper has each borough's, and those by other rules."
        )
        found.append(PackAnswer(said, high, FIGURES, paper.folder))
    return found


def boards(source: PackSource) -> list[PackAnswer]:
    """Return how many bodies the record suggests to close or to merge."""
    found = []
    for paper in source.papers:
        if paper.figures.get("paper") != "map of bodies":
            continue
        bodies, candidates = paper.figures["bodies"], len(paper.figures["candidates"])
        said = f"Of {bodies} bodies in the record, it gives a reason to look at {candidates}: the paper names each."
        found.append(PackAnswer(said, f"{candidates} of {bodies}", RECORD, paper.folder))
    return found


def promises(source: PackSource) -> list[PackAnswer]:
    """Return how many promises of the minutes nothing more is heard of, and how much else differs."""
    found = []
    for paper in source.papers:
        if paper.figures.get("paper") != "contradiction report":
            continue
        kinds = [one["kind"] for one in paper.figures["contradictions"] if one["kind"] != CLAIM]
        lost = sum(kind == "lost promise" for kind in kinds)
        papers = len(paper.figures["papers"])
        what = f"{lost} promise{'' if lost == 1 else 's'}" if lost else "no promise"
        said = (
            f"In {papers} papers of the board, {what} went to a meeting that left no record. In all, the record says "
            f"{len(kinds)} things in two ways."
        )
        found.append(PackAnswer(said, f"{lost} lost", RECORD, paper.folder))
    return found


def moved(source: PackSource) -> list[PackAnswer]:
    """Return whether events fell where something was done, and whether they moved."""
    found = []
    for paper in source.papers:
        if paper.figures.get("paper") != DISPLACEMENT:
            continue
        local, beside = paper.figures["local"], paper.figures["moved"]
        figure = f"{local} there" if beside is None else f"{local} there; {beside} next door"
        said = " ".join(paper.figures["sentences"][1 : 2 + (beside is not None)])
        found.append(PackAnswer(f"{paper.figures['title']}. {said}", figure, ALIKE, paper.folder))
    return found


def lists(source: PackSource) -> list[PackAnswer]:
    """Return how many people two agencies or more know, in tens."""
    if source.lists is None:
        return []
    people, several = source.lists
    said = f"About {several:,} of the {people:,} people in the linked records are known to two agencies or more."
    return [PackAnswer(said, f"{several / people:.0%}", LINKED)]


def short(unit: str) -> str:
    """Return a unit as a figure has room for it.

    >>> short("percentage points"), short("offences a person")
    ('points', 'offences a person')
    """
    return "points" if unit == "percentage points" else unit


def _pounds(amount: Any) -> str:
    return f"\u00a3{abs(float(amount)):,.0f}"


ANSWERERS += [
    Answerer("large-enough", large_enough),
    Answerer("luck", luck),
    Answerer("promises", promises),
    Answerer("cut", cuts),
    Answerer("boards", boards),
    Answerer("pound", pound),
    Answerer("stop", stop_buying),
    Answerer("lists", lists),
    Answerer("bill", bills),
    Answerer("moved", moved),
]
