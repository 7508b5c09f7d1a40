-- sentence_day: the days on which a person was sentenced, however many agencies and however many sentences.
--
-- custody_days is the longest custodial sentence of that day as pronounced, null where no length is known; sentences of
-- one day run together, so they count once. Under 12 months means fewer than 365 days.
SELECT
  linked_id,
  sentenced_on,
  BOOL_OR(kind = 'custody') AS custody,
  MAX(CASE WHEN kind = 'custody' THEN length_days END) AS custody_days
FROM sentence_record
GROUP BY linked_id, sentenced_on
