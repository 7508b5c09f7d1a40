-- sentences_by_length: custodial sentences given in the follow-up: under 12 months (fewer than 365 days as pronounced),
-- of 12 months or more, and of a length not known. The sentence that starts the follow-up is left out.
SELECT
  w.unit,
  COUNT(*) FILTER (WHERE d.sentenced_on < w.ends_1y AND d.custody_days < 365) AS short_1y,
  COUNT(*) FILTER (WHERE d.custody_days < 365) AS short_2y,
  COUNT(*) FILTER (WHERE d.sentenced_on < w.ends_1y AND d.custody_days >= 365) AS long_1y,
  COUNT(*) FILTER (WHERE d.custody_days >= 365) AS long_2y,
  COUNT(*) FILTER (WHERE d.sentenced_on < w.ends_1y AND d.custody_days IS NULL) AS unknown_length_1y,
  COUNT(*) FILTER (WHERE d.custody_days IS NULL) AS unknown_length_2y
FROM measure_window AS w
JOIN sentence_day AS d
  ON d.linked_id = w.linked_id AND d.sentenced_on >= w.index_date AND d.sentenced_on < w.ends_2y
WHERE d.custody AND NOT (w.starts_at_sanction AND d.sentenced_on = w.index_date)
GROUP BY w.unit
