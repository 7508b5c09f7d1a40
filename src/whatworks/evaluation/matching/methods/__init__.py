"""Ways of finding comparisons, a file each: every one returns weights, and matched sets where it makes some.

Nearest-neighbour matching on one score has its own file one level up (`nearest.py`), for the whole room uses it.
"""
