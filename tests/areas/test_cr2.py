"""CR2 and its degrees of freedom, held to the definition with full matrices, to statsmodels and to a paper."""

import numpy as np
import pytest
import statsmodels.api as sm

from whatworks.statistics.areas.cr2 import cr2
from whatworks.statistics.areas.planning import areas_needed, errors_between, planned_areas, planned_se


def inverse_root(matrix):
    sizes, turned = np.linalg.eigh(matrix)
    kept = sizes > 1e-9
    return (turned[:, kept] / np.sqrt(sizes[kept])) @ turned[:, kept].T


def by_full_matrices(x, w, y, clusters, terms):
    """Return the covariance and the freedom as defined, with a matrix of people by people."""
    whole = np.eye(len(y))
    bread = np.linalg.inv(x.T @ np.diag(w) @ x)
    left = whole - x @ bread @ x.T @ np.diag(w)
    covariance, pulls = 0.0, []
    for group in np.unique(clusters):
        rows = clusters == group
        adjusted = inverse_root(left[rows] @ left[rows].T) @ np.diag(w[rows]) @ x[rows] @ bread
        one = adjusted.T @ (left @ y)[rows]
        covariance = covariance + np.outer(one, one)
        pulls.append(left[rows].T @ adjusted @ terms)
    spread = np.array(pulls) @ np.array(pulls).T
    return covariance, np.trace(spread) ** 2 / (spread**2).sum()


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_short_way_is_the_definition(seed, weighted):
    rng = np.random.default_rng(seed)
    ours = rng.integers(0, 4, 40)
    clusters = np.concatenate([ours, 4 + rng.choice(5, 50, p=[0.6, 0.2, 0.1, 0.08, 0.02])])
    treated = np.arange(90) < 40
    x = rng.normal(size=(90, 2))
    design = np.column_stack([np.ones(90), treated, x, x * treated[:, None]])
    weights = rng.uniform(0.2, 3.0, 90) if weighted else np.ones(90)
    y = rng.normal(size=90)
    terms = np.array([0.3, 1.0, 0.0, 0.2, 0.0, -0.1])
    residual = y - design @ np.linalg.solve(design.T @ (weights[:, None] * design), design.T @ (weights * y))
    found = cr2(design, weights, residual, clusters)
    covariance, df = by_full_matrices(design, weights, y, clusters, terms)
    assert found.covariance == pytest.approx(covariance, rel=1e-8, abs=1e-12)
    assert found.df(terms) == pytest.approx(df, rel=1e-8)


def test_with_a_cluster_a_person_it_is_hc2():
    rng = np.random.default_rng(9)
    design = sm.add_constant(rng.normal(size=(50, 3)))
    y = rng.normal(size=50)
    fit = sm.OLS(y, design).fit(cov_type="HC2")
    found = cr2(design, np.ones(50), fit.resid, np.arange(50))
    assert found.covariance == pytest.approx(fit.cov_params(), rel=1e-9)


@pytest.mark.parametrize(("ours", "theirs", "df"), [(3, 27, 2.5), (15, 15, 28.0), (4, 4, 6.0)])
def test_degrees_of_freedom_of_two_means_are_as_published(ours, theirs, df):
    # Imbens and Kolesar, Robust standard errors in small samples (2016): (N0+N1)^2 (N0-1)(N1-1) / (N1^2 (N1-1) +
    # N0^2 (N0-1)); for 3 of 30 they print 2.5.
    design = np.column_stack([np.ones(ours + theirs), np.arange(ours + theirs) < ours]).astype(float)
    found = cr2(design, np.ones(len(design)), np.zeros(len(design)), np.arange(len(design))).df([0, 1])
    formula = (ours + theirs) ** 2 * (ours - 1) * (theirs - 1) / (ours**2 * (ours - 1) + theirs**2 * (theirs - 1))
    assert found == pytest.approx(formula)
    assert round(found, 1) == df


def test_people_of_one_area_add_nothing_where_they_are_all_alike():
    few = np.array([1.0, 2, 4, 3, 0, 1, 2, 5])
    flags = np.arange(8) < 4
    design = np.column_stack([np.ones(8), flags]).astype(float)
    once = cr2(design, np.ones(8), few - np.where(flags, 2.5, 2.0), np.arange(8))
    many = np.repeat(np.arange(8), 50)
    often = cr2(design[many], np.ones(400), (few - np.where(flags, 2.5, 2.0))[many], many)
    assert often.covariance == pytest.approx(once.covariance)
    assert (often.df([0, 1]), once.df([0, 1])) == (pytest.approx(6), pytest.approx(6))


def test_what_few_areas_can_find_is_as_the_t_table_says():
    # t(.975) + t(.80): 3.182 + 0.978, 2.776 + 0.941, 2.447 + 0.906 (any t table)
    assert [round(errors_between(df), 3) for df in (3, 4, 6)] == [4.161, 3.717, 3.353]
    assert round(errors_between(np.inf), 4) == 2.8016


def test_needed_areas_are_the_fewest_that_find_the_effect():
    # Four a side gave 0.02 with 6 degrees of freedom. Seven: (2.179 + 0.873) x 0.02 x sqrt(4/7) = 0.0461; six: (2.228 +
    # 0.879) x 0.02 x sqrt(4/6) = 0.0507.
    assert [areas_needed(effect, 0.02, 6, 4, 4) for effect in (0.0508, 0.0506, 0.0462)] == [6, 7, 7]
    assert areas_needed(0.5, 0.02, 6, 4, 4) == 4
    assert areas_needed(0.05, 0.02, 2.5, 4, 4) > areas_needed(0.05, 0.02, 6, 4, 4)
    assert areas_needed(0.05, 0.02, 1.0, 1, 1) is None


def test_a_plan_counts_areas_and_more_people_in_them_help_only_so_far():
    least = planned_areas(0.05, 100, 0.24, 0.0025)
    assert errors_between(2 * (least - 1)) * planned_se(least, 100, 0.24, 0.0025) <= 0.05
    assert errors_between(2 * (least - 2)) * planned_se(least - 1, 100, 0.24, 0.0025) > 0.05
    endless = planned_areas(0.05, 10**9, 0.24, 0.0025)
    assert endless < least < planned_areas(0.05, 20, 0.24, 0.0025)
    assert planned_areas(0.05, 10**9, 0.24, 0.0) == 4  # three a side could never be significant
