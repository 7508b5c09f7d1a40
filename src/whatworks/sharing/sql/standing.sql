-- standing: each person of an agency with the sets that they, or linked records of theirs, stand in on a day; null for none.
WITH own AS (
  SELECT p.organisation_id, p.person_id, i.linked_id
  FROM person AS p
  LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE p.organisation_id = $organisation AND ($person IS NULL OR p.person_id = $person)
),
record AS (
  SELECT o.person_id AS own_id, o.organisation_id, o.person_id FROM own AS o
  UNION
  SELECT o.person_id AS own_id, i.organisation_id, i.person_id
  FROM own AS o
  JOIN identity AS i ON i.linked_id = o.linked_id
),
age AS (
  SELECT r.own_id, MIN(p.date_of_birth) AS eldest, MAX(p.date_of_birth) AS youngest
  FROM record AS r
  JOIN person AS p ON p.organisation_id = r.organisation_id AND p.person_id = r.person_id
  GROUP BY r.own_id
),
stands AS (
  SELECT r.own_id, 'scheme:' || t.scheme_id AS set_name
  FROM record AS r
  JOIN participation AS t ON t.organisation_id = r.organisation_id AND t.person_id = r.person_id
  WHERE COALESCE(t.referred_on, t.offered_on, t.started_on) <= $day AND COALESCE(t.ended_on, $day) >= $day
  UNION
  SELECT r.own_id, 'area:' || a.area_code AS set_name
  FROM record AS r
  JOIN address AS a ON a.organisation_id = r.organisation_id AND a.person_id = r.person_id
  WHERE COALESCE(a.from_date, $day) <= $day AND COALESCE(a.to_date, $day) >= $day AND a.area_code IS NOT NULL
  UNION
  SELECT r.own_id, 'list:' || l.list_name AS set_name
  FROM record AS r
  JOIN sharing_listed AS l ON l.organisation_id = r.organisation_id AND l.person_id = r.person_id
  UNION
  SELECT own_id, 'adult' AS set_name FROM age WHERE youngest <= $adult_born
  UNION
  SELECT own_id, 'under_18' AS set_name FROM age WHERE eldest > $adult_born
)
SELECT o.person_id, s.set_name
FROM own AS o
LEFT JOIN stands AS s ON s.own_id = o.person_id
ORDER BY o.person_id, s.set_name
