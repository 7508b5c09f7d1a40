-- appointments: appointments due within a span whose outcome is recorded, and how many of them were kept.
SELECT w.unit, w.span, COUNT(*) AS due, COUNT(*) FILTER (WHERE a.outcome = 'kept') AS kept
FROM measure_window AS w
JOIN requirement_record AS r ON r.linked_id = w.linked_id
JOIN standing_appointment AS a ON a.organisation_id = r.organisation_id AND a.requirement_id = r.requirement_id
WHERE a.outcome IS NOT NULL AND a.due_on >= w.starts AND a.due_on < w.ends
GROUP BY w.unit, w.span
