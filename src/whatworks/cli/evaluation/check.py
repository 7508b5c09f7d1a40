"""`whatworks check`: what an evaluation would lack, in one screen, before outcomes are opened."""

from functools import partial
from typing import TYPE_CHECKING

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.options import FolderOption

if TYPE_CHECKING:
    from whatworks.evaluation.drafting.readiness import Finding


@saying()
def check(partnership: FolderOption = None) -> View:
    """Say what an evaluation would lack: tables, links, follow-up, people, areas, dates, protocols; not outcomes."""
    from whatworks.cli.place import prepared
    from whatworks.cli.progress import bars
    from whatworks.evaluation.drafting.readiness import readiness
    from whatworks.evaluation.question.protocol import load_protocol
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    paths = sorted(here.protocols.glob("*.toml"))
    protocols = [(path.name, partial(load_protocol, path)) for path in paths]
    with prepared(here) as connection, bars() as progress:
        findings = readiness(connection, here.config, protocols, progress)
    lacking = [one for one in findings if one.lacking]
    lines = []
    for one in findings:
        lines.append(f"{'LACKS' if one.lacking else 'ok   '} {one.about}: {one.says}")
        lines += [f"        {one.remedy}"] if one.remedy else []
    return View(
        {"lacking": len(lacking), "findings": findings}, [*lines, "", _next(lacking, [path.name for path in paths])]
    )


def _next(lacking: "list[Finding]", protocols: list[str]) -> str:
    if not protocols:
        return "No outcome was opened. Next: `whatworks protocol new`, once the tables above are there."
    if lacking:
        return f"No outcome was opened. {len(lacking)} to look at before a protocol is locked."
    return f"No outcome was opened, and nothing is lacking. Next: `whatworks protocol lock protocols/{protocols[0]}`."
