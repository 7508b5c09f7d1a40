"""What the counts of an evaluation are called, wherever they are held against each other: here, in books, in audits."""


def analysed(group: str) -> str:
    """Return the name of the number of people analysed."""
    return f"{group} analysed"


def before(group: str) -> str:
    """Return the name of the number of people before matching: the scheme's, and those who could be comparisons."""
    return f"{group} before matching"


def step(group: str, at: int) -> str:
    """Return the name of the number of people left after a step of the attrition."""
    return f"{group} after step {at}"


def people(outcome: str, group: str) -> str:
    """Return the name of the number of people behind an outcome's figure."""
    return f"{group} with {outcome} known"


def events(outcome: str, group: str) -> str:
    """Return the name of the number of people with an outcome, or of its events."""
    return f"{group} with {outcome}"


def level(group: str, asked: str, name: str) -> str:
    """Return the name of the number of people of a subgroup's level.

    >>> level("treated", "age < 25", "under 25"), with_it(level("treated", "sex", "male"))
    ('treated of age < 25: under 25', 'treated of sex: male with it')
    """
    return f"{group} of {asked}: {name}"


def with_it(people_of: str) -> str:
    """Return the name of those of a level who had the outcome."""
    return f"{people_of} with it"


def without(had: str) -> str:
    """Return the name of those beside the people who had an outcome: of the same people, they did not.

    >>> without(events("held", "treated"))
    'treated with held, the others'
    """
    return f"{had}, the others"


def share(column: str, covariate: str, name: str | None) -> str:
    """Return the name of the people whom a share of the balance table tells of, in one of its columns.

    >>> share("comparison_after", "Sex", "male"), share("treated", "Debt", None)
    ('comparison_after Sex: male', 'treated Debt')
    """
    return f"{column} {covariate}: {name}" if name else f"{column} {covariate}"
