"""Take a paper back that should not have been read: its rows are withdrawn, and who did it, when and why is kept."""

import hashlib
from pathlib import Path

from whatworks.board.register.document import StoredDocument, papers_of, set_standing, stored_documents
from whatworks.board.register.event import forget_meetings, settle_meeting
from whatworks.board.register.ledger import change, history, remove, rows
from whatworks.board.register.paper_rows import replacing
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection
from whatworks.records.register.verb import Done

MOST_MEETINGS = 60
"""Meetings of one file, each a paper of its own, that are looked for."""


def withdraw(connection: Connection, file: Path, author: Author) -> Done:
    """Withdraw a paper, named by its file, its name or its number in the register, with all that came from it.

    What people entered stands, and promises that were closed on its word are named. The paper itself is kept, as
    withdrawn, and is not read again by accident.
    """
    papers = named_papers(connection, file)
    lines = [line for paper in papers for line in _withdraw(connection, paper, author)]
    return Done("\n".join(lines), None, ("withdrawn_on",), {"papers": [paper.id for paper in papers]})


def named_papers(connection: Connection, file: Path) -> list[StoredDocument]:
    """Return the standing paper that a file, a name or a number means, or each meeting of a file that holds several."""
    held = list(stored_documents(connection, replaced=True))
    numbers = set()
    if file.is_file():
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        parts = (hashlib.sha256(f"{digest} {at}".encode()).hexdigest() for at in range(MOST_MEETINGS))
        numbers = {each[:12] for each in (digest, *parts)}
    named = [paper for paper in held if paper.id in {*numbers, str(file)}]
    named = named or [paper for paper in held if file.name in (paper.name, paper.name.partition(" (")[0])]
    standing = [paper for paper in named if paper.state == "stands"]
    if not named:
        remedy = "name one that `whatworks board paper list` shows"
        raise Refused(Fault("is not a paper of the register", remedy, file.name))
    if not standing:
        raise Refused(Fault(f"was {named[0].state} already", "see `whatworks board paper list`", file.name))
    if len({paper.name for paper in standing}) < len(standing):
        which = ", ".join(f"{paper.id} of {paper.dated}" for paper in standing)
        raise Refused(Fault(f"is the name of {len(standing)} papers", f"name one by its number: {which}", file.name))
    return standing


def _withdraw(connection: Connection, paper: StoredDocument, author: Author) -> list[str]:
    drawn = replacing(connection, paper.id, author, [paper.id])
    for planned in list(drawn.former["planned"]):
        if all(row["through"] == "reading" for row in history(connection, "planned", planned["id"])):
            drawn.former["planned"].remove(planned)
            remove(connection, "planned", "id = ?", [planned["id"]])
            drawn.changes.append(f"withdrawn planned item {planned['id']}: {planned['text']}")
    drawn.withdraw_rest()
    for table, state in (("merge", "rejected"), ("proposal", "withdrawn")):
        for row in rows(connection, table, "source_id = ? AND state = 'proposed'", [paper.id]):
            change(connection, table, row["id"], {"state": state}, author)
    set_standing(connection, paper.id, "withdrawn_on", author.on, author)
    if paper.event_id is not None:
        left = [each for each in papers_of(connection, paper.event_id, "minutes") if each.state == "stands"]
        settle_meeting(connection, paper.event_id, any(not each.partial for each in left), author)
    forget_meetings(connection, paper.id)
    summed = f"{paper.name} of {paper.dated}: withdrawn, with {len(drawn.changes)} of its rows"
    return [summed, *_still(connection, paper), *(f"  {line}" for line in drawn.changes)]


def _still(connection: Connection, paper: StoredDocument) -> list[str]:
    """Return what the officer has to look at: what was changed on the paper's word, and the version before it."""
    changed = rows(connection, "proposal", "source_id = ? AND state = 'accepted'", [paper.id])
    lines = [
        f"  action {row['action_id']} was changed on its word; see `whatworks board action show {row['action_id']}`"
        for row in changed
    ]
    before = [each for each in papers_of(connection, paper.event_id, paper.kind) if each.state == "replaced"]
    return lines + [f"  {each.name} stood before it; read it with --replace to put it back" for each in before[-1:]]
