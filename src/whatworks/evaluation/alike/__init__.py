"""Was it like for like?"""
