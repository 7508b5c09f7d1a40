"""Periods are told apart by what they do not share; what cannot be compared, or cannot be so, is refused by name."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from whatworks.papers.surveys.trend import trend_answer
from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.surveys import change, estimate, read_answers, trend, unreported

AREA = "source_id, source_line, organisation_id, area_code, vintage, name, kind, parent"


def people(yes: int, no: int, first: int = 0) -> dict[str, str | None]:
    return {f"r{first + at}": "yes" if at < yes else "no" for at in range(yes + no)}


def test_two_fresh_samples_are_told_apart_by_the_root_of_both_variances(store: Store, write: Any) -> None:
    """60 of 100 and 75 of 100: the variance of each mean is p(1 - p)/99, no member is shared."""
    write("w1", 1, people(60, 40))
    write("w2", 2, people(75, 25))
    found = change(read_answers(store, "trust", ["yes"]), "w1", "w2")
    difference = found.overall.difference
    assert difference is not None
    assert difference.value == pytest.approx(0.15)
    assert difference.se == pytest.approx((0.24 / 99 + 0.1875 / 99) ** 0.5)
    assert found.shared == 0.0
    assert found.overall.smallest == pytest.approx(2.8016 * difference.se, rel=1e-4)


def test_members_of_a_panel_are_held_against_themselves(store: Store, write: Any) -> None:
    """20 of 100 members turn from no to yes and 5 from yes to no: the error is that of their mean difference."""
    before, after = people(50, 50), people(50, 50)
    after |= {f"r{at}": "yes" for at in range(50, 70)} | {f"r{at}": "no" for at in range(5)}
    write("w1", 1, before, panel="p")
    write("w2", 2, after, panel="p")
    found = change(read_answers(store, "trust", ["yes"]), "w1", "w2")
    turned = np.array([1.0] * 20 + [-1.0] * 5 + [0.0] * 75)
    difference = found.overall.difference
    assert difference is not None
    assert difference.value == pytest.approx(0.15)
    assert difference.se == pytest.approx(turned.std(ddof=1) / 10)
    assert found.shared == 1.0


def test_rolling_windows_are_told_apart_by_the_respondents_that_they_do_not_share(store: Store, write: Any) -> None:
    """Windows of four quarters that share three: SE of one window x sqrt(2 (1 - .75)), where all waves spread alike."""
    for quarter in range(1, 6):
        days = {"first": date(2023 + quarter // 5, 3 * ((quarter - 1) % 4) + 1, 1)}
        write(f"w{quarter}", 1, people(50, 50), last=days["first"], **days)
    answers = read_answers(store, "trust", ["yes"])
    found = change(answers, "w1..w4", "w2..w5")
    one = answers.sample([0, 1, 2, 3]).estimate([0, 1, 2, 3])
    assert one is not None
    assert found.shared == 0.75
    # an independent comparison of the windows would be twice as wide; 400 and 100 people differ in n - 1 alone
    difference = found.overall.difference
    assert difference is not None
    assert difference.se == pytest.approx(one.se * (2 * 0.25) ** 0.5, rel=0.01)


def test_waves_whose_days_overlap_share_the_people_of_one_number(store: Store, write: Any) -> None:
    """A publisher's rolling files: 50 of 100 people stand in both, with the answers that they gave once."""
    write("to March", 1, people(50, 50), first=date(2024, 1, 1), last=date(2024, 6, 30))
    late = {f"r{at}": "yes" if at % 2 else "no" for at in range(50, 150)}
    write("to June", 1, late, first=date(2024, 4, 1), last=date(2024, 9, 30))
    found = change(read_answers(store, "trust", ["yes"]), "to March", "to June")
    assert found.shared == 0.5


def test_a_change_that_no_noise_hides_is_seen_and_a_smaller_one_is_not(store: Store, write: Any) -> None:
    write("w1", 1, people(500, 500))
    write("w2", 2, people(520, 480))
    write("w3", 3, people(620, 380))
    answers = read_answers(store, "trust", ["yes"])
    assert not change(answers, "w1", "w2").overall.seen
    assert change(answers, "w2", "w3").overall.seen
    assert [point.wave for point in trend(answers).seen] == ["w3"]


