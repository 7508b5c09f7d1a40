"""Who did what with whose records, and is the log of it whole?"""
