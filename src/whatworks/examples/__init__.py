"""Files to begin with: public data, protocols, contracts, and a board's sheets."""

from pathlib import Path

from whatworks.records.refusal import Fault, Refused


def example(name: str) -> Path:
    """Return the path of a file that comes with the software; refused, with the names that there are, for any other.

    `lalonde.csv` are LaLonde's 614 people (LaLonde 1986; Dehejia and Wahba 1999), on whom MatchIt's own pages match.

    >>> example("lalonde.csv").name
    'lalonde.csv'
    >>> example("lalond.csv")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: name "lalond.csv": is not an example; choose iowa.toml, lalonde-cps.toml, \
lalonde.csv or rossi.toml
    """
    folder = Path(__file__).parent
    files = sorted(file.name for file in folder.iterdir() if file.is_file() and file.suffix not in (".py", ".pyi"))
    if name not in files:
        remedy = f"choose {', '.join(files[:-1])} or {files[-1]}"
        raise Refused(Fault("is not an example", remedy, field="name", value=name))
    return folder / name