@pytest.mark.parametrize(
    ("more", "what"),
    [({"wording": "Do you trust us?"}, "wording"), ({"mode": "web"}, "mode"), ({"population": "all"}, "population")],
)
def test_what_changed_breaks_the_series(store: Store, write: Any, more: dict[str, str], what: str) -> None:
    usual = {"mode": "face to face", "population": "adults"}
    write("w1", 1, people(60, 40), **usual)
    write("w2", 2, people(75, 25), **(usual | more))
    write("w3", 3, people(75, 25), **(usual | more))
    answers = read_answers(store, "trust", ["yes"])
    with pytest.raises(Refused, match=f"Between w1 and w2 the {what}.* changed"):
        change(answers, "w1", "w3")
    found = trend(answers)
    assert [(one.before, one.after, one.changed[0][0]) for one in found.breaks] == [("w1", "w2", what)]
    assert [point.change.difference is None for point in found.points] == [True, True, False]


def test_an_answer_that_the_new_scale_lacks_is_not_asked_and_not_0_per_cent(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 40))
    agree = {name: "agree" if answer == "yes" else "disagree" for name, answer in people(75, 25).items()}
    write("w2", 2, agree, wording="Do you agree that they can be trusted?")
    write("w3", 3, people(0, 80), mode="web", wording="Do you trust them at all?")
    answers = read_answers(store, "trust", ["yes"])
    found = trend(answers)
    assert [point.asked for point in found.points] == [True, False, True]
    assert found.points[2].estimate is not None and found.points[2].estimate.value == 0  # the same scale: a true zero
    answer = trend_answer(found)
    table = answer.tables[0].on_page()
    assert [row[1:] for row in table.rows][1] == ("not asked", "not asked")
    assert any(said.startswith("In w2 nobody gave any of these answers") for said in answer.sentences)
    assert not any("gave no answer" in said for said in found.warnings)
    with pytest.raises(Refused, match="the scale of the period has none of these answers"):
        estimate(answers, "w2")


def test_where_all_answer_alike_no_change_can_be_told(store: Store, write: Any) -> None:
    write("w1", 1, people(100, 0))
    write("w2", 2, people(100, 0))
    with pytest.raises(Refused, match="everybody answered alike in both periods"):
        change(read_answers(store, "trust", ["yes"]), "w1", "w2")


def test_few_people_of_equal_weight_are_withheld(store: Store, write: Any) -> None:
    """100 people of whom 10 weigh 11 times as much: (90 + 110)^2 / (90 + 1210) = 30.8 of equal weight."""
    write("w1", 1, people(50, 50), weight=[11.0] * 10 + [1.0] * 90)
    with pytest.raises(Refused, match="rests on 31 people of equal weight, fewer than 50"):
        estimate(read_answers(store, "trust", ["yes"]))


def test_an_answer_that_fewer_than_ten_gave_is_withheld(store: Store, write: Any) -> None:
    write("w1", 1, people(9, 191))
    with pytest.raises(Refused, match="fewer than 10 people gave these answers"):
        estimate(read_answers(store, "trust", ["yes"]))


def test_boroughs_by_ward_and_small_ones_pooled(store: Store, write: Any) -> None:
    area = f"INSERT INTO area ({AREA}) VALUES ('s', 1, 'council', ?, '2018', ?, ?, ?)"
    for code, name, kind, parent in (
        ("B1", "Ash", "borough", None),
        ("W1", "Elm", "ward", "B1"),
        ("B2", "Oak", "borough", None),
    ):
        store.change(area, [code, name, kind, parent])
    for quarter in (1, 2, 3):
        write(f"w{quarter}", quarter, people(90, 30), area_code=["W1", "B2", "B2"] * 40)
    found = estimate(read_answers(store, "trust", ["yes"]))
    ash, oak = found.boroughs
    assert (ash.name, ash.estimate, ash.n) == ("Ash", None, None)  # 40 in one wave are too few, 120 in three are not
    assert ash.pooled is not None and ash.pooled.n == 120
    assert oak.estimate is not None and oak.estimate.n == 80
    assert ash.shrunk is not None and oak.shrunk is not None
    assert abs(ash.shrunk.value - oak.shrunk.value) <= abs(ash.pooled.value - oak.pooled.value)  # type: ignore[union-attr]


def boroughs(store: Store, codes: str) -> None:
    """Make boroughs of one letter each."""
    for code in codes:
        area = f"INSERT INTO area ({AREA}) VALUES ('s', 1, 'council', ?, '2018', ?, 'borough', NULL)"
        store.change(area, [code, code])


