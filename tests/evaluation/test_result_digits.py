"""`result.json` holds 8 significant digits and no noise; in memory nothing is rounded."""

import json
from pathlib import Path

from evaluation.flat_people import evaluated, people
from papers.matched_result import matched
from whatworks.evaluation.result.digits import as_written
from whatworks.evaluation.whole import read_result, write_result
from whatworks.papers import publish


def numbers(part: object) -> list[float]:
    if isinstance(part, float):
        return [part]
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [number for item in inside for number in numbers(item)]


def test_eight_digits_are_written_and_memory_keeps_all(tmp_path: Path) -> None:
    result = evaluated(tmp_path, people())
    write_result(result, tmp_path / "result.json")
    written = numbers(json.loads((tmp_path / "result.json").read_text(encoding="utf-8")))
    kept = numbers(json.loads(result.model_dump_json()))
    assert len(written) == len(kept) > 100
    for before, after in zip(kept, written, strict=True):
        digits = f"{after:.16e}".split("e")[0].replace(".", "").lstrip("-")
        assert float(f"{after:.7e}") == after, digits
        assert abs(before - after) <= 0.5e-7 * abs(before) + 1e-12
    assert any(float(f"{number:.7e}") != number for number in kept)


def test_rounding_of_sums_is_written_as_zero_by_the_scale_of_its_field() -> None:
    """A fall of 2e-10 days in 300 is the rounding of sums, and one of 2e-10 in a share of 0.4 is told; so is a p."""
    outcome = matched().outcomes[0]
    noise = {"difference": 2e-10, "ci_low": -3e-17, "p": 4e-11}
    assert outcome.treated is not None
    in_days = outcome.model_copy(update=noise | {"treated": outcome.treated.model_copy(update={"value": 300.5})})
    result = matched().model_copy(update={"outcomes": (outcome.model_copy(update=noise), in_days)})
    share, days = as_written(result).outcomes
    assert (share.difference, share.ci_low, share.p) == (2e-10, 0.0, 4e-11)
    assert (days.difference, days.ci_low, days.p) == (0.0, 0.0, 4e-11)


def test_a_paper_is_the_same_from_memory_and_from_the_file(tmp_path: Path) -> None:
    result = evaluated(tmp_path, people(seed=4))
    write_result(result, tmp_path / "result.json")
    assert publish(read_result(tmp_path / "result.json")) == publish(result)


def test_a_half_is_rounded_as_a_half_whatever_the_last_bit(tmp_path: Path) -> None:
    """42.5 per cent prints as 43, also where a sum of weights came out as 0.42499999999999993."""
    shares = []
    for value in (0.425, 0.42499999999999993):
        outcome = matched().outcomes[0]
        assert outcome.treated is not None
        changed = outcome.model_copy(update={"treated": outcome.treated.model_copy(update={"value": value})})
        shares.append(publish(matched().model_copy(update={"outcomes": (changed,)})).outcomes[0].treated.value)
    assert shares[0] == shares[1] == 43
