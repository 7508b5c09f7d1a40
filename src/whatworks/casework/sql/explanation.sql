-- explanation: which agency's readers have a reason to read of a person, from when to when, by cases and tasks.
--
-- agency: null for the partnership's own staff. Who led before a transfer has a reason up to its acceptance. An action
-- explains up to the day on which it was settled, a handover from the day on which it was asked to a refusal.
WITH cases AS (
  SELECT
    c.organisation_id, c.case_id, c.lead_organisation, c.opened_on AS from_date, c.closed_on AS to_date,
    COALESCE(i.linked_id, c.organisation_id || ':' || c.person_id) AS person
  FROM standing_casefile AS c
  LEFT JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
  WHERE c.person_id IS NOT NULL AND c.opened_on IS NOT NULL
),
led AS (
  SELECT c.organisation_id, COALESCE(c.replaces, c.case_id) AS case_id, c.lead_organisation
  FROM casefile AS c
  WHERE c.lead_organisation IS NOT NULL
),
transferred AS (
  SELECT h.organisation_id, h.case_id, MAX(h.answered_on) AS answered_on
  FROM standing_handover AS h
  WHERE h.kind = 'transfer' AND h.answer = 'accepted'
  GROUP BY h.organisation_id, h.case_id
),
explained AS (
  SELECT CAST(NULL AS VARCHAR) AS agency, c.person, c.from_date, c.to_date, 'team' AS why
  FROM cases AS c
  UNION ALL
  SELECT c.organisation_id AS agency, c.person, c.from_date, c.to_date, 'record' AS why
  FROM cases AS c
  UNION ALL
  SELECT
    l.lead_organisation AS agency, c.person, c.from_date,
    CASE WHEN l.lead_organisation = c.lead_organisation THEN c.to_date ELSE t.answered_on END AS to_date, 'lead' AS why
  FROM cases AS c
  JOIN led AS l ON l.organisation_id = c.organisation_id AND l.case_id = c.case_id
  LEFT JOIN transferred AS t ON t.organisation_id = c.organisation_id AND t.case_id = c.case_id
  UNION ALL
  SELECT
    a.owner_organisation AS agency, c.person, c.from_date, COALESCE(a.closed_on, c.to_date) AS to_date, 'action' AS why
  FROM cases AS c
  JOIN standing_plan_action AS a ON a.organisation_id = c.organisation_id AND a.case_id = c.case_id
  WHERE a.owner_organisation IS NOT NULL
  UNION ALL
  SELECT
    h.to_organisation AS agency, c.person, h.asked_on AS from_date,
    CASE WHEN h.answer = 'refused' THEN h.answered_on ELSE c.to_date END AS to_date, 'handover' AS why
  FROM cases AS c
  JOIN standing_handover AS h ON h.organisation_id = c.organisation_id AND h.case_id = c.case_id
)
SELECT DISTINCT e.agency, e.person, e.from_date, e.to_date, e.why
FROM explained AS e
