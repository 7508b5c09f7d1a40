"""A made-up town whose casework is known: who is seen at what daily rate, and what only looks like success."""
