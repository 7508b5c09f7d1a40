"""The money room's papers, built from its frozen dataclasses and written by `write_paper`."""
