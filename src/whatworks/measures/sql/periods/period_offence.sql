-- period_offence: proven offences committed in each period and their weights in hundredths. What was sanctioned on the
-- day of the index offence's sanction (the case that brought the person in) is left out, and so is the offence that led to a
-- referral where follow-up starts with the scheme.
SELECT
  w.unit,
  w.period,
  COUNT(*) AS offences,
  CAST(SUM(COALESCE(c.weight, g.weight)) AS BIGINT) AS seriousness
FROM period_window AS w
JOIN cohort_offence AS o
  ON o.linked_id = w.linked_id AND o.committed_from >= w.from_date AND o.committed_from < w.until
LEFT JOIN index_offence AS i ON i.unit = w.unit
LEFT JOIN index_referral AS r ON r.unit = w.unit AND r.case_ref = o.case_ref
LEFT JOIN not_counted_group AS n ON n.offence_group = o.offence_group
LEFT JOIN severity_by_code AS c ON c.offence_code = o.offence_code
LEFT JOIN severity_by_group AS g ON g.offence_group = o.offence_group
WHERE n.offence_group IS NULL
  AND r.unit IS NULL
  AND o.sanctioned_on >= o.committed_from
  AND o.sanctioned_on < w.proved_before
  AND COALESCE(o.offence_key <> i.offence_key, TRUE)
  AND COALESCE(o.sanctioned_on <> i.sanctioned_on, TRUE)
  AND NOT (w.starts_at_sanction AND o.sanctioned_on = w.index_date)
GROUP BY w.unit, w.period
