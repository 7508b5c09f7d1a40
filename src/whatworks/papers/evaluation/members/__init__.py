"""What does a member read? Two pages: the scheme, the question, the answer, how far to trust it, and the options."""