def test_few_of_one_borough_cannot_be_worked_out_from_the_whole(store: Store, write: Any) -> None:
    """Without weights the whole times its base, less the boroughs shown, would give the four of D who said yes."""
    boroughs(store, "ABCD")
    codes = [*"ABC" * 100, *"D" * 80]
    said = {f"r{at:04d}": "yes" if (at < 150 if at < 300 else at < 304) else "no" for at in range(380)}
    write("w", 1, said, area_code=codes)
    found = estimate(read_answers(store, "trust", ["yes"]))
    assert [(one.code, one.n, one.estimate is None) for one in found.boroughs] == [
        ("A", None, True), ("B", 100, False), ("C", 100, False), ("D", None, True)
    ]  # fmt: skip
    assert round(found.overall.value * 380) - 100 == 54  # of A and D together


def test_boroughs_that_are_alike_are_no_surer_than_all_of_them_together(store: Store, write: Any) -> None:
    """Three of 100 with half of them yes: tau is 0, each is the average, whose error is sqrt(.25 / 99 / 3)."""
    boroughs(store, "ABC")
    said = {f"r{at:04d}": "yes" if at < 150 else "no" for at in range(300)}
    write("w", 1, said, area_code=[*"ABC" * 100])
    for one in estimate(read_answers(store, "trust", ["yes"])).boroughs:
        assert one.shrunk is not None and one.shrunk.se == pytest.approx((0.25 / 99 / 3) ** 0.5, rel=0.01)
        assert one.shrunk.ci_low < 0.45 < 0.55 < one.shrunk.ci_high


def test_a_mean_that_a_handful_make_is_withheld(store: Store, write: Any) -> None:
    write("w", 1, {f"r{at}": "1" if at < 3 else "0" for at in range(400)})
    with pytest.raises(Refused, match="fewer than 10 people"):
        estimate(read_answers(store, "trust"))


def test_a_wave_that_does_not_state_its_words_joins_no_two_that_differ(store: Store, write: Any) -> None:
    for quarter, words in ((1, "Do you trust them?"), (2, None), (3, "Are they good?")):
        write(f"w{quarter}", quarter, people(60, 60, 1000 * quarter), wording=words)
    given = read_answers(store, "trust", ["yes"])
    with pytest.raises(Refused, match="the wording of the question changed"):
        change(given, "w1", "w3")
    assert change(given, "w1", "w2").overall.difference is not None


def test_an_answer_coded_anew_in_one_wave_is_refused_and_a_rare_one_that_nobody_gave_is_not(
    store: Store, write: Any
) -> None:
    write("w1", 1, people(60, 60))
    write("w2", 2, {f"s{at}": "Yes" if at < 60 else "no" for at in range(120)})
    with pytest.raises(Refused, match=r"nobody gave it in wave w2, where many answered Yes.*codes.answer"):
        read_answers(store, "trust", ["yes"])
    assert read_answers(store, "trust", ["no"]).value.sum() == 120


def test_without_a_design_the_reader_is_warned_and_the_stated_effect_widens(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 40), weight=None)
    plain = estimate(read_answers(store, "trust", ["yes"]))
    stated = estimate(read_answers(store, "trust", ["yes"], design_effect=1.44))
    assert "The file has no weights: everybody who answered counts alike." in plain.warnings
    assert any("design effect of 1, since none was stated" in said for said in plain.warnings)
    assert any("design effect of 1.44, as stated" in said for said in stated.warnings)
    assert stated.overall.se == pytest.approx(1.2 * plain.overall.se)


@pytest.mark.parametrize("effect", [-1.0, 0.0, float("nan"), float("inf"), 2.0])
def test_a_design_effect_is_refused_where_the_file_has_strata_and_where_it_is_none(
    store: Store, write: Any, effect: float
) -> None:
    write("w1", 1, people(60, 40), stratum=["a", "b"] * 50)
    with pytest.raises(Refused, match=r"design effect .*(is not a number above zero|has no effect: the file says)"):
        read_answers(store, "trust", ["yes"], design_effect=effect)


def scales(write: Any, late: str = "quite") -> None:
    """Write two waves that ask one question, and two that ask another, in which 40 of 120 answer `late`."""
    for quarter, words, second in ((1, "A?", "fairly"), (2, "A?", "fairly"), (3, "B?", late), (4, "B?", late)):
        given = {f"q{quarter}-{at}": ("very", second, "no")[at % 3] for at in range(120)}
        write(f"w{quarter}", quarter, given, wording=words)


