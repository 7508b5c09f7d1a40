-- seriousness: the weights of a unit's proven reoffences, added up in hundredths, in the edition's unit.
--
-- An offence whose group and code have no weight in the edition adds nothing and is counted in `unweighted_offences`.
SELECT
  unit,
  span,
  CAST(COALESCE(CAST(SUM(weight) AS BIGINT), 0) AS DOUBLE) / CAST(100 AS DOUBLE) AS seriousness,
  COUNT(*) FILTER (WHERE weight IS NULL) AS unweighted_offences
FROM reoffence
WHERE proven
GROUP BY unit, span
