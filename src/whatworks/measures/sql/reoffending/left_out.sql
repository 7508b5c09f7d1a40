-- left_out: what brought a unit's person in, and so belongs to no period before or after: the index offence, the day on
-- which it was sanctioned, and the day of the index sentence. A follow-up leaves out nothing (`reoffence` says what it
-- counts).
SELECT u.unit, o.offence_key, o.sanctioned_on, s.sentenced_on
FROM measured_unit AS u
LEFT JOIN index_offence AS o ON o.unit = u.unit
LEFT JOIN index_sentence AS s ON s.unit = u.unit
