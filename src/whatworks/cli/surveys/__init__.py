"""Commands on what the public says."""
