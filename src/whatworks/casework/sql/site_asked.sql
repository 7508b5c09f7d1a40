-- site_asked: how many places a site has for a kind, how many are taken, and how many there must not be met.
--
-- offer_asked: to whom, where (AGENCY:SITE), of which kind, on which day. Somebody is where an offer that was not turned
-- down and has not ended says, or an address that lasts. Two places are one by name or postcode.
WITH people AS (
  SELECT
    p.organisation_id, p.person_id, p.postcode,
    COALESCE(i.linked_id, p.organisation_id || '/' || p.person_id) AS linked_id
  FROM person AS p
  LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
),
asked AS (
  SELECT w.linked_id, o.place, o.on_date, REPLACE(UPPER(s.postcode), ' ', '') AS postcode, COALESCE(s.places, 0) AS places
  FROM offer_asked AS o
  JOIN people AS w ON w.organisation_id = o.organisation_id AND w.person_id = o.person_id
  LEFT JOIN placement_site AS s ON s.organisation_id || ':' || s.site = o.place AND s.kind = o.kind
),
placed AS (
  SELECT w.linked_id, CASE WHEN p.site LIKE '%:%' THEN p.site ELSE p.organisation_id || ':' || p.site END AS place
  FROM standing_placement AS p
  JOIN people AS w ON w.organisation_id = p.organisation_id AND w.person_id = p.person_id
  JOIN asked AS q ON p.ended_on IS NULL OR p.ended_on > q.on_date
  WHERE COALESCE(p.answer, 'accepted') = 'accepted'
),
whereabouts AS (
  SELECT p.linked_id, p.place, s.postcode
  FROM placed AS p
  LEFT JOIN placement_site AS s ON s.organisation_id || ':' || s.site = p.place
  UNION ALL
  SELECT w.linked_id, '' AS place, w.postcode
  FROM people AS w
  UNION ALL
  SELECT w.linked_id, '' AS place, a.postcode
  FROM address AS a
  JOIN people AS w ON w.organisation_id = a.organisation_id AND w.person_id = a.person_id
  JOIN asked AS q ON a.to_date IS NULL OR a.to_date > q.on_date
),
in_force AS (
  SELECT a.linked_id AS bound, b.linked_id AS protected
  FROM standing_no_contact AS n
  JOIN people AS a ON a.organisation_id = n.organisation_id AND a.person_id = n.person_id
  JOIN people AS b ON b.organisation_id = n.organisation_id AND b.person_id = n.protected_person_id
  JOIN asked AS q ON n.to_date IS NULL OR n.to_date > q.on_date
),
apart AS (
  SELECT f.bound AS linked_id, f.protected AS other
  FROM in_force AS f
  UNION ALL
  SELECT f.protected AS linked_id, f.bound AS other
  FROM in_force AS f
)
SELECT
  q.places,
  (SELECT COUNT(DISTINCT p.linked_id) FROM placed AS p WHERE p.place = q.place AND p.linked_id <> q.linked_id) AS taken,
  (
    SELECT COUNT(*)
    FROM apart AS k
    JOIN whereabouts AS h ON h.linked_id = k.other
    WHERE k.linked_id = q.linked_id AND (h.place = q.place OR REPLACE(UPPER(h.postcode), ' ', '') = q.postcode)
  ) AS kept_apart
FROM asked AS q
