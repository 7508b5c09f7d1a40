"""Does the reader of minutes find what a secretary would, and invent nothing, in layouts that it was not built on?

`python benchmarks/reading.py [--contents 6] [--papers FOLDER] [--keep FOLDER] [--swap] [--details]`. Each layout lays
out made-up meetings, and its own answer comes with it. The second set and half of the third were seen while the rules
were written; the other half of the third was kept away until the last of them. By field: precision and recall with
Wilson 95% intervals. Exit status 1 where that half misses the marks, 98% and 95%.
"""

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whatworks.board.reading import as_json, read_papers
from whatworks.records.documents import read_document
from whatworks.records.refusal import Refused

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "reading"))
FIELDS = ("present", "apologies", "items", "decisions", "actions", "owners", "due", "meeting")
RULES = ("src/whatworks/board/reading", "src/whatworks/records/documents")
PRECISION, RECALL = 0.98, 0.95
SETS = {"second": "third_a", "third_a": "third_b", "third_b": "third_a"}
"""A set of layouts with its words, and the set whose words it gets with `--swap`."""
UNUSED = "third_b"
"""The half of which no layout was seen before the last change of rules."""


@dataclass
class Score:
    """What was read of one field: right, wrong (with its words) and missed (with its words)."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Count another paper's."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


def words(text: str) -> list[str]:
    """The words of a text without case, stops and curly marks."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold().replace("\u2019", "'"))


