-- listed_elsewhere: who is on a list that an agency sent, on a day.
SELECT e.organisation_id, e.person_id, e.list_name
FROM list_entry AS e
WHERE e.entered_on <= $day AND (e.left_on IS NULL OR e.left_on > $day)
