-- known_offence: the offences of a unit as they were known on its index date: recorded as well as dated by then.
--
-- Only records that an agency had written down by that day are merged, by the rules of distinct_offence, and a sanction
-- that came later is not seen. An offence of the index day itself is an outcome, not the past, unless it is the index
-- offence (sanctioned that very day by the caution or order that starts the follow-up).
WITH merged AS (
  SELECT
    w.unit,
    w.index_date,
    w.starts_at_sanction,
    r.offence_key,
    SUBSTRING(MIN(CAST(r.standing AS VARCHAR) || r.offence_group), 2) AS offence_group,
    COALESCE(MIN(r.committed_from) FILTER (WHERE r.proving), MIN(r.committed_from)) AS committed_from,
    MIN(r.sanctioned_on) FILTER (WHERE r.proving AND r.sanctioned_on <= w.index_date) AS sanctioned_on
  FROM measure_window AS w
  JOIN offence_record AS r ON r.linked_id = w.linked_id AND r.known_on <= w.index_date AND r.committed_from <= w.index_date
  GROUP BY w.unit, w.index_date, w.starts_at_sanction, r.offence_key
)
SELECT unit, index_date, offence_key, offence_group, committed_from, sanctioned_on
FROM merged
WHERE committed_from < index_date OR (starts_at_sanction AND sanctioned_on = index_date)
