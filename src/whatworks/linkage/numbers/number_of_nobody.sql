-- number_of_nobody: the numbers of `held_number` that stand with so many people that they name nobody, and why.
--
-- A number that stands with several birth dates names nobody, unless these differ only in the day, the month or the year, or
-- have day and month changed over; nor does one that stands on more than ten records of one agency, or with names of more
-- than three pairs of initials, in any order.
WITH births AS (
  SELECT DISTINCT kind, number, date_of_birth
  FROM held_number
  WHERE date_of_birth IS NOT NULL
),
often AS (
  SELECT kind, number, COUNT(*) AS times
  FROM births
  GROUP BY kind, number
  HAVING COUNT(*) > 1
),
unlike AS (
  SELECT kind, number
  FROM often
  WHERE times > 10
  UNION
  SELECT a.kind, a.number
  FROM births AS a
  JOIN often AS o ON o.kind = a.kind AND o.number = a.number AND o.times <= 10
  JOIN births AS b ON b.kind = a.kind AND b.number = a.number AND a.date_of_birth < b.date_of_birth
  WHERE
    CASE WHEN EXTRACT(YEAR FROM a.date_of_birth) <> EXTRACT(YEAR FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(MONTH FROM a.date_of_birth) <> EXTRACT(MONTH FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(DAY FROM a.date_of_birth) <> EXTRACT(DAY FROM b.date_of_birth) THEN 1 ELSE 0 END > 1
    AND NOT (
      EXTRACT(YEAR FROM a.date_of_birth) = EXTRACT(YEAR FROM b.date_of_birth)
      AND EXTRACT(MONTH FROM a.date_of_birth) = EXTRACT(DAY FROM b.date_of_birth)
      AND EXTRACT(DAY FROM a.date_of_birth) = EXTRACT(MONTH FROM b.date_of_birth)
    )
),
crowded AS (
  SELECT DISTINCT kind, number
  FROM (
    SELECT kind, number, organisation_id
    FROM held_number
    GROUP BY kind, number, organisation_id
    HAVING COUNT(*) > 10
  ) AS many
),
named AS (
  SELECT kind, number
  FROM held_number
  GROUP BY kind, number
  HAVING COUNT(DISTINCT initials) > 3
)
SELECT kind, number, 'with several birth dates' AS fault
FROM unlike
UNION ALL
SELECT c.kind, c.number, 'on more than ten records of one agency' AS fault
FROM crowded AS c
LEFT JOIN unlike AS u ON u.kind = c.kind AND u.number = c.number
WHERE u.number IS NULL
UNION ALL
SELECT m.kind, m.number, 'with several names' AS fault
FROM named AS m
LEFT JOIN unlike AS u ON u.kind = m.kind AND u.number = m.number
LEFT JOIN crowded AS c ON c.kind = m.kind AND c.number = m.number
WHERE u.number IS NULL AND c.number IS NULL
