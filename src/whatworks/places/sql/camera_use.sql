-- camera_use: the cameras that stand on a day, and how often each was used from one day to another.
--
-- Of an owner who sent no use at all from then, use is not known, and not zero.
SELECT
  c.organisation_id AS owner,
  c.camera_id AS camera,
  c.kind,
  c.duty,
  c.installed_on,
  c.annual_cost,
  c.sight,
  c.homes_overlooked AS homes,
  c.easting,
  c.northing,
  CASE WHEN s.organisation_id IS NOT NULL THEN COUNT(CASE WHEN u.kind = 'request' THEN 1 END) END AS requests,
  CASE WHEN s.organisation_id IS NOT NULL THEN COUNT(CASE WHEN u.kind = 'evidence' THEN 1 END) END AS evidence
FROM camera AS c
LEFT JOIN (
  SELECT DISTINCT organisation_id FROM camera_use WHERE used_on BETWEEN $first_day AND $last_day
) AS s ON s.organisation_id = c.organisation_id
LEFT JOIN camera_use AS u
  ON u.organisation_id = c.organisation_id AND u.camera_id = c.camera_id AND u.used_on BETWEEN $first_day AND $last_day
WHERE
  (c.installed_on IS NULL OR c.installed_on <= $day)
  AND (c.removed_on IS NULL OR c.removed_on > $day)
GROUP BY
  c.organisation_id, c.camera_id, c.kind, c.duty, c.installed_on, c.annual_cost, c.sight, c.homes_overlooked,
  c.easting, c.northing, s.organisation_id
ORDER BY 1, 2
