"""A change from before to after counts nobody, so nothing is withheld to hide it."""

from whatworks.papers.disclosure.audit import audited
from whatworks.papers.evaluation.sample import sample_result


def test_a_small_change_times_the_people_is_no_handful_of_people() -> None:
    """0.06 sentences more than before, of each of so many people, is fewer than ten sentences, but of no one's."""
    result = sample_result()
    base = next(one for one in result.outcomes if one.kind == "yes_no" and one.comparison)
    assert base.comparison is not None
    change = base.model_copy(
        update={
            "name": "short_sentences_1y",
            "kind": "frequency",
            "design": "difference_in_differences",
            "primary": False,
            "treated": base.treated.model_copy(update={"events": None, "value": 7 / base.treated.n}),
            "comparison": base.comparison.model_copy(update={"events": None, "value": 6 / base.comparison.n}),
        }
    )
    with_change = result.model_copy(update={"outcomes": (*result.outcomes, change)})
    assert audited(result).secondary.items == frozenset()
    assert audited(with_change).secondary.items == frozenset()
    assert audited(with_change).release.n == audited(result).release.n
    assert not audited(with_change).release.outcomes[-1].withheld
