"""The paper says what agencies' records of offences made together, in tens, and shows no small number."""

from papers.example_results import randomised
from whatworks.measures.merging import AgencyPair, Merging
from whatworks.papers import publish
from whatworks.papers.evaluation.sections.lost import lost


def test_counts_of_pairs_are_in_tens_and_few_are_withheld() -> None:
    result = randomised()
    pair = AgencyPair("court", "police", merged=1_234, by_code=9, doubtful=0, other_day=15, other_case=10)
    merging = Merging(2_500, 1_260, (pair,), {"court": (0, 1_240), "police": (9, 1_260)})
    result = result.model_copy(update={"data": result.data.model_copy(update={"merging": merging})})
    release = publish(result)
    (row,) = release.data.offences
    assert (row.merged, row.by_code, row.doubtful, row.other_day, row.other_case) == (1230, "c", 0, 20, 10)
    table = next(block for block in lost(release).blocks if getattr(block, "name", "") == "offences_merged")
    assert table.rows == (("court and police", "1,230", "[c]", "0", "20", "10"),)
