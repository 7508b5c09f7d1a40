-- explanations: whom each agency has a reason to read, from when to when (null: still): its cases, actions and handovers.
SELECT c.organisation_id AS agency, c.organisation_id, c.person_id, c.opened_on AS from_date, c.closed_on AS to_date
FROM casefile AS c WHERE c.person_id IS NOT NULL
UNION
SELECT c.lead_organisation AS agency, c.organisation_id, c.person_id, c.opened_on AS from_date, c.closed_on AS to_date
FROM casefile AS c WHERE c.person_id IS NOT NULL AND c.lead_organisation IS NOT NULL
UNION
SELECT a.owner_organisation AS agency, c.organisation_id, c.person_id, c.opened_on AS from_date, a.closed_on AS to_date
FROM plan_action AS a
JOIN casefile AS c ON c.organisation_id = a.organisation_id AND c.case_id = a.case_id
WHERE c.person_id IS NOT NULL AND a.owner_organisation IS NOT NULL
UNION
SELECT h.to_organisation AS agency, c.organisation_id, c.person_id, h.asked_on AS from_date, c.closed_on AS to_date
FROM handover AS h
JOIN casefile AS c ON c.organisation_id = h.organisation_id AND c.case_id = h.case_id
WHERE c.person_id IS NOT NULL
