"""The attacker once more, on what the ways of doing it otherwise say: who is in them, and who must have been lost."""

from typing import Any

from papers.attacker import MOST, Attacker


class WaysAttacker(Attacker):
    """Integer unknowns of one evaluation's primary outcome under all of its ways."""

    def __init__(self, summary: dict[str, Any]) -> None:
        self.names: list[str] = []
        self.known: list[tuple[dict[str, float], float, float]] = []
        self.summary = summary
        for group in ("treated", "comparison"):
            self.trail(group)
        self.files()
        self.primary()
        self.ways()

    def primary(self) -> None:
        """Of those analysed some are not known; a pair goes where either is not."""
        last = len(self.steps()) - 1
        outcome = next(one for one in self.summary["outcomes"] if one["primary"])
        for group in ("treated", "comparison"):
            self.say(0, 0, **{f"{group}_{last}": 1, f"{group}_known": -1, f"{group}_unknown": -1})
            self.say(0, MOST, **{f"{group}_known": 1, f"{group}_counted": -1})
            self.printed(f"{group}_counted", outcome[group]["n"])
            if outcome["bounds"]:
                self.printed(f"{group}_unknown", outcome["bounds"][f"not_known_{group}"])

    def ways(self) -> None:
        """The whole scheme group is those analysed and those dropped; some of the dropped are known."""
        last = len(self.steps()) - 1
        self.say(0, MOST, **{f"treated_{last - 1}": 1, f"treated_{last}": -1, "dropped_known": -1})
        for at, way in enumerate(self.summary["specifications"]):
            self.printed(f"way_{at}", way["treated"])
            self.say(0, MOST, **{"treated_known": 1, "dropped_known": 1, f"way_{at}": -1})
            if way["estimand"] == "ATT" and "replacement" in way["name"]:
                self.say(0, 0, **{"treated_known": 1, "dropped_known": 1, f"way_{at}": -1})
