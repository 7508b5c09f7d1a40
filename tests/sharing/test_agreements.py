"""What a file of agreements may not say: each fault is named with its place and a remedy, all of them at once."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.sharing.agreement import EXAMPLES, agreement_schema, load_agreement, read_agreements

KINDS = {name: name for name in ("police", "probation", "prison", "court", "council", "health", "voluntary")}
AGREEMENT = """reference = "MAOM-1"
title = "Offender management"
owner = "Head of offender management"
starts_on = 2025-01-01
review_on = 2025-12-31
ends_on = 2026-12-31
dpia = "DPIA-1"
parties = ["police", "probation", "council", "health"]

[[basis]]
parties = ["police", "probation"]
purpose = "offender_management"
regime = "part_3"
section_35 = "task"
law = "Offender Management Act 2007 s.14"
schedule_8 = "statutory_purposes"
policy_document = "APD-1"

[[basis]]
parties = ["council", "health"]
purpose = "offender_management"
regime = "uk_gdpr"
article_6 = "6(1)(e)"
law = "Crime and Disorder Act 1998 s.115"
article_9 = "9(2)(g)"
article_10 = "schedule_1"
schedule_1 = ["preventing_unlawful_acts"]
policy_document = "APD-2"

[[clause]]
number = "4.1"
gives = ["police"]
receives = ["probation", "council"]
purpose = "offender_management"
table = "person"
fields = ["forename", "surname"]
whose = ["list:prolific", "scheme:mentors + area:E09000007 + adult"]
retain_days = 90

