"""Who was listed at a meeting, in what capacity and for whom; and names in the text that are spelled otherwise."""

import re

from whatworks.board.parsed import Parsed
from whatworks.board.register.ledger import add_many
from whatworks.board.register.names import normal, perhaps_one_person
from whatworks.board.register.paper_rows import PaperRows
from whatworks.board.register.recognition import Recogniser
from whatworks.records.documents import Document

_NAME = re.compile(r"\b([A-Z][a-z]+(?:-[A-Z][a-z]+)?) ((?:[A-Z]['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b")


def put_attendance(paper: PaperRows, recogniser: Recogniser, parsed: Parsed, event_id: int) -> None:
    """Put the lines of the attendee tables in."""
    made = []
    for person in parsed.people:
        body = recogniser.organisation(person.organisation, person.lines, "attendance") if person.organisation else None
        values = {
            "event_id": event_id,
            "person_id": recogniser.person(person.name, person.lines, "attendance"),
            "organisation_id": body,
            "role": person.role,
            "capacity": person.capacity,
            "heading": person.heading,
            "present": person.present,
        }
        made.append((values, paper.source(person.lines)))
    paper.counts["attendance"] = len(add_many(paper.connection, "attendance", made))


def put_other_spellings(paper: PaperRows, recogniser: Recogniser, document: Document) -> None:
    """Note names in the text that are a listed person's but for the form of the forename, and propose the merge.

    So the two spellings of one name in one paper come to light, instead of one of them being lost.
    """
    listed = {normal(name): name for name in recogniser.names["person"].values()}
    surnames = {name.split()[-1] for name in listed}
    seen: set[str] = set()
    for line in document.lines:
        for found in _NAME.finditer(line.text):
            name = normal(found[0])
            if name in listed or name in seen or name.split()[-1] not in surnames:
                continue
            if any(perhaps_one_person(found[0], other) for other in listed.values()):
                seen.add(name)
                recogniser.person(found[0], (line.number, line.number), "prose")
