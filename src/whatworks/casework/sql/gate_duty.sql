-- gate_duty: who is to pick up whom on the day of release: the provider of the order in force, the latest begun.
SELECT e.unit, MIN(COALESCE(r.provider, r.organisation_id)) AS next_provider
FROM gate_exit AS e
JOIN (
  SELECT
    g.unit, q.organisation_id, q.requirement_id, q.provider,
    RANK() OVER (PARTITION BY g.unit ORDER BY q.from_date DESC) AS choice
  FROM gate_exit AS g
  JOIN identity AS i ON i.linked_id = g.linked_id
  JOIN requirement AS q
    ON q.organisation_id = i.organisation_id AND q.person_id = i.person_id
    AND q.from_date <= g.exit_on AND (q.to_date IS NULL OR q.to_date >= g.exit_on)
) AS r ON r.unit = e.unit AND r.choice = 1
GROUP BY e.unit
