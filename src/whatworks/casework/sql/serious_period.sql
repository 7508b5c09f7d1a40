-- serious_period: each person's serious further offences in each of two periods.
SELECT
  f.linked_id,
  COUNT(*) FILTER (WHERE f.committed_from BETWEEN $before_first AND $before_last) AS serious_before,
  COUNT(*) FILTER (WHERE f.committed_from BETWEEN $after_first AND $after_last) AS serious_after
FROM serious_further AS f
GROUP BY f.linked_id
