"""The board room's papers, built from what the room hands on: one paper a file."""
