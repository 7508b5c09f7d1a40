"""Who lives there, and what do they do?"""
