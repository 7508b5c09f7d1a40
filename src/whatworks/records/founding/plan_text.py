"""Write the drafted `whatworks.toml` and `import.toml`, with a mark wherever a person has to look."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from whatworks.records.founding.file_draft import FileDraft, SchemeSeen
from whatworks.records.mappings.mapping import UNKNOWN


def settings_text(name: str, as_at: date, files: Sequence[FileDraft]) -> str:
    """Return `whatworks.toml`: agencies and schemes as the files show them, each marked CHECK."""
    return "\n".join(_settings(name, as_at, files)) + "\n"


def plan_text(files: Sequence[FileDraft], mappings: Sequence[str]) -> str:
    """Return `import.toml`: a block for each file."""
    return "# What `whatworks import` reads: one block for each file.\n" + "\n".join(
        f"[[file]]\npattern = {_quoted(_as_pattern(file.name))}\n"
        f"organisation = {_quoted(file.kind or UNKNOWN)}    # CHECK: "
        f"{'a guess' if file.kind else 'which [[agency]] of whatworks.toml sent it?'}\n"
        f"source = {_quoted(file.name.rsplit('.', 1)[0].replace('_', ' '))}\nmapping = {_quoted(mapping)}\n"
        for file, mapping in zip(files, mappings, strict=True)
    )


def merged_schemes(files: Sequence[FileDraft]) -> tuple[SchemeSeen, ...]:
    """Return each scheme once, with the agencies, the earliest day and all the areas of the files that name it."""
    seen: dict[str, SchemeSeen] = {}
    for scheme in (scheme for file in files for scheme in file.schemes):
        seen[scheme.id] = seen[scheme.id].merged(scheme) if scheme.id in seen else scheme
    return tuple(seen.values())


def _settings(name: str, as_at: date, files: Sequence[FileDraft]) -> Iterator[str]:
    yield f"name = {_quoted(name)}"
    yield f"as_at = {as_at}                  # the day up to which the extracts are complete"
    proving = sorted({file.kind for file in files if file.proves and file.kind}, key=_standing)
    if proving:
        yield f"conviction_record = {_quoted(proving[0])}      # CHECK: the agency whose records prove reoffending"
    else:
        yield '# conviction_record = "police"      # CHECK: the agency whose records prove reoffending'
    for kind in dict.fromkeys(file.kind for file in files if file.kind):
        sent = ", ".join(file.name for file in files if file.kind == kind)
        yield from ("", f"[[agency]]                          # CHECK: guessed from {sent}")
        yield from (
            f"organisation_id = {_quoted(kind)}",
            f"name = {_quoted(kind.capitalize())}",
            f"kind = {_quoted(kind)}",
        )
    seen = merged_schemes(files)
    for scheme in seen:
        yield from _scheme(scheme, as_at)
    if not seen:
        yield from _NO_SCHEME
    yield from (
        "",
        "[settings]",
        "minimum_count = 10                  # smaller counts of people are suppressed in papers",
    )
    yield from ("", "[preferences]                       # whom to believe where agencies disagree about a person")


_NO_SCHEME = (
    "",
    "# [[scheme]]                        # CHECK: a scheme whose effect is asked about, for each",
    '# id = "GATE"                       # as its people\'s rows call it',
    '# name = "Through the Gate"',
    '# organisation = "probation"        # the agency whose extracts say who took part',
    "# from = 2021-01-04",
    '# areas = ["Northbank"]             # as the extracts write them',
)


def _scheme(scheme: SchemeSeen, as_at: date) -> Iterator[str]:
    yield from ("", "[[scheme]]                          # CHECK: seen in the extracts")
    yield f"id = {_quoted(scheme.id)}"
    yield f"name = {_quoted(scheme.id)}"
    kinds = scheme.kinds or (UNKNOWN,)
    yield f"organisation = {json.dumps(list(kinds)) if len(kinds) > 1 else _quoted(kinds[0])}"
    yield f"from = {scheme.first or as_at}                   # CHECK: the earliest day that the extract holds"
    mark = "CHECK: where its people live; leave those out where it does not work" if scheme.areas else (
        "CHECK: where it works, as the extracts write it"
    )  # fmt: skip
    yield f"areas = {json.dumps(list(scheme.areas), ensure_ascii=False)}    # {mark}"


def _standing(kind: str) -> int:
    return ["police", "court"].index(kind) if kind in ("police", "court") else 2


def _as_pattern(name: str) -> str:
    """Return a pattern that only this name fits."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
