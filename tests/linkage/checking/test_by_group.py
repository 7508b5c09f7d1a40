"""Whose links are wrong or missing: against arithmetic, against statsmodels, and against made-up errors by group."""

from datetime import date

import numpy as np
import pytest
import sqlglot
from sqlglot import exp
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from whatworks.linkage.checking.agreement import judge_agreement
from whatworks.linkage.checking.by_group import group_gaps, links_by_group
from whatworks.linkage.checking.groups import pair_groups, read_groups, record_group_sql
from whatworks.linkage.checking.judged_pairs import JudgedPairs, wilson_share
from whatworks.linkage.checking.sampling import PairGroups
from whatworks.linkage.records_and_pairs import read_records
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables
from whatworks.statistics.groups.intervals import newcombe


def judged(false: int, right: int, missed: int, apart: int, weight: float = 1.0) -> JudgedPairs:
    joined = np.r_[np.full(false + right, True), np.full(missed + apart, False)]
    same = np.r_[np.zeros(false), np.ones(right), np.ones(missed), np.zeros(apart)]
    return JudgedPairs(np.full(len(same), 0.9), joined, same, np.full(len(same), weight))


def together(*parts: JudgedPairs) -> tuple[JudgedPairs, PairGroups]:
    columns = (np.concatenate([getattr(part, name) for part in parts]) for name in JudgedPairs.__slots__)
    code = np.repeat(np.arange(len(parts)), [len(part) for part in parts]).astype(np.int16)
    return JudgedPairs(*columns), PairGroups("home", tuple("abcdefgh"[: len(parts)]), code)


@pytest.mark.parametrize(("events", "n"), [(0, 12.0), (22, 72.0), (3.4, 41.7), (9, 9.0)])
def test_intervals_are_those_of_statsmodels(events: float, n: float) -> None:
    share = wilson_share(events, n)
    assert (share.low, share.high) == pytest.approx(proportion_confint(events, n, method="wilson"), abs=1e-9)
    theirs = confint_proportions_2indep(events, n, 12, 60, method="newcomb", compare="diff", alpha=0.01)
    assert newcombe(events, n, 12, 60, 0.99) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("table", [[[20, 5], [10, 15]], [[45, 15], [25, 15]], [[8, 2, 1], [0, 30, 3], [2, 1, 9]]])
def test_kappa_is_that_of_statsmodels(table: list[list[int]]) -> None:
    names = ["a", "b", "c"]
    cells = [(names[i], names[j], n) for i, row in enumerate(table) for j, n in enumerate(row)]
    first = [a for a, _, n in cells for _ in range(n)]
    second = [b for _, b, n in cells for _ in range(n)]
    made, theirs = judge_agreement(("A", "B"), first, second), cohens_kappa(table)
    assert (made.kappa, made.low, made.high) == pytest.approx((theirs.kappa, theirs.kappa_low, theirs.kappa_upp))


def test_kappa_of_one_answer_throughout_is_not_known() -> None:
    made = judge_agreement(("A", "B"), ["same"] * 9, ["same"] * 9)
    assert (made.agreed, made.kappa) == (1.0, None)


def test_shares_by_group_are_those_counted_by_hand() -> None:
    pairs, group = together(judged(2, 38, 5, 40), judged(1, 19, 0, 30, weight=3.0))
    first, second = links_by_group(pairs, [group])
    assert (first.judged, second.judged) == (85, 50)
    assert first.false is not None
    assert first.missed is not None
    assert first.false == wilson_share(2, 40)
    assert first.missed == wilson_share(5, 43)  # 38 found and 5 missed are true
    assert second.false is not None
    assert second.false.share == pytest.approx(1 / 20)
    assert second.false.n == pytest.approx(20)  # equal weights: as many as were judged


def test_a_pair_of_more_weight_counts_for_more() -> None:
    pairs, group = together(judged(10, 30, 0, 0))
    pairs.weight[:10] = 5.0
    [row] = links_by_group(pairs, [group])
    assert row.false is not None
    assert row.false.share == pytest.approx(50 / 80)
    assert row.false.n == pytest.approx(80**2 / (10 * 25 + 30))


def test_few_judged_pairs_show_nothing() -> None:
    pairs, group = together(judged(1, 8, 0, 0), judged(1, 30, 3, 6))
    few, enough = links_by_group(pairs, [group])
    assert (few.judged, few.false, few.missed) == (None, None, None)
    assert enough.false is not None
    assert enough.missed is not None


