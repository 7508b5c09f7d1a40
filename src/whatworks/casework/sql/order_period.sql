-- order_period: what became of each person's orders in each of two periods, a row a person, zeros where on none.
SELECT
  w.linked_id,
  SUM(CASE WHEN w.span = 'before' THEN c.appointments_due ELSE 0 END) AS due_before,
  SUM(CASE WHEN w.span = 'before' THEN c.appointments_kept ELSE 0 END) AS kept_before,
  SUM(CASE WHEN w.span = 'before' THEN COALESCE(a.absences, 0) ELSE 0 END) AS absences_before,
  SUM(CASE WHEN w.span = 'before' THEN c.breaches ELSE 0 END) AS breaches_before,
  SUM(CASE WHEN w.span = 'before' THEN c.months_under_requirement ELSE 0 END) AS months_before,
  SUM(CASE WHEN w.span = 'after' THEN c.appointments_due ELSE 0 END) AS due_after,
  SUM(CASE WHEN w.span = 'after' THEN c.appointments_kept ELSE 0 END) AS kept_after,
  SUM(CASE WHEN w.span = 'after' THEN COALESCE(a.absences, 0) ELSE 0 END) AS absences_after,
  SUM(CASE WHEN w.span = 'after' THEN c.breaches ELSE 0 END) AS breaches_after,
  SUM(CASE WHEN w.span = 'after' THEN c.months_under_requirement ELSE 0 END) AS months_after
FROM measure_window AS w
JOIN compliance AS c ON c.unit = w.unit AND c.span = w.span
LEFT JOIN absence AS a ON a.unit = w.unit AND a.span = w.span
WHERE c.months_under_requirement IS NOT NULL
GROUP BY w.linked_id
ORDER BY w.linked_id
