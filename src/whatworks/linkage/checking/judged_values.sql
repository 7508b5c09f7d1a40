-- judged_values: what both agencies wrote down about each pair of a sample, side by side, in the order of the questions.
--
-- A prison's own number for a person is the prison number, and a probation service's the case reference number.
WITH written AS (
  SELECT
    p.organisation_id,
    p.person_id,
    p.forename,
    p.surname,
    CAST(p.date_of_birth AS VARCHAR) AS born,
    p.sex,
    p.postcode,
    p.pnc_id,
    COALESCE(p.prison_number, CASE WHEN o.kind = 'prison' THEN p.person_id END) AS prison_number,
    COALESCE(p.crn, CASE WHEN o.kind = 'probation' THEN p.person_id END) AS crn
  FROM person AS p
  LEFT JOIN (SELECT DISTINCT organisation_id, kind FROM organisation) AS o ON o.organisation_id = p.organisation_id
)
SELECT
  q.question,
  a.organisation_id AS agency_1,
  b.organisation_id AS agency_2,
  a.forename AS forename_1,
  b.forename AS forename_2,
  a.surname AS surname_1,
  b.surname AS surname_2,
  a.born AS born_1,
  b.born AS born_2,
  a.sex AS sex_1,
  b.sex AS sex_2,
  a.postcode AS postcode_1,
  b.postcode AS postcode_2,
  a.pnc_id AS pnc_1,
  b.pnc_id AS pnc_2,
  a.prison_number AS prison_1,
  b.prison_number AS prison_2,
  a.crn AS crn_1,
  b.crn AS crn_2
FROM link_question AS q
JOIN written AS a ON a.organisation_id = q.left_organisation_id AND a.person_id = q.left_person_id
JOIN written AS b ON b.organisation_id = q.right_organisation_id AND b.person_id = q.right_person_id
WHERE q.sample_id = $sample
ORDER BY q.question
