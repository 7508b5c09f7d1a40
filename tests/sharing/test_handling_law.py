"""The law of handling, over all declared columns: nothing reaches a reader of a lower tier."""

import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import dataframely as dy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_sharing import PEOPLE
from test_agreements import KINDS
from test_releases import run
from typer.main import get_command
from typer.testing import CliRunner

import whatworks
from whatworks.cli.answering import shown_to
from whatworks.cli.app import build
from whatworks.papers.answer import Answer
from whatworks.records.audit.reader import READERS, Reader, system_user
from whatworks.records.audit.telling import Telling
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.store import DuckDBStore
from whatworks.records.tables.codes import TIERS
from whatworks.records.tables.declaration import handling_of
from whatworks.sharing.agreement import EXAMPLES, Agreement, load_agreement
from whatworks.sharing.briefing import Briefing, copies, text_of
from whatworks.sharing.declared import fields_of, highest, lowered, table_names
from whatworks.sharing.may import Request, may
from whatworks.sharing.selection import People

DAY = date(2025, 6, 30)
HOUSE = Path(whatworks.__file__).parent


def kinds_of_tables() -> set[type[dy.Schema]]:
    """Return every table that any module of the house declares."""
    for module in pkgutil.walk_packages([str(HOUSE)], "whatworks."):
        if not module.name.endswith("__main__") and ".web" not in module.name:
            import_module(module.name)
    found, open_ = set[type[dy.Schema]](), [dy.Schema]
    while open_:
        below = open_.pop().__subclasses__()
        found |= {each for each in below if each.__module__.startswith("whatworks.")}
        open_ += below
    return found


def test_every_column_of_every_table_has_a_handling_and_agreements_know_every_table_of_people() -> None:
    declared = kinds_of_tables()
    assert len(declared) > 90
    for kind in declared:
        for name, column in kind.columns().items():
            assert handling_of(column) in TIERS, (kind, name)
    known = {frozenset(fields_of(name) or ()) for name in table_names()}
    for kind in declared:
        identifying = any((column.metadata or {}).get("identifying") for column in kind.columns().values())
        assert not identifying or kind.__subclasses__() or frozenset(kind.columns()) in known, kind


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("organisation", [None, "police", "council"])
def test_no_column_of_any_table_is_ruled_to_a_lower_tier_whatever_is_agreed(
    organisation: str | None, tier: str
) -> None:
    for table in table_names():
        for field, column in (fields_of(table) or {}).items():
            allowing = Agreement.model_validate({
                "reference": "ALL", "title": "All", "parties": ["police", "council"], "basis": [],
                "starts_on": DAY, "review_on": DAY, "ends_on": DAY,
                "clause": [{"number": "1", "gives": ["police"], "receives": ["council"], "purpose": "research",
                            "table": table, "fields": [field], "whose": ["everybody"], "retain_days": 1}],
            })  # fmt: skip
            request = Request(organisation, table, (field,), People.named("police", "everybody"), "research", DAY, tier)  # type: ignore[arg-type]
            handling = handling_of(column)
            within = TIERS.index(handling) <= TIERS.index(tier)  # type: ignore[arg-type]
            secret_to_staff = organisation is None and handling == "secret"
            assert may([allowing], request).allowed == (within and not secret_to_staff), (table, field)


@given(st.lists(st.sampled_from(["scheme.name", "person.surname", "briefing.secret", "scheme.from_date"]), min_size=1))
def test_a_table_is_handled_as_its_highest_field_and_suppression_lowers_no_secret(fields: list[str]) -> None:
    tiers = [highest(*(part.split(".")[0], [part.split(".")[1]])) for part in fields]
    top = max(tiers, key=TIERS.index)
    assert lowered(top, None) == top
    assert lowered(top, "suppression") == ("secret" if top == "secret" else "official")


