-- absence: appointments of a span that were missed without an acceptable reason.
SELECT w.unit, w.span, COUNT(*) AS absences
FROM measure_window AS w
JOIN requirement_record AS r ON r.linked_id = w.linked_id
JOIN standing_appointment AS a ON a.organisation_id = r.organisation_id AND a.requirement_id = r.requirement_id
WHERE a.outcome = 'unacceptable_absence' AND a.due_on >= w.starts AND a.due_on < w.ends
GROUP BY w.unit, w.span