def pair(printed: list[str], read: list[str], roomy: int) -> tuple[dict[int, int], list[int]]:
    """Pair printed texts with read ones, best first: four in five printed words, and not much else, must be there."""
    ranks = []
    for i, text in enumerate(printed):
        wanted = Counter(words(text))
        for j, other in enumerate(read):
            given = Counter(words(other))
            share = (wanted & given).total() / max(wanted.total(), 1)
            if share >= 0.8 and given.total() <= roomy * wanted.total() + 25:
                ranks.append((share - given.total() / 1000, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(ranks, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs, [j for j in range(len(read)) if j not in pairs.values()]


def score_people(
    answer: dict[str, Any], read: dict[str, Any], scores: dict[str, Score], invented: Counter[str]
) -> None:
    """Who was present and who was not; a name that is printed in neither list is invented."""
    printed = [{" ".join(words(name)) for name in person["names"]} for person in answer["people"]]
    for entry in read["people"]:
        name = " ".join(words(entry["name"]))
        spot = next((i for i, names in enumerate(printed) if name in names), None)
        part = scores["present" if entry["present"] else "apologies"]
        if spot is None:
            part.wrong.append(f"not in any list: {entry['name']!r}")
            invented["people"] += 1
        elif answer["people"][spot]["present"] != entry["present"]:
            part.wrong.append(f"in the other list: {entry['name']!r}")
        else:
            part.right += 1
            printed[spot] = set()
    for person, names in zip(answer["people"], printed, strict=True):
        if names:
            scores["present" if person["present"] else "apologies"].missed.append(person["names"][0])


def score_texts(part: Score, printed: list[str], read: list[str], either: list[str]) -> int:
    """Decisions, one text for one; what may be read or not counts neither way. Return how many were invented."""
    pairs, extra = pair(printed, read, 2)
    optional, _ = pair(either, [read[j] for j in extra], 2)
    wrong = [text for spot, text in enumerate(read[j] for j in extra) if spot not in optional.values()]
    part.right += len(pairs)
    part.wrong += wrong
    part.missed += [text for i, text in enumerate(printed) if i not in pairs]
    return len(wrong)


def score_actions(
    answer: dict[str, Any], read: dict[str, Any], scores: dict[str, Score], invented: Counter[str]
) -> None:
    """Marked actions with their owners and due dates; one found among the commitments counts as found."""
    marked = len(read["actions"])
    promises = read["actions"] + read["deliverables"] + read["commitments"]
    texts = [promise["text"] for promise in promises]
    pairs, extra = pair([action["text"] for action in answer["actions"]], texts, 3)
    optional, _ = pair(answer["optional_actions"], [texts[j] for j in extra], 3)
    decided, _ = pair(answer["decisions"], [texts[j] for j in extra], 2)
    for spot, j in enumerate(extra):
        if spot in optional.values() or (j >= marked and spot in decided.values()):
            continue
        if j < marked:
            scores["actions"].wrong.append(texts[j])
        invented["actions" if j < marked else "commitments"] += 1
        if j >= marked:
            scores["commitments"].wrong.append(texts[j])
    for i, action in enumerate(answer["actions"]):
        promise = promises[pairs[i]] if i in pairs else None
        scores["actions"].right += promise is not None
        if promise is None:
            scores["actions"].missed.append(action["text"])
        score_owners(action, promise, scores["owners"], invented)
        score_due(action, promise, scores["due"], invented)


def score_owners(action: dict[str, Any], promise: dict[str, Any] | None, part: Score, invented: Counter[str]) -> None:
    """Each owner by any form of the name that the paper gives."""
    wanted = [{" ".join(words(form)) for form in forms} for forms in action["owners"]]
    for owner in promise["owners"] if promise else []:
        spot = next((i for i, forms in enumerate(wanted) if " ".join(words(owner)) in forms), None)
        if spot is None and owner.casefold() == action.get("owner_or", "").casefold():
            continue
        if spot is None:
            part.wrong.append(f"{owner!r} of {action['text']!r}")
            invented["owners"] += 1
        else:
            part.right += 1
            wanted.pop(spot)
    part.missed += [f"{max(forms, key=len)!r} of {action['text']!r}" for forms in wanted]


def score_due(action: dict[str, Any], promise: dict[str, Any] | None, part: Score, invented: Counter[str]) -> None:
    """The last day on which it is due; none is right where the paper gives none or leaves it open."""
    given = promise and promise["due_to"]
    if given != action["due"] and given in action.get("due_or", []):
        return
    if given and given == action["due"]:
        part.right += 1
    elif given:
        part.wrong.append(f"{given} for {action['due_text']!r} ({action['due']})")
        invented["dates"] += 1
    if action["due"] and given != action["due"]:
        part.missed.append(f"{action['due_text']!r} ({action['due']})" + ("" if promise else ", its action missed"))


def score_meeting(answer: dict[str, Any], read: dict[str, Any], part: Score, invented: Counter[str]) -> None:
    """Body, and the dates of this, the last and the next meeting."""
    for name in ("body", "date", "previous", "next"):
        right, given = answer[name], read[name]
        same = given and right and (words(given) == words(right) if name == "body" else given[:10] == right)
        if same:
            part.right += 1
        elif given:
            part.wrong.append(f"{name} {given!r} for {right!r}")
            invented["bodies" if name == "body" else "dates"] += 1
        if right and not same:
            part.missed.append(f"{name} {right!r}")


def score_paper(answer: dict[str, Any], read: dict[str, Any]) -> tuple[dict[str, Score], Counter[str]]:
    """The scores of one paper by field, and what was invented by kind."""
    scores: dict[str, Score] = defaultdict(Score)
    invented: Counter[str] = Counter()
    score_people(answer, read, scores, invented)
    titles = Counter(" ".join(words(title)) for title in answer["items"])
    optional = {" ".join(words(title)) for title in answer.get("optional_items", [])}
    for entry in read["items"]:
        title = " ".join(words(entry["title"]))
        if titles[title] > 0:
            titles[title] -= 1
            scores["items"].right += 1
        elif title not in optional:
            scores["items"].wrong.append(entry["title"])
    scores["items"].missed += list(titles.elements())
    texts = [entry["text"] for entry in read["decisions"]]
    invented["decisions"] += score_texts(scores["decisions"], answer["decisions"], texts, answer["optional_decisions"])
    score_actions(answer, read, scores, invented)
    score_meeting(answer, read, scores["meeting"], invented)
    return scores, +invented


def wilson(right: int, total: int) -> str:
    """A share with its 95% interval by Wilson's score (1927)."""
    if total == 0:
        return f"{'-':>20}"
    z, share = 1.959964, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{share:6.1%} ({middle - half:.1%}-{min(middle + half, 1):.1%})".rjust(20)


def table(scores: dict[str, Score]) -> bool:
    """Print precision and recall by field; return whether the marks are met."""
    print(f"  {'':<11}{'right':>6}{'wrong':>6}{'missed':>7} {'precision':>20} {'recall':>20}")
    met = True
    for name in FIELDS:
        part = scores[name]
        right, wrong, missed = part.right, len(part.wrong), len(part.missed)
        shares = f"{wilson(right, right + wrong)} {wilson(right, right + missed)}"
        print(f"  {name:<11}{right:>6}{wrong:>6}{missed:>7} {shares}")
        met &= name == "meeting" or (right >= PRECISION * (right + wrong) and right >= RECALL * (right + missed))
    return met


def read_file(path: Path) -> dict[str, Any]:
    """What is read of a file; where it is taken for several meetings, what is read of all, the first one's dates."""
    try:
        read = [as_json(paper) for paper in read_papers(read_document(path))]
    except Refused as refusal:
        print(f"    {path.name} refused: {refusal}")
        read = []
    lists = {
        name: [entry for paper in read for entry in paper[name]]
        for name in ("people", "items", "decisions", "actions", "deliverables", "commitments")
    }
    return dict.fromkeys(("body", "date", "previous", "next")) | (read[0] if read else {}) | lists


def read_half(papers: Path, details: bool) -> bool:
    """Read a folder of papers against its `expected.json`; print the tables; return whether the marks are met."""
    expected = json.loads((papers / "expected.json").read_text("utf-8"))
    whole: dict[str, Score] = defaultdict(Score)
    layouts: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    invented: Counter[str] = Counter()
    for name, answer in expected.items():
        scores, made_up = score_paper(answer, read_file(papers / name))
        invented += made_up
        for part, score in scores.items():
            whole[part].add(score)
            layouts[name.rsplit("-", 1)[0]][part].add(score)
            for kind, texts in (("wrong", score.wrong), ("missed", score.missed)) if details else ():
                for text in texts:
                    print(f"    {name} {part} {kind}: {text}")
    met = table(whole)
    print(f"  invented: {', '.join(f'{count} {kind}' for kind, count in sorted(invented.items())) or 'nothing'}")
    print(f"  {'right/read, right/printed by layout':<37}" + "".join(f"{name:>15}" for name in FIELDS))
    for layout, parts in layouts.items():
        cells = (
            f"{p.right}/{p.right + len(p.wrong)} {p.right}/{p.right + len(p.missed)}"
            for p in map(parts.__getitem__, FIELDS)
        )
        print(f"  {layout:<37}" + "".join(f"{cell:>15}" for cell in cells))
    return met


def write_half(half: str, folder: Path, contents: int, words_of: str = "") -> None:
    """Render every layout of a set with its words (or another set's), and the answers beside them."""
    from content import make
    from render import render

    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for layout in sorted((HERE / "reading" / half).glob("*.j2")):
        for seed in range(1, contents + 1):
            name, answer = render(
                layout, make(HERE / "reading" / (words_of or half) / "bank.toml", f"{layout.stem}-{seed}"), folder
            )
            expected[name] = answer
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False), "utf-8")


def git(*arguments: str) -> str:
    """What git says, or nothing outside a repository."""
    return subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False).stdout.strip()


