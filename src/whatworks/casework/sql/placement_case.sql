-- placement_case: every offer of a home or a job that stands, with the person's linked number.
SELECT
  p.organisation_id || '/' || p.placement_id AS unit, i.linked_id, p.kind, p.offered_on, p.answer, p.started_on,
  p.ended_on, p.end_reason, p.from_borough, p.to_borough
FROM standing_placement AS p
LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
ORDER BY p.organisation_id, p.placement_id
