"""How does the board read what the public says?"""
