"""Which records does a file hold? Every kind of file, read as text with its lines."""
