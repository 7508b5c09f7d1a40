"""A set of files stands in its folder whole or not at all: killed, out of room or refused; what is others' stays."""

import json
import resource
import signal
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from whatworks.records.refusal import Refused
from whatworks.records.writing import whole_folder
from whatworks.records.writing.made_folder import made_anew
from whatworks.records.writing.private_file import write_private
from whatworks.records.writing.whole_folder import MANIFEST, stage

OLD = {"paper.html": b"old paper", "paper.docx": b"old words", "paper.pdf": b"old pages"}
NEW = {"paper.html": b"new paper", "summary.json": b"{}"}
SCRIPT = Path(__file__).with_name("swap_points.py")


def held(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds by name, its manifest held to its files."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    listed = json.loads(files.pop(MANIFEST))["files"]
    assert {name: sha256(files[name]).hexdigest() for name in listed} == listed
    return files


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder with an older set, and with a note and a folder of somebody else's."""
    folder = tmp_path / "papers" / "mentors"
    stage(folder, OLD).swap_in()
    (folder / "note.txt").write_text("keep me")
    (folder / "mine" / "deep").mkdir(parents=True)
    (folder / "mine" / "deep" / "more.txt").write_text("me too")
    return folder


OTHERS = {"note.txt": b"keep me", "mine/deep/more.txt": b"me too"}


def test_a_new_set_takes_the_place_of_the_old_and_of_nothing_else(out: Path) -> None:
    stage(out, NEW).swap_in()
    assert held(out) == {**NEW, **OTHERS}
    assert [path.name for path in out.parent.iterdir()] == ["mentors"]


@pytest.mark.parametrize("how", ["at once", "in two steps"])
def test_a_kill_leaves_the_old_set_or_the_new(out: Path, how: str, tmp_path: Path) -> None:
    ended, seen = [], set()
    for kill_at in range(1, 60):
        stage(out, OLD).swap_in()
        run = subprocess.run([sys.executable, str(SCRIPT), str(out), str(kill_at), how], capture_output=True, text=True)
        ended.append(run.returncode)
        if how == "in two steps" and not out.exists():
            whole_folder.empty_beside(out).drop()  # whatever is written there next puts it right
        found = held(out)
        assert found in ({**OLD, **OTHERS}, {**NEW, **OTHERS}), kill_at
        seen.add(found["paper.html"])
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL, run.stderr
    assert ended[-1] == 0 and len(ended) > 15
    assert seen == {b"old paper", b"new paper"}
    stage(out, NEW).swap_in()
    assert [path.name for path in out.parent.iterdir()] == ["mentors"]  # nothing of the killed is left


def test_a_full_disk_leaves_the_old_set(out: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
        with pytest.raises(Refused, match=r"cannot be written .*; make room on the disk"):
            stage(out, {**NEW, "paper.pdf": bytes(5_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert held(out) == {**OLD, **OTHERS}
    assert [path.name for path in out.parent.iterdir()] == ["mentors"]


def test_a_folder_held_open_leaves_the_old_set(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a folder cannot be moved while Word holds a file of it open."""

    def held_open(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    staged = stage(out, NEW)
    monkeypatch.setattr(whole_folder, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", held_open)
    with pytest.raises(Refused, match=r"cannot be replaced .*; close its files in other programs"):
        staged.swap_in()
    assert held(out) == {**OLD, **OTHERS}
    assert [path.name for path in out.parent.iterdir()] == ["mentors"]


def test_the_folder_in_which_a_command_runs_is_refused(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out / "mine")
    for folder in (Path(), Path(".."), out.parent):
        with pytest.raises(Refused, match="is the folder in which this runs"):
            stage(folder, NEW)
    assert held(out) == {**OLD, **OTHERS}


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Refused, match='out "out": cannot hold the paper'):
        stage(tmp_path / "out", NEW)
    assert (tmp_path / "out").read_text() == "a file"


def test_a_private_file_is_whole_and_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_private(path, "one")
    path.chmod(0o644)
    write_private(path, "two")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("two", 0o600)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match="folder: cannot be written"):
        write_private(tmp_path / "folder", "three")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "result.json"]


def make(folder: Path, text: str) -> None:
    with made_anew(folder) as new:
        (new / "deep").mkdir()
        (new / "deep" / "a.txt").write_text(text)


@pytest.mark.parametrize("spoil", ["changed", "added", "added folder", "added link", "list gone"])
def test_what_was_not_made_is_never_deleted(tmp_path: Path, spoil: str) -> None:
    demo = tmp_path / "demo"
    make(demo, "one")
    make(demo, "two")
    assert (demo / "deep" / "a.txt").read_text() == "two"
    name = {"added folder": "mine/", "added link": "link", "added": "mine.txt"}.get(spoil, "deep/a.txt")
    if spoil == "changed":
        (demo / "deep" / "a.txt").write_text("mine now")
    elif spoil == "added":
        (demo / "mine.txt").write_text("mine")
    elif spoil == "added folder":
        (demo / "mine").mkdir()
    elif spoil == "added link":
        (demo / "link").symlink_to(tmp_path)
    else:
        (demo / "made.json").unlink()
    before = sorted(demo.rglob("*"))
    with pytest.raises(Refused, match=f"holds what was not made by this command, or was changed since: {name}"):
        make(demo, "three")
    assert sorted(demo.rglob("*")) == before


def test_what_goes_wrong_while_making_leaves_what_stood(tmp_path: Path) -> None:
    make(tmp_path / "demo", "one")
    with pytest.raises(ZeroDivisionError), made_anew(tmp_path / "demo") as new:
        (new / "half").write_text("half")
        raise ZeroDivisionError
    assert (tmp_path / "demo" / "deep" / "a.txt").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
