"""Commands on what the agencies hold."""
