"""Hand-made results for the papers to be drawn from, by name."""

from papers.area_result import by_area
from papers.doubted_result import doubted
from papers.example_results import descriptive, randomised
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
