-- period_outcome: what happened to each unit in each period before and after its index date.
--
-- Null where it cannot be known (not in the conviction record, or the period is immature). Days at liberty are all days
-- of the period but the nights in custody.
SELECT
  w.unit,
  w.period,
  w.from_date,
  w.until,
  w.known,
  w.mature,
  CASE WHEN w.known AND w.mature THEN DATE_DIFF('day', w.from_date, w.until) - COALESCE(c.nights, 0) END
    AS days_at_liberty,
  CASE WHEN w.known AND w.mature THEN COALESCE(o.seriousness, 0) / CAST(100 AS DOUBLE) END AS seriousness,
  CASE WHEN w.known AND w.mature THEN COALESCE(o.offences, 0) END AS offences,
  CASE WHEN w.known AND w.mature THEN COALESCE(s.short_sentences, 0) END AS short_sentences,
  CASE WHEN w.known AND w.mature THEN COALESCE(s.long_sentences, 0) END AS long_sentences,
  CASE WHEN w.known AND w.mature THEN COALESCE(c.nights, 0) END AS custody_nights
FROM period_window AS w
LEFT JOIN period_offence AS o ON o.unit = w.unit AND o.period = w.period
LEFT JOIN period_sentence AS s ON s.unit = w.unit AND s.period = w.period
LEFT JOIN period_custody AS c ON c.unit = w.unit AND c.period = w.period
ORDER BY w.unit, w.period
