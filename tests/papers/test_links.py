"""What the links may have done leaves as words and one picture, and tells of no few people."""

from decimal import Decimal

from papers.linked_result import linked
from papers.matched_result import matched
from whatworks.papers import build, publish
from whatworks.papers.evaluation.sections.verdicts import verdict_line
from whatworks.papers.paper import Paragraph


def words() -> list[str]:
    paper = build(publish(linked()))
    return [block.text for section in paper.sections for block in section.blocks if isinstance(block, Paragraph)]


def test_the_sentence_says_how_far_the_draws_reach_and_that_nobody_checked() -> None:
    [told] = [text for text in words() if text.startswith("Which records belong to one person")]
    assert "Over 20 equally believable ways of joining them the difference lay between −10.1 and −7.3" in told
    assert "the difference is −8.5 (−15.9\u00a0to\u00a0−1.1) rather than −8.7 (−15.5\u00a0to\u00a0−2.0)." in told
    # 3.4% is 1 in 29. Of 3,268 who could be comparisons .2% is 7, fewer than ten: fewer than 1 in 320 is said.
    wrong = "About 1 in 29 of the scheme's people and fewer than 1 in 320 of those who could be comparisons"
    assert any(text.startswith(wrong) for text in words())  # among the people lost, and there alone
    assert wrong not in told
    assert "If 13% of the scheme's people were joined to the wrong record, the finding would be lost." in told
    assert told.endswith("nobody has checked.")


def test_the_verdict_is_a_word_weaker_and_attrition_says_who_may_be_joined_wrongly() -> None:
    release = publish(linked())
    assert verdict_line(release, release.primary()) == "Proven reoffending within one year: a likely reduction."
    assert any(text.startswith("About 1 in 29 of the scheme's people") for text in words())


def test_one_picture_holds_the_thresholds_the_formula_and_the_answer() -> None:
    paper = build(publish(linked()))
    [figure] = [figure for figure in paper.figures() if figure.name == "links"]
    for label in ("Pairs of at least 0.1 joined", "Wrong links taken out by formula", "Over 20 draws: the answer"):
        assert label in figure.alternative
    assert "0.99" not in figure.alternative  # of nine people
    assert figure.draw()


def test_a_joining_that_leaves_few_people_shows_nothing() -> None:
    ways = {way.name: way for way in publish(linked()).links.ways}
    assert ways["pairs of at least 0.99 joined"].difference == "c"
    # 409 lies within nine of the 412 that are printed: whole points; 371 does not.
    assert ways["pairs of at least 0.5 joined"].difference == Decimal(-9)
    assert ways["pairs of at least 0.95 joined"].difference == Decimal("-7.3")


def test_without_a_model_nothing_is_said() -> None:
    release = publish(matched())
    assert release.links is None
    assert "links" not in {figure.name for figure in build(release).figures()}
