"""Answers under other joinings are those that a store so joined would give, and their spread widens the interval."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from no_effect import SETTINGS, no_effect

from linkage_model.kept_pairs import keep_pairs
from whatworks.evaluation.answer.redrawn import UNCHECKED, Redrawn, over_draws
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.links.redraw import estimates, redraw
from whatworks.evaluation.links.relinked import relinked_units
from whatworks.evaluation.question.lock import LOCKED, Lock, read_locks, record_lock
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.recognition.participants import scheme_people
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.linkage.checking.calibration import Calibration
from whatworks.linkage.checking.samples import keep_sample
from whatworks.linkage.checking.sampling import PairSample
from whatworks.linkage.checking.stored_calibration import stored_calibration
from whatworks.linkage.doubt.believable import (
    BelievableLinks,
    believable_links,
    links_then,
)
from whatworks.linkage.doubt.stamp import LinkStamp, link_stamp
from whatworks.measures.prepare import prepare
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import AreaTest, Estimate, Group

PEOPLE, DOUBTED = 900, 150
THRESHOLD = 0.3


def protocol(others: tuple[str, ...] = ("frequency_1y",), **linkage: int) -> Protocol:
    return check_protocol(
        {
            "scheme": {"id": "LATE", "name": "Late", "title": "A scheme that changes nothing"},
            "cohort": {"index": "release", "minimum": 30},
            "comparison": {"who": "anyone_else", "covariates": ["age"]},
            "outcomes": {"others": list(others)},
            **({"linkage": linkage} if linkage else {}),
        },
        "late.toml",
    )


def store(sure: float = 1 - 1e-12, doubted: float = 0.7, rival: float = 0.2) -> Store:
    """Return records that a model joined: prison and probation surely, the police surely but for 150 people.

    Each of these may be joined to the police record of the next person too.
    """
    connection = no_effect(PEOPLE, share=0.4).store()
    ids = [f"{i:06d}" for i in range(PEOPLE)]
    rows = [("prison", i, "probation", i, sure) for i in ids]
    rows += [("police", i, "prison", i, doubted if n < DOUBTED else sure) for n, i in enumerate(ids)]
    rows += [("police", ids[n + 1], "prison", ids[n], rival) for n in range(DOUBTED)]
    keep_pairs(connection, rows)
    connection.change(
        "INSERT INTO link_model BY NAME "
        "SELECT 1 AS number, 'm' AS model_id, DATE '2025-06-30' AS trained_on, '{}' AS model"
    )
    connection.change("UPDATE identity SET method = 'probabilistic'")
    return connection


def with_a_past(connection: Store) -> None:
    """Give every third person an offence before the prison spell, and all offences a short or a long sentence."""
    connection.change(
        "INSERT INTO offence BY NAME SELECT 'past' AS source_id, row_number() OVER () AS source_line, "
        "'police' AS organisation_id, 'past ' || person_id AS offence_id, person_id, 'violence' AS offence_group, "
        "released_on - INTERVAL 300 DAY AS committed_from, released_on - INTERVAL 290 DAY AS recorded_on, "
        "released_on - INTERVAL 270 DAY AS sanctioned_on, 'conviction' AS sanction "
        "FROM custody_spell WHERE CAST(person_id AS INT) % 3 = 0"
    )
    connection.change(
        "INSERT INTO sentence BY NAME SELECT 's' AS source_id, row_number() OVER (ORDER BY offence_id) AS source_line, "
        "organisation_id, offence_id AS sentence_id, person_id, offence_id AS offence_ref, 'custody' AS kind, "
        "sanctioned_on AS sentenced_on, CASE WHEN CAST(person_id AS INT) % 5 = 0 THEN 500 ELSE 90 END AS length_days "
        "FROM offence"
    )


def measured(connection: Store, asked: Protocol) -> AnalysisSample:
    prepare(connection, SETTINGS)
    return partnership_units(connection, asked, SETTINGS)


def numbers(found: dict[str, Estimate]) -> list[float]:
    return [part for name in sorted(found) for part in (found[name].difference, found[name].se, found[name].treated.n)]


def put(connection: Store, links: BelievableLinks, label: np.ndarray) -> None:
    """Join the store's records so, for good."""
    names = [links.records.organisations[code] for code in links.records.organisation]
    frame = pl.DataFrame(
        {
            "organisation_id": names,
            "person_id": links.records.person_id.tolist(),
            "joined": [f"L{lowest:07d}" for lowest in label],
        }
    )
    with connection.lent("joined", frame):
        connection.change(
            "UPDATE identity SET linked_id = j.joined FROM joined AS j "
            "WHERE j.organisation_id = identity.organisation_id AND j.person_id = identity.person_id"
        )


