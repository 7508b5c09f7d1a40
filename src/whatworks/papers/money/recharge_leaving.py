"""The sections of a recharge paper on leaving: who would do better alone, Shapley shares, the core, and the method."""

from whatworks.money.recharge.account import ZERO
from whatworks.money.recharge.recharge import Recharge
from whatworks.papers.money.recharge_words import LABELS, core_words, group_name, label, pounds
from whatworks.papers.paper import Block, Bullets, Paragraph, Section, Table
from whatworks.papers.words import NONE

LEAVES = (
    "A group of boroughs does better to leave where its bills together are more than a service of its own would cost. "
    "Ways of sharing the cost that no group would leave are called the core."
)


def leaving(answer: Recharge) -> Section:
    """Return who would do better to leave, the Shapley shares, and whether any bills would keep everybody."""
    found, names = answer.stability, answer.terms.names
    heading = "Would any borough, or group of boroughs, do better to leave?"
    if found is None:
        needed = next(one.needed for one in answer.missing if one.needed.startswith("own_cost"))
        return Section("leaving", heading, (Paragraph(f"Not said: the terms would have to state {needed}."),))
    everyone = list(found.alone)
    rows = [
        (
            label(one.model),
            group_name(one.worst.boroughs, names, everyone) if one.worst else "nobody",
            pounds(one.worst.billed) if one.worst else NONE,
            pounds(one.worst.alone) if one.worst else NONE,
            pounds(one.worst.saving) if one.worst else NONE,
            f"{len(one.single):,}",
            NONE if one.groups is None else f"{one.groups:,}",
        )
        for one in found.models
    ]
    whole = sum(found.shapley.values(), ZERO)
    shares = [
        (names[code], pounds(found.alone[code]), pounds(found.shapley[code]),
         *([pounds(found.stable[code])] if found.stable is not None else []))
        for code in everyone
    ]  # fmt: skip
    stable = ("Bills that no group would leave",) if found.stable is not None else ()
    blocks: list[Block] = [
        Paragraph(core_words(found), "verdict"),
        Paragraph(f"{LEAVES} {_shapley_words(answer)}"),
        Table(
            name="leaving",
            title="The group that would save most by leaving, in pounds a year",
            columns=("Model", "Group", "Billed", "Alone", "Saving", "Boroughs alone", "Groups"),
            rows=tuple(rows),
            numeric=(False, False, True, True, True, True, True),
            widths=(1.4, 2.6, 1.3, 1.3, 1.2, 1.0, 0.9),
            notes=(
                "Boroughs alone: how many would save by themselves. Groups: how many of the "
                f"{2 ** len(everyone) - 1:,} groups would save; [z] where they are too many to count.",
            ),
        ),
        Table(
            name="shapley",
            title="What each borough would pay alone, and its Shapley share, in pounds a year",
            columns=("Borough", "Alone", "Shapley share", *stable),
            rows=(*shares, ("Total", NONE, pounds(whole), *([pounds(whole)] if stable else []))),
            numeric=(False, True, True, *(True for _ in stable)),
            widths=(2.4, 1.5, 1.5, *(1.8 for _ in stable)),
            notes=(
                "Shapley share: what the borough adds to the cost, on average over all orders of joining.",
                f"Both share out £{pounds(found.together)}, which all would pay together by the terms' figures; the "
                f"boroughs' bills sum to £{pounds(found.billed)}.",
            ),
        ),
    ]
    return Section("leaving", heading, tuple(blocks))


def _shapley_words(answer: Recharge) -> str:
    found = answer.stability
    if found is None:
        return ""
    if found.shapley_blocked is None:
        return "The Shapley shares keep everybody: no group would do better to leave."
    group = group_name(found.shapley_blocked.boroughs, answer.terms.names, list(found.alone))
    saving = f"{group} would save £{pounds(found.shapley_blocked.saving)} a year by leaving"
    return f"The Shapley shares lie outside the core: {saving}."


def method(answer: Recharge) -> Section:
    """Return how it was worked out, and what is not said."""
    said = [
        "Each host's cost is divided over the nights that its places give: used by boroughs' families, used by "
        "families from outside, and empty. Whoever the terms name pays for the last two.",
        "No figure is rounded but the bills themselves, in pence by the largest remainder.",
        "Where a refuge is appears nowhere in the software, its input or this paper.",
    ]
    if answer.stability is not None:
        said.append(f"Leaving. {answer.stability.method}")
    blocks: list[Block] = [Bullets(tuple(said))]
    if answer.missing:
        blocks.append(Paragraph("What is not said, and what it would need:"))
        blocks.append(Bullets(tuple(f"{_named(one.part)}: {one.needed}." for one in answer.missing)))
    return Section("method", "How was it worked out, and what is not said?", tuple(blocks))


def _named(part: str) -> str:
    for model, said in LABELS.items():
        part = part.replace(model, said)
    return part[:1].upper() + part[1:]
