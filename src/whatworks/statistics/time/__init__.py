"""How soon, and how often before and after?"""
