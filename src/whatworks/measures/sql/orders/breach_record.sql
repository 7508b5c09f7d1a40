-- breach_record: every breach of a requirement, with the person it is about.
SELECT r.linked_id, b.organisation_id, b.breach_id, b.breached_on
FROM breach AS b
JOIN requirement_record AS r ON r.organisation_id = b.organisation_id AND r.requirement_id = b.requirement_id
