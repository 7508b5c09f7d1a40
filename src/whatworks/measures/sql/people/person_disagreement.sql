-- person_disagreement: about how many people agencies give different dates of birth, sexes or ethnic groups.
WITH person_answers AS (
  SELECT
    i.linked_id,
    MIN(p.date_of_birth) <> MAX(p.date_of_birth) AS date_of_birth,
    MIN(NULLIF(p.sex, 'unknown')) <> MAX(NULLIF(p.sex, 'unknown')) AS sex,
    MIN(p.ethnicity) <> MAX(p.ethnicity) AS ethnicity
  FROM person AS p
  JOIN linked_person AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  GROUP BY i.linked_id
)
SELECT
  COUNT(*) FILTER (WHERE date_of_birth) AS date_of_birth,
  COUNT(*) FILTER (WHERE ethnicity) AS ethnicity,
  COUNT(*) FILTER (WHERE sex) AS sex
FROM person_answers
