-- known_breach: how many breaches of an order or licence a unit had before its index date.
SELECT w.unit, COUNT(*) AS breaches
FROM measured_unit AS w
JOIN breach_record AS b ON b.linked_id = w.linked_id AND b.breached_on < w.index_date
GROUP BY w.unit
