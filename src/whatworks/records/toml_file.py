"""Read a TOML file that people write by hand, and say everything that is wrong with it at once."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused

MOST_DEEP = 30
MOST_SAID = 300
Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the parsed content of a TOML file, or refuse it naming the line that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as fault:
        raise Refused(Fault("is not there", "check the name and the folder", str(path))) from fault
    except IsADirectoryError as fault:
        raise Refused(Fault("is a folder", "name a file", str(path))) from fault
    except UnicodeDecodeError as fault:
        raise Refused(Fault("cannot be read as TOML: it is not UTF-8 text", "save it as UTF-8", path.name)) from fault
    except OSError as fault:
        raise Refused(Fault(f"cannot be opened ({fault.strerror})", "check who may read it", path.name)) from fault
    return parse_toml(text, path.name)


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return what TOML `text` holds, or refuse it; `file` is named in the fault.

    >>> parse_toml("deep = [[[1]]]", "a.toml"), MOST_DEEP
    ({'deep': [[[1]]]}, 30)
    """
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise _too_deep(file) from None
    except tomllib.TOMLDecodeError as fault:
        raise Refused(Fault(f"cannot be read as TOML ({_shortened(str(fault))})", "correct the file", file)) from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise Refused(Fault("cannot be read as TOML: a number in it has no end", "correct the file", file)) from None
    if _is_deep(content):
        raise _too_deep(file)
    return content


def _is_deep(content: Any) -> bool:
    level = [content]
    for _ in range(MOST_DEEP):
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
        level = [one for one in level if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _too_deep(file: str) -> Refused:
    problem = f"holds lists or sections nested more than {MOST_DEEP} deep"
    return Refused(Fault(problem, "take the nesting out: no file of ours has it", file))


def _shortened(text: str) -> str:
    """Return a message that fits a screen, though it quotes a key or a line without end."""
    return text if len(text) <= MOST_SAID else f"{text[: MOST_SAID // 2]} ... {text[-MOST_SAID // 2 :]}"


def load_model(model: type[Model], path: Path, page: str) -> Model:
    """Return the file as a `model`, or refuse it with every fault; `page` is the documentation that lists its keys."""
    content = read_toml(path)
    try:
        return model.model_validate(content)
    except ValidationError as faults:
        raise Refused(model_faults(faults, path.name, page)) from faults


def model_faults(found: ValidationError, file: str, page: str) -> list[Fault]:
    """Return what pydantic found wrong with a file's content, in words; `page` lists its keys."""
    return [_fault(one, file, page) for one in found.errors()]


def _fault(error: ErrorDetails, file: str, page: str) -> Fault:
    unknown = error["type"] == "extra_forbidden"
    problem = "is not a key of this file" if unknown else problem_of(error)
    remedy = "correct or delete it" if unknown else "correct it"
    return Fault(problem, f"{remedy}; {page} lists the keys and their values", file, field=place_of(error))
