-- index_day: the days from which a person's reoffending may be counted (Ministry of Justice, proven reoffending).
--
-- release: the end of a sentence spell, unless another spell holds the person on: one received on or before that day
--   and not over by it (so a transfer is no release; one who is received again on the day of release was not free).
-- order_start: the day of a community or suspended sentence.
-- caution: the day of a caution in the conviction record or a court's.
-- `source` is the agency that says so, the first in alphabetical order where several do.
WITH event AS (
  SELECT s.linked_id, 'release' AS kind, s.released_on AS index_date, s.organisation_id AS source
  FROM custody_record AS s
  LEFT JOIN custody_stay AS stay
    ON stay.linked_id = s.linked_id AND stay.received_on <= s.released_on AND stay.until > s.released_on
  WHERE s.status = 'sentence' AND s.released_on IS NOT NULL AND stay.linked_id IS NULL
  UNION ALL
  SELECT linked_id, 'order_start', sentenced_on, organisation_id
  FROM sentence_record
  WHERE kind IN ('community', 'suspended')
  UNION ALL
  SELECT r.linked_id, 'caution', d.cautioned_on, r.organisation_id
  FROM cautioned_offence AS d
  JOIN offence_record AS r
    ON r.linked_id = d.linked_id AND r.offence_key = d.offence_key AND r.sanctioned_on = d.cautioned_on
  WHERE r.proving AND r.sanction = 'caution'
)
SELECT linked_id, kind, index_date, MIN(source) AS source
FROM event
GROUP BY linked_id, kind, index_date
