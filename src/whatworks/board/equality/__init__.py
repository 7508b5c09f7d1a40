"""Who is treated differently, and at which step?"""
