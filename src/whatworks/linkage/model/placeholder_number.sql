-- placeholder_number: the numbers of `held_number` that name nobody as they are written: placeholders.
--
-- They stand with more than ten birth dates, or with names of more than ten pairs of initials, in any order.
SELECT kind, number
FROM held_number
GROUP BY kind, number
HAVING COUNT(DISTINCT date_of_birth) > 10 OR COUNT(DISTINCT initials) > 10
