-- custody_for_reoffending: proven reoffences that brought a custodial sentence.
--
-- The sentence names the case, and no other count of it was sanctioned nearer to the day of the sentence; or it names
-- none, and was given on the day on which the reoffence was sanctioned. It was given before the same day by which the
-- reoffence had to be proved. Reoffences sentenced on one day count once.
WITH given AS (
  SELECT r.unit, r.span, s.sentenced_on, r.sanctioned_on, s.case_ref, w.linked_id
  FROM reoffence AS r
  JOIN measure_window AS w ON w.unit = r.unit AND w.span = r.span
  JOIN sentence_record AS s
    ON s.linked_id = w.linked_id
    AND s.sentenced_on >= r.committed_from
    AND s.sentenced_on < w.proved_by
    AND (s.case_ref = r.case_ref OR (s.case_ref IS NULL AND s.sentenced_on = r.sanctioned_on))
  WHERE r.proven AND s.kind = 'custody' AND NOT (w.starts_at_sanction AND s.sentenced_on = w.index_date)
),
nearer AS (
  SELECT DISTINCT g.unit, g.case_ref, g.sanctioned_on, g.sentenced_on
  FROM given AS g
  JOIN offence_report AS o
    ON o.linked_id = g.linked_id
    AND o.case_ref = g.case_ref
    AND ABS(DATE_DIFF('day', o.sanctioned_on, g.sentenced_on)) < ABS(DATE_DIFF('day', g.sanctioned_on, g.sentenced_on))
  WHERE o.proving
)
SELECT g.unit, g.span, 1 AS custody_for_reoffending, COUNT(DISTINCT g.sentenced_on) AS custody_frequency
FROM given AS g
LEFT JOIN nearer AS l
  ON l.unit = g.unit
  AND l.case_ref = g.case_ref
  AND l.sanctioned_on = g.sanctioned_on
  AND l.sentenced_on = g.sentenced_on
WHERE l.unit IS NULL
GROUP BY g.unit, g.span
