"""Walk docs/linkage.md: run its commands, judge its pairs by the truth, and write the page with what was printed."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
import polars as pl
from first_page import walked

from whatworks.linkage.checking.judge_sheet import ANSWER, QUESTION
from whatworks.records.store import DuckDBStore
from whatworks.simulation.truth.linkage_score import score_linkage

PAGE = Path(__file__).resolve().parents[2] / "docs/linkage.md"
SLIPS = 0.002
"""Each judge is wrong in so many of the pairs."""
_QUESTIONS = (
    "SELECT 'S' || sample_id || 'Q' || question, left_organisation_id, left_person_id, right_organisation_id, "
    "right_person_id FROM link_question"
)


def truth_of(folder: Path) -> pl.DataFrame:
    """Return who each record is."""
    return pl.read_parquet(folder / "truth" / "identities.parquet").select("organisation_id", "person_id", "person")


class Walk:
    """What somebody does between the commands of the page, and what the truth says of it."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def by_number(self, folder: Path) -> str:
        """Score the joining by number, of which the table at the end tells."""
        self.rows = [self._row("shared number", folder)]
        return ""

    def scored(self, folder: Path) -> str:
        """Return the table of both joinings against the truth."""
        head = (
            "| | precision: joined pairs that are right | recall: one person's pairs that are joined |\n|---|---|---|\n"
        )
        return head + "".join([*self.rows, self._row("probabilistic", folder)])

    def _row(self, name: str, folder: Path) -> str:
        with DuckDBStore(folder / "partnership.duckdb", read_only=True) as store:
            identity = store.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
        score = score_linkage(identity, truth_of(folder))
        return f"| {name} | {score.precision:.1%} | {score.recall:.1%} |\n"

    def judged(self, folder: Path) -> str:
        """Answer every sheet by the truth, but for a slip here and there."""
        person = {(agency, number): who for agency, number, who in truth_of(folder).iter_rows()}
        with DuckDBStore(folder / "partnership.duckdb", read_only=True) as store:
            asked = store.rows(_QUESTIONS)
        same = {code: person[a, n] == person[b, m] for code, a, n, b, m in asked}
        for place, path in enumerate(sorted((folder / "judging").glob("pairs-*.xlsx"))):
            wrong = np.random.default_rng(place).random(len(same)) < (0 if "agreed" in path.name else SLIPS)
            slips = {code for code, slip in zip(sorted(same), wrong, strict=True) if slip}
            _answer(path, {code: one != (code in slips) for code, one in same.items()})
        return ""

    def answered(self, folder: Path) -> str:
        """Return the answer with the best joining alone and over the draws, and the truth."""
        result = json.loads((folder / "results/resettlement/result.json").read_text("utf-8"))
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        outcome = result["outcomes"][0]
        links, effect = outcome["links"], truth["true_effects"]["all_participants"]["proven_reoffending_1y"]["effect"]
        rows = [
            ("by the best joining alone", *(links[name] for name in ("difference", "ci_low", "ci_high"))),
            (f"over {links['draws']} joinings", *(outcome[name] for name in ("difference", "ci_low", "ci_high"))),
        ]
        table = "".join(
            f"| {name} | {100 * d:.1f} ({100 * low:.1f} to {100 * high:.1f}) |\n" for name, d, low, high in rows
        )
        span = " and ".join(f"{100 * links[name]:.1f}" for name in ("lowest", "highest"))
        head = "| proven reoffending | difference in points (95% interval) |\n|---|---|\n"
        return f"{head}{table}| lowest and highest of the joinings | {span} |\n| the truth | {100 * effect:.1f} |\n"


def _answer(path: Path, same: dict[str, bool]) -> None:
    book = openpyxl.load_workbook(path)
    page = book["Pairs"]
    places = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        page.cell(row, places[ANSWER]).value = "yes" if same[page.cell(row, places[QUESTION]).value] else "no"
    book.save(path)


def walk(page: str, folder: Path) -> str:
    """Return the page with what its commands print and what the truth says of them."""
    walker = Walk()
    names = ("by_number", "scored", "judged", "answered")
    return walked(page, folder, {name: getattr(walker, name) for name in names})


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        Path(sys.argv[1]).write_text(walk(PAGE.read_text("utf-8"), Path(made)), "utf-8")
