"""Several evaluations become one answer only where they ask the same, and nothing withheld comes back by it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from papers.matched_result import matched
from papers.parts import rate
from papers.small_result import small
from whatworks.cli.app import build, explain
from whatworks.evaluation.answer.combining import Combination, Site, combine_results
from whatworks.evaluation.result import Result
from whatworks.papers.evaluation.combination import combination_paper, meaning, publish_combination
from whatworks.records.audit.file_book import FileBook
from whatworks.records.refusal import Refused
from whatworks.statistics.meta_analysis import Combined


def site(difference: float, se: float, *, seed: int, **changes: Any) -> Result:
    """A matched result whose primary difference and standard error are these."""
    result = matched()
    moved = {"difference": difference, "ci_low": difference - 1.959964 * se, "ci_high": difference + 1.959964 * se}
    first = result.outcomes[0].model_copy(update={**moved, **changes})
    stamp = result.protocol.model_copy(update={"sha256": f"{seed:064d}"})
    title = result.paper.model_copy(update={"title": f"Site {seed}"})
    sources = tuple(
        one.model_copy(update={"sha256": f"{seed}{at}".rjust(64, "0")}) for at, one in enumerate(result.data.sources)
    )
    own = {"protocol": stamp, "paper": title, "data": result.data.model_copy(update={"sources": sources})}
    return result.model_copy(update={"outcomes": (first, *result.outcomes[1:]), **own})


def three() -> list[tuple[str, Result]]:
    return [(f"{seed}.json", site(d, se, seed=seed)) for seed, d, se in ((1, -0.05, 0.02), (2, -0.01, 0.02), (3, -0.09, 0.03))]  # fmt: skip  # noqa: E501


def combined_by_hand() -> Combination:
    """The three sites and figures near their answer, typed in: no arithmetic of the program stands behind the paper."""
    sites = tuple(Site(result.paper.title, result, result.outcomes[0], se) for (_, result), se in
                  zip(three(), (0.02, 0.02, 0.03), strict=True))  # fmt: skip
    answer = Combined(
        difference=-0.0461, se=0.0223, ci_low=-0.1422, ci_high=0.0501, p=0.18, fixed_difference=-0.0409,
        fixed_low=-0.066, fixed_high=-0.0158, between=0.0311, heterogeneity=0.62, heterogeneity_p=0.07,
        prediction_low=-0.5322, prediction_high=0.4401, sites=3,
    )  # fmt: skip
    first = sites[0].outcome
    return Combination(sites, first.label, first.kind, first.unit, first.window, answer, False, False)


def test_three_sites_are_weighted_by_their_precision() -> None:
    """Weights 2,500, 2,500 and 1,111.1: -(125 + 25 + 100) / 6,111.1 = -0.0409, which prints -4.1."""
    release = publish_combination(combine_results(three()))
    assert str(release.fixed[0]) == "-4.1"
    assert release.prediction is not None
    assert release.prediction[0] < release.random[1]
    assert not release.mixed


def test_what_one_more_site_may_see_stays_within_what_shares_can_differ_by() -> None:
    """With three sites t has one degree of freedom, 12.7: 12.7 x sqrt(0.057^2 + 0.043^2) either way of -0.138."""
    found = combine_results([(f"{seed}.json", site(d, se, seed=seed)) for seed, d, se in
                             ((1, -0.056, 0.045), (2, -0.162, 0.049), (3, -0.196, 0.044))])  # fmt: skip
    assert found.combined.prediction_low is not None and found.combined.prediction_low < -1
    release = publish_combination(found)
    assert release.prediction is not None and str(release.prediction[0]) == "-100.0"
    assert 70 < release.prediction[1] < 80


def test_sites_that_rest_on_the_same_file_are_named_since_they_may_share_people() -> None:
    assert publish_combination(combine_results(three())).shared == ()
    other = site(-0.03, 0.02, seed=4)
    file = three()[0][1].data.sources[0].sha256
    sources = (other.data.sources[0].model_copy(update={"sha256": file}), *other.data.sources[1:])
    other = other.model_copy(update={"data": other.data.model_copy(update={"sources": sources})})
    release = publish_combination(combine_results([*three(), ("4.json", other)]))
    assert release.shared == ("Site 1", "Site 4")
    bear = next(section for section in combination_paper(release).sections if section.name == "caveats")
    assert "on the same files: Site 1 and Site 4." in str(bear.blocks[0])


@pytest.mark.parametrize("what", [{"name": "charged_1y"}, {"unit": "offences"}, {"window": "two years"}])
def test_unlike_outcomes_are_refused_by_file(what: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"4\.json"):
        combine_results([*three(), ("4.json", site(-0.02, 0.02, seed=4, **what))])


def test_the_same_evaluation_twice_is_refused_and_one_alone_too() -> None:
    with pytest.raises(Refused, match="same evaluation as"):
        combine_results([*three(), three()[0]])
    with pytest.raises(Refused, match="not several"):
        combine_results(three()[:1])


def test_a_site_whose_figures_are_withheld_is_refused() -> None:
    few = small()
    alike = {name: getattr(matched().outcomes[0], name) for name in ("name", "kind", "unit", "window")}
    primary = few.outcomes[0].model_copy(update=alike)
    few = few.model_copy(update={"outcomes": (primary, *few.outcomes[1:])})
    with pytest.raises(Refused, match="give them back"):
        publish_combination(combine_results([*three(), ("few.json", few)]))


def test_the_command_prints_writes_and_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, result in three():
        stamp = result.protocol.model_copy(update={"status": "exploratory"} if name == "1.json" else {})
        (tmp_path / name).write_text(result.model_copy(update={"protocol": stamp}).model_dump_json())
        paths.append(str(tmp_path / name))
    build()(
        ["combine", *paths, "--out", str(tmp_path / "paper"), "--forms", "html,json", "--json"], standalone_mode=False
    )
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "paper" / "summary.json").read_text("utf-8"))
    assert printed["mixed"] is True
    page = (tmp_path / "paper" / "paper.html").read_text("utf-8")
    assert "some were not" in page and "one more such site" in page
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(Refused) as refused:
        build()(["combine", paths[0], str(tmp_path / "bad.json")], standalone_mode=False)
    assert explain(refused.value) == 2


def test_a_site_in_whole_points_is_combined_into_whole_points() -> None:
    """The fixed effect weighs by 1/se squared: its interval, less the other sites' shares, is the site's own, finer."""
    few = site(-0.0903, 0.0337, seed=4)
    # 404 of the 412 analysed are known: the 8 others would be told by the width of an interval to one place.
    primary = few.outcomes[0].model_copy(update={"treated": rate(153, 404), "bounds": None})
    few = few.model_copy(update={"outcomes": (primary, *few.outcomes[1:])})
    release = publish_combination(combine_results([*three(), ("4.json", few)]))
    assert [row.treated for row in release.sites] == [412, 412, 412, "c"]
    figures = [*release.random, *release.fixed, *(release.prediction or ()), release.between]
    assert all(figure == figure.to_integral_value() and "." not in str(figure) for figure in figures)
    assert "people in the scheme groups" not in meaning(release)[0]
    assert meaning(publish_combination(combine_results(three())))[0].startswith("3 evaluations, with 1,236 people")


def of_people(seed: int, treated: int, file: str | None = None) -> tuple[str, Result]:
    """Return a site with so many people of the scheme, resting on a file of its own or on one of others'."""
    found = site(-0.05, 0.02, seed=seed)
    first = found.outcomes[0]
    n = found.n.model_copy(update={"treated": treated})
    moved = first.model_copy(update={"treated": first.treated.model_copy(update={"n": treated})})
    steps = tuple(one.model_copy(update={"treated": treated}) for one in found.attrition)
    sources = (found.data.sources[0].model_copy(update={"sha256": file or f"{seed:064d}"}), *found.data.sources[1:])
    data = found.data.model_copy(update={"sources": sources})
    changed = {"n": n, "outcomes": (moved, *found.outcomes[1:]), "data": data, "attrition": steps}
    return f"{seed}.json", found.model_copy(update=changed)


