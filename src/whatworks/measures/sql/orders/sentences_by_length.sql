-- sentences_by_length: custodial sentences given in a span: under 12 months (fewer than 365 days as pronounced), of 12
-- months or more, and of a length not known. The sentence that starts the follow-up is left out.
SELECT
  w.unit,
  w.span,
  COUNT(*) FILTER (WHERE d.custody_days < 365) AS short_sentences,
  COUNT(*) FILTER (WHERE d.custody_days >= 365) AS long_sentences,
  COUNT(*) FILTER (WHERE d.custody_days IS NULL) AS sentences_unknown_length
FROM measure_window AS w
JOIN sentence_day AS d ON d.linked_id = w.linked_id AND d.sentenced_on >= w.starts AND d.sentenced_on < w.ends
LEFT JOIN left_out AS l ON l.unit = w.unit
WHERE d.custody
  AND COALESCE(d.sentenced_on <> l.sentenced_on, TRUE)
  AND NOT (w.starts_at_sanction AND d.sentenced_on = w.index_date)
GROUP BY w.unit, w.span
