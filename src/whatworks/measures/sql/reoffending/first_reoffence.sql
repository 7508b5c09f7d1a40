-- first_reoffence: after how many days a unit's first proven reoffence of a span was committed.
SELECT unit, span, MIN(days) AS days
FROM reoffence
WHERE proven
GROUP BY unit, span
