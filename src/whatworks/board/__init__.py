"""What did the board decide, who owes what, which bodies do what, and what does the record contradict?

The board's papers are read by rules into `Parsed` values, kept over the years in a register of declared tables
(`BOARD_TABLES`), and set against each other.
"""
