"""Which tables does a partnership hold? Declared once."""
