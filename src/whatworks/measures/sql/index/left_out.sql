-- left_out: what brought a unit's person in, and so belongs to no period before or after: the index offence, the day on
-- which it was sanctioned, and the day of the index sentence. A follow-up leaves out nothing (`reoffence` says what it
-- counts).
SELECT u.unit, d.offence_key, d.sanctioned_on, d.sentenced_on
FROM measured_unit AS u
LEFT JOIN index_known AS d
  ON d.linked_id = u.linked_id
  AND d.index_date = u.index_date
  AND COALESCE(d.kind, '') = COALESCE(u.kind, '')
