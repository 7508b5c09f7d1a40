"""Whom does it ask about?"""
