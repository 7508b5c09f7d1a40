-- sentence_period: the days on which each person was sentenced in each of two periods, and those that gave custody.
SELECT
  d.linked_id,
  COUNT(*) FILTER (WHERE d.sentenced_on BETWEEN $before_first AND $before_last) AS sentenced_before,
  COUNT(*) FILTER (WHERE d.sentenced_on BETWEEN $before_first AND $before_last AND d.custody) AS custody_before,
  COUNT(*) FILTER (WHERE d.sentenced_on BETWEEN $after_first AND $after_last) AS sentenced_after,
  COUNT(*) FILTER (WHERE d.sentenced_on BETWEEN $after_first AND $after_last AND d.custody) AS custody_after
FROM sentence_day AS d
GROUP BY d.linked_id
