"""Room simulation."""