def judged_right(connection: Store, links: BelievableLinks | None) -> None:
    """Keep a sample of the doubted pairs that are joined, each of which one judge says is one person."""
    assert links is not None
    joined = links.pairs.probability >= THRESHOLD
    asked_about = PairSample(np.flatnonzero(np.isclose(links.pairs.probability, 0.7)), np.ones(DOUBTED))
    number = keep_sample(
        connection, links.records, links.pairs, joined, asked_about,
        threshold=THRESHOLD, seed=1, model_id="m", on=date(2025, 7, 1),
    )  # fmt: skip
    connection.change(
        "INSERT INTO link_judgement BY NAME SELECT question AS judgement, sample_id, question, 'A' AS judge, "
        "'same' AS answer, DATE '2025-07-02' AS judged_on FROM link_question WHERE sample_id = ?",
        [number],
    )


LAB = {
    f"data lab: {name}"
    for name in (
        *("proven_reoffending_1y", "frequency_1y", "days_to_first_1y, reoffenders"),
        *(f"custody_{stem}_1y{among}" for stem in ("for_reoffending", "frequency") for among in ("", ", reoffenders")),
    )
}


@pytest.mark.parametrize("others", [("frequency_1y",), ("seriousness_1y", "short_sentences_1y")])
def test_people_measured_anew_are_those_that_a_store_so_joined_gives(others: tuple[str, ...]) -> None:
    connection, asked = store(), protocol(others)
    with_a_past(connection)
    measured(connection, asked)
    links = believable_links(connection, THRESHOLD, 3)
    assert links is not None
    scheme = np.zeros(len(links.records), dtype=np.bool_)
    joinings = [*links.draws(5, scheme, Calibration.unchecked(("scheme", "others"))), links.at(0.9)]
    assert len({tuple(label) for label in joinings}) == 4
    relinked = [estimates(asked, units, 10) for units in relinked_units(connection, asked, SETTINGS, links, joinings)]
    for label, found in zip(joinings, relinked, strict=True):
        put(connection, links, label)
        alone = estimates(asked, measured(connection, asked), 10)
        guard = {"custody_nights_1y", "long_sentences_1y"} if "short_sentences_1y" in others else set()
        assert set(alone) == {"proven_reoffending_1y", *others, *guard, *LAB}
        assert numbers(found) == pytest.approx(numbers(alone), rel=1e-9)


def test_links_that_are_sure_leave_the_answer_and_its_error_as_they_are() -> None:
    connection, asked = store(doubted=1 - 1e-12, rival=1e-9), protocol()
    units = measured(connection, asked)
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    assert redrawn is not None
    now = estimates(asked, units, 10)
    assert [numbers(found) for found in redrawn.draws] == [numbers(now)] * 20
    assert (set(redrawn.treated.parted), set(redrawn.comparison.added)) == ({0.0}, {0.0})
    outcome = evaluate_units(asked, units, extras=False, redrawn=redrawn).outcomes[0]
    alone = evaluate_units(asked, units, extras=False).outcomes[0]
    assert (outcome.difference, outcome.links.share) == (pytest.approx(alone.difference), pytest.approx(0, abs=1e-12))
    assert outcome.ci_high - outcome.ci_low == pytest.approx(alone.ci_high - alone.ci_low, rel=0.01)


def test_doubtful_links_widen_the_interval_and_the_result_says_by_how_much() -> None:
    connection, asked = store(), protocol(("seriousness_1y",))
    with_a_past(connection)
    units = measured(connection, asked)
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    result = evaluate_units(asked, units, redrawn=redrawn)
    outcome, links = result.outcomes[0], result.links
    alone = evaluate_units(asked, units)
    for allowed, sure in zip(result.outcomes, alone.outcomes, strict=True):  # matched, and difference-in-differences
        assert (allowed.links.draws, sure.links) == (20, None)
        assert (allowed.links.difference, allowed.links.ci_low) == (sure.difference, sure.ci_low)
        assert allowed.links.lowest < allowed.difference < allowed.links.highest
        assert allowed.ci_high - allowed.ci_low > sure.ci_high - sure.ci_low
    for allowed, sure in zip(result.data_lab, alone.data_lab, strict=True):
        assert (allowed.treated, allowed.comparison) == (sure.treated, sure.comparison)
        if sure.ci_low < sure.ci_high:  # nobody here had custody for a reoffence
            assert allowed.ci_high - allowed.ci_low > sure.ci_high - sure.ci_low
            assert allowed.difference != sure.difference
    assert outcome.links.draws == links.draws == 20
    assert outcome.links.lowest < outcome.difference < outcome.links.highest
    assert outcome.ci_high - outcome.ci_low > outcome.links.ci_high - outcome.links.ci_low
    assert 0 < outcome.links.share < 1
    # 150 of 900 people hang on a pair of .7: about 30% of these are parted, 5% of everybody.
    assert links.false_treated == pytest.approx(0.05, abs=0.03)
    assert links.false_comparison == pytest.approx(0.05, abs=0.03)
    assert [point.threshold for point in links.thresholds] == [0.1, 0.3, 0.5, 0.8, 0.95, 0.99]
    assert [point.threshold for point in links.thresholds if point.in_force] == [0.3]
    by_threshold = {point.threshold: point.treated.n + point.comparison.n for point in links.thresholds}
    assert by_threshold[0.8] < by_threshold[0.5]  # the doubted people have no conviction record then
    assert links.judged == 0
    assert "nobody has checked" in links.sentence
    assert result == evaluate_units(
        asked, units, redrawn=redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    )


