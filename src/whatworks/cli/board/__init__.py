"""Commands on what the board decided."""
