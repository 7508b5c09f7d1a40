"""Names are compared in one form, however they are written."""

import pytest

from whatworks.linkage.model.names import standard_name


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("JOHN", ("john",)),
        ("  Mr. John  ", ("john",)),
        ("Dr John OBE", ("john",)),
        ("Zoë", ("zoe",)),
        ("O’Brien", ("obrien",)),
        ("O'Brien", ("obrien",)),
        ("Smith-Jones", ("smith", "jones")),
        ("Łukasz", ("lukasz",)),
        ("Иван", ("иван",)),
        ("李", ("李",)),
        ("Na", ("na",)),
        ("UNKNOWN", ()),
        ("UNKNOWN UNKNOWN", ()),
        ("n/k", ()),
        ("(Not known)", ()),
        ("Miss", ()),
        ("?", ()),
        ("12345", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_a_name_has_these_parts(written: str | None, parts: tuple[str, ...]) -> None:
    assert standard_name(written).parts == parts


@pytest.mark.parametrize(
    ("one", "other"), [("Bill", "William"), ("Katie", "Catherine"), ("Mohd", "Muhammad"), ("Steven", "Steve")]
)
def test_forms_of_one_forename_have_one_root(one: str, other: str) -> None:
    assert standard_name(one).root == standard_name(other).root


@pytest.mark.parametrize(
    ("one", "other"), [("Hussain", "Hussein"), ("Yusuf", "Youssef"), ("Khalid", "Khaled"), ("Szymanski", "Shymanski")]
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert standard_name(one).sound == standard_name(other).sound


def test_names_that_differ_do_not_sound_alike() -> None:
    names = ("Smith", "Jones", "Khan", "Nowak", "Okafor", "Nguyen")
    assert len({standard_name(name).sound for name in names}) == len(names)
