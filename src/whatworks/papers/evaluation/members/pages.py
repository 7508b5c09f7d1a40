"""Build the members' pages: sections in the order in which a member asks."""

from dataclasses import replace
from functools import partial

from whatworks.papers.charts.forest import forest_plot
from whatworks.papers.charts.hundred import hundred_people, hundred_words
from whatworks.papers.disclosure.rounding import written
from whatworks.papers.evaluation.members.trust import reasons
from whatworks.papers.evaluation.members.verdict_words import answer_line, figures, others, too_unlike
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.sections.happened import forest_rows
from whatworks.papers.evaluation.sections.likeness import likeness
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.evaluation.sections.verdicts import UNTOLD, lower
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paragraph, Section
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed
from whatworks.statistics.verdict import finds_effect

NOT_GIVEN = "Not given."
NO_COST = (
    "No cost of the scheme is on record, so this paper cannot say. It would need what was spent on the scheme, for "
    "whom and when."
)
WHY_UNLIKE = "Few people outside the scheme were as likely to be in it as those who were"
NOBODY = "There is no answer for anybody. The annex describes both groups as they are, side by side."
WHY_UNBALANCED = "The groups were still far apart in something that was recorded: points far from the middle"
UNLIKE_PEOPLE = "Any difference between them may be due to who they are, not to the scheme."
NOT_A_FAILURE = "This does not show that the scheme works. It does not show that it fails."
NOTHING_TO_TRUST = "This paper gives no answer on the scheme that could be trusted or doubted."
FOUND = (
    "Go on with the scheme as it is.",
    "Go on, and do what would help to trust the answer.",
    "Change it or end it.",
)
NOT_FOUND = ("Go on with the scheme, and measure again.", "Change it, and measure again.", "End it without an answer.")
DOUBTED = 0.05
"""A difference between groups of people counts where its p for interaction, adjusted, is no larger."""


def members(release: PublishedResult, cost: str = NO_COST) -> tuple[Section, ...]:
    """Return the members' sections. `cost` says what the scheme would cost or save, as the money room has it."""
    outcome = release.primary()
    return (
        Section("scheme", "The scheme", (Facts(scheme(release)),)),
        Section("question", "The question", question(release, outcome)),
        Section("answer", "The answer", answer(release, outcome)),
        trust(release, outcome),
        Section("for-whom", "For whom", (Paragraph(for_whom(release)),)),
        Section("cost", "What it would cost or save", (Paragraph(cost),)),
        Section("options", "What is decided, and the options", options(release, outcome)),
        *committee(release),
    )


def scheme(release: PublishedResult) -> tuple[tuple[str, str], ...]:
    """Return what the scheme is, for whom, where and when."""
    about = release.paper.about
    when = f"Records up to {long_date(release.data.as_at)}."
    if about.first and about.last:
        when = f"{long_date(about.first)} to {long_date(about.last)}. {when}"
    rows = (
        ("Name", about.scheme),
        ("What it does", about.what or (NOT_GIVEN if about.scheme else "")),
        ("For whom", about.whom),
        ("Where", about.where or (NOT_GIVEN if about.scheme else "")),
        ("When", when),
    )
    return tuple((name, words[:1].upper() + words[1:]) for name, words in rows if words)


def question(release: PublishedResult, outcome: Outcome | None) -> tuple[Block, ...]:
    """Return what was asked, and what the outcome means."""
    if outcome is None:
        return (Paragraph("What happened to the people in the scheme?"),)
    asked = f"Did the scheme change this: {lower(outcome.label)}?"
    window = outcome.window.replace("the index date", release.paper.about.counted_from or "the first day")
    return (Paragraph(f"{asked} What counts: {window}." if window else asked),)


def answer(release: PublishedResult, outcome: Outcome | None) -> tuple[Block, ...]:
    """Return the answer: its sentence, its figures, one picture, and the other outcomes."""
    blocks: list[Block] = [Paragraph(answer_line(release, outcome), "verdict")]
    if too_unlike(release):
        return (*blocks, *unlike(release))
    if outcome is None or outcome.withheld or not release.protocol.causal:
        return tuple(blocks)
    shown = figures(outcome)
    if shown:
        blocks.append(Facts(shown))
    if outcome.verdict in UNTOLD:
        blocks.append(Paragraph(NOT_A_FAILURE))
    blocks += picture(release, outcome)
    if beside := others(release):
        blocks.append(Facts(beside))
    return tuple(blocks)


