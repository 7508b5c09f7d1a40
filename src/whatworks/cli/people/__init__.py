"""Commands on whom the agencies focus together."""
