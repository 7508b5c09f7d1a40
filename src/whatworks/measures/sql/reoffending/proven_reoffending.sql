-- proven_reoffending: who was proven to have reoffended, how often and after how many days (Ministry of Justice, proven
-- reoffending statistics: an offence within a year of the index date that leads to a conviction, caution, reprimand or
-- warning within that year or the six months after it; two years likewise). Charges and court convictions beside it.
-- A unit without a reoffence has no row here; `outcome` gives it zeros.
SELECT
  unit,
  COUNT(*) FILTER (WHERE proven_1y) AS frequency_1y,
  COUNT(*) FILTER (WHERE proven_2y) AS frequency_2y,
  MIN(days) FILTER (WHERE proven_1y) AS days_to_first_1y,
  MIN(days) FILTER (WHERE proven_2y) AS days_to_first_2y,
  COUNT(*) FILTER (WHERE convicted_1y) AS reconvictions_1y,
  COUNT(*) FILTER (WHERE convicted_2y) AS reconvictions_2y,
  COUNT(*) FILTER (WHERE charged_1y) AS charges_1y,
  COUNT(*) FILTER (WHERE charged_2y) AS charges_2y
FROM reoffence
GROUP BY unit