def test_a_scale_that_is_only_partly_the_same_after_a_break_is_told_everywhere(store: Store, write: Any) -> None:
    """After the break "fairly" became "quite": a third counts there, and not the two thirds that have not moved."""
    scales(write)
    answers = read_answers(store, "trust", ["very", "fairly"])
    said = (
        "In w3 to w4 the scale is only partly that of the other waves: nobody answered fairly there, and many answered "
        "quite, which nobody did before. What is counted there is very alone."
    )
    assert said in change(answers, "w3", "w4").warnings and said in estimate(answers).warnings
    assert said in trend_answer(trend(answers)).sentences
    assert said not in change(answers, "w1", "w2").warnings
    with pytest.raises(Refused, match=r"series breaks there\. In w3 to w4 the scale is only partly"):
        change(answers, "w1..w2", "w3..w4")


def test_a_scale_that_stayed_the_same_over_a_break_is_not_told_to_have_changed(store: Store, write: Any) -> None:
    scales(write, "fairly")
    answers = read_answers(store, "trust", ["very", "fairly"])
    assert not any("scale" in said for said in (*trend(answers).warnings, *change(answers, "w3", "w4").warnings))


def survey_of(store: Store, folder: Path, columns: list[str], block: dict[str, str]) -> None:
    """Import 100 answers with these columns beside the usual ones, by a mapping with this block."""
    mapped = {"wave_id": "Wave", "respondent_id": "No", "answer": "Q1"} | block
    text = "".join(f'{ours} = "{theirs}"\n' for ours, theirs in mapped.items())
    mapping = parse_mapping(
        f'[[table]]\ntable = "survey_response"\n[table.columns]\n{text}[table.constants]\nquestion = "trust"\n', "m"
    )
    lines = [",".join(["w1", str(at), "yes" if at < 60 else "no", *["1.5"] * len(columns)]) for at in range(100)]
    files = {
        "survey_wave": "wave_id,survey,from_date,to_date\nw1,Attitudes,2024-01-01,2024-03-31\n",
        "survey_response": "\n".join([",".join(["Wave", "No", "Q1", *columns]), *lines]),
    }
    store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police', 'police')")
    for table, written in files.items():
        path = folder / f"{table}.csv"
        path.write_text(written)
        read = {"mapping": mapping} if table == "survey_response" else {"table": table}
        import_file(
            store, path, organisation_id="police", source=table, as_at=date(2025, 6, 30), received_on=date(2025, 7, 1),
            **read,  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.mark.parametrize("stem", ["REPWT", "PWGTP", "BSW", "W_FSTURWT", "rakedw", "brr_", "WTHHFIN", "WRPB", "jk1_"])
def test_replicate_weights_are_refused_where_nothing_else_tells_the_design(
    store: Store, tmp_path: Path, stem: str
) -> None:
    """The columns as censuses and health, school and energy surveys name them."""
    columns = [f"{stem}{at}" for at in range(1, 81)]
    survey_of(store, tmp_path, ["FINALWT", *columns], {"weight": "FINALWT"})
    says = rf"survey_response.csv: tells how people were drawn by 80 replicate weights \({stem}1 to {stem}80\)"
    with pytest.raises(Refused, match=f"{says}, which are not read; map its strata and clusters"):
        read_answers(store, "trust", ["yes"])


@pytest.mark.parametrize("stem", ["Q", "weight_", "ward", "report", "row", "reply", "growth"])
def test_columns_that_are_no_replicate_weights_are_let_through(store: Store, tmp_path: Path, stem: str) -> None:
    numbers = range(1, 6) if stem == "weight_" else range(1, 41)
    survey_of(store, tmp_path, [f"{stem}{at}x" if at < 2 else f"{stem}{at}" for at in numbers], {})
    assert read_answers(store, "trust", ["yes"]).value.sum() == 60


def test_strata_beside_replicate_weights_are_enough_and_a_replicate_is_not_the_weight(
    store: Store, tmp_path: Path
) -> None:
    columns = [f"rep{at}" for at in range(16)]
    survey_of(store, tmp_path, ["S", *columns], {"stratum": "S"})
    assert read_answers(store, "trust", ["yes"]).designed
    with DuckDBStore(None) as other:
        survey_of(other, tmp_path, ["S", *columns], {"stratum": "S", "weight": "rep3"})
        with pytest.raises(Refused, match=r"weight: gives 16 replicate weights.*map the full-sample weight"):
            read_answers(other, "trust", ["yes"])


def test_one_sampling_unit_says_nothing_of_its_own_spread(store: Store, write: Any) -> None:
    """Linearised scores of a domain add up to zero, so that a domain within one cluster would seem perfectly sure."""
    write("w1", 1, people(60, 40), cluster="c")
    with pytest.raises(Refused, match="all who answered are of one sampling unit"):
        estimate(read_answers(store, "trust", ["yes"]))


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_weights_that_nobody_can_have_are_refused(store: Store, write: Any, weight: float) -> None:
    write("w1", 1, people(60, 40), weight=[weight, *[2.0] * 99])
    with pytest.raises(Refused, match="weight: 1 of 100 weights are not numbers above zero"):
        read_answers(store, "trust", ["yes"])


def test_numbers_that_nobody_meant_are_no_answers(store: Store, write: Any) -> None:
    write("w1", 1, {f"r{at}": "inf" if at == 0 else "1" for at in range(60)})
    with pytest.raises(Refused, match="are not numbers"):
        read_answers(store, "trust")


def test_a_wave_may_be_called_as_a_period_is(store: Store, write: Any) -> None:
    write("2024..Q1", 1, people(60, 40))
    assert estimate(read_answers(store, "trust", ["yes"]), "2024..Q1").waves == ("2024..Q1",)


def test_a_stratum_of_one_is_told(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 41), stratum=["alone", *["many"] * 100])
    found = estimate(read_answers(store, "trust", ["yes"]))
    assert any(said.startswith("1 of 2 strata have one sampling unit") for said in found.warnings)


