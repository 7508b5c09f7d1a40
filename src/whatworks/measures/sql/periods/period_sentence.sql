-- period_sentence: custodial sentences under 12 months and of 12 months or more given in each period, the index sentence
-- left out.
SELECT
  w.unit,
  w.period,
  COUNT(*) FILTER (WHERE d.custody_days < 365) AS short_sentences,
  COUNT(*) FILTER (WHERE d.custody_days >= 365) AS long_sentences
FROM period_window AS w
JOIN sentence_day AS d ON d.linked_id = w.linked_id AND d.sentenced_on >= w.from_date AND d.sentenced_on < w.until
LEFT JOIN index_sentence AS i ON i.unit = w.unit
WHERE d.custody
  AND COALESCE(d.sentenced_on <> i.sentenced_on, TRUE)
  AND NOT (w.starts_at_sanction AND d.sentenced_on = w.index_date)
GROUP BY w.unit, w.period
