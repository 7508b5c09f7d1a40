"""The tables that say who is who, by which model or decision, and how a linked number came about."""

import dataframely as dy

from whatworks.records.tables.declaration import Table, about


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


class Identity(Table):
    """Who a record is: filled by the room `linkage`, the only place where agencies' numbers are joined."""

    organisation_id = dy.String(primary_key=True, description="The agency.")
    person_id = dy.String(primary_key=True, description="Its number for the person.", metadata=about(identifying=True))
    linked_id = dy.String(description="One number for one person across agencies.", metadata=about(identifying=True))
    method = dy.String(
        description="How they were joined: `probabilistic`, `shared_number`, `decision` (a person's), or `unlinked`."
    )
    probability = dy.Float64(
        min=0.0, max=1.0, description="How sure the join is: the weakest pair on the surest way to the others."
    )
    pair_organisation_id = dy.String(nullable=True, description="The agency of the record that it was joined by.")
    pair_person_id = dy.String(
        nullable=True, description="The number of the record that it was joined by.", metadata=about(identifying=True)
    )
    reason = dy.String(
        nullable=True,
        description="Why: the level that each comparison came to; `same crime reference` where the pair shares one.",
    )


class LinkModel(dy.Schema):
    """A trained model of how records of one person agree and differ; the latest trained is the one in force."""

    number = dy.Int64(primary_key=True, min=1, description="Running number: the highest is in force.")
    model_id = dy.String(description="Hash of the model's numbers.")
    trained_on = dy.Date(description="The day of training.")
    model = dy.String(description="Its numbers (levels, m, u, prior), as JSON.", metadata=about(handling="official"))


def _value(description: str) -> dy.String:
    return dy.String(nullable=True, description=description, metadata=about(identifying=True))


def _blocks() -> dy.Int64:
    return dy.Int64(
        nullable=True, min=0, description="Hashes, in 21 bits each, of what three blocking rules ask of it."
    )


class LinkRecord(dy.Schema):
    """A record as it is compared with others. What changes or comes anew gets another running number."""

    record = dy.Int64(primary_key=True, min=0, description="Running number, in order of arrival.")
    organisation = dy.String(description="The agency.")
    person_id = dy.String(description="Its number for the person.", metadata=about(identifying=True))
    content = dy.Int64(description="Hash of what the agency wrote: a record of which it differs is read anew.")
    forename = _value("Forename in small letters, without accents and signs.")
    surname = _value("Surname, likewise.")
    forename_root = _value("The name of which the forename is a short form.")
    forename_sound = _value("Consonants of the forename that other alphabets' spellings have in common.")
    surname_sound = _value("Consonants of the surname, likewise.")
    full_name = _value("Forename and surname.")
    name_parts = _value("All parts of the name, in order of the alphabet.")
    born = _value("Date of birth, YYYYMMDD.")
    sex = _value("`female` or `male`.")
    postcode = _value("Postcode without spaces.")
    postcode_sector = _value("Postcode without its last two characters.")
    postcode_district = _value("Postcode without its last three characters.")
    pnc = _value("PNC number as compared: none where the one written stands with too many births.")
    prison_no = _value("Prison number as compared.")
    crn_no = _value("Probation case reference number as compared.")
    initials = _value("Initials of both names, in order of the alphabet.")
    pnc_written = _value("PNC number as written.")
    prison_no_written = _value("Prison number as written.")
    crn_no_written = _value("Probation case reference number as written.")
    pnc_checked = _value("PNC number of the right form and check letter.")
    prison_no_checked = _value("Prison number of the right form.")
    crn_no_checked = _value("Probation case reference number of the right form.")
    pnc_known = _value("PNC number that names somebody: checked, and held by no others.")
    prison_no_known = _value("Prison number that names somebody.")
    crn_no_known = _value("Probation case reference number that names somebody.")
    blocks_1 = _blocks()
    blocks_2 = _blocks()
    blocks_3 = _blocks()
    blocks_4 = _blocks()
    blocks_5 = _blocks()
    blocks_6 = _blocks()


class LinkPair(dy.Schema):
    """A pair of records that a model scored: its weight is the bits of its pattern less its commonness."""

    left_record = dy.Int64(min=0, description="Running number of one record.")
    right_record = dy.Int64(min=0, description="Running number of the other, the higher one.")
    pattern = dy.Int64(min=0, description="The level that each comparison came to, as digits to base 16.")
    commonness = dy.Float64(
        description="How many records hold the values that the pair shares, as log to base 2.",
        metadata=about(unit="bits"),
    )
    shares_reference = dy.Bool(
        nullable=True, description="Whether both stand under one arrest, case or crime reference."
    )


class LinkPattern(dy.Schema):
    """What a pattern of agreement says for a match under the model in force, with today's prior in it."""

    pattern = dy.Int64(primary_key=True, min=0, description="The level that each comparison came to.")
    bits = dy.Float64(description="Log odds to base 2, as if no other record held the values.")


