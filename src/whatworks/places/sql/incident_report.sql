-- incident_report: each report of an incident, in the order of agencies and their own numbers.
SELECT
  i.organisation_id,
  o.kind AS organisation_kind,
  i.incident_id,
  i.incident_ref,
  i.kind,
  i.from_time,
  i.to_time,
  i.time_precision,
  i.place_precision,
  i.easting,
  i.northing,
  i.longitude,
  i.latitude,
  i.area_code,
  i.area_vintage
FROM incident AS i
LEFT JOIN organisation AS o ON o.organisation_id = i.organisation_id
ORDER BY i.organisation_id, i.incident_id
