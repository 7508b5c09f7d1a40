"""Note what is odd in records that are sound one by one, so that it is said at import and in papers."""
