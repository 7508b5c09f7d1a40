"""Every command of the page's day of an analyst runs on the made-up partnership, one after the other."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from whatworks.cli import main
from whatworks.linkage import link
from whatworks.people.rule import EXAMPLE
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

PAGE = (Path(__file__).resolve().parents[2] / "docs/people.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.strip().splitlines()]
CHANGES = ("enter", "decline", "remove")
"""Verbs that cannot be done twice."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "ourtown"
    simulate(folder, people=1_500, seed=3)
    partnership = Partnership.open(folder)
    with DuckDBStore(partnership.store_path) as store:
        import_folder(store, partnership, received_on=partnership.config.as_at)
        link(store, partnership.config.linkage)
    return folder


def test_the_day_of_the_page_can_be_walked(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(town)

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert not ended.value.code, f"{words}: {said.err}"
        return said.out

    told = {}
    assert len(COMMANDS) >= 6
    for line in COMMANDS:
        words = shlex.split(line)[1:]
        told[words[1]] = run(*words)
        assert told[words[1]]
        if words[1] not in CHANGES:
            assert json.loads(run(*[word for word in words if word not in ("--out", words[-1])] if "--out" in words
                                  else words, "--json"))  # fmt: skip
    assert "proposed" in told["propose"] and "1 listed" in told["list"] and "removed (exit rule)" in told["remove"]
    page = Path(words[words.index("--out") + 1], "paper.html") if "--out" in words else None
    assert page is None or "Who is on it, and who goes" in page.read_text("utf-8")


def test_the_made_up_partnerships_rule_is_the_pages(town: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert (town / "lists/joint-concern.toml").read_text() == EXAMPLE.read_text()
    assert block.strip() in EXAMPLE.read_text()
