"""Room linkage."""
