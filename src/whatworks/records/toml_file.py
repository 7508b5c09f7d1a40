"""Read a TOML file that people write by hand, and say everything that is wrong with it at once."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the parsed content of a TOML file, or refuse it naming the line that cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as fault:
        raise Refused(Fault("is not there", "check the name and the folder", str(path))) from fault
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Refused(Fault(f"cannot be read as TOML ({fault})", "correct the file", path.name)) from fault


def load_model(model: type[Model], path: Path, page: str) -> Model:
    """Return the file as a `model`, or refuse it with every fault; `page` is the documentation that lists its keys."""
    content = read_toml(path)
    try:
        return model.model_validate(content)
    except ValidationError as faults:
        raise Refused([_fault(one, path.name, page) for one in faults.errors()]) from faults


def _fault(error: ErrorDetails, file: str, page: str) -> Fault:
    unknown = error["type"] == "extra_forbidden"
    problem = "is not a key of this file" if unknown else problem_of(error)
    remedy = "correct or delete it" if unknown else "correct it"
    return Fault(problem, f"{remedy}; {page} lists the keys and their values", file, field=place_of(error))
