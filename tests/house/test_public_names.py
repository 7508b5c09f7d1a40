"""What a room names as its own is there, and stays there whichever of its modules are imported first."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import whatworks

HOUSE = Path(whatworks.__file__).parent
ROOMS = sorted(
    ".".join(["whatworks", *home.parent.relative_to(HOUSE).parts])
    for home in HOUSE.rglob("__init__.py")
    if "__all__" in home.read_text()
)


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_a_thing_of_the_room_and_not_one_of_its_modules(room: str) -> None:
    package = import_module(room)
    for module in Path(package.__path__[0]).glob("*.py"):
        if module.stem in package.__all__:
            import_module(f"{room}.{module.stem}")
    for name in package.__all__:
        assert not isinstance(getattr(package, name), ModuleType), name
    assert set(package.__all__) <= set(dir(package))


def test_a_name_is_imported_when_it_is_asked_for_and_not_before() -> None:
    program = (
        "import sys\n"
        "from whatworks import money\n"
        "assert 'whatworks.money.amount' not in sys.modules\n"
        "assert money.Money is money.Money\n"
        "assert 'whatworks.money.amount' in sys.modules and 'whatworks.money.tables.check' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_name_that_a_room_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(ImportError, match="cannot import name 'profit'"):
        from whatworks.money import profit  # type: ignore[attr-defined]  # noqa: F401


def test_what_a_notebook_needs_is_offered_at_the_door(tmp_path: Path) -> None:
    assert [name for name in dir(whatworks) if not name.startswith("_")] == [
        "Refused", "evaluate", "example", "match", "match_arms", "match_imputed", "power", "read_result", "verdict",
    ]  # fmt: skip
    for name in whatworks.__all__:
        assert callable(getattr(whatworks, name)) or name == "__version__", name
    with pytest.raises(ValueError, match="is not there"):
        whatworks.read_result(tmp_path / "result.json")
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        whatworks.guess  # noqa: B018
