-- offence_wanted: the offences that a cohort's measures look at, so that only their records need to be merged.
--
-- Those of which some agency's record says that they were committed within a span of days that matters (`offence_span`),
-- and the main offences of sentences for which the person was in custody then. All records of such an offence are
-- merged, those that give another day too.
SELECT DISTINCT r.linked_id, r.offence_key
FROM offence_record AS r
JOIN offence_span AS s
  ON s.linked_id = r.linked_id AND r.committed_from >= s.from_date AND r.committed_from < s.until
UNION
SELECT c.linked_id, t.offence_ref
FROM custody_record AS c
JOIN offence_span AS s ON s.linked_id = c.linked_id AND c.received_on < s.until AND c.until > s.from_date
JOIN sentence_record AS t ON t.linked_id = c.linked_id AND t.sentence_id = c.sentence_id
WHERE t.offence_ref IS NOT NULL
