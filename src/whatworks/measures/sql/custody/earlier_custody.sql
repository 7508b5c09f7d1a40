-- earlier_custody: stays within a unit's span that are for matters before its index date.
--
-- Custody for a reoffence is an outcome, so only these are taken from the time at risk. A stay is judged by the first of
-- these that can be told:
-- 1. the main offence of its sentence: earlier if committed before the index date;
-- 2. the day of its sentence: earlier if given on or before the index date;
-- 3. its beginning or kind: earlier if it began before the index date, or is a recall (to an earlier sentence);
-- 4. what came before it: earlier unless some offence of the person was committed from the index date up to reception.
WITH stay AS (
  SELECT
    w.unit,
    w.span,
    w.index_date,
    w.starts,
    w.ends,
    c.organisation_id,
    c.spell_id,
    c.status,
    c.received_on,
    c.until,
    MIN(s.sentenced_on) AS sentenced_on,
    MIN(o.committed_from) AS committed_from
  FROM measure_window AS w
  JOIN custody_record AS c
    ON c.linked_id = w.linked_id AND c.received_on < w.ends AND c.until > w.starts AND c.until > c.received_on
  LEFT JOIN sentence_record AS s ON s.linked_id = c.linked_id AND s.sentence_id = c.sentence_id
  LEFT JOIN offence_report AS o ON o.linked_id = s.linked_id AND o.case_ref = s.case_ref
  GROUP BY
    w.unit, w.span, w.index_date, w.starts, w.ends,
    c.organisation_id, c.spell_id, c.status, c.received_on, c.until
),
offended AS (
  SELECT w.unit, w.span, MIN(o.committed_from) AS committed_from
  FROM measure_window AS w
  JOIN cohort_offence AS o
    ON o.linked_id = w.linked_id AND o.committed_from >= w.index_date AND o.committed_from < w.ends
  WHERE NOT (w.starts_at_sanction AND COALESCE(o.sanctioned_on = w.index_date, FALSE))
  GROUP BY w.unit, w.span
)
SELECT s.unit, s.span, s.starts, s.ends, s.received_on, s.until
FROM stay AS s
LEFT JOIN offended AS r ON r.unit = s.unit AND r.span = s.span
WHERE CASE
  WHEN s.committed_from IS NOT NULL THEN s.committed_from < s.index_date
  WHEN s.sentenced_on <= s.index_date THEN TRUE
  WHEN s.received_on < s.index_date OR s.status = 'recall' THEN TRUE
  ELSE r.committed_from IS NULL OR r.committed_from > s.received_on
END
