-- offence_wanted: the offences that a cohort's measures look at, so that only their records need to be merged.
--
-- Those committed within a span of days that matters (`offence_span`), and those of the cases for whose sentences the
-- person was in custody then.
SELECT DISTINCT r.linked_id, r.offence_key
FROM offence_record AS r
JOIN offence_span AS s
  ON s.linked_id = r.linked_id AND r.committed_from >= s.from_date AND r.committed_from < s.until
UNION
SELECT r.linked_id, r.offence_key
FROM custody_record AS c
JOIN offence_span AS s ON s.linked_id = c.linked_id AND c.received_on < s.until AND c.until > s.from_date
JOIN sentence_record AS t ON t.linked_id = c.linked_id AND t.sentence_id = c.sentence_id
JOIN offence_record AS r ON r.linked_id = t.linked_id AND r.case_ref = t.case_ref
