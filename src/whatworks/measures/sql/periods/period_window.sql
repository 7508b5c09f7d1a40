-- period_window: the equal periods before and after each unit's index date that a difference in differences compares.
--
-- Half-open, a whole number of months from the index date; the last of those before ends where the run-in begins. An
-- offence of a period is proved if sanctioned before the end of the period plus six months, and a period is mature once
-- that day has come.
SELECT
  w.unit,
  w.linked_id,
  w.index_date,
  w.known,
  w.starts_at_sanction,
  p.period,
  CAST(w.index_date + INTERVAL '1' MONTH * p.from_months AS DATE) AS from_date,
  CAST(w.index_date + INTERVAL '1' MONTH * p.to_months AS DATE) AS until,
  CAST(w.index_date + INTERVAL '1' MONTH * (p.to_months + 6) AS DATE) AS proved_before,
  CAST(w.index_date + INTERVAL '1' MONTH * (p.to_months + 6) AS DATE) <= s.as_at AS mature
FROM measure_window AS w
CROSS JOIN period AS p
CROSS JOIN setting AS s