def test_a_gap_is_warned_of_where_chance_does_not_explain_it() -> None:
    wide, _ = together(judged(0, 300, 3, 90), judged(0, 90, 20, 50))
    _, group = together(judged(0, 300, 3, 90), judged(0, 90, 20, 50))
    [gap] = group_gaps(links_by_group(wide, [group]))
    assert (gap.kind, gap.worst, gap.best) == ("missed", "b", "a")
    assert gap.ratio == pytest.approx((20 / 110) / (3 / 303))
    alike, group = together(judged(0, 300, 10, 90), judged(0, 30, 2, 50))
    assert group_gaps(links_by_group(alike, [group])) == ()
    small, group = together(judged(0, 20_000, 20, 90), judged(0, 20_000, 320, 50))  # .1% against 1.6%: sure but small
    assert group_gaps(links_by_group(small, [group])) == ()


def test_of_groups_alike_chance_seldom_raises_a_warning() -> None:
    """Eight groups with the same errors, 300 times: at most one time in ten a warning (5% is meant, for each kind)."""
    rng = np.random.default_rng(9)
    raised = 0
    for _ in range(300):
        parts = [
            judged(f, 60 - f, m, 60 - m)
            for f, m in zip(rng.binomial(60, 0.05, 8), rng.binomial(60, 0.08, 8), strict=True)
        ]
        pairs, group = together(*parts)
        raised += bool(group_gaps(links_by_group(pairs, [group])))
    assert raised <= 30


def store(people: list[tuple[str, str, str | None, date | None, str | None, str | None]]) -> Store:
    connection = scratch()
    create_tables(connection)
    connection.change(
        "INSERT INTO source BY NAME SELECT 's' AS source_id, 'x' AS organisation_id, 'person' AS \"table\", "
        "'n' AS name, '0' AS sha256, DATE '2024-06-30' AS as_at, DATE '2024-07-01' AS received_on, 0 AS rows_in, "
        "0 AS rows_kept, 0 AS rows_quarantined, 0 AS rows_excluded"
    )
    for line, row in enumerate(people, 1):
        connection.change(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id, sex, date_of_birth, ethnicity, "
            "postcode) VALUES ('s', ?, ?, ?, ?, ?, ?, ?)",
            [line, *row],
        )
    connection.change(
        "INSERT INTO participation (source_id, source_line, organisation_id, participation_id, person_id, scheme_id, "
        "started_on) VALUES ('s', 1, 'police', 'p1', '2', 'GATE', DATE '2023-01-01')"
    )
    return connection


PEOPLE = [
    ("police", "2", "male", date(2006, 7, 1), "W1", "NFA"),
    ("council", "9", "unknown", date(2006, 6, 30), " ", "zz99 3vz"),
    ("prison", "4", "female", date(1984, 6, 30), "B1", "AB1 2CD"),
    ("court", "7", None, None, None, None),
]


def test_records_say_to_which_groups_their_people_belong() -> None:
    rows = read_groups(store(PEOPLE)).rows()
    assert rows == [
        ("council", "9", None, "18 to 24", None, "no fixed home", "not in a scheme"),
        ("court", "7", None, None, None, None, "not in a scheme"),
        ("police", "2", "male", "under 18", "W1", "no fixed home", "scheme"),
        ("prison", "4", "female", "40 and over", "B1", "fixed home", "not in a scheme"),
    ]


def test_a_pair_is_of_what_both_say_or_of_what_the_preferred_agency_says() -> None:
    connection = store(PEOPLE)
    records, groups = read_records(connection), read_groups(connection)
    left, right = np.array([1, 2, 0]), np.array([2, 3, 1])

    def said(preferences: dict[str, list[str]]) -> dict[str, list[str | None]]:
        made = pair_groups(records, groups, left, right, preferences)
        return {one.characteristic: [one.values[c] if c >= 0 else None for c in one.code] for one in made}

    plain = said({})
    assert plain["sex"] == ["male", "recorded differently", None]
    assert plain["home"] == ["no fixed home", "no fixed home", "no fixed home"]
    assert plain["scheme"] == ["scheme", "scheme", "not in a scheme"]
    assert said({"sex": ["prison", "police"]})["sex"] == ["male", "female", None]
    assert said({"sex": ["police"]})["sex"] == ["male", "male", None]


def test_the_query_is_one_that_other_engines_can_be_given() -> None:
    [parsed] = sqlglot.parse(record_group_sql(), read="duckdb", error_level=sqlglot.ErrorLevel.RAISE)
    assert isinstance(parsed, exp.Query)
    for dialect in ("postgres", "spark"):
        written = parsed.sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)
    assert record_group_sql().startswith("-- record_group: ")
