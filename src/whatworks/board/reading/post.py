"""Tell a post from an organisation in what stands beside a name."""

import re

from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.person_name import is_organisation

_BOROUGH = re.compile(r"^(?:LB|RB|London Borough of|Borough of|Royal Borough of|City of|HMP|HM)\s+[A-Z]")
_HEADS_OF = re.compile(r"^(CEO|COO|CFO|Director|Chief Executive)\s+((?:[A-Z][\w&'’-]*\s*)+)$")


def split_post(text: str) -> tuple[str | None, str | None]:
    """Return (post, organisation) of a text that holds either or both.

    >>> split_post("COO, MOPAC"), split_post("CEO LB Wandsworth")
    (('COO', 'MOPAC'), ('CEO', 'LB Wandsworth'))
    >>> split_post("Metropolitan Police Service (MPS)")
    (None, 'Metropolitan Police Service (MPS)')
    >>> split_post("Deputy Mayor for Policing and Crime (DMPC)")
    ('Deputy Mayor for Policing and Crime (DMPC)', None)
    """
    text = text.strip(" ,;:–-")
    if not text:
        return None, None
    if is_organisation(text) or _BOROUGH.match(text):
        return None, text
    bracketed = re.search(r"^(.*\S)\s*\(([^()]+)\)$", text)
    if bracketed and is_organisation(bracketed.group(2)) and is_post(bracketed.group(1)):
        return bracketed.group(1), bracketed.group(2)
    parts = [part for part in re.split(r"\s*,\s*", text) if part]
    if len(parts) == 1:
        dashed = re.split(r"\s+[–-]\s+", text, maxsplit=1)
        parts = dashed if is_post(dashed[0]) and _is_body(dashed[-1]) else [text]
    if len(parts) > 1:
        posts: list[str] = []
        organisations: list[str] = []
        for part in parts:
            post, organisation = split_post(part)
            posts += [post] if post else []
            organisations += [organisation] if organisation else []
        if organisations or not posts:
            return ", ".join(posts) or None, ", ".join(organisations) or None
        return text, None
    if not is_post(text):
        return None, text
    return _one(text)


def is_post(text: str) -> bool:
    """Tell whether a text is a post: it begins with a word of a post and holds the word for its holder.

    >>> is_post("Head of Community Safety"), is_post("Community Safety Partnership")
    (True, False)
    """
    words = [word.strip(".,:;()").lower() for word in re.split(r"[\s/]+", text) if word.strip(".,:;()")]
    if not words or not any(word in gazetteer().post_heads for word in words[:9]):
        return False
    return words[0] in gazetteer().posts or (
        words[-1] in gazetteer().post_heads and words[0] not in gazetteer().organisation_words | {"the"}
    )


def _is_body(text: str) -> bool:
    words = {word.strip(".,()").lower() for word in text.split()}
    return is_organisation(text) or (not is_post(text) and bool(words & gazetteer().organisation_words))


def _one(text: str) -> tuple[str | None, str | None]:
    ending = next((name for name in gazetteer().organisations if len(name) > 2 and text.endswith(f" {name}")), None)
    if ending and not re.search(r"\b(?:of|for|and|&|the)$", text[: -len(ending)].strip()):
        return text[: -len(ending)].strip(), ending
    if borough := re.search(r"\s((?:LB|RB|HMP)\s+[A-Z][\w\s-]+)$", text):
        return text[: borough.start()].strip(), borough.group(1)
    held = _HEADS_OF.match(text)
    if held and not any(word.lower() in gazetteer().posts for word in held.group(2).split()):
        return held.group(1), held.group(2).strip()
    return text, None
