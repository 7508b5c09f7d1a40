"""What a paper tells is in the book before the paper stands anywhere: a kill in between leaves none unremembered."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl

from disclosure.two_papers import paper, write
from whatworks.records.audit.file_book import FileBook

KILLED_BEFORE_IT_STANDS = """
import os, signal
from whatworks.cli.app import build
from whatworks.records.writing.whole_folder import StagedFolder
StagedFolder.swap_in = lambda self: os.kill(os.getpid(), signal.SIGKILL)
build()(["evaluate", "first.toml", "--out", "paper", "--forms", "json"])
"""


def people() -> pl.DataFrame:
    """Return 130 people of a scheme and 170 others, of whom near half were held again."""
    rng = np.random.default_rng(5)
    treated = np.repeat([1, 0], [130, 170])
    held = (rng.random(300) < 0.45).astype(int)
    return pl.DataFrame({"number": np.arange(300), "treated": treated, "age": rng.integers(18, 60, 300), "held": held})


def test_a_paper_killed_before_it_stands_is_remembered_and_the_same_again_is_no_other(tmp_path: Path) -> None:
    write(tmp_path, "first", people())
    ran = subprocess.run([sys.executable, "-c", KILLED_BEFORE_IT_STANDS], cwd=tmp_path, env=dict(os.environ))
    assert ran.returncode == -signal.SIGKILL
    assert not (tmp_path / "paper").exists()
    assert len(FileBook.of_user().entries("figures released")) == 1
    assert paper(tmp_path, "first", people())["n"]["treated"] == 130
    assert len(FileBook.of_user().entries("figures released")) == 1
    assert paper(tmp_path, "second", people().slice(4))["n"]["treated"] == "c"
