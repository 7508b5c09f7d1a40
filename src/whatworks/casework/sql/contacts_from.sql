-- contacts_from: the first day of which a kept contact was recorded: before it nobody can be seen, or lost.
SELECT MIN(f.kept_on) AS contacts_from
FROM (
  SELECT MIN(c.contacted_on) AS kept_on
  FROM standing_contact AS c
  WHERE c.outcome = 'kept'
  UNION ALL
  SELECT MIN(a.due_on) AS kept_on
  FROM standing_appointment AS a
  WHERE a.outcome = 'kept'
) AS f
