-- known_sentence: on how many days a unit had been given a custodial sentence by its index date.
SELECT w.unit, COUNT(DISTINCT s.sentenced_on) AS custodial
FROM measured_unit AS w
JOIN sentence_record AS s ON s.linked_id = w.linked_id AND s.sentenced_on <= w.index_date
WHERE s.kind = 'custody'
GROUP BY w.unit