def test_links_that_judges_found_right_leave_less_doubt_and_the_result_counts_them() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)
    judged_right(connection, believable_links(connection, THRESHOLD, 20))
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    assert redrawn is not None
    assert redrawn.judged == DOUBTED
    # All 150 are right where the model doubts 30% of them: 4 x .3 of 154 are false by the posterior mean, 0.1% of all.
    assert np.mean(redrawn.treated.parted) < 0.01
    result = evaluate_units(asked, units, redrawn=redrawn).links
    assert result is not None
    assert result.judged == DOUBTED
    assert "nobody has checked" not in result.sentence


def homes(connection: Store, homeless: str) -> None:
    """Give everybody a home, and none to those of the doubted of whom this SQL holds."""
    connection.change(
        "UPDATE person SET postcode = CASE WHEN CAST(person_id AS INT) < ? AND "
        f"({homeless}) THEN 'ZZ99 3VZ' ELSE 'AB1 2CD' END",
        [DOUBTED],
    )


def test_a_badly_linked_group_that_the_arms_hold_unequally_is_warned_of() -> None:
    connection, asked = store(), protocol()
    homes(connection, "person_id IN (SELECT person_id FROM participation WHERE started_on IS NOT NULL)")
    units = measured(connection, asked)
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    result = evaluate_units(asked, units, redrawn=redrawn)
    assert result.links is not None
    assert redrawn is not None
    groups = {group.group: group for group in result.links.groups}
    none, fixed = groups["no fixed home"], groups["fixed home"]
    # Each of them hangs on a pair of .7, so a draw parts about 3 in 10; nobody of the comparisons is one of them.
    assert (none.false, none.comparison) == (pytest.approx(0.3, abs=0.06), 0)
    assert none.treated == pytest.approx(1 - fixed.treated)
    assert none.treated > 0.05
    assert (none.warned, fixed.warned) == (True, False)
    others, outcome = redrawn.others["proven_reoffending_1y"], result.outcomes[0]
    more = none.false - fixed.false, none.missed - fixed.missed
    by_hand = none.treated * (more[0] * (others - outcome.comparison.value) - more[1] * outcome.comparison.value / 2)
    assert none.shift == pytest.approx(by_hand)
    [warning] = result.links.unequal
    assert warning in result.warnings
    assert '"no fixed home" (home)' in warning
    assert "more of them" in warning


def test_a_badly_linked_group_that_the_arms_hold_alike_is_not_warned_of() -> None:
    connection, asked = store(), protocol()
    homes(connection, "TRUE")  # the doubted are the first of the register, in the scheme or not
    units = measured(connection, asked)
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    links = evaluate_units(asked, units, redrawn=redrawn).links
    assert links is not None
    [none] = [group for group in links.groups if group.group == "no fixed home"]
    assert none.false > 0.2
    assert abs(none.smd) < 0.1
    assert (none.warned, links.unequal) == (False, ())


def test_the_same_question_is_not_worked_out_twice_and_another_is() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)

    def drawn(asked: Protocol, threshold: float = THRESHOLD) -> list[list[float]]:
        redrawn = redraw(connection, asked, SETTINGS, units, threshold=threshold, minimum=10)
        assert redrawn is not None
        return [numbers(found) for found in redrawn.draws]

    first = drawn(asked)
    assert drawn(asked) == first
    [(kept,)] = connection.rows("SELECT estimates FROM link_drawn")
    nothing = json.dumps([{} for _ in json.loads(kept)])
    connection.change("UPDATE link_drawn SET estimates = ?", [nothing])
    assert drawn(asked) == [[]] * 20, "what is kept is what is returned"
    assert drawn(asked, 0.8) != [[]] * 20, "another threshold makes other joinings"
    assert connection.rows("SELECT COUNT(*) FROM link_drawn") == [(2,)]
    connection.change("DELETE FROM offence WHERE offence_id = (SELECT MIN(offence_id) FROM offence)")
    assert drawn(asked) != [[]] * 20, "the records have changed"