def test_no_answer_is_outside_the_base_and_told(store: Store, write: Any) -> None:
    write("w1", 1, {**people(60, 40), "silent": None})
    write("w2", 2, {**people(60, 40, 200), **{f"silent {at}": None for at in range(12)}})
    for wave, said in (("w1", "Fewer than 10"), ("w2", "12 of 112")):
        found = estimate(read_answers(store, "trust", ["yes"]), wave)
        assert found.overall.value == pytest.approx(0.6)
        assert f"{said} people gave no answer and are outside the base." in found.warnings


def test_bad_surveys_are_refused_by_name(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 40))
    with pytest.raises(Refused, match=r"nobody was asked 'thrust'.*did you mean 'trust'"):
        read_answers(store, "thrust")
    with pytest.raises(Refused, match="are not numbers; name with --answers those whose share you ask for: no, yes"):
        read_answers(store, "trust")
    with pytest.raises(Refused, match="answer \"yse\": is an answer that nobody gave; did you mean 'yes'"):
        read_answers(store, "trust", ["yse"])
    with pytest.raises(Refused, match="'w9' is not a wave of this question; the waves are w1"):
        estimate(read_answers(store, "trust", ["yes"]), "w9")
    write("again", 1, people(60, 40))
    with pytest.raises(Refused, match="waves again and w1 have the same days; import the wave once"):
        read_answers(store, "trust", ["yes"])


def test_a_question_with_two_wordings_or_half_a_design_is_refused(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 40), stratum=["a", *[None] * 99])
    with pytest.raises(Refused, match="stratum: is missing for some of wave w1"):
        read_answers(store, "trust", ["yes"])
    write("w2", 2, people(60, 40), survey="other", wording=["Do you?", *["Don't you?"] * 99])
    with pytest.raises(Refused, match="2 surveys asked this; name one with --survey: attitudes; other"):
        read_answers(store, "trust", ["yes"])
    with pytest.raises(Refused, match="stands in 2 wordings in wave w2"):
        read_answers(store, "trust", ["yes"], "other")


def test_weights_that_gross_up_to_nobody_give_no_number_of_crimes(store: Store, write: Any) -> None:
    write("w1", 1, {f"r{at}": "1" for at in range(60)}, question="incidents", weight=1.0)
    answers = read_answers(store, "incidents")
    with pytest.raises(Refused, match="gross up to no population; import the grossing weights"):
        unreported(answers, answers)


def test_rows_that_were_set_aside_are_told(store: Store, write: Any) -> None:
    write("w1", 1, people(60, 40))
    columns = 'source_id, organisation_id, "table", name, sha256, as_at, received_on, rows_in, rows_kept, '
    columns += "rows_quarantined, rows_excluded"
    day = "DATE '2024-07-01'"
    values = f"'s', 'police', 'survey_response', 's', '', {day}, {day}, 102, 100, 2, 0"
    store.change(f"INSERT INTO source ({columns}) VALUES ({values})")
    found = estimate(read_answers(store, "trust", ["yes"]))
    assert any(said.startswith("2 rows of answers were set aside at import") for said in found.warnings)


