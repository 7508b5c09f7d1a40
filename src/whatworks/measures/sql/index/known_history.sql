-- known_history: what a unit's offences, as known on its index date, add up to.
--
-- sanctions: days on which something was sanctioned (a court day or a caution is one sanction, however many offences).
-- offences_2y: offences committed in the 24 months before the index date, proved or not, the index offence among them.
SELECT
  k.unit,
  MIN(k.sanctioned_on) AS first_sanctioned_on,
  COUNT(DISTINCT k.sanctioned_on) AS sanctions,
  COUNT(*) FILTER (
    WHERE k.committed_from < k.index_date AND k.committed_from >= CAST(k.index_date - INTERVAL '1' MONTH * 24 AS DATE)
  ) AS offences_2y
FROM known_offence AS k
GROUP BY k.unit
