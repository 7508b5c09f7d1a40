"""Write a Police National Computer number with the check letter that its year and serial give."""

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""By what is left of the last two digits of the year and the serial, read as one number, divided by 23."""


def police_number(year: int, serial: int) -> str:
    """Return the number of a year and serial (from 1 to 9999998; zeros and nines alone are placeholders)."""
    return f"{year:04d}/{serial:07d}{CHECK_LETTERS[(year % 100 * 10**7 + serial) % len(CHECK_LETTERS)]}"
