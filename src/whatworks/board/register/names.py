"""Compare names as papers print them: titles, forms of one forename, short names of agencies."""

import re


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of some lines as a set.

    >>> sorted(word_set("a b", "c"))
    ['a', 'b', 'c']
    """
    return frozenset(word for line in lines for word in line.split())


TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady baroness prof professor rt hon mayor councillor cllr commissioner",
    "commander cmdr superintendent chief deputy assistant detective inspector sergeant constable ac dac",
)
FORENAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "stephen steven steve", "nicholas nick nicky", "michael mike mick", "robert rob bob bobby", "david dave",
        "christopher chris", "james jim jamie", "william will bill", "richard rick dick", "anthony tony",
        "andrew andy drew", "catherine katherine kathryn kate cathy kathy", "elizabeth liz beth betsy lizzie",
        "margaret maggie meg peggy", "patricia pat trish", "susan sue", "deborah deb debbie", "daniel dan danny",
        "benjamin ben", "samuel sam", "samantha sam", "alexander alex", "alexandra alex", "matthew matt",
        "timothy tim", "thomas tom", "joseph joe", "jonathan jon", "john jon jack", "philip phil phillip",
        "edward ed ted eddie", "peter pete", "gregory greg", "geoffrey jeffrey geoff jeff", "kenneth ken",
        "ronald ron", "donald don", "douglas doug", "graham graeme", "alan allan allen", "sara sarah",
        "ann anne annie", "joanne jo joanna", "victoria vicky", "jennifer jenny jen", "rebecca becky",
    )
)  # fmt: skip
"""Forenames that one person may go by."""
MINOR_WORDS = word_set(
    "and the for with from into that this our their item report update paper board meeting next agenda of on to in",
    "be is are was were has have will by at as it its",
)
"""Words that do not tell one piece of business from another."""


def normal(name: str) -> str:
    """Return a name as compared: without case, titles in front, punctuation and brackets.

    >>> normal("Cllr. Ann O’Dell"), normal("Mayor's Office for Policing & Crime")
    ('ann odell', 'mayors office for policing and crime')
    """
    plain = re.sub(r"\([^)]*\)", " ", name).replace("&", " and ").casefold()
    found = re.sub(r"[^\w\s/-]", "", plain).replace("-", " ").split()
    while len(found) > 2 and found[0] in TITLES:
        found = found[1:]
    if found and found[0] == "the" and len(found) > 1:
        found = found[1:]
    return " ".join(found)


def bracketed(name: str) -> str | None:
    """Return the short form that stands in brackets after a name.

    >>> bracketed("Northern Transport Police (NTP)"), bracketed("Chair (interim)")
    ('NTP', None)
    """
    found = re.search(r"\(([A-Z][A-Za-z&]*[A-Z])\)", name)
    return found[1] if found else None


def forms_of_one(one: str, other: str) -> bool:
    """Whether two forenames may be one person's: forms of a name, or an initial of it.

    >>> forms_of_one("Steve", "Stephen"), forms_of_one("S", "Steven"), forms_of_one("Ann", "Steve")
    (True, True, False)
    """
    a, b = one.casefold().strip("."), other.casefold().strip(".")
    if a == b:
        return True
    if min(len(a), len(b)) == 1:
        return a[:1] == b[:1]
    return any(a in group and b in group for group in FORENAMES)


def perhaps_one_person(one: str, other: str) -> bool:
    """Whether two different names may be one person's: the same surname, and forms of one forename.

    >>> perhaps_one_person("Steve Testcase", "Stephen Testcase"), perhaps_one_person("Steve Testcase", "Ann Testcase")
    (True, False)
    """
    a, b = normal(one).split(), normal(other).split()
    if len(a) < 2 or len(b) < 2 or a == b or a[-1] != b[-1]:
        return False
    return forms_of_one(a[0], b[0])


def is_short_name_of(short: str, name: str) -> bool:
    """Whether capitals are the initials of a longer name.

    >>> is_short_name_of("NTP", "Northern Transport Police"), is_short_name_of("CT", "Northern Transport Police")
    (True, False)
    """
    minor = {"and", "of", "for", "the", "on", "in"}
    heads = [word[0] for word in normal(name).split() if word not in minor]
    letters = re.sub(r"[^A-Za-z]", "", short).casefold()
    return len(letters) > 1 and short[:2].isupper() and letters == "".join(heads)


def shared_words(one: str, other: str) -> float:
    """Return which share of the shorter text's telling words stands in the other too, from 0 to 1.

    >>> shared_words("Anti-gangs strategy", "ITEM 5: PAN-CITY ANTI GANGS STRATEGY")
    1.0
    """
    a, b = telling(one), telling(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def telling(text: str) -> frozenset[str]:
    """Return the words that tell one piece of business from another, without endings of number.

    >>> sorted(telling("Progress of the Task & Finish Groups"))
    ['finish', 'group', 'progress', 'task']
    """
    found = re.findall(r"[a-z0-9]+", text.casefold())
    return frozenset(
        word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word
        for word in found
        if word not in MINOR_WORDS and len(word) > 1
    )


KNOWN_NAMES: dict[str, tuple[str, ...]] = {
    "Metropolitan Police Service": ("MPS", "Met", "Metropolitan Police", "Met Police"),
    "Metropolitan Police Authority": ("MPA",),
    "Mayor's Office for Policing and Crime": ("MOPAC", "MOPC"),
    "Greater London Authority": ("GLA",),
    "London Councils": (),
    "Crown Prosecution Service": ("CPS",),
    "National Offender Management Service": ("NOMS",),
    "National Probation Service": ("NPS",),
    "Ministry of Justice": ("MoJ",),
    "Home Office": ("HO",),
    "Youth Justice Board": ("YJB",),
    "London Probation Trust": ("LPT", "London Probation"),
    "London Community Rehabilitation Company": ("CRC London", "London CRC"),
    "NHS England": ("NHSE",),
    "British Transport Police": ("BTP",),
    "City of London Police": ("CoLP",),
    "Transport for London": ("TfL",),
    "London Crime Reduction Board": ("LCRB", "London Crime & Reduction Board"),
    "Delivery Management Group": ("DMG", "LCRB DMG", "LCRB Delivery Management Group"),
    "London Criminal Justice Board": ("LCJB",),
    "London Criminal Justice Partnership": ("LCJP",),
    "HM Prison Service": ("HMPS", "Prison Service", "Prison Services"),
    "HM Courts and Tribunals Service": ("HMCTS", "Courts services"),
}
"""Full name -> other names. A name of one body only: "probation", "health" and "CRC" alone stand for several."""
FULL_NAMES = {normal(short): full for full, others in KNOWN_NAMES.items() for short in (full, *others)}
"""A known name as compared -> the full name."""
