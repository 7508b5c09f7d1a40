-- listed: who is on a list of people in force on a day; entries and lists overdue for review are not acted on.
SELECT e.organisation_id, e.person AS person_id, l.name AS list_name
FROM people_entry AS e
JOIN people_list AS l ON l.id = e.list_id
WHERE e.state = 'listed' AND e.person IS NOT NULL AND e.entered_on <= $day
  AND COALESCE(e.review_on, $day) >= $day AND COALESCE(e.retain_until, $day) >= $day
  AND l.closed_on IS NULL AND l.review_on >= $day AND l.retain_until >= $day
