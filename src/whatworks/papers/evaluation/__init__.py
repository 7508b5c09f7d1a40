"""How does a board read an evaluation?"""
