"""Cameras: what is there, who uses it, what does it see of need, and what would a budget keep, replace or retire?"""
