-- seriousness: the weights of a unit's proven reoffences, added up in hundredths of the edition's unit.
--
-- An offence whose group and code have no weight in the edition adds nothing and is counted in `unweighted`.
SELECT
  unit,
  CAST(SUM(weight) FILTER (WHERE proven_1y) AS BIGINT) AS seriousness_1y,
  CAST(SUM(weight) FILTER (WHERE proven_2y) AS BIGINT) AS seriousness_2y,
  COUNT(*) FILTER (WHERE proven_1y AND weight IS NULL) AS unweighted_1y,
  COUNT(*) FILTER (WHERE proven_2y AND weight IS NULL) AS unweighted_2y
FROM reoffence
GROUP BY unit
