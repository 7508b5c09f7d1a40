"""What members read of a scheme's cost: from a paper of its cost per outcome that was published of this evaluation."""

from collections.abc import Iterable
from typing import Any

from whatworks.statistics.verdict import finds_effect


def cost_words(figures: Iterable[dict[str, Any]], title: str) -> str:
    """Return what the scheme cost, and each outcome avoided, by published figures; nothing where none are of `title`.

    >>> paper = {"evaluation": "Aid", "cost": {"pounds": "1000000", "prices": "2015/16"}, "per_person": "4630",
    ...          "avoided": 18, "ratio": {"value": "55556"}, "verdict": "significant reduction"}
    >>> cost_words([paper], "Aid")
    'It cost £1,000,000 in prices of 2015/16: £4,630 a person. Each one avoided cost about £55,556.'
    """
    for paper in figures:
        if paper.get("evaluation") != title or not isinstance(paper.get("cost"), dict):
            continue
        said = f"It cost {_pounds(paper['cost']['pounds'])} in prices of {paper['cost']['prices']}"
        said += f": {_pounds(paper['per_person'])} a person." if paper.get("per_person") else "."
        each = (paper.get("ratio") or {}).get("value")
        if each is None or not finds_effect(paper.get("verdict"), "reduction"):
            return f"{said} What it saved cannot be said, since the answer is not clear."
        return f"{said} Each one avoided cost about {_pounds(each)}."
    return ""


def _pounds(amount: Any) -> str:
    return f"\u00a3{float(amount):,.0f}"
