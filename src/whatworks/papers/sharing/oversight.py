"""Who oversees what, and where nobody does: areas by priority and body, with the gaps first."""

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.records.listing import listed
from whatworks.sharing.oversight import Oversight, cover


def oversight_answer(oversight: Oversight) -> Answer:
    """Return who oversees each area, and at each level how many of how many areas nobody does."""
    covered = cover(oversight)
    total, first = len(oversight.areas), len(oversight.priority)
    sentences = [f"Of {total} areas {first} have priority."]
    for level, gap in covered.gaps.items():
        without = [area for area in gap if area not in oversight.priority]
        of_them = f", {len(without)} of them without priority" if len(without) != len(gap) else ", all without priority"
        have = "has" if len(gap) == 1 else "have"
        sentences.append(f"{len(gap)} {have} no {level} oversight{of_them}: {listed(gap)}." if gap
                         else f"All have {level} oversight.")  # fmt: skip
    levels = {body.name: body.level for body in oversight.body}
    rows = [(priority, body.name) for priority in (True, False) for body in oversight.body]
    counts: Rows[tuple[bool, str]] = Rows("Bodies", "Areas that each body oversees", rows, (
        TableColumn("Areas", lambda row: "with priority" if row[0] else "without priority"),
        TableColumn("Body", lambda row: row[1], width=2.0), TableColumn("Level", lambda row: levels[row[1]]),
        TableColumn("Overseen", lambda row: sum(row[1] in bodies and (area in oversight.priority) == row[0]
                                                for area, bodies in covered.bodies.items()), numeric=True),
        TableColumn("Of", lambda row: first if row[0] else total - first, numeric=True),
    ))  # fmt: skip

    def column(level: str) -> TableColumn[str]:
        def cell(area: str) -> str:
            return "; ".join(name for name in covered.bodies[area] if levels[name] == level) or "GAP"

        return TableColumn(level.capitalize(), cell, width=2.0)

    areas: Rows[str] = Rows("Areas", "Who oversees each area", oversight.areas, (
        TableColumn("Area", lambda area: area), TableColumn("Priority", lambda area: "yes" if area in oversight.priority
                                                            else "no"),
        *map(column, covered.gaps),
    ))  # fmt: skip
    return Answer(oversight.title, tuple(sentences), (counts, areas), item="Oversight", prepared_for="The board",
                  notice="OFFICIAL")  # fmt: skip
