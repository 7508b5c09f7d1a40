"""Remember whether this process has changed anything on disk, so that nobody is told it had not."""

_CHANGED: list[bool] = []


def mark_changed() -> None:
    """Say that a file or a store was, or may have been, changed."""
    _CHANGED.append(True)


def has_changed() -> bool:
    """Tell whether this process may have changed a file or a store."""
    return bool(_CHANGED)
