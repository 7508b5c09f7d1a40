"""A made-up partnership with minutes and a published paper, and its pages as a browser on this machine gets them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from states import HOST, KEY

from whatworks.cli import main
from whatworks.cli.web import questions
from whatworks.papers import write_papers
from whatworks.papers.evaluation.sample import sample_result
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership, init_partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate
from whatworks.simulation.minutes.minutes import write_made_up_record


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a made-up partnership: imported, its minutes read, one paper published."""
    folder = tmp_path_factory.mktemp("web") / "town"
    simulate(folder, people=2_000, seed=11)
    here = Partnership.open(folder)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2025, 7, 1))
    minutes = list(map(str, write_made_up_record(folder / "board-papers", 11)))
    with pytest.MonkeyPatch.context() as patch:
        words = ["whatworks", "board", "read", *minutes, "--by", "B. Officer", "--partnership", str(folder)]
        patch.setattr("sys.argv", words)
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
    write_papers(sample_result(), here.papers / "rossi", forms=("html", "json", "xlsx"))
    (here.results / "rossi").mkdir(parents=True)
    (here.results / "rossi/result.json").write_text("{}")
    return folder


@pytest.fixture(scope="session")
def site(town: Path) -> Any:
    """Return the partnership's site."""
    from whatworks.web import make_site

    return make_site(Partnership.open(town), tuple(questions()), KEY)


@pytest.fixture
def browser(site: Any) -> Iterator[Any]:
    """Return a browser that opened the address that was printed."""
    client = site.test_client()
    client.get(f"/start/{KEY}", base_url=HOST)
    yield lambda address, **more: client.get(address, base_url=HOST, **more)


@pytest.fixture(scope="session")
def sites(site: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the sites whose pages are walked: the made-up town's, one with nothing in it, one whose store is none."""
    from whatworks.web import make_site

    found = {"town": site}
    for name in ("bare", "broken"):
        here = init_partnership(tmp_path_factory.mktemp(name) / "new", name="Newtown", as_at=date(2025, 6, 30))
        if name == "broken":
            here.store_path.write_text("not a store")
        found[name] = make_site(here, tuple(questions()), KEY)
    return found
