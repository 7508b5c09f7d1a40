"""Results for the papers to be drawn from, by name: made by hand, or kept as files."""

from papers.example_results import descriptive, randomised
from papers.kept import by_area, doubted
from papers.linked_result import linked
from papers.matched_result import matched
from papers.small_result import small

ALL = {
    "matched": matched,
    "randomised": randomised,
    "descriptive": descriptive,
    "small": small,
    "doubted": doubted,
    "by_area": by_area,
    "linked": linked,
}
