"""Brief readers of several tiers by one text: each gets a numbered copy of the passages that are for them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import Field

from whatworks.records.audit.reader import present_reader
from whatworks.records.hand_written import HandWritten
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done
from whatworks.records.tables.codes import TIERS, Handling
from whatworks.records.toml_file import load_model
from whatworks.sharing.agreement import PAGE, Agreement, read_agreements
from whatworks.sharing.may import Request, may
from whatworks.sharing.purposes import purpose_fault
from whatworks.sharing.release import ROWS, logged, next_number
from whatworks.sharing.selection import People


class BriefingReader(HandWritten):
    """Somebody who is briefed: a post, its organisation, and the tier to which the holder is cleared."""

    post: str
    organisation: str
    tier: Handling


class Passage(HandWritten):
    """A passage of the text, and its tier."""

    tier: Handling
    text: str

    @property
    def mark(self) -> str:
        """A short hash of its words, whatever their case and spacing."""
        return hashlib.sha256(plain(self.text).encode()).hexdigest()[:16]


class Briefing(HandWritten):
    """One text for readers of several tiers."""

    reference: str = Field(pattern=r"^[A-Za-z0-9][\w.-]*$", max_length=40)
    title: str
    giver: str = Field(description="The agency whose text it is.")
    purpose: str
    reader: tuple[BriefingReader, ...] = Field(min_length=1)
    passage: tuple[Passage, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Copy:
    """What one reader gets: the passages, the clauses that permit them, how long it is kept, and why others are not."""

    reader: BriefingReader
    passages: tuple[Passage, ...]
    clauses: tuple[str, ...]
    expires_on: date
    withheld: tuple[str, ...]

    @property
    def tier(self) -> Handling:
        """The highest tier of its passages, which its head and foot bear."""
        return max((each.tier for each in self.passages), key=TIERS.index)


def plain(text: str) -> str:
    """Return text by which a passage is known again.

    >>> plain("The  Threat\\nis HIGH")
    'the threat is high'
    """
    return " ".join(text.casefold().split())


def load_briefing(path: Path, here: Partnership) -> Briefing:
    """Return a briefing's file, or refuse it with every fault."""
    briefing = load_model(Briefing, path, PAGE)
    known = here.config.organisations
    parties = {briefing.giver, *(reader.organisation for reader in briefing.reader)}
    faults = [Fault("is not an agency", choice(each, known), path.name, value=each, field="organisation")
              for each in sorted(parties - {*known})]  # fmt: skip
    faults += [fault] if (fault := purpose_fault(briefing.purpose)) is not None else []
    if faults:
        raise Refused(faults)
    return briefing


def copies(briefing: Briefing, agreements: Sequence[Agreement], on: date) -> Iterator[Copy]:
    """Yield each reader's copy of a text on a day, by the agreements on table `briefing`; one of no passage is none."""
    for reader in briefing.reader:
        rulings = {
            tier: may(agreements, Request(reader.organisation, "briefing", (tier.replace("-", "_"),),
                                          People.named(briefing.giver, "everybody"), briefing.purpose, on, reader.tier))
            for tier in dict.fromkeys(each.tier for each in briefing.passage)
        }  # fmt: skip
        seen = tuple(each for each in briefing.passage if rulings[each.tier].allowed)
        resting = {placed for tier in {each.tier for each in seen} for placed in rulings[tier].clauses}
        until = [min(on + timedelta(clause.retain_days), agreement.ends_on) for agreement, clause in resting]
        names = tuple(sorted(agreement.name(clause) for agreement, clause in resting))
        withheld = tuple(f"{tier}: {ruling.says}" for tier, ruling in rulings.items() if not ruling.allowed)
        yield Copy(reader, seen, names, min(until, default=on + timedelta(365)), withheld)


def brief(connection: Connection, ledger: Ledger, author: Author, here: Partnership, file: Path) -> Done:
    """Write every reader's numbered copy, and log which passages are in it; refused above the present reader's tier."""
    briefing = load_briefing(file, here)
    highest = max((each.tier for each in briefing.passage), key=TIERS.index)
    tier = present_reader(connection).tier
    if TIERS.index(highest) > TIERS.index(tier):
        problem = f"has a passage that is {highest}, and you are cleared to {tier}"
        raise Refused(Fault(problem, "have it made by somebody who is cleared", file.name))
    lines: list[str] = []
    rows: dict[str, str] = {}
    for copy in copies(briefing, read_agreements(here), author.true_day):
        whom = f"{copy.reader.post} ({copy.reader.organisation}, {copy.reader.tier})"
        if not copy.passages:
            lines.append(f"no copy for {whom}")
        else:
            number = next_number(connection, ledger)
            log = {"kind": "briefing", "what": briefing.reference, "giver": briefing.giver,
                   "receiver": copy.reader.organisation, "reader": copy.reader.post, "purpose": briefing.purpose,
                   "clauses": "; ".join(copy.clauses) or None, "parts": " ".join(each.mark for each in copy.passages),
                   "expires_on": copy.expires_on}  # fmt: skip
            says = f"copy {number} for {whom}: {len(copy.passages)} of {len(briefing.passage)} passages"
            text = text_of(briefing, copy, number).encode()
            done = logged(connection, ledger, author, here, log, (f"{number:04d}-{briefing.reference}.txt", text), says)
            lines.append(done.says)
            rows |= done.kept[ROWS]
        lines += [f"    withheld, {reason}" for reason in copy.withheld]
    return Done("\n".join(lines), more={"copies": lines}, kept={"briefing": briefing.reference, ROWS: rows})


def text_of(briefing: Briefing, copy: Copy, number: int) -> str:
    """Return a reader's copy, marked at its head and foot with its tier, its number and whose it is."""
    mark = f"{copy.tier.upper()}   {briefing.reference}, copy {number}, for {copy.reader.post} alone"
    passages = [each.text.strip() for each in copy.passages]
    return "\n\n".join([mark, briefing.title, *passages, f"Destroy after {copy.expires_on}.", mark]) + "\n"


def leaked(connection: Connection, ledger: Ledger, briefing: Briefing, text: str) -> list[Row]:
    """Return the copies that hold a leaked passage, or a part of one; refused where no passage has those words."""
    words = plain(text)
    marks = [each.mark for each in briefing.passage if words and words in plain(each.text)]
    if not marks:
        remedy = "give words as they stand in a passage, from its file as it was when the copies were made"
        raise Refused(Fault("stands in no passage of the briefing", remedy, field="text"))
    rows = ledger.rows(connection, "release", "kind = 'briefing' AND what = ?", [briefing.reference])
    return [row for row in rows if not set(marks).isdisjoint(row["parts"].split())]
