-- merge_count: how many offences there are, how many records of agencies they were merged from, about how many agencies
-- disagree on the day of commission, and how many are called sanctioned only by agencies that cannot prove it.
SELECT
  COUNT(*) AS offences,
  CAST(COALESCE(SUM(records), 0) AS BIGINT) AS records,
  COUNT(*) FILTER (WHERE first_day <> last_day) AS disagreeing,
  COUNT(*) FILTER (WHERE claimed AND NOT proved) AS claimed_only
FROM (
  SELECT
    linked_id,
    offence_key,
    COUNT(*) AS records,
    MIN(committed_from) AS first_day,
    MAX(committed_from) AS last_day,
    COALESCE(BOOL_OR(sanctioned_on IS NOT NULL), FALSE) AS claimed,
    COALESCE(BOOL_OR(proving AND sanctioned_on IS NOT NULL), FALSE) AS proved
  FROM offence_record
  GROUP BY linked_id, offence_key
) AS offence_by_record
