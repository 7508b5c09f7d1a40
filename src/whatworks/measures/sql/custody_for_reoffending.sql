-- custody_for_reoffending: proven reoffences that brought a custodial sentence.
--
-- The sentence names the offence, or, if it names none, was given on the day on which the reoffence was sanctioned. It
-- was given before the same day by which the reoffence had to be proved. Reoffences sentenced on one day count once.
SELECT
  r.unit,
  COUNT(DISTINCT s.sentenced_on) FILTER (WHERE r.proven_1y AND s.sentenced_on < w.proved_1y) AS custody_1y,
  COUNT(DISTINCT s.sentenced_on) FILTER (WHERE r.proven_2y AND s.sentenced_on < w.proved_2y) AS custody_2y
FROM reoffence AS r
JOIN measure_window AS w ON w.unit = r.unit
JOIN sentence_record AS s
  ON s.linked_id = w.linked_id
  AND s.sentenced_on >= r.committed_from
  AND (s.case_ref = r.case_ref OR (s.case_ref IS NULL AND s.sentenced_on = r.sanctioned_on))
WHERE s.kind = 'custody' AND NOT (w.starts_at_sanction AND s.sentenced_on = w.index_date)
GROUP BY r.unit
