-- camera_use_each: each use of a camera from one day to another, by its agency's own number.
SELECT
  u.organisation_id || ' ' || u.camera_id AS camera,
  u.kind,
  u.organisation_id || '/' || u.use_id AS use
FROM camera_use AS u
WHERE u.used_on BETWEEN $first_day AND $last_day
ORDER BY 1, 2, 3
