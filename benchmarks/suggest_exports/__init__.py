"""Fifteen made-up exports in the styles of the usual systems, and what a person would mark each heading as."""
