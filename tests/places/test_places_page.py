"""Every command of docs/places.md runs on the made-up partnership, in words and as JSON; so does its Python."""

import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from whatworks.cli import main
from whatworks.places.terms import EXAMPLES, QUESTIONS, load_terms, terms_of
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

PAGE = (Path(__file__).resolve().parents[2] / "docs/places.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.strip().splitlines()]
OWN_TERMS = {
    "displacement": 'title = "Thefts"\nkinds = ["theft"]\nagencies = ["police"]\nbegins = "2024-10"\nafter = 9\n'
    'treated = ["N05000025"]\ndisplacement = ["N05000026"]\nnot_control = ["N05000033", "N05000034"]\n',
    "gangs": 'title = "Groups"\n[groups]\nagencies = ["police"]\nkinds = ["robbery"]\nbefore = 6\nafter = 6\n',
}
"""Terms for what is planted in the made-up partnership."""
Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds a made-up partnership `ourtown`, imported but for its wards, and terms."""
    from whatworks.linkage import link

    folder = tmp_path_factory.mktemp("page")
    simulate(folder / "ourtown", people=1_500, seed=3)
    partnership = Partnership.open(folder / "ourtown")
    with DuckDBStore(partnership.store_path) as store:
        import_folder(store, partnership, received_on=partnership.config.as_at)
        link(store, partnership.config.linkage)
    (folder / "ourtown/select.toml").write_text((EXAMPLES / "select.toml").read_text("utf-8"))
    for name, text in OWN_TERMS.items():
        (folder / f"ourtown/{name}.toml").write_text(text)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return command


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_answers_in_words_and_in_json(
    town: Path, run: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(town / "ourtown")
    words = shlex.split(line)[1:]
    status, out = run(*words)
    assert status == 0 and out
    if "--out" in words:
        page = Path(words[words.index("--out") + 1], "paper.html").read_text("utf-8")
        assert "not known" in page or "first half" in page
        assert page.count("<svg") == 1
        words = words[: words.index("--out")]
    status, out = run(*words, "--json")
    assert status == 0 and json.loads(out)


def test_the_mapping_of_the_page_is_the_made_up_partnerships(town: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    written = (town / "ourtown/mappings/police_incident.toml").read_text("utf-8")
    bare = [re.sub(r"\s+#.*", "", line) for line in shown[1].strip().splitlines()]
    assert [line for line in bare if line not in written.splitlines()] == []


def test_the_python_of_the_page_runs(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town)
    with DuckDBStore(Path("ourtown/partnership.duckdb"), read_only=True) as store:
        assert store.rows("SELECT COUNT(*) FROM area_boundary WHERE kind = 'ward'") == [(96,)]
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/places.md", "exec"), {})


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_each_question_with_terms_has_a_full_example_and_a_schema(question: str) -> None:
    model = terms_of(question)
    assert load_terms(model, EXAMPLES / f"{question}.toml").title
    assert "properties" in model.model_json_schema()
