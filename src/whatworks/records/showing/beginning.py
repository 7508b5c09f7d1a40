"""Show the beginning of a text that is longer than its place."""


def beginning(text: str, most: int = 140) -> str:
    """Return a text of up to `most` characters, or its beginning, cut between words.

    >>> beginning("one two three", 9), beginning("one two", 9)
    ('one two ...', 'one two')
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} ..."
