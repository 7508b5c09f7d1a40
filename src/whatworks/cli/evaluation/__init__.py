"""Commands on whether it worked."""