class LinkScoring(dy.Schema):
    """How the pairs were scored last: one row."""

    model_id = dy.String(description="The model that scored them.")
    prior = dy.Float64(min=0.0, max=1.0, description="Probability that two records drawn at random are of one person.")
    held = dy.String(description="How many records hold a value of each column whose frequency counts, as JSON.")
    risen = dy.Float64(
        min=0.0,
        description="How far the weight of a pair that was not kept can have risen since all were scored.",
        metadata=about(unit="bits"),
    )
    reference_content = dy.String(nullable=True, description="Hash of the references that records stood under.")
    reference_bits = dy.Float64(
        nullable=True, description="What a shared reference said for a match.", metadata=about(unit="bits")
    )


class LinkDrawn(dy.Schema):
    """What an evaluation estimated under other joinings of the records: the same question is not worked out twice."""

    number = dy.Int64(primary_key=True, min=1, description="Running number.")
    draws_key = dy.String(description="Hash of the records, the joinings, the protocol and the version.")
    estimates = dy.String(
        description="Of each joining its estimates by outcome, as JSON.", metadata=about(handling="official-sensitive")
    )


class LinkDecision(dy.Schema):
    """A person's decision that two records are, or are not, one person. Nothing is deleted: an undo is a row too."""

    decision_id = dy.Int64(primary_key=True, min=1, description="Running number.")
    left_organisation_id = dy.String(description="The left record's agency.")
    left_person_id = dy.String(description="The left record's number.", metadata=about(identifying=True))
    right_organisation_id = dy.String(description="The right record's agency.")
    right_person_id = dy.String(description="The right record's number.", metadata=about(identifying=True))
    decision = dy.String(description="`must` be joined, `cannot` be joined, or `undo` of an earlier decision.")
    undoes = dy.Int64(nullable=True, min=1, description="The decision that an `undo` takes back.")
    decided_by = dy.String(description="Who decided.", metadata=about(handling="official"))
    decided_on = dy.Date(description="When.")
    reason = dy.String(description="Why.")


class LinkRefusal(dy.Schema):
    """A pair likely enough to join that was not joined, since the people so made would contradict themselves."""

    left_organisation_id = dy.String(description="The left record's agency.")
    left_person_id = dy.String(description="The left record's number.", metadata=about(identifying=True))
    right_organisation_id = dy.String(description="The right record's agency.")
    right_person_id = dy.String(description="The right record's number.", metadata=about(identifying=True))
    probability = dy.Float64(min=0.0, max=1.0, description="How probably both are one person, by the model.")
    reason = dy.String(description="The rule that forbids it.")


class LinkRun(dy.Schema):
    """By what `identity` was made: one row. Where nothing of it has changed, linking again does nothing."""

    method = dy.String(description="`probabilistic`, or `shared_number`.", metadata=about(handling="official"))
    model_id = dy.String(nullable=True, description="The model that scored pairs.", metadata=about(handling="official"))
    threshold = dy.Float64(
        nullable=True, min=0.0, max=1.0, description="The least probability of a pair that was joined."
    )
    decisions = dy.Int64(min=0, description="The last decision that was taken into account.")
    people_content = dy.String(description="Hash of the table person and of the agencies' kinds.")
    identity_content = dy.String(description="Hash of the table identity as it was written.")


class LinkPerson(dy.Schema):
    """A linked number that was ever given. One that is no longer used says which number its records went to."""

    linked_id = dy.String(primary_key=True, description="The number.", metadata=about(identifying=True))
    made_on = dy.Date(nullable=True, description="The day of the import or decision that made it.")
    retired_on = dy.Date(nullable=True, description="The day of the import or decision that ended it.")
    retired_into = dy.String(
        nullable=True, description="The number that most of its records went to.", metadata=about(identifying=True)
    )


class LinkJournal(dy.Schema):
    """A change of who is who: no linked number is renamed, joined or parted without an entry here."""

    entry = dy.Int64(primary_key=True, min=1, description="Running number.")
    happened_on = dy.Date(nullable=True, description="The day of the import or decision that brought it about.")
    event = dy.String(
        description="`new` (people, counted by records), `merge`, `split`, `move` (of records), `gone`, `renamed`."
    )
    from_id = dy.String(nullable=True, description="The number before.", metadata=about(identifying=True))
    to_id = dy.String(nullable=True, description="The number after.", metadata=about(identifying=True))
    records = dy.Int64(min=0, description="How many records it touched.", metadata=about(unit="records"))
    cause = dy.String(
        description="`new_record`, `corrected`, `decision`, `new_model`, `settings` or, once, `older_store`."
    )


LINKAGE_TABLES: dict[str, type[dy.Schema]] = {
    "identity": Identity,
    "link_run": LinkRun,
    "link_model": LinkModel,
    "link_record": LinkRecord,
    "link_pair": LinkPair,
    "link_pattern": LinkPattern,
    "link_scoring": LinkScoring,
    "link_drawn": LinkDrawn,
    "link_decision": LinkDecision,
    "link_refusal": LinkRefusal,
    "link_person": LinkPerson,
    "link_journal": LinkJournal,
    **JUDGEMENT_TABLES,
}
