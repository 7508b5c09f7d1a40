-- reoffence: each offence of a unit committed in its follow-up, with what it counts as at one and at two years.
--
-- Committed: start <= committed_from < start + 12 months (24 at two years). The index offence never counts, nor
-- anything committed before the start, nor the offence groups that the protocol does not count.
-- proven: sanctioned on or after the day of commission and before start + 18 months (30).
-- convicted: the same, by a court. charged: charged on or after that day and before start + 18 months (30).
-- A missing weight is null; seriousness says how many there are.
SELECT
  w.unit,
  o.offence_key,
  o.case_ref,
  o.committed_from,
  o.sanctioned_on,
  o.offence_class,
  DATE_DIFF('day', w.index_date, o.committed_from) AS days,
  COALESCE(c.weight, g.weight) AS weight,
  o.committed_from < w.ends_1y AND COALESCE(o.sanctioned_on >= o.committed_from AND o.sanctioned_on < w.proved_1y, FALSE)
    AS proven_1y,
  COALESCE(o.sanctioned_on >= o.committed_from AND o.sanctioned_on < w.proved_2y, FALSE) AS proven_2y,
  o.committed_from < w.ends_1y AND COALESCE(o.convicted_on >= o.committed_from AND o.convicted_on < w.proved_1y, FALSE)
    AS convicted_1y,
  COALESCE(o.convicted_on >= o.committed_from AND o.convicted_on < w.proved_2y, FALSE) AS convicted_2y,
  o.committed_from < w.ends_1y AND COALESCE(o.charged_on >= o.committed_from AND o.charged_on < w.proved_1y, FALSE)
    AS charged_1y,
  COALESCE(o.charged_on >= o.committed_from AND o.charged_on < w.proved_2y, FALSE) AS charged_2y
FROM measure_window AS w
JOIN cohort_offence AS o
  ON o.linked_id = w.linked_id AND o.committed_from >= w.index_date AND o.committed_from < w.ends_2y
LEFT JOIN index_referral AS r ON r.unit = w.unit AND r.case_ref = o.case_ref
LEFT JOIN not_counted_group AS n ON n.offence_group = o.offence_group
LEFT JOIN severity_by_code AS c ON c.offence_code = o.offence_code
LEFT JOIN severity_by_group AS g ON g.offence_group = o.offence_group
WHERE n.offence_group IS NULL
  AND r.unit IS NULL
  AND NOT (w.starts_at_sanction AND COALESCE(o.sanctioned_on = w.index_date, FALSE))
