"""Is a number outside of what chance gives: among areas, over time, among the same people?"""
