"""How old must a reader be? Two published formulas, and the counts of words, sentences and syllables they stand on.

Flesch-Kincaid grade level (Kincaid and others 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.
SMOG grade (McLaughlin 1969): 3.1291 + 1.0430 root of (words of three syllables or more, for 30 sentences).
Grades are of American schools: five more is the reader's age.
"""

import re

AGE = 5
SOUNDS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Return a word's syllables: groups of vowels, less an e that is silent, and two where vowels are sounded apart."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<=[^aeiouyl])e(?=(?:ly|ment|ments|ful|less|ness)$)", "", plain)  # likely, statement
    count = len(SOUNDS.findall(plain))
    if re.search(
        r"[^aeiouytd](?<!dr)ed$|(?<![cgsxz])(?<!ch)(?<!sh)(?<=[^aeiouy])es$|(?<![aeiouy])(?<=[^l])e$|[aeiouy]le$", plain
    ):
        count -= 1  # joined, schemes, scheme, while
    count += len(
        re.findall(
            r"(?<=i)(?:ety|ence|ents?|a|um|o(?!n|us))|(?<=[uy])ing$|(?<=e)ing$|u(?=a[lt])|(?<=ri)ous|(?<=[rd]e)a(?=s?$)",
            plain,
        )
    )
    count -= len(re.findall(r"(?<=[cgt])ia(?=l|n)", plain))  # social, partial
    return max(1, count)


def sentences(text: str) -> list[str]:
    """Return the sentences: they end in a full stop, a question mark or the end of a line; a colon ends none."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+|\n+", text) if re.search(r"[A-Za-z]", part)]


def words(text: str) -> list[str]:
    """Return the words, numbers among them."""
    return re.findall(r"[A-Za-z][A-Za-z'\u2019-]*|\d[\d,.]*", text)


def flesch_kincaid(text: str) -> float:
    """Return the reader's age by Flesch and Kincaid."""
    count, lines = words(text), sentences(text)
    spoken = sum(map(syllables, count))
    return 0.39 * len(count) / len(lines) + 11.8 * spoken / len(count) - 15.59 + AGE


def smog(text: str) -> float:
    """Return the reader's age by McLaughlin's SMOG."""
    long = sum(syllables(word) >= 3 for word in words(text))
    return 3.1291 + 1.0430 * float((long * 30 / len(sentences(text))) ** 0.5) + AGE