def test_words_that_few_wrote_are_not_shown(store: Store, write: Any) -> None:
    write("w1", 1, {**people(60, 40), "r999": "My name is Ann Example"})
    with pytest.raises(Refused) as refused:
        read_answers(store, "trust")
    assert "Ann" not in str(refused.value)


def test_the_product_and_its_error_by_hand(store: Store, write: Any) -> None:
    """200 people, weight 10: 80 suffered one crime each and police know 20: 2,000 x .4 x .75 = 600 not known.

    The product is the sum of what is not known, person by person: 60 people of 200, so its variance is that of a total.
    """
    people_asked = {f"r{at}": "1" if at < 80 else "0" for at in range(200)}
    write("w1", 1, people_asked, question="incidents", weight=10.0)
    rows = {f"r{at}": "1" if at < 20 else "0" for at in range(80)}
    store.change("DELETE FROM survey_wave")
    write("w1", 1, rows, question="known", weight=10.0)
    found = unreported(read_answers(store, "incidents"), read_answers(store, "known"))
    kept = np.array([10.0] * 60 + [0.0] * 140)
    assert found.not_known.value == pytest.approx(600)
    assert found.not_known.se == pytest.approx((200 * kept.var(ddof=1)) ** 0.5)
    assert found.incidents.value == pytest.approx(800) and found.known.value == pytest.approx(0.25)
    assert found.not_known.ci_low > 0


def test_more_known_than_happened_and_nobody_asked_are_refused(store: Store, write: Any) -> None:
    write("w1", 1, {f"r{at}": "1" for at in range(60)}, question="incidents", weight=10.0)
    store.change("DELETE FROM survey_wave")
    write("w1", 1, {f"r{at}": "2" for at in range(3)}, question="known")
    with pytest.raises(Refused, match="3 respondents say that police came to know of more crimes than happened"):
        unreported(read_answers(store, "incidents"), read_answers(store, "known"))
    store.change("UPDATE survey_response SET answer = '1' WHERE question = 'known'")
    with pytest.raises(Refused, match="rests on 3 victims of equal weight, fewer than 50"):
        unreported(read_answers(store, "incidents"), read_answers(store, "known"))
    store.change("UPDATE survey_response SET answer = NULL WHERE question = 'known'")
    with pytest.raises(Refused, match="how many did not report is not known"):
        unreported(read_answers(store, "incidents"), read_answers(store, "known"))


def test_a_file_with_a_column_a_question_is_read_by_the_mapping_of_the_page(store: Store, tmp_path: Path) -> None:
    """40 of 100 answered high; 60 of the same people, the others silent, 30 of them safe. One weight is zero."""
    page = (Path(__file__).resolve().parents[2] / "docs/surveys.md").read_text("utf-8")
    mapping = parse_mapping(page.split("```toml\n")[1].split("```")[0], "page")
    lines = [
        f"w1,s{at},{'high' if at < 40 else 'low'},{['safe', 'not'][at % 2] if at < 60 else ''},2,B" for at in range(100)
    ]
    files = {
        "survey_wave": "wave_id,survey,from_date,to_date\nw1,Attitudes,2024-01-01,2024-03-31\n",
        "survey_response": "\n".join(["Wave,Serial,Q1,Q2,Weight,Borough", *lines, "w1,s100,high,safe,0,B"]),
    }
    store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police', 'police')")
    day = {"as_at": date(2025, 6, 30), "received_on": date(2025, 7, 1)}
    for table, text in files.items():
        path = tmp_path / f"{table}.csv"
        path.write_text(text)
        read = {"mapping": mapping} if table == "survey_response" else {"table": table}
        import_file(store, path, organisation_id="police", source=table, **day, **read)  # type: ignore[arg-type]
    confident = estimate(read_answers(store, "confidence", ["high"]))
    safe = estimate(read_answers(store, "safety", ["safe"]))
    assert (confident.overall.value, confident.overall.n) == (pytest.approx(0.4), 100)
    assert (safe.overall.value, safe.overall.n) == (pytest.approx(0.5), 60)
    assert "40 of 100 people gave no answer and are outside the base." in safe.warnings
    assert any("rows of answers were set aside at import" in said for said in safe.warnings)
