-- gate_person: whose release each exit is, by the number of the agency that held the person.
SELECT DISTINCT e.unit, k.organisation_id, k.person_id
FROM gate_exit AS e
JOIN custody_spell AS k ON k.organisation_id || '/' || k.spell_id = e.unit
