"""Draft a whole partnership's folder from the extracts that its agencies sent, and say what only a person can tell."""

from whatworks.records.founding.found import Founded, Told, found_partnership

__all__ = ["Founded", "Told", "found_partnership"]
