-- appointments: appointments due within the follow-up whose outcome is recorded, and how many of them were kept.
SELECT
  w.unit,
  COUNT(*) FILTER (WHERE a.due_on < w.ends_1y) AS due_1y,
  COUNT(*) AS due_2y,
  COUNT(*) FILTER (WHERE a.due_on < w.ends_1y AND a.outcome = 'kept') AS kept_1y,
  COUNT(*) FILTER (WHERE a.outcome = 'kept') AS kept_2y
FROM measure_window AS w
JOIN requirement_record AS r ON r.linked_id = w.linked_id
JOIN appointment AS a ON a.organisation_id = r.organisation_id AND a.requirement_id = r.requirement_id
WHERE a.outcome IS NOT NULL AND a.due_on >= w.index_date AND a.due_on < w.ends_2y
GROUP BY w.unit
