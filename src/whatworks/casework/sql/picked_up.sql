-- picked_up: with whom the first kept contact was; where several saw the person on that day, the first by name.
SELECT f.unit, MIN(c.provider) AS picked_up_by
FROM first_contact AS f
JOIN gate_exit AS e ON e.unit = f.unit
JOIN kept_contact AS c ON c.linked_id = e.linked_id AND c.contacted_on = f.contacted_on
WHERE e.leaves IS NULL OR c.provider <> e.leaves
GROUP BY f.unit
