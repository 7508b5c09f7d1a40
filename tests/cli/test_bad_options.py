"""An option of `power` or `verdict` that nobody can have meant is refused by its name, and never computed with."""

from typing import Any

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.refusal import Refused

APP = build()
SHARES = {"comparison": "45%", "difference": "-5pp", "treated": "300", "ratio": "2", "matched": "90%", "linked": "95%",
          "design-effect": "1.5", "chance": "80%"}  # fmt: skip
MEANS = SHARES | {"comparison": "10", "sd": "3", "difference": "-1"}
NEVER = ("nan", "inf", "-inf", "1e300", "9" * 40, "many", "", " ", "31/02/2012", "true", "45%%", "1,5")
WRONG = {
    "comparison": ("-1", "0", "1", "45", "101%"),
    "difference": ("0", "45", "1e-300", "-46%", "60pp"),
    "treated": ("-1", "0", "1e-300", "1.5"),
    "ratio": ("-1", "0", "1e-300"),
    "matched": ("-1", "0", "45", "101%", "1e-300"),
    "linked": ("-1", "0", "45", "101%", "1e-300"),
    "design-effect": ("-1", "0", "0.5"),
    "chance": ("-1", "0", "45", "100%", "1e-300", "0.5pp", "5%"),
    "sd": ("-1", "0", "1e-300", "3%"),
}
WRONG_OF_MEANS = {"comparison": ("45%",), "difference": ("0", "-5%", "5pp", "1e-300")}
RATES = ("-1/5", "0/0", "5/0", "6/5", "1.5/5", "1e3/1e4", "nan/5", "9" * 400 + "/" + "9" * 400, "1/" + "9" * 30, "many",
         "9" * 5000 + "/1", "", " ", "101%", "-1%", "46.3%", "1/2/3", "156/368 people", "1/10000001")  # fmt: skip


def refused(command: str, options: dict[str, str], field: str) -> None:
    """Run a command, which must refuse its option."""
    answer: Any = CliRunner().invoke(APP, [command, *(f"--{key}={value}" for key, value in options.items())])
    assert answer.exit_code != 0, (options[field], answer.stdout)
    assert answer.stdout == ""
    if isinstance(answer.exception, Refused):
        fields = {str(fault.field).replace("_", "-") for fault in answer.exception.faults}
        assert {field, f"share-{field}", {"chance": "power"}.get(field)} & fields, str(answer.exception)
        assert all(fault.remedy for fault in answer.exception.faults)
    else:
        assert answer.exit_code == 2, (options[field], answer.exception)
        assert f"--{field}" in answer.stderr


@pytest.mark.parametrize("field", SHARES)
def test_a_bad_option_of_power_is_refused(field: str) -> None:
    for value in (*NEVER, *WRONG[field]):
        refused("power", SHARES | {field: value}, field)


@pytest.mark.parametrize("field", ["comparison", "difference", "sd"])
def test_so_it_is_where_means_are_compared(field: str) -> None:
    for value in (*NEVER, *WRONG_OF_MEANS.get(field, WRONG[field])):
        refused("power", MEANS | {field: value}, field)


@pytest.mark.parametrize("field", ["treated", "comparison"])
def test_a_bad_rate_is_refused(field: str) -> None:
    for value in RATES:
        refused("verdict", {"treated": "156/368", "comparison": "136/327", field: value}, field)


@pytest.mark.parametrize("what", ["", " ", "\n", "x" * 201])
def test_a_verdict_says_of_what(what: str) -> None:
    refused("verdict", {"treated": "156/368", "comparison": "136/327", "what": what}, "what")
