"""A decimal comma is never read as another number, through whichever door it comes."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from whatworks.cli.evaluation.power import share_of
from whatworks.cli.options import read_amount
from whatworks.evaluation.question.compare_rates import parse_rate
from whatworks.money.contracts.numbers import exact
from whatworks.money.streams.reading import _flow
from whatworks.money.unit_costs.edition import load_unit_costs
from whatworks.records.plain_number import plain_number
from whatworks.records.refusal import Refused

WRONG = ["1,5", "12,50", "1,5000", "1,25,000", "1.250,5", "1,,000", ",5", "1,000,5"]
RIGHT = {"1,250": 1250, "1,250.5": 1250.5, "12,000,000": 12_000_000, "0.5": 0.5, "1250": 1250}


@pytest.mark.parametrize("text", WRONG)
def test_a_comma_that_parts_no_thousands_is_refused_everywhere(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="comma"):
        plain_number(text)
    for read in (exact, lambda text: read_amount(text, "cost"), lambda text: share_of(text, "sd")):
        with pytest.raises((Refused, PydanticCustomError), match="is not a number"):
            read(text)
    with pytest.raises(Refused, match="is not a number"):
        share_of(f"{text}%", "comparison")
    with pytest.raises(Refused, match="is not a rate"):
        parse_rate(f"{text}%", "treated")
    assert _flow({"pounds": text, "stream": "s"})["pounds"] == text
    path = tmp_path / "costs.csv"
    path.write_text(f'item,pounds,kind,price_year,edition,source\nTheft,"{text}",economic,2015/16,A,s\n')
    with pytest.raises(Refused, match="is not pounds"):
        load_unit_costs(path)


@pytest.mark.parametrize("text", RIGHT)
def test_thousands_commas_are_read(text: str) -> None:
    assert plain_number(text) == RIGHT[text]
    assert exact(text) == read_amount(f"£{text}", "cost") == Decimal(str(RIGHT[text]))
    assert _flow({"pounds": f"£{text}", "stream": "s"})["pounds"] == text.replace(",", "")