def unlike(release: PublishedResult) -> list[Block]:
    """Return the picture of why there is no answer."""
    failed = release.overlap is not None and release.overlap.failed
    name, title = ("overlap", WHY_UNLIKE) if failed else ("love-plot", WHY_UNBALANCED)
    drawn = [block for block in likeness(release).blocks if isinstance(block, Figure) and block.name == name]
    return [Paragraph(UNLIKE_PEOPLE), *(replace(block, title=title) for block in drawn)]


def picture(release: PublishedResult, outcome: Outcome) -> list[Block]:
    """Return the one picture: 100 people with the scheme and 100 without, or the difference and its interval."""
    if outcome.per_hundred is not None:
        treated, expected, *_ = (int(number) for number in outcome.per_hundred)
        title = f"Of every 100 people, {treated} with the scheme and {expected} without it: {lower(outcome.label)}"
        drawn = partial(hundred_people, treated, expected)
        return [Figure("hundred", title, hundred_words(treated, expected, lower(outcome.label)), drawn)]
    rows = forest_rows([outcome])
    if not rows:
        return []
    words = f"{rows[0].label}: {rows[0].words()} {rows[0].panel}"
    said = f"The difference, scheme minus comparison, with its likely range. {words}."
    alone = len(forest_rows(list(release.outcomes))) == 1  # then the annex need not show it again
    return [Figure("forest-plot" if alone else "answer-plot", words, said, partial(forest_plot, rows))]


def trust(release: PublishedResult, outcome: Outcome | None) -> Section:
    """Return how far to trust the answer; where there is none, why, and what would help."""
    found = reasons(release, outcome)
    if outcome is None or outcome.withheld or not release.protocol.causal or too_unlike(release):
        told = Facts(found.why_not()) if too_unlike(release) else Paragraph(NOTHING_TO_TRUST)
        return Section("trust", "Why there is no answer", (told,))
    return Section("trust", "How far to trust it", (Facts(found.pairs()),))


def for_whom(release: PublishedResult) -> str:
    """Return whom the answer is about, who is not in it, and whether it differs between kinds of people."""
    if too_unlike(release):
        return NOBODY
    people, dropped = release.n, release.estimand.treated_dropped
    kind = "answer is" if release.protocol.causal else "figures are"
    said = [f"The {kind} about {release.paper.about.whom.rstrip('.') or 'the people in the scheme'}."]
    if isinstance(people.treated, int) and isinstance(people.comparison, int):
        said.append(
            f"{written(people.treated)} people in the scheme were set beside {written(people.comparison)} others."
        )
    if dropped == "c":
        said.append("Some people in the scheme are left out: nobody like them was found.")
    elif dropped:
        said.append(f"{written(dropped)} people in the scheme are left out: nobody like them was found.")
    return " ".join([*said, *differing(release)])


def differing(release: PublishedResult) -> list[str]:
    """Return whether the answer differs between the kinds of people that were looked at."""
    primary = release.primary()
    if primary is None or primary.withheld or too_unlike(release) or not release.protocol.causal:
        return []
    tests = {row.name: row.interaction_p_adjusted for row in release.subgroups if row.interaction_p_adjusted}
    if not tests:
        return []
    apart = [lower(name) for name, p in tests.items() if p.startswith("<") or float(p) <= DOUBTED]
    if apart:
        return [f"It seems to differ by {listed(apart)}: see the annex."]
    return [f"It does not clearly differ by {listed([lower(name) for name in tests])}."]


def committee(release: PublishedResult) -> tuple[Section, ...]:
    """Return the committee's own headings, where it has a file of them."""
    pairs = tuple((heading.name, heading.text) for heading in release.paper.headings)
    return (Section("committee", "For the committee", (Facts(pairs),)),) if pairs else ()


def options(release: PublishedResult, outcome: Outcome | None) -> tuple[Block, ...]:
    """Return what the board is asked, and what it can choose."""
    found = outcome is not None and release.protocol.causal and finds_effect(outcome.verdict)
    choices = release.paper.options or (FOUND if found and not too_unlike(release) else NOT_FOUND)
    return (Paragraph(release.paper.decision_sought, "lead"), Bullets(choices))
