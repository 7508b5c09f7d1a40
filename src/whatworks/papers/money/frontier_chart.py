"""The frontier of a negotiation: what the payer keeps against what the partner at most risk could lose."""

from typing import Any

from whatworks.money.futures.negotiation import Negotiation
from whatworks.papers.money.amounts import pounds
from whatworks.pictures.drawing import legend, specification
from whatworks.pictures.palette import DARK_BLUE, DARK_GREY, GREY, INK, ORANGE, RULE, TURQUOISE

KINDS = ("both sides would sign", "no other terms beat it", "other terms tried", "the contract as it stands")
COLOURS = (TURQUOISE, DARK_BLUE, RULE, ORANGE)
SHAPES = ("square", "circle", "circle", "diamond")


def frontier_chart(found: Negotiation) -> dict[str, Any]:
    """Return the chart of all terms tried; both axes are better upwards and to the right."""
    import altair as alt

    edge = {one.offer for one in found.edge}
    data = [
        {
            "saved": one.saved.value / 1000,
            "worst": one.hardest / 1000,
            "kind": KINDS[0] if one.signed(found.wish) else KINDS[1] if one.offer in edge else KINDS[2],
        }
        for one in found.tried
    ]
    data.sort(key=lambda point: -KINDS.index(str(point["kind"])))
    stands = found.as_it_stands
    data.append({"saved": stands.saved.value / 1000, "worst": stands.hardest / 1000, "kind": KINDS[3]})
    shown = [kind for kind in KINDS if any(point["kind"] == kind for point in data)]
    places = [KINDS.index(kind) for kind in shown]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("saved:Q", title="The payer expects to save (£ thousand)"),
        y=alt.Y("worst:Q", title="Worst 5% of the partner at most risk (£ thousand)"),
    )
    dots = base.mark_point(filled=True, opacity=1, size=60).encode(
        color=alt.Color("kind:N", scale=alt.Scale(domain=shown, range=[COLOURS[at] for at in places]), legend=legend()),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=shown, range=[SHAPES[at] for at in places]), legend=legend()),
    )
    line = alt.Chart(
        alt.Data(values=[{"saved": one.saved.value / 1000, "worst": one.hardest / 1000} for one in found.edge])
    )
    drawn = line.mark_line(color=DARK_BLUE, strokeWidth=1.5).encode(x="saved:Q", y="worst:Q")
    limits = [
        alt.Chart(alt.Data(values=[{"at": -found.wish.bearable / 1000}]))
        .mark_rule(color=DARK_GREY, strokeDash=[6, 3])
        .encode(y="at:Q"),
        alt.Chart(alt.Data(values=[{"at": found.wish.least_saved / 1000}]))
        .mark_rule(color=GREY, strokeDash=[2, 3])
        .encode(x="at:Q"),
    ]
    says = alt.Chart(alt.Data(values=[{"at": -found.wish.bearable / 1000, "says": "bearable above this line"}]))
    label = says.mark_text(align="left", dy=-7, fontSize=12, color=INK).encode(y="at:Q", x=alt.value(6), text="says:N")
    return specification(alt.layer(dots, drawn, *limits, label).properties(width=560, height=300))


def frontier_words(found: Negotiation) -> str:
    """Return the chart in words."""
    ends = found.edge[0], found.edge[-1]
    said = [
        f"{len(found.tried)} sets of terms, by what the payer expects to save and the worst 5% of the partner at most "
        f"risk. The frontier runs from {pounds(ends[0].saved.value)} saved and {pounds(ends[0].hardest)} in the worst "
        f"5%, to {pounds(ends[1].saved.value)} and {pounds(ends[1].hardest)}."
    ]
    said.append(f"Bearable is {pounds(-found.wish.bearable)} or better.")
    count = found.signable_before_check
    said.append(f"{count or 'None'} of them would be signed by both sides.")
    stands = found.as_it_stands
    said.append(f"The contract as it stands: {pounds(stands.saved.value)} and {pounds(stands.hardest)}.")
    return " ".join(said)
