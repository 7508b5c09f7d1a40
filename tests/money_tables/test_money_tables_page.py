"""The page on tables, costs, streams and cuts shows what its commands print, and every key of their files."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.evaluation import write_result
from whatworks.money.streams.terms import StreamTerms
from whatworks.money.tables.commitment import ExposureTerms
from whatworks.papers.evaluation.sample import sample_result

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/money.md").read_text("utf-8")
OURS = PAGE[PAGE.index("## Tables that check themselves") : PAGE.index("## Recharging a shared service")]
SHOWN = re.findall(r"```console\n\$ whatworks (.*?)\n(.*?)\n```", OURS, re.DOTALL)


@pytest.mark.parametrize(("command", "printed"), SHOWN, ids=lambda text: text[:40])
def test_a_command_prints_what_the_page_shows(tmp_path, monkeypatch, command, printed):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").symlink_to(ROOT / "src", target_is_directory=True)
    write_result(sample_result(), tmp_path / "results/rossi/result.json")
    found = CliRunner().invoke(build(), shlex.split(command))
    assert found.exit_code == 0
    assert found.stdout.rstrip() == printed


@pytest.mark.parametrize("terms", [StreamTerms, ExposureTerms])
def test_every_key_of_a_file_stands_on_the_page(terms):
    schema = terms.model_json_schema()
    keys = {key for one in (schema, *schema["$defs"].values()) for key in one["properties"]}
    named = set(re.findall(r"`\[*([a-z_]+)", OURS)) | set(re.findall(r"[\[`, (]([a-z_]+)[\]`,)]", OURS))
    assert keys <= named, keys - named


def test_the_page_shows_every_command():
    for name in ("check", "exposure", "variance", "cost-per-outcome", "streams", "cut"):
        assert any(command.startswith(f"money {name} ") for command, _ in SHOWN)
