-- proven_reoffending: who was proven to have reoffended, and how often (Ministry of Justice, proven reoffending
-- statistics: an offence within a year of the index date that leads to a conviction, caution, reprimand or warning within
-- that year or the six months after it; other lengths likewise). Charges and court convictions beside it.
SELECT
  unit,
  span,
  CASE WHEN COUNT(*) FILTER (WHERE proven) > 0 THEN 1 ELSE 0 END AS proven_reoffending,
  COUNT(*) FILTER (WHERE proven) AS frequency,
  CASE WHEN COUNT(*) FILTER (WHERE convicted) > 0 THEN 1 ELSE 0 END AS reconvicted,
  CASE WHEN COUNT(*) FILTER (WHERE charged) > 0 THEN 1 ELSE 0 END AS charged,
  COUNT(*) FILTER (WHERE charged) AS charges
FROM reoffence
GROUP BY unit, span
