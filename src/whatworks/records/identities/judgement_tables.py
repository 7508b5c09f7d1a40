"""The tables that keep which pairs of records people were asked about, and what they said."""

import dataframely as dy

from whatworks.records.tables.declaration import about


class LinkSample(dy.Schema):
    """A sample of pairs drawn for people to judge, and the linkage that it was drawn from."""

    sample_id = dy.Int64(primary_key=True, min=1, description="Running number.")
    drawn_on = dy.Date(description="When.")
    seed = dy.Int64(min=0, description="What it was drawn by.")
    model_id = dy.String(nullable=True, description="The model that scored the pairs.")
    threshold = dy.Float64(min=0.0, max=1.0, description="The least probability at which pairs were joined.")
    cells = dy.String(
        description="All pairs scored: by band of probability, and by whether they were joined, their number and the "
        "sum of their probabilities, as JSON.",
        metadata=about(handling="official"),
    )


class LinkQuestion(dy.Schema):
    """A sampled pair. The left record comes first by (agency, number)."""

    sample_id = dy.Int64(primary_key=True, min=1, description="The sample.")
    question = dy.Int64(primary_key=True, min=1, description="Number of the question within it.")
    left_organisation_id = dy.String(description="The left record's agency.")
    left_person_id = dy.String(description="The left record's number.", metadata=about(identifying=True))
    right_organisation_id = dy.String(description="The right record's agency.")
    right_person_id = dy.String(description="The right record's number.", metadata=about(identifying=True))
    probability = dy.Float64(min=0.0, max=1.0, description="How probably both are one person, by the model.")
    joined = dy.Bool(description="Whether the linkage had joined them.")
    weight = dy.Float64(
        min=0.0,
        description="How many scored pairs it stands for; 0 for a pair asked about for its own sake.",
        metadata=about(unit="pairs"),
    )


class LinkJudgement(dy.Schema):
    """What one judge said of a sampled pair. Nothing is deleted: of two rows of one judge the later counts."""

    judgement = dy.Int64(primary_key=True, min=1, description="Running number.")
    sample_id = dy.Int64(min=1, description="The sample.")
    question = dy.Int64(min=1, description="The question.")
    judge = dy.String(description="Who judged.", metadata=about(handling="official"))
    answer = dy.String(description="`same` person, `different` people, or `cannot tell`.")
    judged_on = dy.Date(description="The day on which the sheet was read.")


JUDGEMENT_TABLES: dict[str, type[dy.Schema]] = {
    "link_sample": LinkSample,
    "link_question": LinkQuestion,
    "link_judgement": LinkJudgement,
}
