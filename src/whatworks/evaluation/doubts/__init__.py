"""How could it be wrong?"""
