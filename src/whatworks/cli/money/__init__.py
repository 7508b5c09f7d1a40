"""Commands on what it costs."""
