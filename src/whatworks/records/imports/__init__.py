"""What becomes of each record? Kept, or set aside with all its faults, and counted."""