[[clause]]
number = "4.2"
gives = ["police"]
receives = ["probation"]
purpose = "offender_management"
table = "offence"
fields = ["offence_group", "committed_from"]
whose = ["everybody"]
retain_days = 90
"""
FAULTS = [
    (
        "purpose misspelt",
        [('purpose = "offender_management"\ntable = "person"', 'purpose = "ofender_management"\ntable = "person"')],
        "did you mean 'offender_management'",
    ),
    (
        "unknown party",
        [
            (
                'parties = ["police", "probation", "council", "health"]',
                'parties = ["police", "probation", "counsil", "council", "health"]',
            )
        ],
        "did you mean 'council'",
    ),
    ("field no table has", [('"forename", "surname"', '"forename", "surnam"')], "did you mean 'surname'"),
    (
        "criminal data without article 10",
        [
            ('article_10 = "schedule_1"\n', ""),
            ('table = "person"\nfields = ["forename", "surname"]', 'table = "offence"\nfields = ["sanction"]'),
        ],
        "10",
    ),
    ("9(2)(g) without condition of part 2", [('schedule_1 = ["preventing_unlawful_acts"]\n', "")], "Schedule 1"),
    ("part 2 without policy document", [('policy_document = "APD-2"\n', "")], "policy document"),
    (
        "part 3 for a purpose outside section 31",
        [('purpose = "offender_management"', 'purpose = "victim_support"')],
        "31",
    ),
    (
        "sensitive part 3 without s.42 document",
        [('policy_document = "APD-1"\n', ""), ('"forename", "surname"', '"forename", "ethnicity"')],
        "42",
    ),
    (
        "a clause whose receiver has no basis",
        [('parties = ["council", "health"]\n', 'parties = ["health"]\n')],
        "council",
    ),
    ("review after the end", [("review_on = 2025-12-31", "review_on = 2027-06-30")], "review"),
    ("whose misspelt", [('"everybody"', '"everyone"')], "did you mean"),
    ("unknown key", [("retain_days = 90", "retention_days = 90")], "is not a key"),
    ("gives to itself only", [('receives = ["probation"]', 'receives = ["police"]')], "police"),
    ("a child and an adult at once", [('+ adult"', '+ adult + under_18"')], "nobody"),
]


def faults_of(text: str, folder: Path) -> list[str]:
    (folder / "a.toml").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        load_agreement(folder / "a.toml", KINDS)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(("name", "edits", "words"), FAULTS, ids=[name for name, _, _ in FAULTS])
def test_a_fault_is_named_with_its_remedy(name: str, edits: list[tuple[str, str]], words: str, tmp_path: Path) -> None:
    text = AGREEMENT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    found = faults_of(text, tmp_path)
    assert any(words in fault for fault in found), found
    assert all(fault.startswith("a.toml, ") for fault in found)


def test_all_faults_are_told_at_once_those_beside_an_unreadable_clause_too(tmp_path: Path) -> None:
    text = AGREEMENT.replace("retain_days = 90", "retain_days = 0", 1).replace("ends_on = 2026-12-31", "ends_on = 1")
    text = text.replace('"offence_group"', '"ofence_group"').replace("6(1)(e)", "6(1)(f)").replace("list:", "lists:")
    found = "\n".join(faults_of(text, tmp_path))
    for words in ("retain_days", "ends_on", "did you mean 'offence_group'", "use 6(1)(e)"):
        assert words in found
    assert "lists:prolific" not in found, "what cannot be read is not judged"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_allowed(path: Path) -> None:
    agreement = load_agreement(path, KINDS)
    assert agreement.owner and agreement.dpia


def test_the_three_examples_of_the_methods_are_there() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.toml")} == {
        "offender_management", "tiered_briefing", "victim_services",
    }  # fmt: skip


def test_a_folder_gives_the_faults_of_all_its_files(partnership: Partnership) -> None:
    folder = partnership.root / "sharing"
    (folder / "one.toml").write_text(AGREEMENT.replace("forename", "forname"), "utf-8")
    (folder / "two.toml").write_text(AGREEMENT.replace('"everybody"', '"evrybody"'), "utf-8")
    with pytest.raises(Refused) as refused:
        read_agreements(partnership)
    assert {fault.file for fault in refused.value.faults} == {"one.toml", "two.toml"}


def test_two_agreements_of_one_reference_and_beside_an_unknown_one(partnership: Partnership) -> None:
    folder = partnership.root / "sharing"
    (folder / "one.toml").write_text(AGREEMENT, "utf-8")
    (folder / "two.toml").write_text(AGREEMENT, "utf-8")
    with pytest.raises(Refused, match="names two agreements"):
        read_agreements(partnership)
    (folder / "two.toml").write_text(AGREEMENT.replace('"MAOM-1"\n', '"MAOM-2"\nbeside = ["MAOM1"]\n'), "utf-8")
    with pytest.raises(Refused, match="did you mean 'MAOM-1'"):
        read_agreements(partnership)


def test_a_partnership_without_agreements_has_none(partnership: Partnership) -> None:
    assert read_agreements(partnership) == ()


@pytest.mark.parametrize(
    ("article", "condition", "allowed"),
    [
        ("9(2)(a)", "preventing_unlawful_acts", True),
        ("9(2)(b)", "preventing_unlawful_acts", False),
        ("9(2)(b)", "employment_social_security", True),
        ("9(2)(g)", "employment_social_security", False),
        ("9(2)(g)", "safeguarding", True),
        ("9(2)(g)", "judicial_acts", False),
        ("9(2)(h)", "health_or_social_care", True),
        ("9(2)(h)", "safeguarding", False),
        ("9(2)(i)", "public_health", True),
        ("9(2)(j)", "research", True),
        ("9(2)(j)", "public_health", False),
    ],
)
def test_section_10_says_which_condition_of_schedule_1_a_ground_of_article_9_needs(
    article: str, condition: str, allowed: bool, tmp_path: Path
) -> None:
    text = AGREEMENT.replace("9(2)(g)", article).replace("preventing_unlawful_acts", condition)
    (tmp_path / "a.toml").write_text(text, "utf-8")
    if allowed:
        assert load_agreement(tmp_path / "a.toml", KINDS).reference == "MAOM-1"
    else:
        assert any(article in fault for fault in faults_of(text, tmp_path))


def test_what_is_held_for_law_enforcement_needs_a_law_to_be_used_for_another_purpose(tmp_path: Path) -> None:
    text = AGREEMENT.replace("offender_management", "victim_support")
    part_3 = text.index("[[basis]]")
    text = text[:part_3] + text[text.index("[[basis]]", part_3 + 1) :].replace(
        'parties = ["council", "health"]', 'parties = ["police", "probation", "council"]'
    ).replace('article_6 = "6(1)(e)"\nlaw = "Crime and Disorder Act 1998 s.115"', 'article_6 = "6(1)(a)"')
    assert any("section 36(4)" in fault for fault in faults_of(text, tmp_path))


def test_research_takes_no_field_that_says_who_people_are(tmp_path: Path) -> None:
    text = AGREEMENT.replace("offender_management", "research").replace('"part_3"', '"uk_gdpr"')
    text = text.replace('section_35 = "task"\n', 'article_6 = "6(1)(e)"\narticle_10 = "official_authority"\n')
    text = text.replace('schedule_8 = "statutory_purposes"\n', "").replace("preventing_unlawful_acts", "research")
    text = text.replace("9(2)(g)", "9(2)(j)")
    assert [fault.count("what identifies nobody is enough") for fault in faults_of(text, tmp_path)] == [1, 1]
    (tmp_path / "a.toml").write_text(text.replace('"forename", "surname"', '"sex"'), "utf-8")
    assert load_agreement(tmp_path / "a.toml", KINDS).clause[0].fields == ("sex",)


def test_disclosure_to_a_competent_authority_needs_no_policy_document(tmp_path: Path) -> None:
    """Schedule 1, paragraph 10(2)."""
    clauses = AGREEMENT.index("[[clause]]")
    text = AGREEMENT[:clauses].replace('policy_document = "APD-2"\n', "") + AGREEMENT[clauses:].replace(
        'gives = ["police"]\nreceives = ["probation", "council"]', 'gives = ["council"]\nreceives = ["police"]'
    )
    (tmp_path / "a.toml").write_text(text, "utf-8")
    assert load_agreement(tmp_path / "a.toml", KINDS).clause[0].gives == ("council",)
    assert any(
        "policy document" in each for each in faults_of(text.replace('["police"]\np', '["health"]\np'), tmp_path)
    )


def test_the_published_schema_is_that_of_the_code_and_every_example_keeps_to_it() -> None:
    published = json.loads((EXAMPLES.parents[1] / "sharing" / "agreement.schema.json").read_text("utf-8"))
    assert published == agreement_schema()
    for path in EXAMPLES.glob("*.toml"):
        content = json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str))
        jsonschema.validate(content, published)


def test_parties_that_are_no_list_are_told_once(tmp_path: Path) -> None:
    text = (EXAMPLES / "victim_services.toml").read_text("utf-8")
    path = tmp_path / "vs.toml"
    path.write_text(text.replace('parties = ["police", "council", "health"]', 'parties = "police"'), "utf-8")
    with pytest.raises(Refused) as refused:
        load_agreement(path, {each: each for each in ("police", "council", "health")})
    assert [fault.field for fault in refused.value.faults] == ["parties"]