def test_sites_on_one_file_whose_people_are_nearly_as_many_do_not_tell_the_few_between() -> None:
    """4,007 are 7 more than 4,000; 8,102 are 2 more than 4,000 and 4,100 together."""
    people = ((1, 4000), (2, 4007), (3, 4100), (4, 8102))
    release = publish_combination(combine_results([of_people(seed, n, "f" * 64) for seed, n in people]))
    assert [row.treated for row in release.sites] == [4000, "c", 4100, "c"]
    assert [str(row.difference) for row in release.sites] == ["-5.0", "-5", "-5.0", "-5"]
    assert str(release.fixed[1]) == "-7" and "people in the scheme groups" not in meaning(release)[0]


def test_sites_on_files_of_their_own_are_told_as_ever() -> None:
    people = ((1, 4000), (2, 4007), (3, 4100))
    release = publish_combination(combine_results([of_people(seed, n) for seed, n in people]))
    assert [row.treated for row in release.sites] == [4000, 4007, 4100]


def test_what_is_combined_is_kept_in_the_book_once(tmp_path: Path) -> None:
    files = []
    for name, result in three():
        (tmp_path / name).write_text(result.model_dump_json())
        files.append(str(tmp_path / name))
    for _ in range(2):
        assert CliRunner().invoke(build(), ["combine", *files, "--json"]).exit_code == 0
    (kept,) = FileBook.of_user().entries("figures combined")
    assert kept.payload["results"] == [sha256(Path(file).read_bytes()).hexdigest() for file in files]
    assert [site["treated"] for site in kept.payload["figures"]["sites"]] == [412, 412, 412]
