-- compliance: months under a requirement, breaches and appointments of a span, null for who had no requirement in force.
-- A month is 30.4375 days (365.25 / 12).
SELECT
  w.unit,
  w.span,
  CAST(u.days AS DOUBLE) / CAST(30.4375 AS DOUBLE) AS months_under_requirement,
  CASE WHEN u.unit IS NOT NULL THEN COALESCE(b.breaches, 0) END AS breaches,
  CAST(COALESCE(b.breaches, 0) AS DOUBLE) / (CAST(u.days AS DOUBLE) / CAST(30.4375 AS DOUBLE)) AS breaches_per_month,
  CASE WHEN u.unit IS NOT NULL THEN COALESCE(a.due, 0) END AS appointments_due,
  CASE WHEN u.unit IS NOT NULL THEN COALESCE(a.kept, 0) END AS appointments_kept
FROM measure_window AS w
LEFT JOIN under_requirement AS u ON u.unit = w.unit AND u.span = w.span AND u.days > 0
LEFT JOIN breaches AS b ON b.unit = w.unit AND b.span = w.span
LEFT JOIN appointments AS a ON a.unit = w.unit AND a.span = w.span
