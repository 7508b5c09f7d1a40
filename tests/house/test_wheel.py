"""The wheel carries all that it needs: it is installed apart from the sources, and runs the demo from there."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with the wheel, and with the dependencies but not the sources of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv/bin/python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip())
    wheel = next(folder.glob("*.whl"))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # A path listed in a .pth file is searched, but its own .pth files are not read: the editable install stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_package_comes_from_the_wheel(clean: Path, tmp_path: Path) -> None:
    ask = "import whatworks; print(whatworks.__file__)"
    done = subprocess.run([clean, "-c", ask], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(clean.parent.parent)


@pytest.mark.slow
def test_the_demo_runs_from_the_wheel(clean: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [clean, "-m", "whatworks", "demo", "demo", "--people", "6000", "--json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (tmp_path / told["paper"]).is_file()
    links = told["links"]
    assert abs(links["people"] / links["true_people"] - 1) < 0.03
    assert links["precision"] > 0.99 and links["recall"] > 0.98
    assert {path.name for path in (tmp_path / told["paper"]).parent.iterdir()} >= {
        "paper.html", "paper.docx", "paper.pdf", "tables.xlsx", "tables.ods", "summary.json",
    }  # fmt: skip
