-- agency_contact: every contact that was kept, recorded as a contact or as an appointment, by the agency's own number.
--
-- What a prison records is not a contact on the outside.
SELECT c.organisation_id, c.person_id, c.contacted_on, COALESCE(c.provider, c.organisation_id) AS provider
FROM standing_contact AS c
WHERE c.outcome = 'kept' AND NOT EXISTS (
  SELECT 1
  FROM organisation AS o
  WHERE o.organisation_id = c.organisation_id AND o.kind = 'prison'
)
UNION ALL
SELECT r.organisation_id, r.person_id, a.due_on AS contacted_on, COALESCE(r.provider, r.organisation_id) AS provider
FROM standing_appointment AS a
JOIN requirement AS r ON r.organisation_id = a.organisation_id AND r.requirement_id = a.requirement_id
WHERE a.outcome = 'kept'
