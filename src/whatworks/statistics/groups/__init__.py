"""How do two groups differ, and how sure is that?"""
