-- activity_report: each activity of an agency, in the order of agencies and their own numbers.
SELECT
  a.organisation_id,
  a.activity_id,
  a.kind,
  a.about_kind,
  a.from_time,
  a.easting,
  a.northing,
  a.area_code,
  a.area_vintage
FROM activity AS a
ORDER BY a.organisation_id, a.activity_id