def standing(half: str) -> str:
    """Whether a set's files were seen before the last change of rules."""
    rules = git("log", "-1", "--format=%h", "--", *(f":/{path}" for path in RULES))
    files = git("log", "-1", "--format=%h", "--", f":/benchmarks/reading/{half}")
    before = bool(files) and git("merge-base", files, rules) == git("rev-parse", files)
    state = "seen" if half != UNUSED or before else "unused"
    return f"{state} (last change of rules: {rules or 'unknown'}; of these papers: {files or 'not committed'})"


def main() -> int:
    """Print the tables of all sets, or of the papers in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contents", type=int, default=6, help="meetings a layout")
    parser.add_argument("--papers", type=Path, help="a folder of papers with expected.json")
    parser.add_argument("--keep", type=Path, help="where to leave the papers")
    parser.add_argument("--swap", action="store_true", help="each set's layouts with another set's words")
    parser.add_argument("--details", action="store_true", help="every fault with its words")
    asked = parser.parse_args()
    beside = HERE if (HERE / "expected.json").exists() else None
    if papers := asked.papers or beside:
        return 0 if read_half(papers, asked.details or bool(beside)) else 1
    met = {}
    with tempfile.TemporaryDirectory() as folder:
        for half, other in SETS.items():
            kept = (asked.keep or Path(folder)) / half
            write_half(half, kept, asked.contents, other if asked.swap else half)
            print(f"\n{half}: {standing(half)}" + (f", in the words of {other}" if asked.swap else ""))
            met[half] = read_half(kept, asked.details)
    return 0 if met[UNUSED] else 1


if __name__ == "__main__":
    sys.exit(main())
