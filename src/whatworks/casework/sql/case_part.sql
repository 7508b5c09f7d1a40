-- case_part: the agencies that have a part in each case: whose number it uses, who leads, who was asked, who owes an action.
SELECT c.organisation_id || ':' || c.case_id AS place, c.organisation_id AS agency
FROM standing_casefile AS c
UNION
SELECT c.organisation_id || ':' || c.case_id AS place, c.lead_organisation AS agency
FROM standing_casefile AS c
UNION
SELECT h.organisation_id || ':' || h.case_id AS place, h.to_organisation AS agency
FROM standing_handover AS h
WHERE h.answer IS NULL OR h.answer = 'accepted'
UNION
SELECT a.organisation_id || ':' || a.case_id AS place, a.owner_organisation AS agency
FROM standing_plan_action AS a
