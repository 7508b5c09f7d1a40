"""What could sink it, is the response working, and what must be true for it to hold?"""
