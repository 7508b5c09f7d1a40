-- index_offence: the offence that a unit's index date belongs to, as known on that day.
--
-- The main offence of the index sentence; else the offence sanctioned last by then. Its day of sanction is the "current
-- conviction" of the risk score. is_sanction: the offence's own record shows the sanction, so it is among those counted.
WITH candidate AS (
  SELECT
    k.unit,
    k.offence_key,
    k.offence_group,
    k.sanctioned_on IS NOT NULL AS is_sanction,
    COALESCE(k.sanctioned_on, s.sentenced_on) AS sanctioned_on,
    ROW_NUMBER() OVER (
      PARTITION BY k.unit
      ORDER BY
        CASE WHEN k.case_ref = s.case_ref THEN 0 ELSE 1 END,
        k.sanctioned_on DESC,
        k.committed_from DESC,
        k.offence_key
    ) AS choice
  FROM known_offence AS k
  LEFT JOIN index_sentence AS s ON s.unit = k.unit
  WHERE k.sanctioned_on IS NOT NULL OR k.case_ref = s.case_ref
)
SELECT unit, offence_key, offence_group, is_sanction, sanctioned_on
FROM candidate
WHERE choice = 1
