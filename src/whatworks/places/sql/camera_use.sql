-- camera_use: the cameras that stand on a day, and how often each was used from one day to another.
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
  COUNT(CASE WHEN u.kind = 'request' THEN 1 END) AS requests,
  COUNT(CASE WHEN u.kind = 'evidence' THEN 1 END) AS evidence
FROM camera AS c
LEFT JOIN camera_use AS u
  ON u.organisation_id = c.organisation_id AND u.camera_id = c.camera_id AND u.used_on BETWEEN $first_day AND $last_day
WHERE
  (c.installed_on IS NULL OR c.installed_on <= $day)
  AND (c.removed_on IS NULL OR c.removed_on > $day)
GROUP BY
  c.organisation_id, c.camera_id, c.kind, c.duty, c.installed_on, c.annual_cost, c.sight, c.homes_overlooked,
  c.easting, c.northing
ORDER BY 1, 2
