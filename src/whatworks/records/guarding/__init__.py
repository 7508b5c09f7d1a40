"""Refuse files that would cost more than a gigabyte or half a minute to read, before they do."""
