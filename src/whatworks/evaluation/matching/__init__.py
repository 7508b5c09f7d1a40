"""Who is like whom? Matching by itself, in MatchIt's words."""