def test_the_store_is_not_written_to() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)
    before = connection.rows("FROM identity ORDER BY ALL")
    redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    assert connection.rows("FROM identity ORDER BY ALL") == before


def test_a_shared_number_knows_no_doubt_and_a_protocol_may_ask_for_none() -> None:
    connection = store()
    asked = protocol(draws=0)
    units = measured(connection, asked)
    assert redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10) is None
    connection.change("UPDATE identity SET method = 'shared_number'")
    assert redraw(connection, protocol(), SETTINGS, units, threshold=THRESHOLD, minimum=10) is None
    assert evaluate_units(protocol(), units).links is None
    with pytest.raises(Refused, match=r"linkage\.draws"):
        protocol(draws=5)


GROUP = Group(100, 50, 0.5, 0.4, 0.6)
AREAS = AreaTest(4, 4, 70, 1 / 70, "inverted")


def area(difference: float, p: float, low: float, high: float, se: float = np.inf) -> Estimate:
    return Estimate(difference, se, low, high, p, 0.0 if se == np.inf else 5.0, GROUP, GROUP, "by area", "", AREAS)


def test_by_area_the_verdict_takes_the_median_p() -> None:
    draws = [area(-0.1, 0.02, -0.2, -0.01), area(-0.2, 0.06, -0.3, 0.01), area(-0.3, 0.04, -0.4, 0.02)]
    found = over_draws(draws[0], draws)
    assert (found.difference, found.p) == (pytest.approx(-0.2), 0.04)
    assert (found.ci_low, found.ci_high) == (-0.3, 0.01)
    with_errors = [replace(draw, se=0.05, df=5.0) for draw in draws]
    found = over_draws(with_errors[0], with_errors)
    # W .0025, B .01: T = .0025 + 4/3 x .01, so se = .12583; p stays the median of the permutations'.
    assert (found.se, found.p) == (pytest.approx(0.125831, abs=1e-6), 0.04)


def test_a_verdict_on_unchecked_links_is_a_word_weaker() -> None:
    connection, asked = store(doubted=1 - 1e-12, rival=1e-9), protocol()
    units = measured(connection, asked)
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    outcome = evaluate_units(asked, units, extras=False).outcomes[0]
    fell = outcome.model_copy(update={"verdict": "significant reduction"})
    weaker = redrawn.weakened(fell)
    assert (weaker.verdict, weaker.sentence) == ("likely reduction", fell.sentence + UNCHECKED)
    assert replace(redrawn, judged=380).weakened(fell) == fell
    assert redrawn.weakened(outcome) == outcome


def lock(links: dict | None) -> Lock:
    return Lock(1, "LATE", "LATE", protocol().sha256(), "2025-06-30T12:00:00+00:00", {}, "", links)


def test_links_that_changed_after_the_lock_stand_with_both_estimates() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)
    stamp = link_stamp(connection, THRESHOLD, 20)
    assert stamp is not None

    def redrawn_since(links: dict | None) -> Redrawn:
        found = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10, lock=lock(links))
        assert found is not None
        return found

    same = redrawn_since(stamp.payload())
    assert (same.changed, same.locked) == (False, None)
    stricter = redrawn_since({**stamp.payload(), "threshold": 0.95})
    # What the lock would have given: the draws of a store whose threshold is that of the lock.
    then = redraw(connection, asked, SETTINGS, units, threshold=0.95, minimum=10)
    expected = {name: then.allow(name, joined) for name, joined in dict(stricter.thresholds)[0.95].items()}
    assert (stricter.changed, numbers(stricter.locked)) == (True, pytest.approx(numbers(expected)))
    undrawn = redrawn_since({**stamp.payload(), "threshold": 0.95, "draws": 0})
    assert numbers(undrawn.locked) == numbers(dict(undrawn.thresholds)[0.95])
    # Locked while a shared number joined everybody, as the model does now.
    by_number = redrawn_since(None)
    assert (by_number.changed, numbers(by_number.locked)) == (True, pytest.approx(numbers(estimates(asked, units, 10))))
    gone = redrawn_since({**stamp.payload(), "model_sha256": "of another model"})
    assert (gone.changed, gone.locked) == (True, None)
    links = evaluate_units(asked, units, extras=True, redrawn=stricter).links
    assert links.changed_after_lock
    assert links.locked.difference == dict(stricter.locked)["proven_reoffending_1y"].difference


