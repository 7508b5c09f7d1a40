"""Where the numbers come from: files, records of offences that agencies share, the protocol and the software."""

from dataclasses import asdict

from whatworks.evaluation import result as inside
from whatworks.measures.merging import Merging
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Listing, Proposal, ResultSection
from whatworks.papers.evaluation.sections.links import stamp as stamp_of
from whatworks.papers.evaluation.sections.verdicts import status_words
from whatworks.papers.paper import Block, Facts, Paragraph, Section
from whatworks.records.calendar_names import long_date

ROWS = ("rows_in", "rows_kept", "rows_quarantined", "rows_excluded", "rows_dropped")


class Source(Published, of=inside.SourceStamp):
    """One imported file. Rows kept are withheld wherever subtraction would give a small number of rows left out."""


class OffencePair(Published):
    """Offences that two agencies may both report, in tens: merged, of them without a case, in doubt; and left apart."""

    first: str
    second: str
    merged: Count
    by_code: Count
    doubtful: Count
    other_day: Count
    other_case: Count


class Data(Published, of=inside.DataStamp):
    """What the numbers were computed from, and by what."""

    offences: tuple[OffencePair, ...] = ()


def published_data(proposal: Proposal) -> Data:
    """Return the provenance; a flat file's rows are people, so they go where the first step's counts go."""
    attrition, data = proposal.published["attrition"], proposal.result.data
    first_hidden = bool(attrition) and "c" in (attrition[0].treated, attrition[0].comparison)
    return Data.of(
        data,
        Disclosure(proposal.minimum),
        sources=tuple(
            published_source(source, proposal.minimum, first_hidden, all_hidden=proposal.more.has("file", str(at)))
            for at, source in enumerate(data.sources)
        ),
        offences=published_merging(data.merging, proposal.minimum),
    )


def published_merging(merging: Merging | None, minimum: int) -> tuple[OffencePair, ...]:
    """Return the counts of offences by pair of agencies, in tens; fewer than `minimum` are withheld."""

    def tens(count: int) -> Count:
        return "c" if 0 < count < minimum else int(half_away(count / 10, 0)) * 10

    return tuple(
        OffencePair.model_validate({k: tens(v) if isinstance(v, int) else v for k, v in asdict(pair).items()})
        for pair in (merging.pairs if merging else ())
    )


def published_source(
    source: inside.SourceStamp, minimum: int, people_hidden: bool, *, all_hidden: bool = False
) -> Source:
    """Return a source's stamp with small numbers of rows, and what would give them back, withheld.

    Lines that are no records, such as a report's last one, are about nobody.
    """
    small = Nested(minimum).sensitive
    few = [small(source.rows_quarantined), small(source.rows_excluded), False]
    everything = all_hidden or (source.table == "flat" and (people_hidden or any(few)))
    hide = [everything, everything or any(few), *(everything or one for one in few)]
    rows = {name: "c" if gone else getattr(source, name) for name, gone in zip(ROWS, hide, strict=True)}
    return Source.of(source, Disclosure(minimum), **rows)


def as_at(source: Source) -> str:
    """Return the day of a file, where it says one."""
    return source.as_at.isoformat() if source.as_at else "–"


DATA = ResultSection(name="data", published=Data, whole=published_data, single=True, audited=True)
SOURCES = Listing(
    name="sources",
    lines=lambda release: release.data.sources,
    title="Files that the figures come from",
    sheet_title="Files that the figures come from",
    columns=lambda _: (
        Column("File", "name", 2.55, numeric=False),
        Column("From", "organisation_id", 1.35, numeric=False),
        Column("Holds", "table", 1.55, numeric=False),
        Column("As at", lambda row: row.as_at and row.as_at.isoformat(), 1.35, as_at, numeric=False),
        Column("Rows", "rows_in", 1.05),
        Column("Kept", "rows_kept", 1.05),
        Column("Quarantined", "rows_quarantined", 1.4),
        Column("Left out", "rows_excluded", 0.8),
        Column("Dropped", "rows_dropped", 1.1),
        Column("SHA-256", "sha256", 2.1, lambda row: row.sha256[:16], page="Hash", numeric=False),
    ),
    notes=lambda _: (
        "Hash: the first 16 characters of the file's SHA-256; the spreadsheets have the whole.",
        "Rows = kept + quarantined + left out + dropped (lines that are not records, such as a total).",
    ),
)
OFFENCES = Listing(
    name="offences",
    lines=lambda release: release.data.offences,
    title="Offences that two agencies both report",
    sheet_title="Offences that two agencies both report, in tens",
    columns=lambda _: (
        Column("Agencies", "", 2.6, lambda row: f"{row.first} and {row.second}", sheet=False, numeric=False),
        Column("Agency", "first", page=False),
        Column("Other agency", "second", page=False),
        Column("Merged", "merged"),
        Column("By day and code", "by_code", 1.2),
        Column("In doubt", "doubtful"),
        Column("Same case only", "other_day", 1.2),
        Column("Same day only", "other_case", 1.2),
    ),
    notes=lambda _: (
        "Offences of everybody in the records, in tens. Merged: counted once. By day and code: a record names no case. "
        "In doubt: several records alike, of which only the number is certain. Same case only: one agency has it, and "
        "both have the case. Same day only: one agency has it, and the other has an offence of that person, day and "
        "group under another reference; some may be counted twice.",
    ),
)


def provenance(release: PublishedResult) -> Section:
    """Return the section on where the numbers come from."""
    stamp, data = release.protocol, release.data
    locked = f", locked on {long_date(stamp.locked_on)}" if stamp.locked_on else ""
    blocks: list[Block] = [
        Facts(
            (
                ("Protocol", f"{stamp.id}: {status_words(stamp.status)}{locked}"),
                ("Protocol hash", stamp.sha256),
                ("Data as at", long_date(data.as_at)),
                ("Software", f"whatworks {data.code_version}, seed {data.seed}"),
                *((("Links", stamp_of(release.links)),) if release.links else ()),
                ("Made again by", release.paper.command),
            )
        )
    ]
    none = Paragraph("No source files are on record.")
    blocks.append(SOURCES.table(release) if data.sources else none)
    return Section("provenance", "Where the numbers come from", tuple(blocks))