@given(
    st.lists(st.sampled_from(TIERS), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(["police", "probation", "council", "health", "court"]), st.sampled_from(TIERS)),
             min_size=1, max_size=4),
)  # fmt: skip
def test_no_copy_of_a_briefing_holds_a_passage_above_its_readers_tier(
    passages: list[str], readers: list[tuple[str, str]]
) -> None:
    agreements = [load_agreement(EXAMPLES / "tiered_briefing.toml", KINDS)]
    briefing = Briefing.model_validate({
        "reference": "B", "title": "T", "giver": "police", "purpose": "counter_terrorism_oversight",
        "reader": [{"post": f"Post {at}", "organisation": name, "tier": tier}
                   for at, (name, tier) in enumerate(readers)],
        "passage": [{"tier": tier, "text": f"Words of {tier}, {at}."} for at, tier in enumerate(passages)],
    })  # fmt: skip
    made = list(copies(briefing, agreements, DAY))
    assert len(made) == len(readers)
    for copy in made:
        assert all(TIERS.index(each.tier) <= TIERS.index(copy.reader.tier) for each in copy.passages)
        if copy.passages:
            text = text_of(briefing, copy, 1)
            assert text.startswith(max((each.tier for each in copy.passages), key=TIERS.index).upper())
            for tier in TIERS:
                seen = any(each.tier == tier for each in copy.passages)
                assert (f"Words of {tier}," in text) == seen


def declare(here: Partnership, tier: str) -> None:
    """Declare whoever runs the tests as a reader of a tier."""
    with DuckDBStore(here.store_path, suppressed=True) as store:
        READERS.make_ready(store)
        row = {"sign_in": system_user(), "name": "T. Reader", "tier": tier}
        READERS.add(store, "reader", row, author=Author("T. Reader", DAY))


def leaves(command: object, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    below = getattr(command, "commands", None)
    for name, each in (below or {}).items():
        yield from leaves(each, (*words, name))
    if not below:
        yield words, command


APP = build()
COMMANDS = dict(leaves(get_command(APP)))


def test_no_command_shows_a_record_to_a_reader_who_is_cleared_to_official(
    agreed: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever each command of a partnership is given: no name of anybody is in its words or its JSON."""
    declare(agreed, "official")
    monkeypatch.chdir(agreed.root)
    for words, command in sorted(COMMANDS.items()):
        parameters = command.params  # type: ignore[attr-defined]
        names = {option for parameter in parameters for option in parameter.opts}
        required = [parameter for parameter in parameters if parameter.required]
        given = [word for parameter in required if parameter.param_type_name == "option"
                 for word in (parameter.opts[0], "1")]  # fmt: skip
        given += ["1" for parameter in required if parameter.param_type_name == "argument"]
        if (
            "--partnership" in names and "--by" not in names and words[0] not in ("board", "web")
        ):  # signed verbs have one door, below
            done = CliRunner().invoke(APP, [*words, *given, *(["--json"] if "--json" in names else [])])
            assert not any(surname in done.output for _, surname, *_ in PEOPLE), words


@pytest.mark.parametrize("words", ["quarantine list", "places group list --by B",
                                   "casework due --by B --why W --purpose resettlement",
                                   "people list --by B", "link", "sharing releases", "board action list"])  # fmt: skip
def test_a_command_that_opens_the_records_is_refused_at_official(
    agreed: Partnership, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(agreed.root)
    declare(agreed, "official")
    done = CliRunner().invoke(APP, words.split())
    assert done.exit_code == 1 and "you are cleared to official" in str(done.exception)


def test_records_are_opened_for_suppressed_papers_alone_where_a_reader_is_not_cleared() -> None:
    """`suppressed=True` is said where answers are cleared beside earlier papers, and nowhere else."""
    saying = {
        path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if "suppressed=True" in path.read_text()
    }
    assert saying == {"cli/answering.py", "cli/told.py"}


def test_a_paper_at_official_is_a_suppressed_one_and_its_json_is_the_papers() -> None:
    official, cleared = Reader("o", "O", None, (), "official"), Reader("s", "S")
    answer = Answer("A", ("Counts.",), figures={"count": "c"}, restricted={"count": 3})
    with pytest.raises(Refused, match="cleared to official"):
        shown_to(official, answer)
    assert shown_to(cleared, answer) is answer
    make = shown_to(official, lambda told: answer)
    assert callable(make) and make(Telling()).document() == {"count": "c"}


def test_a_release_needs_a_reader_who_is_cleared_to_its_fields(agreed: Partnership) -> None:
    declare(agreed, "official")
    assert "cleared to official" in run(
        agreed, "release", "--to", "probation", "--of", "police", "--see", "person.surname", "--whose", "everybody",
        "--for", "offender_management", "--by", "B", "--why", "W", status=2,
    )  # fmt: skip
