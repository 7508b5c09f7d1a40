"""The published schemas and docs/protocol.md say what the code does."""

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from flat_people import evaluated, people

from whatworks.evaluation.question.protocol import check_protocol, load_protocol
from whatworks.evaluation.question.published import PUBLISHED, documented, keys_of, schema_text, sections
from whatworks.evaluation.studied.partnership_sample import check_names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "protocol.md"


def shipped(name: str) -> str:
    return files("whatworks.evaluation").joinpath(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_schemas_that_ship_are_those_of_the_code(name: str) -> None:
    assert shipped(name) == schema_text(PUBLISHED[name]()), "run python -m whatworks.evaluation.question.published"


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped(name)))


def test_every_key_is_documented_under_its_section() -> None:
    text = PAGE.read_text("utf-8")
    assert documented(text) == text, "run python -m whatworks.evaluation.question.published docs/protocol.md"
    missing = []
    for heading, model in sections().items():
        table = re.search(rf"<!-- table: {re.escape(heading)} -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
        written = re.findall(r"^\| `(\w+)` \|", table[1], re.MULTILINE) if table else []
        missing += [f"{heading} {name}" for name in keys_of(model) if name not in written]
        assert "None |" not in (table[1] if table else ""), f"{heading}: a key has no description"
    assert not missing


def example() -> dict[str, object]:
    found = re.search(r"<!-- example -->\n```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    return tomllib.loads(found[1])


def test_the_full_example_loads_and_names_only_what_is_registered() -> None:
    check_names(check_protocol(example(), "docs/protocol.md"))


def test_the_full_example_is_full() -> None:
    content = example()
    for heading, model in sections().items():
        name = heading.strip("[]")
        if name.startswith("data"):
            continue
        given = content if name == "top" else content[name]
        assert isinstance(given, dict)
        assert set(model.model_fields) - {"data"} <= set(given), f"{heading} lacks keys in the example"


@pytest.mark.parametrize("name", ["rossi.toml", "iowa.toml"])
def test_examples_that_ship_load_and_keep_to_the_schema(name: str) -> None:
    path = Path(str(files("whatworks.examples").joinpath(name)))
    protocol = load_protocol(path)
    jsonschema.validate(json.loads(protocol.model_dump_json()), json.loads(shipped("protocol.schema.json")))


def test_a_result_keeps_to_its_schema(tmp_path: Path) -> None:
    result = evaluated(tmp_path, people(400), subgroups={"planned": ["sex"]})
    content = json.loads(result.model_dump_json())
    jsonschema.validate(content, json.loads(shipped("result.schema.json")))
    content["outcomes"][0]["p"] = "small"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(shipped("result.schema.json")))
