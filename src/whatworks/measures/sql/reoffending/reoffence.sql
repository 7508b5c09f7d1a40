-- reoffence: each offence of a unit committed in a span, with what it counts as.
--
-- Committed: starts <= committed_from < ends. The index offence never counts, nor anything committed before the start,
-- nor the offence groups that the protocol does not count. `left_out` is what a period leaves out besides.
-- proven: sanctioned on or after the day of commission and before `proved_by`, six months after the span's end.
-- convicted: the same, by a court. charged: charged on or after that day and before `proved_by`.
-- days: from the start. A missing weight is null; seriousness says how many there are.
SELECT
  w.unit,
  w.span,
  o.offence_key,
  o.case_ref,
  o.committed_from,
  o.sanctioned_on,
  o.offence_class,
  DATE_DIFF('day', w.starts, o.committed_from) AS days,
  COALESCE(c.weight, g.weight) AS weight,
  COALESCE(o.sanctioned_on >= o.committed_from AND o.sanctioned_on < w.proved_by, FALSE) AS proven,
  COALESCE(o.convicted_on >= o.committed_from AND o.convicted_on < w.proved_by, FALSE) AS convicted,
  COALESCE(o.charged_on >= o.committed_from AND o.charged_on < w.proved_by, FALSE) AS charged
FROM measure_window AS w
JOIN cohort_offence AS o
  ON o.linked_id = w.linked_id AND o.committed_from >= w.starts AND o.committed_from < w.ends
LEFT JOIN left_out AS l ON l.unit = w.unit
LEFT JOIN index_referral AS r ON r.unit = w.unit AND r.case_ref = o.case_ref
LEFT JOIN not_counted_group AS n ON n.offence_group = o.offence_group
LEFT JOIN severity_by_code AS c ON c.offence_code = o.offence_code
LEFT JOIN severity_by_group AS g ON g.offence_group = o.offence_group
WHERE n.offence_group IS NULL
  AND r.unit IS NULL
  AND COALESCE(o.offence_key <> l.offence_key, TRUE)
  AND COALESCE(o.sanctioned_on <> l.sanctioned_on, TRUE)
  AND NOT (w.starts_at_sanction AND COALESCE(o.sanctioned_on = w.index_date, FALSE))
