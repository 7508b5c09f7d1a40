-- who_has_a_case: which agency had a case, or a place on a scheme, of which person from one day to another.
SELECT DISTINCT
  COALESCE(c.lead_organisation, c.organisation_id) AS agency,
  'cases of ' || c.kind AS what,
  i.linked_id AS person
FROM casefile AS c
JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
JOIN case_stage AS s ON s.organisation_id = c.organisation_id AND s.case_id = c.case_id
WHERE s.entered_on < $last AND (s.left_on IS NULL OR s.left_on >= $first)
UNION
SELECT DISTINCT p.organisation_id, 'scheme ' || p.scheme_id, i.linked_id
FROM participation AS p
JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE p.started_on < $last AND (p.ended_on IS NULL OR p.ended_on >= $first)
ORDER BY 1, 2, 3