def test_decisions_count_as_they_stood_at_the_lock() -> None:
    connection = store()
    ends = "'police', '000000', 'prison', '000000'"
    apart = f"INSERT INTO link_decision VALUES (?, {ends}, ?, ?, 'A', DATE '2025-01-01', 'x')"
    then = link_stamp(connection, THRESHOLD, 20)
    connection.change(apart, [1, "cannot", None])
    decided = link_stamp(connection, THRESHOLD, 20)
    assert then is not None
    assert decided is not None
    assert then.decisions_sha256 != decided.decisions_sha256
    links = believable_links(connection, THRESHOLD, 20)
    assert links is not None
    locked = links_then(connection, links, then)
    assert locked is not None
    before = locked.joined
    police = links.records.organisations.index("police")
    first = int(np.flatnonzero((links.records.organisation == police) & (links.records.person_id == "000000"))[0])
    assert np.sum(before == before[first]) == 3
    assert np.sum(links.at(THRESHOLD) == links.at(THRESHOLD)[first]) == 1
    connection.change(apart, [2, "undo", 1])
    assert link_stamp(connection, THRESHOLD, 20).decisions_sha256 == then.decisions_sha256


def test_what_is_judged_after_the_lock_stands_with_both_estimates() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)
    before = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10)
    then = link_stamp(connection, THRESHOLD, 20)
    assert before is not None
    assert then is not None
    judged_right(connection, believable_links(connection, THRESHOLD, 20))
    after = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10, lock=lock(then.payload()))
    assert after is not None
    assert (after.changed, after.judged) == (True, DOUBTED)
    now = estimates(asked, units, 10)
    locked, allowed = ({name: each.allow(name, joined) for name, joined in now.items()} for each in (before, after))
    assert numbers(after.locked) == pytest.approx(numbers(locked))
    assert locked["proven_reoffending_1y"].se > allowed["proven_reoffending_1y"].se
    # A lock of an earlier version kept no hash of judgements, and says nothing of them.
    older = {name: value for name, value in then.payload().items() if "judgement" not in name}
    redrawn = redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10, lock=lock(older))
    assert redrawn is not None
    assert not redrawn.changed


def test_what_judges_said_of_another_models_pairs_scales_nothing() -> None:
    connection, asked = store(), protocol()
    units = measured(connection, asked)
    links = believable_links(connection, THRESHOLD, 20)
    assert links is not None
    pairs, joined = links.pairs, links.joined[links.pairs.left] == links.joined[links.pairs.right]
    doubted = np.flatnonzero(joined & (pairs.probability < 0.9))
    sample = PairSample(doubted, np.ones(len(doubted)))
    settings = {"threshold": THRESHOLD, "seed": 1, "model_id": "of another model", "on": date(2025, 7, 1)}
    keep_sample(connection, links.records, pairs, joined, sample, **settings)
    connection.change(
        "INSERT INTO link_judgement BY NAME SELECT sample_id, question, 'A' AS judge, 'same' AS answer, "
        "row_number() OVER () AS judgement, DATE '2025-07-02' AS judged_on FROM link_question"
    )
    nobody = np.zeros(len(links.records), np.bool_)
    assert stored_calibration(connection, links.records, nobody).judged == DOUBTED
    assert stored_calibration(connection, links.records, nobody, model_id="m").judged == 0
    assert redraw(connection, asked, SETTINGS, units, threshold=THRESHOLD, minimum=10).judged == 0


def test_a_lock_keeps_what_the_links_rest_on_and_one_without_a_model_keeps_nothing_more() -> None:
    connection, asked = store(), protocol()
    measured(connection, asked)
    stamp = link_stamp(connection, THRESHOLD, 20)
    assert stamp is not None
    book = StoreBook(connection)
    people = scheme_people(connection, asked.scheme, book.key)
    at = "2025-07-01T12:00:00+00:00"
    record_lock(book, asked, at, {}, people, by_scheme=True, links=stamp.payload())
    plain = protocol(draws=0)
    record_lock(book, plain, at, {}, people, by_scheme=True)
    locks = read_locks(book, by_scheme=True)
    assert LinkStamp.of(locks.lock_of(asked, people).links) == stamp
    assert locks.lock_of(plain, people).links is None
    assert [("links" in entry.payload) for entry in book.entries() if entry.kind == LOCKED] == [True, False]
