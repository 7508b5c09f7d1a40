"""For whom does it work?"""
