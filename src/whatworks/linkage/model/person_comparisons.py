"""What is compared of two records of people: names together, date of birth, postcode, sex and three numbers."""

from whatworks.linkage.model.comparison import AgreementLevel, FieldComparison, absent, number_comparison, otherwise

LIKE = 0.88
"""Jaro-Winkler similarity from which two names may be one name with a slip."""


def _similar(left: str, right: str) -> str:
    return f"jaro_winkler_similarity({left}_l, {right}_r) >= {LIKE}"


NAME = FieldComparison(
    "name",
    "name",
    f"({absent('forename')}) AND ({absent('surname')})",
    (
        AgreementLevel("same forename and surname", "full_name_l = full_name_r", "full_name", 0.75),
        AgreementLevel("same names in another order", "name_parts_l = name_parts_r", usual=0.02),
        AgreementLevel(
            "same surname, forenames are forms of one name",
            "surname_l = surname_r AND forename_root_l = forename_root_r",
            usual=0.04,
        ),
        AgreementLevel("both names nearly the same",
              f"{_similar('forename', 'forename')} AND {_similar('surname', 'surname')}", usual=0.08),
        AgreementLevel("both names spelt another way",
              "forename_sound_l = forename_sound_r AND surname_sound_l = surname_sound_r", usual=0.02),
        AgreementLevel("same surname, no forename on one or both",
                       f"surname_l = surname_r AND ({absent('forename')})", usual=0.005, beside_reference="silent"),
        AgreementLevel("same surname, other forename", "surname_l = surname_r", "surname", 0.03, "differs"),
        AgreementLevel("same forename, no surname on one or both",
                       f"forename_root_l = forename_root_r AND ({absent('surname')})", usual=0.005),
        AgreementLevel(
            "same forename, other surname",
            "forename_root_l = forename_root_r",
            usual=0.04,
            beside_reference="silent",
        ),
        AgreementLevel("names nearly the same, in another order",
              f"{_similar('forename', 'surname')} AND {_similar('surname', 'forename')}", usual=0.005),
        otherwise("other names", usual=0.015),
    ),
)  # fmt: skip
BORN = FieldComparison(
    "born",
    "date of birth",
    absent("born"),
    (
        AgreementLevel("same date of birth", "born_l = born_r", "born", 0.93),
        AgreementLevel(
            "day and month of birth changed over",
            "left(born_l, 4) = left(born_r, 4) AND substr(born_l, 5, 2) = substr(born_r, 7, 2) "
            "AND substr(born_l, 7, 2) = substr(born_r, 5, 2)",
        ),
        AgreementLevel("dates of birth one digit apart", "damerau_levenshtein(born_l, born_r) <= 1", usual=0.03),
        AgreementLevel(
            "dates of birth one or ten years apart, or one of them 1 January of the same year",
            "(right(born_l, 4) = right(born_r, 4) "
            "AND abs(CAST(left(born_l, 4) AS INT) - CAST(left(born_r, 4) AS INT)) IN (1, 10)) "
            "OR (left(born_l, 4) = left(born_r, 4) AND (right(born_l, 4) = '0101' OR right(born_r, 4) = '0101'))",
        ),
        AgreementLevel(
            "two of day, month and year of birth agree",
            "left(born_l, 6) = left(born_r, 6) OR right(born_l, 4) = right(born_r, 4) "
            "OR (left(born_l, 4) = left(born_r, 4) AND right(born_l, 2) = right(born_r, 2))",
        ),
        otherwise("other date of birth"),
    ),
)
POSTCODE = FieldComparison(
    "postcode",
    "postcode",
    absent("postcode"),
    (
        AgreementLevel("same postcode", "postcode_l = postcode_r", "postcode", 0.6),
        AgreementLevel("same postcode sector", "postcode_sector_l = postcode_sector_r", usual=0.05),
        AgreementLevel("same postcode district", "postcode_district_l = postcode_district_r", usual=0.05),
        otherwise("other postcode", usual=0.3),
    ),
)
SEX = FieldComparison(
    "sex",
    "sex",
    absent("sex"),
    (AgreementLevel("same sex", "sex_l = sex_r", usual=0.99), otherwise("other sex", usual=0.01)),
)
PERSON_COMPARISONS = (
    NAME,
    BORN,
    POSTCODE,
    SEX,
    number_comparison("pnc", "PNC number"),
    number_comparison("prison_no", "prison number"),
    number_comparison("crn_no", "case reference number"),
)
"""Ethnicity is not compared: it is used to judge the linkage only."""
