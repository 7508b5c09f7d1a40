"""Commands on who may see what of whom."""
